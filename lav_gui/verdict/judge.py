"""The verdict: four states, each with its reasons in words.

In this order: is the video in scope of these weights at all; is the answer clear; to which side does it lean.
Not the examiner's opinion: observation and its reading, by stated rules.
"""

from collections.abc import Generator, Iterator, Sequence

from lav_gui.records import (
    EnvelopeStatus,
    MediaInfo,
    Reason,
    TrackSeries,
    TrackVerdict,
    Verdict,
    VerdictState,
)
from lav_gui.settings import AnalysisSettings
from lav_gui.steps import at_once
from lav_gui.verdict.basis import Basis, gather_steps
from lav_gui.verdict.edits import TrackEdit
from lav_gui.verdict.findings import not_judged, outside, speaks_against, speaks_for, unjudged_faces
from lav_gui.verdict.score import MINIMUM_TRACK_FRAMES
from lav_gui.verdict.sentences import probability, rate, say
from model_zoo.weights_record import Weights

_RATE_FACTOR = 2.0
"""An operating point set for, or measured at, a rate farther than this from the wanted one is pointed out."""

_DOUBTS_TOLD = 3


def judge_steps(
    series: Sequence[TrackSeries],
    weights: Weights,
    settings: AnalysisSettings,
    media: MediaInfo,
    frames_analyzed: int,
    *,
    edits: Sequence[TrackEdit] = (),
    frames_with_small_faces: int = 0,
    run_rate: float | None = None,
) -> Generator[None, None, Verdict]:
    """Judge one run over one video, step by step: it can be stopped at each yield.

    Out of scope: untrained or uncalibrated weights, no operating point, no stated envelope, no face, high dynamic
    range, or the file or the highest face outside the envelope.
    Likely fake: at least one judged face lies with its whole interval at or above the threshold.
    Likely real: all judged faces lie with their whole intervals below it.
    Inconclusive: everything else, and any deciding face inside the band in which the weights do not decide.

    Parameters
    ----------
    series : sequence of TrackSeries
        All tracks as they were measured, before edits.
    weights : Weights
    settings : AnalysisSettings
        `smoothing_seconds` and `false_positive_rate` are used.
    media : MediaInfo
    frames_analyzed : int
        Frames analyzed so far, with or without a face.
    edits : sequence of TrackEdit
        The examiner's edits; applied here so that the verdict can tell of them.
    frames_with_small_faces : int
        Frames in which a face below the smallest analyzed size was seen.
    run_rate : float, optional
        The false-positive rate that the run was set to; where that of `settings` is another, the verdict says so.

    Returns
    -------
    Verdict
        `fake_prob` and `interval` are those of the highest track, None where there is none.

    Raises
    ------
    SettingsError
        If an edit cannot be applied.
    """
    facts = (series, weights, settings, media, frames_analyzed)
    basis = yield from gather_steps(*facts, edits=edits, frames_with_small_faces=frames_with_small_faces)
    return _verdict(basis, run_rate)


judge = at_once(judge_steps)
"""The same in one call."""


def _verdict(basis: Basis, run_rate: float | None) -> Verdict:
    hindrances = tuple(_hindrances(basis))
    state, reasons = (VerdictState.OUT_OF_SCOPE, hindrances) if hindrances else _decide(basis)
    return Verdict(
        state=state,
        fake_prob=None if basis.highest is None else basis.highest.fake_prob,
        interval=None if basis.highest is None else basis.highest.interval,
        threshold=basis.threshold,
        false_positive_rate=None if basis.point is None else basis.point.false_positive_rate,
        reasons=reasons + tuple(_rate_remark(basis, run_rate)),
        speaks_for=speaks_for(basis),
        speaks_against=speaks_against(basis),
        not_judged=not_judged(basis),
        envelope=basis.envelope,
        tracks=basis.tracks,
        unjudged=unjudged_faces(basis),
    )


