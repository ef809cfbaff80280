"""The other corridor: a case and its evidence become a report.

::

    case ─session→ results ─verdict→ judgement ┐
    file ─media→ Frame ─faces→ crop → residual ┴→ Report ─report→ PDF, JSON, CSV

The shown frames are decoded again from the evidence, whose digest is checked first; without the video the report says
so and has no pictures. The results come from the case alone.
"""

import json
import logging
import uuid
from collections.abc import Generator, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from lav_gui.errors import MediaError, ReportError, SessionError
from lav_gui.faces.geometry import cut_crop
from lav_gui.media.hashing import hash_steps
from lav_gui.media.reader import VideoReader
from lav_gui.records import FaceResult, Frame, FrameResult, Gap, Stage, TrackSeries, Verdict, frame_digest
from lav_gui.report.csv_table import write_csv
from lav_gui.report.files import in_memory, write_whole
from lav_gui.report.json_document import analysis_document, frame_documents, model_document, write_analysis
from lav_gui.report.record import (
    Attachment,
    AuditExtract,
    AuditLine,
    EditLine,
    EvidenceCheck,
    EvidenceState,
    Examination,
    FacePictures,
    NoteLine,
    Report,
    ReportStatus,
    RunFacts,
    ShownFace,
)
from lav_gui.report.relabel import relabeled
from lav_gui.report.rows import frame_table
from lav_gui.report.selection import Chosen, strongest
from lav_gui.session.case import Case
from lav_gui.session.evidences import EvidenceRow
from lav_gui.session.runs import RunRow
from lav_gui.steps import run_to_end
from lav_gui.verdict.edits import EditKind, TrackEdit, apply_edits
from lav_gui.verdict.judge import judge
from lav_gui.verdict.method import method_sentences
from model_zoo.residual import noise_residual

logger = logging.getLogger(__name__)

AUDIT_LINES_SHOWN = 40

Steps = Generator[Stage, None, None]


@dataclass(frozen=True, slots=True, eq=False)
class JudgedRun:
    """One run with its judgement; `series` are the tracks after edits, `rate` one chosen after the run, or None."""

    case: Case
    run: RunRow
    evidence: EvidenceRow
    edits: tuple[EditLine, ...]
    series: tuple[TrackSeries, ...]
    verdict: Verdict
    gaps: tuple[Gap, ...]
    facts: RunFacts
    rate: float | None

    def results(self) -> Iterator[FrameResult]:
        """All frame results by frame, under the track numbers after the edits; read from the case in pieces."""
        stored = self.case.results(self.run.run_id)
        return relabeled(stored, self.series) if self.edits else stored


def write_documents(case_path: Path, run_id: int | None, targets: Mapping[str, Path], heatmaps: bool = False) -> None:
    """Write documents from a case file in one go; see `document_steps`."""
    run_to_end(document_steps(case_path, run_id, targets, heatmaps))


def document_steps(
    case_path: Path, run_id: int | None, targets: Mapping[str, Path], heatmaps: bool = False, rate: float | None = None
) -> Steps:
    """Write documents from a case file, step by step.

    Parameters
    ----------
    case_path : Path
    run_id : int or None
        Which run; None takes the last, where the case holds runs of one video only.
    targets : mapping of str to Path
        Where "json", "csv" and "pdf" go; only those that are named are written, each whole or not at all.
    heatmaps : bool
        Whether the JSON carries the heatmaps.
    rate : float, optional
        The false-positive rate to judge by instead of the run's own; the documents say so.

    Raises
    ------
    LavError
        If the case cannot be read, has no such run, or a document cannot be set or written.
    """
    with _opened(case_path) as case:
        judged = judge_run(case, _chosen_run(case, run_id), rate)
        if "json" in targets:
            yield Stage("Writing JSON", 0, 1)
            write_whole(targets["json"], lambda stream: _write_json(judged, stream, heatmaps))
            _log_export(judged, "json", targets["json"])
        if "csv" in targets:
            yield Stage("Writing CSV", 0, 1)
            write_whole(targets["csv"], lambda stream: _write_csv(judged, stream))
            _log_export(judged, "csv", targets["csv"])
        if "pdf" in targets:
            # typst and matplotlib take half a second to import, and nothing but a PDF needs them
            from lav_gui.report.pdf import write_pdf

            report = yield from report_steps(judged)
            yield Stage("Setting the pages", 0, 1)
            write_pdf(report, targets["pdf"])
            _log_export(judged, "pdf", targets["pdf"], report.report_id)


