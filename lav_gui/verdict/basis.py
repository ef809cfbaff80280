"""What a verdict rests on: the judged tracks, the conditions, and which tracks may speak at all."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from lav_gui.records import EnvelopeCheck, MediaInfo, TrackSeries, TrackVerdict
from lav_gui.settings import AnalysisSettings
from lav_gui.verdict.edits import TrackEdit, apply_edits
from lav_gui.verdict.envelope import first_outside, track_checks, video_checks
from lav_gui.verdict.score import is_long_enough, video_track
from lav_gui.verdict.tracks import track_steps
from model_zoo.weights_record import OperatingPoint, Weights

DRAWING_THRESHOLD = 0.5
"""Threshold of curves and segments where the weights state no operating point. It decides nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """All that is known when the verdict is made.

    Attributes
    ----------
    measured : tuple of TrackSeries
        Tracks as the analysis left them.
    tracks : tuple of TrackVerdict
        All tracks after the examiner's edits.
    highest : TrackVerdict or None
        The track that stands for the video.
    judged : tuple of TrackVerdict
        Those that may speak, highest first: long enough (or none is) and inside the tested conditions.
    short, left_out : tuple of int
        Ids of tracks that may not speak: too short; left out by the examiner.
    outside : tuple of (int, EnvelopeCheck)
        Ids of the other tracks that may not speak, each with the first condition that lies outside the tested range.
    envelope : tuple of EnvelopeCheck
        Conditions of the file and of the highest track.
    """

    weights: Weights
    settings: AnalysisSettings
    media: MediaInfo
    frames_analyzed: int
    frames_with_small_faces: int
    point: OperatingPoint | None
    threshold: float
    measured: tuple[TrackSeries, ...]
    tracks: tuple[TrackVerdict, ...]
    highest: TrackVerdict | None
    judged: tuple[TrackVerdict, ...]
    short: tuple[int, ...]
    outside: tuple[tuple[int, EnvelopeCheck], ...]
    left_out: tuple[int, ...]
    envelope: tuple[EnvelopeCheck, ...]

    @property
    def is_usable(self) -> bool:
        """Whether these weights can support any finding: trained, calibrated, with a measured operating point."""
        return self.weights.trained and self.weights.calibration is not None and self.point is not None


def gather_steps(
    series: Sequence[TrackSeries],
    weights: Weights,
    settings: AnalysisSettings,
    media: MediaInfo,
    frames_analyzed: int,
    *,
    edits: Sequence[TrackEdit] = (),
    frames_with_small_faces: int = 0,
) -> Generator[None, None, Basis]:
    """Judge each track and sort out which may speak, step by step: it can be stopped at each yield.

    Parameters as in `judge.judge_steps`.
    """
    kept = apply_edits(series, edits)
    point = weights.operating_point(settings.false_positive_rate)
    threshold = DRAWING_THRESHOLD if point is None else point.threshold
    tracks: tuple[TrackVerdict, ...] = ()
    for track in kept:
        tracks += ((yield from track_steps(track, weights, threshold, settings.smoothing_seconds)),)
    highest = video_track(kept)
    long_enough = {track.track_id for track in kept if is_long_enough(track)} or {track.track_id for track in kept}
    checked = {track.track_id: first_outside(track_checks(track, weights.envelope)) for track in kept}
    outside = {track_id: check for track_id, check in checked.items() if check is not None}
    by_score = sorted(tracks, key=lambda track: (-track.track_logit, track.track_id))
    left_out = {edit.track_id for edit in edits if edit.kind == "exclude"}
    checks = () if highest is None else track_checks(highest, weights.envelope)
    return Basis(
        weights=weights,
        settings=settings,
        media=media,
        frames_analyzed=frames_analyzed,
        frames_with_small_faces=frames_with_small_faces,
        point=point,
        threshold=threshold,
        measured=tuple(series),
        tracks=tracks,
        highest=next((track for track in tracks if highest and track.track_id == highest.track_id), None),
        judged=tuple(t for t in by_score if t.track_id in long_enough and t.track_id not in outside),
        short=tuple(t.track_id for t in tracks if t.track_id not in long_enough),
        outside=tuple((track_id, check) for track_id, check in outside.items() if track_id in long_enough),
        left_out=tuple(sorted(left_out)),
        envelope=checks + video_checks(media, weights.envelope),
    )
