"""`prepare`: datasets as they lie -> a prepared set. The whole way on this page; each step has its own file."""

import multiprocessing
import os
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import lav_gui
from lav_gui.errors import TrainingError
from lav_gui.faces.detectors import build_detector
from lav_gui.records import Notice, Stage
from lav_gui.training.sets import checks, family, place, records, splits
from lav_gui.training.sets.adapters.layouts import ADAPTERS, find_sources
from lav_gui.training.sets.card import Origin, SetCard, count_rows, read_card, sha256_of, write_card
from lav_gui.training.sets.family import Family, SourceDone
from lav_gui.training.sets.index import FAKE, FaceRow, write_index
from lav_gui.training.sets.mask_patterns import MaskPatterns
from lav_gui.training.sets.records import Face
from lav_gui.training.sets.settings import DataRoot, PrepareRequest, PrepareSettings
from lav_gui.training.sets.sources import MaskKind, Problem, Source
from lav_gui.training.sets.store import CARD_NAME, INDEX_NAME

Progress = Stage | Notice


def prepare(request: PrepareRequest) -> Generator[Progress, None, SetCard]:
    """Find the sources, cut their faces, deal out the splits, check, and write index and card.

    May be stopped at any yield, or killed: what is finished is not done again by the next run into the same folder.

    Parameters
    ----------
    request : PrepareRequest

    Yields
    ------
    Stage
        Sources done.
    Notice
        What was left out or goes on otherwise than asked: also in the card.

    Returns
    -------
    SetCard

    Raises
    ------
    TrainingError
        If there is nothing to prepare, no face was found, masks lie nowhere that was named, splits leak and that is not
        allowed, or the folder holds another set or cannot be written.
    FaceError
        If the detector cannot be built.
    """
    settings = request.settings
    wanted = _find(request.roots)
    connected = splits.connect(wanted.sources)
    sources = splits.assign(connected, settings.fractions, settings.seed)
    wanted = replace(wanted, notes=(*wanted.notes, *checks.borrowed(sources)))
    for text in (*map(str, wanted.problems), *wanted.notes):
        yield Notice(text)
    crossing = checks.crossings(sources, splits.partly_listed(connected))
    checks.refuse_leaks(crossing, allowed=settings.allow_leaks)
    place.claim(request.out, [root.root for root in request.roots])
    detector_sha256 = build_detector(settings.detector, settings.device).weights_sha256
    problems = yield from _cut_all(sources, request.out, settings)
    yield Stage("Checking", 0, 1)
    faces, notes = _finished(request.out, sources)
    wanted = replace(wanted, problems=(*wanted.problems, *problems), notes=(*wanted.notes, *notes))
    if not faces:
        first = f" ({wanted.problems[0]})" if wanted.problems else ""
        raise TrainingError(f"No face was found in {len(sources)} sources{first}; check them.")
    leaks = (*crossing, *checks.near_duplicates(faces))
    yield from (Notice(str(leak)) for leak in leaks)
    checks.refuse_leaks(leaks, allowed=settings.allow_leaks)
    card = _write(request, wanted, [face.row for face in faces], leaks, detector_sha256)
    if removed := place.remove_unnamed(request.out, sources):
        yield Notice(f"The faces of {removed} sources that the set does not hold any more were removed.")
    yield Stage("Checking", 1, 1)
    return card


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the roots of a request hold, and what is wrong with it or worth a note."""

    origins: tuple[Origin, ...]
    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def _write(
    request: PrepareRequest, wanted: _Wanted, rows: Sequence[FaceRow], leaks: tuple[Problem, ...], detector_sha256: str
) -> SetCard:
    """Write the index, and the card that fits it."""
    write_index(request.out / INDEX_NAME, rows)
    described = (*request.settings.described(), ("landmarker", family.LANDMARKER.name))
    card = SetCard(
        name=request.out.name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        origins=wanted.origins,
        settings=(*described, ("detector_sha256", detector_sha256), ("version", lav_gui.__version__)),
        counts=count_rows(rows),
        index_sha256=sha256_of(request.out / INDEX_NAME),
        problems=wanted.problems,
        leaks=leaks,
        notes=wanted.notes,
        packed_from="" if request.copies_of is None else read_card(request.copies_of / CARD_NAME).first_sha256,
    )
    write_card(request.out / CARD_NAME, card)
    return card


def _find(roots: Sequence[DataRoot]) -> _Wanted:
    """Sources of all roots; the same source is taken once."""
    origins: list[Origin] = []
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    notes: list[str] = []
    patterns = MaskPatterns()
    for wanted in roots:
        name, found = find_sources(wanted.root, wanted.adapter)
        origins.append(Origin(name, str(wanted.root.resolve()), wanted.license_note or ADAPTERS[name].license_note))
        problems += found.problems
        notes += found.notes
        for source in _filtered(wanted, found.sources, patterns):
            if source.key in sources:
                what = f"it has the same name as {sources[source.key].path}; left out"
                problems.append(Problem(str(source.path), what))
            else:
                sources[source.key] = source
    if not sources:
        raise TrainingError("No source is left by the methods and compressions asked for; ask for others.")
    return _Wanted(tuple(origins), tuple(sources.values()), (*problems, *patterns.misses()), tuple(notes))


def _filtered(wanted: DataRoot, sources: Sequence[Source], patterns: MaskPatterns) -> Iterator[Source]:
    for source in sources:
        if wanted.compressions and source.compression not in wanted.compressions:
            continue
        if source.label == FAKE and wanted.methods and source.method not in wanted.methods:
            continue
        if wanted.masks and source.label == FAKE and source.mask.kind is MaskKind.NONE:
            yield replace(source, mask=patterns.mask_of(source, wanted.masks))
        else:
            yield source


def _cut_all(
    sources: Sequence[Source], out: Path, settings: PrepareSettings
) -> Generator[Progress, None, list[Problem]]:
    """Work through all families, here or in several processes."""
    groups = family.families(sources)
    run = _here(groups, out, settings) if settings.workers == 1 else _in_processes(groups, out, settings)
    problems: list[Problem] = []
    yield Stage("Cutting faces", 0, len(sources))
    for count, done in enumerate(run, start=1):
        problems += done.problems
        yield from (Notice(str(problem)) for problem in done.problems)
        yield Stage("Cutting faces", count, len(sources))
    return problems


def _here(groups: Sequence[Family], out: Path, settings: PrepareSettings) -> Iterator[SourceDone]:
    for group in groups:
        yield from family.work(group, out, settings)


def _in_processes(groups: Sequence[Family], out: Path, settings: PrepareSettings) -> Iterator[SourceDone]:
    """As `_here`, family by family as they finish; no more are handed out than are worked on."""
    pool = ProcessPoolExecutor(
        settings.workers, multiprocessing.get_context("spawn"), initializer=_share_cores, initargs=(settings.workers,)
    )
    waiting = iter(groups)
    running: set[Future[list[SourceDone]]] = set()
    try:
        while True:
            for group in waiting:
                running.add(pool.submit(work_through, group, out, settings))
                if len(running) >= 2 * settings.workers:
                    break
            if not running:
                return
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                yield from future.result()
    except BrokenProcessPool as error:
        raise TrainingError("A worker ended without an answer, perhaps out of memory; use fewer workers.") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def work_through(group: Family, out: Path, settings: PrepareSettings) -> list[SourceDone]:
    """All of a family in one call: what a worker process runs."""
    return list(family.work(group, out, settings))


def _share_cores(workers: int) -> None:
    """Give each worker its part of the cores; torch would take all in each."""
    import cv2
    import torch

    threads = max(1, (os.cpu_count() or 1) // workers)
    torch.set_num_threads(threads)
    cv2.setNumThreads(threads)


def _finished(out: Path, sources: Sequence[Source]) -> tuple[list[Face], list[str]]:
    """All faces with their final split and group, in the order of the sources; and notes on their masks."""
    faces: list[Face] = []
    notes: list[str] = []
    for source in sources:
        record = records.read_record(records.record_path(out, source))
        if record is not None:
            notes += record.notes
            faces += [
                replace(face, row=replace(face.row, split=source.split, group=source.group)) for face in record.faces
            ]
    return faces, notes