def build_report(case: Case, run_id: int, status: ReportStatus = ReportStatus.DRAFT) -> Report:
    """Make the report on one run of an open case; see `report_steps`."""
    return run_to_end(report_steps(judge_run(case, run_id), status))


def judge_run(case: Case, run_id: int, rate: float | None = None) -> JudgedRun:
    """Read a run and judge it, with the examiner's edits; by another false-positive rate than its own, if one is given.

    Raises
    ------
    LavError
        If there is no such run, it is damaged, or an edit cannot be applied.
    """
    run = case.run(run_id)
    evidence = case.evidence(run.evidence_id)
    with case.snapshot():  # a run that goes on in another process grows meanwhile
        measured, gaps = case.series(run_id), case.gaps(run_id)
        analyzed = len(case.done_indices(run_id)) - len(gaps)
        small = len(case.frames_with_small_faces(run_id))
        rows = case.track_edits(run_id)
    edits = [TrackEdit(EditKind(row.kind), row.track_id, row.other, row.frame_index) for row in rows]
    own = run.settings.false_positive_rate
    settings = replace(run.settings, false_positive_rate=own if rate is None else rate)
    told = (measured, run.weights, settings, evidence.evidence.media, analyzed)
    verdict = judge(*told, edits=edits, frames_with_small_faces=small, run_rate=own)
    return JudgedRun(
        case=case,
        run=run,
        evidence=evidence,
        edits=tuple(EditLine(row.kind, row.track_id, row.other, row.frame_index) for row in rows),
        series=apply_edits(measured, edits),
        verdict=verdict,
        gaps=gaps,
        facts=_run_facts(run, measured, analyzed),
        rate=None if rate == own else rate,
    )


def report_steps(judged: JudgedRun, status: ReportStatus = ReportStatus.DRAFT) -> Generator[Stage, None, Report]:
    """Check the evidence, decode the shown frames again, and gather everything into a report.

    Raises
    ------
    LavError
        If the case cannot be read.
    """
    case, run, evidence = judged.case, judged.run, judged.evidence
    check, video = yield from _check_evidence(judged)
    chosen = strongest(judged.verdict.tracks, run.settings.smoothing_seconds)
    yield Stage("Decoding the shown frames", 0, len(chosen))
    faces, keyframes, check = _shown(judged, chosen, video, check)
    yield Stage("Gathering the results", 0, 1)
    rows = judged.facts.faces_measured + judged.facts.frames_without_face
    return Report(
        report_id=str(uuid.uuid4()),
        status=status,
        created=datetime.now(UTC),
        case_name=case.path.name,
        examination=_examination(judged),
        evidence=evidence.evidence,
        check=check,
        settings=run.settings,
        weights=run.weights,
        software=run.software,
        run=judged.facts,
        verdict=judged.verdict,
        method_rules=tuple(sentence.text for sentence in method_sentences(run.settings)),
        series=judged.series,
        faces=faces,
        gaps=judged.gaps,
        edits=judged.edits,
        notes=_notes(judged),
        audit=_audit(case),
        frame_table=frame_table(judged.results(), rows, judged.facts.frames_analyzed),
        attachments=_attachments(judged),
        keyframe_seconds=keyframes,
        notices=_notices(judged),
    )


def _opened(case_path: Path) -> Case:
    """The case for writing, so that the export is logged; for reading only where it cannot be written."""
    try:
        return Case.open(case_path)
    except SessionError as error:
        logger.info("%s is opened for reading only: %s", case_path.name, error)
        return Case.open(case_path, read_only=True)


