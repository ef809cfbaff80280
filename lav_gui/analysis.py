"""The corridor: the one place where a video walks through the rooms.

::

    file ──media──→ Frame ──faces──→ FaceCrop ──engine──→ FrameResult ──session──→ case file
"""

import time
from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lav_gui.engine.device import choose_device
from lav_gui.engine.scorer import FaceScorer
from lav_gui.engine.software import describe_software
from lav_gui.engine.weights import choose_weights
from lav_gui.faces.detectors import build_detector
from lav_gui.faces.tracking import FaceTracker
from lav_gui.media.inspect import evidence_steps
from lav_gui.media.reader import VideoReader
from lav_gui.media.sampling import sample_indices
from lav_gui.media.versions import media_versions
from lav_gui.records import AnalysisStarted, AnalysisSummary, Frame, FrameResult, Gap, Notice, Stage
from lav_gui.session.case import Case, RunState
from lav_gui.session.paths import default_case_path
from lav_gui.settings import AnalysisSettings, sampling_for

Steps = Generator[Stage | AnalysisStarted | FrameResult | Gap | Notice, None, AnalysisSummary]


@dataclass(frozen=True, slots=True)
class Walk:
    """The rooms of one run, open and ready."""

    reader: VideoReader
    tracker: FaceTracker
    scorer: FaceScorer
    case: Case
    run_id: int
    planned: NDArray[np.int64]
    batch_size: int


def analyze_file(video: Path, case_path: Path | None, settings: AnalysisSettings) -> Steps:
    """Walk a video through the rooms into a case file; closing the generator stops, and what is done is kept.

    Parameters
    ----------
    video : Path
        The evidence; it is only read.
    case_path : Path or None
        The case file, made when missing; None takes `default_case_path`. An unfinished run of the same evidence,
        settings, weights and software goes on where it stopped.
    settings : AnalysisSettings
        What they leave to the device is filled in and recorded with the run.

    Yields
    ------
    Stage, AnalysisStarted, FrameResult, Gap, Notice
        Stages (hashing), one `AnalysisStarted`, then a result or a gap for each planned frame not done before.

    Raises
    ------
    LavError
        One clear sentence; what was appended before stays in the case.
    """
    begun = time.monotonic()
    device = choose_device(settings.device)
    weights = choose_weights(settings.model)
    sampling = sampling_for(settings, device)
    settings = replace(settings, model=weights.name, sampling=sampling)
    detector = build_detector(settings.detector, device)
    with VideoReader(video, settings.color) as reader:
        evidence = yield from evidence_steps(video, reader.info)
        yield Stage("Loading the network", 0, 1)
        scorer = FaceScorer(weights, device, settings.contributions_every, settings.batch_size)
        tracker = FaceTracker(detector, weights.input_size, settings, reader.info.sample_aspect_ratio)
        software = describe_software(
            *(device, scorer.precision, scorer.deterministic, detector.name, detector.weights_sha256),
            other_versions=media_versions(),
        )
        planned = sample_indices(reader.index, sampling, settings.from_seconds, settings.to_seconds)
        with Case.open(case_path or default_case_path(evidence), create=True) as case:
            evidence_id = case.add_evidence(evidence)
            run = case.start_run(evidence_id, settings, weights, software, planned)
            done = case.done_indices(run.run_id)
            yield AnalysisStarted(
                *(case.path, run.run_id, evidence_id, evidence, settings, weights, software, planned, len(done))
            )
            walk = Walk(reader, tracker, scorer, case, run.run_id, planned, settings.batch_size)
            yield from _walk_to_the_end(walk, frozenset(done.tolist()))
            return AnalysisSummary(
                *(run.run_id, len(planned), len(planned), case.gaps(run.run_id), time.monotonic() - begun)
            )


def _walk_to_the_end(walk: Walk, done: frozenset[int]) -> Generator[FrameResult | Gap | Notice, None, None]:
    try:
        yield from analyze(walk, done)
    except GeneratorExit:
        walk.case.finish_run(walk.run_id, RunState.CANCELLED)
        raise
    walk.case.finish_run(walk.run_id, RunState.FINISHED)


def analyze(walk: Walk, done: frozenset[int]) -> Generator[FrameResult | Gap | Notice, None, None]:
    """Walk the planned frames that have no result yet through the rooms, batch by batch.

    Batches are cut from the whole plan, so that a run that was interrupted meets the same batches again.
    """
    ratio = walk.reader.info.sample_aspect_ratio
    for start in range(_take_up(walk, done), len(walk.planned), walk.batch_size):
        ordinals = {int(index): start + i for i, index in enumerate(walk.planned[start : start + walk.batch_size])}
        items = list(walk.reader.frames(ordinals))
        frames = [item for item in items if isinstance(item, Frame)]
        crops = walk.tracker.crops(frames)
        todo = [frame for frame in frames if frame.index not in done]
        wanted = [crop for crop in crops if crop.frame_index not in done]
        results = walk.scorer.results(todo, wanted, ratio, ordinals=[ordinals[frame.index] for frame in todo])
        for item in items:
            if item.index in done:
                continue
            step = item if isinstance(item, Gap) else _with_small_faces(next(results), walk.tracker)
            walk.case.append(walk.run_id, step)
            yield step
        for sentence in walk.scorer.notices():
            walk.case.log("run.notice", {"run_id": walk.run_id, "text": sentence})
            yield Notice(sentence)


def _with_small_faces(result: FrameResult, tracker: FaceTracker) -> FrameResult:
    return replace(result, faces_too_small=tracker.too_small.get(result.index, 0))


def _take_up(walk: Walk, done: frozenset[int]) -> int:
    """Place in the plan of the first batch that is not complete; the tracker knows the people before it again."""
    lacking = next((i for i, index in enumerate(walk.planned) if int(index) not in done), len(walk.planned))
    start = lacking - lacking % walk.batch_size if lacking < len(walk.planned) else lacking
    last = next((r for i in range(start - 1, -1, -1) if (r := _stored(walk, i)) is not None), None)
    if last is not None and start < len(walk.planned):
        boxes = {face.track_id: face.box_xyxy for face in last.faces}
        highest = max((series.track_id for series in walk.case.series(walk.run_id)), default=0)
        walk.tracker.resume(walk.reader.frame(last.index), boxes, highest + 1)
    return start


def _stored(walk: Walk, place: int) -> FrameResult | None:
    return walk.case.frame_result(walk.run_id, int(walk.planned[place]))