def _hindrances(basis: Basis) -> Iterator[Reason]:
    """Why there is no verdict; nothing where there is one."""
    weights = basis.weights
    if not weights.trained:
        yield say("untrained")
    elif weights.calibration is None:
        yield say("uncalibrated", model=weights.name)
    elif basis.point is None:
        yield say("no_operating_point", model=weights.name)
    elif weights.envelope is None:
        yield say("no_envelope", model=weights.name)
    if basis.highest is None:
        yield _no_face(basis)
    if basis.media.color.high_dynamic_range:
        yield say("high_dynamic_range")
    highest = None if basis.highest is None else basis.highest.track_id
    yield from (outside(check, highest) for check in basis.envelope if check.status is EnvelopeStatus.OUTSIDE)


def _no_face(basis: Basis) -> Reason:
    if basis.frames_analyzed == 0:
        return say("no_frame")
    if basis.measured:
        return say("all_left_out")
    return say("no_face", total=str(basis.frames_analyzed))


def _decide(basis: Basis) -> tuple[VerdictState, tuple[Reason, ...]]:
    """State and reasons of a video that is in scope."""
    top = basis.judged[0]
    if top.frame_count < MINIMUM_TRACK_FRAMES:
        reason = say("too_short", track=str(top.track_id), minimum=str(MINIMUM_TRACK_FRAMES))
        return VerdictState.INCONCLUSIVE, (reason,)
    doubts = {track.track_id: tuple(_doubts(track, basis)) for track in basis.judged}
    for track in basis.judged:
        if track.fake_prob >= basis.threshold and not doubts[track.track_id]:
            return VerdictState.LIKELY_FAKE, (_leaning("at_or_above_threshold", track, basis),)
    doubtful = [reasons for reasons in doubts.values() if reasons]
    if doubtful:
        return VerdictState.INCONCLUSIVE, tuple(reason for reasons in doubtful[:_DOUBTS_TOLD] for reason in reasons)
    spans = sum(len(track.segments) for track in basis.judged)
    remaining = (say("high_spans_remain", count=str(spans)),) if spans else ()
    reasons = (_leaning("below_threshold", top, basis), *remaining, say("absence_is_no_proof"))
    return VerdictState.LIKELY_REAL, reasons


def _doubts(track: TrackVerdict, basis: Basis) -> Iterator[Reason]:
    """Why a track leans to no side; nothing where it does."""
    face = str(track.track_id)
    low, high = track.interval
    band = basis.weights.inconclusive
    if band is not None and band[0] < track.fake_prob < band[1]:
        yield say(
            "inconclusive_band",
            track=face,
            fake_prob=probability(track.fake_prob),
            low=probability(band[0]),
            high=probability(band[1]),
        )
    if low < basis.threshold <= high:
        threshold = probability(basis.threshold)
        yield say("interval_straddles", track=face, low=probability(low), high=probability(high), threshold=threshold)


def _leaning(code: str, track: TrackVerdict, basis: Basis) -> Reason:
    values = {
        "track": str(track.track_id),
        "fake_prob": probability(track.fake_prob),
        "low": probability(track.interval[0]),
        "high": probability(track.interval[1]),
        "threshold": probability(basis.threshold),
    }
    if code == "at_or_above_threshold" and basis.point is not None:
        values["rate"] = rate(basis.point.false_positive_rate)
    return say(code, **values)


def _rate_remark(basis: Basis, run_rate: float | None) -> Iterator[Reason]:
    """What the threshold was set for and what was measured, where they are far from what is wanted; who chose it."""
    if basis.point is not None:
        if run_rate is not None and run_rate != basis.settings.false_positive_rate:
            yield say("chosen_after_the_run", asked=rate(basis.settings.false_positive_rate), own=rate(run_rate))
        asked, stated, measured = (
            basis.settings.false_positive_rate, basis.point.stands_for, basis.point.false_positive_rate,
        )  # fmt: skip
        if _is_far(stated, asked):
            yield say("nearest_operating_point", asked=rate(asked), rate=rate(stated))
        if _is_far(measured, stated):
            yield say("measured_rate", asked=rate(stated), rate=rate(measured))


def _is_far(found: float, wanted: float) -> bool:
    return not wanted / _RATE_FACTOR <= found <= wanted * _RATE_FACTOR