def _chosen_run(case: Case, run_id: int | None) -> int:
    if run_id is not None:
        return run_id
    newest = case.newest_runs()
    if not newest:
        raise ReportError(f"{case.path.name} holds no analysis yet; run one first.")
    if len(newest) > 1:
        names = {row.evidence_id: row.evidence.file_name for row in case.evidences()}
        choice = ", ".join(f"{run.run_id} ({names[run.evidence_id]})" for run in newest)
        raise ReportError(f"{case.path.name} holds runs of several videos; say which run is meant: {choice}.")
    return newest[0].run_id


def _run_facts(run: RunRow, measured: tuple[TrackSeries, ...], analyzed: int) -> RunFacts:
    seen = [series.frame_index for series in measured]
    with_face = len(np.unique(np.concatenate(seen))) if seen else 0
    return RunFacts(
        run_id=run.run_id,
        state=str(run.state),
        started=run.started,
        finished=run.finished,
        frames_planned=len(run.planned),
        frames_analyzed=analyzed,
        frames_without_face=analyzed - with_face,
        faces_measured=sum(len(index) for index in seen),
    )


def _check_evidence(judged: JudgedRun) -> Generator[Stage, None, tuple[EvidenceCheck, Path | None]]:
    """Find the evidence and hash it; the path is None where it is not there or not the file that was analyzed."""
    evidence = judged.evidence.evidence
    path = judged.case.find_evidence(judged.evidence.evidence_id) or evidence.path
    steps = hash_steps(path)
    try:
        while True:
            yield Stage(f"Hashing {path.name}", next(steps), evidence.bytes)
    except StopIteration as end:
        sha256: str = end.value.sha256
    except MediaError:
        sentence = (
            "The file was not at hand when this report was made: its digest could not be computed again, and the report"
            " has no pictures of it."
        )
        return EvidenceCheck(EvidenceState.ABSENT, None, sentence), None
    if sha256 != evidence.hashes.sha256:
        sentence = (
            "The file that lies at its place now is ANOTHER ONE: its SHA-256 differs from that of the file that was"
            " analyzed. It was not used; the report has no pictures."
        )
        return EvidenceCheck(EvidenceState.CHANGED, sha256, sentence), None
    sentence = "The file was read again for this report; its SHA-256 is that of the file that was analyzed."
    return EvidenceCheck(EvidenceState.UNCHANGED, sha256, sentence), path


def _shown(
    judged: JudgedRun, chosen: tuple[Chosen, ...], video: Path | None, check: EvidenceCheck
) -> tuple[tuple[ShownFace, ...], NDArray[np.float64], EvidenceCheck]:
    """The shown faces, the times of the key frames, and the check with what else was found of the file."""
    if video is None:
        return tuple(_shown_face(judged, one, None) for one in chosen), np.empty(0), check
    try:
        with VideoReader(video, judged.run.settings.color) as reader:
            wanted = sorted({one.frame_index for one in chosen if one.frame_index < len(reader.index)})
            decoded = dict(zip(wanted, reader.frames(wanted), strict=True))
            faces = tuple(
                _shown_face(judged, one, decoded.get(one.frame_index, _beyond(one.frame_index))) for one in chosen
            )
            return faces, reader.index.all_seconds()[reader.index.is_key], check
    except MediaError as error:
        found = replace(check, sentence=f"{check.sentence} It could not be opened, so there are no pictures: {error}")
        return tuple(_shown_face(judged, one, None) for one in chosen), np.empty(0), found


def _beyond(index: int) -> Gap:
    return Gap(index, 0, "the packet index of the file, as it is made now, ends before it")


def _shown_face(judged: JudgedRun, one: Chosen, decoded: Frame | Gap | None) -> ShownFace:
    """One face with its pictures, where the frame could be decoded again."""
    result, face = _measurement(judged, one)
    frame = decoded if isinstance(decoded, Frame) else None
    digest_now = None if frame is None else frame_digest(frame.image)
    remark = ""
    if isinstance(decoded, Gap):
        remark = f"This frame could not be decoded again: {decoded.reason}."
    elif digest_now is not None and digest_now != result.digest:
        remark = (
            "This frame decodes to other pixels now than in the analysis: the pictures may differ from what the network"
            " saw. Compare the component versions."
        )
    pictures = None if frame is None else _pictures(judged, frame, face)
    return ShownFace(result, face, one.smoothed, digest_now, pictures, remark)


