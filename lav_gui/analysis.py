"""The corridor: the one place where a video walks through the rooms.

::

    file ─media→ Frame ─faces→ FaceCrop ─engine→ FrameResult ─session→ case file
"""

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lav_gui.engine.device import choose_device
from lav_gui.engine.scorer import FaceScorer
from lav_gui.engine.software import describe_software
from lav_gui.engine.weights import find_weights
from lav_gui.faces.detectors import build_detector
from lav_gui.faces.tracking import FaceTracker
from lav_gui.media.hashing import hash_steps
from lav_gui.media.inspect import describe_file
from lav_gui.media.reader import VideoReader
from lav_gui.media.sampling import sample_indices
from lav_gui.media.versions import media_versions
from lav_gui.records import AnalysisStarted, AnalysisSummary, Frame, FrameResult, Gap, Notice, Stage
from lav_gui.session.case import Case, RunState
from lav_gui.session.paths import default_case_path
from lav_gui.settings import AnalysisSettings, Sampling, SamplingMode

Step = Stage | AnalysisStarted | FrameResult | Gap | Notice

CPU_SAMPLING = Sampling(SamplingMode.FPS, 5)
GPU_SAMPLING = Sampling(SamplingMode.EVERY, 1)


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


def analyze_file(
    video: Path, case_path: Path | None, settings: AnalysisSettings
) -> Generator[Step, None, AnalysisSummary]:
    """Open the rooms for a video file and walk it through them; closing the generator stops and keeps what is done.

    Parameters
    ----------
    video : Path
        The evidence; it is only read.
    case_path : Path or None
        The case file, made when missing; None takes `default_case_path`.
    settings : AnalysisSettings
        The choices; what is left to the device is filled in and recorded with the run.

    Yields
    ------
    Stage, AnalysisStarted, FrameResult, Gap, Notice
        First stages (hashing), then one `AnalysisStarted`, then one result or gap per planned frame.

    Raises
    ------
    LavError
        One clear sentence; everything appended before stays in the case.
    """
    begun = time.monotonic()
    device = choose_device(settings.device)
    weights = find_weights(settings.model)
    settings = settle(settings, device)
    with VideoReader(video, settings.color) as reader:
        evidence = describe_file(video, reader, (yield from _hashing(video)))
        planned = sample_indices(reader.index, settings.sampling, settings.from_seconds, settings.to_seconds)
        detector = build_detector(settings.detector, device)
        scorer = FaceScorer(weights, device, settings.contributions_every, settings.batch_size)
        tracker = FaceTracker(detector, weights.input_size, settings, reader.info.sample_aspect_ratio)
        software = describe_software(device, scorer, detector, media_versions())
        with Case.open(case_path or default_case_path(evidence), create=True) as case:
            evidence_id = case.add_evidence(evidence)
            run = case.start_run(evidence_id, settings, weights, software, planned)
            walk = Walk(reader, tracker, scorer, case, run.run_id, planned, settings.batch_size)
            done = resume(walk)
            yield AnalysisStarted(run.run_id, evidence_id, evidence, settings, weights, software, planned, done)
            yield from analyze(walk, done)
            return AnalysisSummary(run.run_id, len(planned), len(planned), case.gaps(run.run_id), time.monotonic() - begun)


def analyze(walk: Walk, done: int) -> Generator[FrameResult | Gap | Notice, None, None]:
    """Walk the frames that are not done yet through the rooms, a batch at a time."""
    state = RunState.INTERRUPTED
    try:
        for batch in _batches(walk, done):
            frames = [item for item in batch if isinstance(item, Frame)]
            results = walk.scorer.results(frames, walk.tracker.crops(frames), walk.reader.info.sample_aspect_ratio)
            for item in batch:
                step = item if isinstance(item, Gap) else next(results)
                walk.case.append(walk.run_id, step)
                yield step
            yield from map(Notice, walk.scorer.notices())
        state = RunState.FINISHED
    except GeneratorExit:
        state = RunState.CANCELLED
        raise
    finally:
        walk.case.finish_run(walk.run_id, state)