def _measurement(judged: JudgedRun, one: Chosen) -> tuple[FrameResult, FaceResult]:
    stored = judged.case.frame_result(judged.run.run_id, one.frame_index)
    for result in relabeled([stored] if stored else [], judged.series):
        for face in result.faces:
            if face.track_id == one.track_id:
                return result, face
    raise SessionError(
        f"{judged.case.path.name} is damaged: frame {one.frame_index} has lost face {one.track_id}; analyze it anew."
    )


def _pictures(judged: JudgedRun, frame: Frame, face: FaceResult) -> FacePictures:
    weights = judged.run.weights
    crop = cut_crop(frame.image, face.frame_from_crop, weights.input_size)
    return FacePictures(frame.image, crop, noise_residual(crop, weights.mean, weights.std))


def _examination(judged: JudgedRun) -> Examination:
    return Examination(exhibit_number=judged.evidence.exhibit_number, **asdict(judged.case.details()))


def _notes(judged: JudgedRun) -> tuple[NoteLine, ...]:
    evidence_id = judged.evidence.evidence_id
    found = [*judged.case.notes(evidence_id), *judged.case.markers(evidence_id)]
    return tuple(
        NoteLine(note.subject.capitalize(), note.text, note.author, f"{note.created:%Y-%m-%d %H:%M}", *note.frames)
        for note in sorted(found, key=lambda note: note.created)
    )


def _notices(judged: JudgedRun) -> tuple[str, ...]:
    """What the analysis told while it ran; it stands in the case's log."""
    told = (entry.details for entry in judged.case.audit_log() if entry.action == "run.notice")
    return tuple(str(details["text"]) for details in told if details["run_id"] == judged.run.run_id)


def _audit(case: Case) -> AuditExtract:
    check = case.check_log()
    lines = tuple(
        AuditLine(entry.number, entry.time, entry.actor, entry.action, entry.details_json)
        for entry in case.audit_log()[-AUDIT_LINES_SHOWN:]
    )
    return AuditExtract(lines, check.entries, check.head, check.is_intact, check.finding)


def _attachments(judged: JudgedRun) -> tuple[Attachment, ...]:
    """The files inside the PDF."""
    log = "".join(f"{entry.line}\n" for entry in judged.case.audit_log())
    card = json.dumps(model_document(judged.run.weights), indent=1, ensure_ascii=False, allow_nan=False)
    return (
        Attachment("result.json", "application/json", "All results, lav.analysis/1",
                   in_memory(lambda stream: _write_json(judged, stream, heatmaps=False))),
        Attachment("frames.csv", "text/csv", "One row per face and frame",
                   in_memory(lambda stream: _write_csv(judged, stream))),
        Attachment("audit.jsonl", "application/jsonl", "The audit log of the case", log.encode("utf-8")),
        Attachment("model_card.json", "application/json", "The weights record", f"{card}\n".encode()),
    )  # fmt: skip


def _write_json(judged: JudgedRun, stream: IO[bytes], heatmaps: bool) -> None:
    run = judged.run
    document = analysis_document(
        judged.evidence.evidence, run.software, run.weights, run.settings, judged.verdict,
        run=judged.facts, results=(), gaps=judged.gaps, edits=judged.edits,
    )  # fmt: skip
    write_analysis(stream, document, frame_documents(judged.results(), heatmaps))


def _write_csv(judged: JudgedRun, stream: IO[bytes]) -> None:
    write_csv(stream, judged.results(), judged.gaps, judged.evidence.evidence.media.time_base)


def _log_export(judged: JudgedRun, kind: str, path: Path, report_id: str | None = None) -> None:
    """Note in the audit log what was given out; a case that is open for reading only keeps no note."""
    if judged.case.read_only:
        return
    details: dict[str, Any] = {"kind": kind, "file": str(path.absolute()), "run_id": judged.run.run_id}
    if judged.rate is not None:
        details["false_positive_rate"] = judged.rate
    if report_id is not None:
        details["report_id"] = report_id
    judged.case.log("report.export", details)
