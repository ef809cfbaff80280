"""The judgement of one face track: curve, segments, score with interval, contributions."""

from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray

from lav_gui.records import TrackSeries, TrackVerdict
from lav_gui.verdict.bootstrap import mean_interval
from lav_gui.verdict.curve import curve_steps
from lav_gui.verdict.score import track_logit
from lav_gui.verdict.segments import find_segments, rule_for
from model_zoo.weights_record import Weights


def track_steps(
    series: TrackSeries, weights: Weights, threshold: float, smoothing_seconds: float
) -> Generator[None, None, TrackVerdict]:
    """Everything that is said of one track, step by step: it can be stopped at each yield.

    Parameters
    ----------
    series : TrackSeries
        N >= 1 frames.
    weights : Weights
        Calibrates logits; without a calibration they are taken as they are.
    threshold : float
        Fake probability in [0, 1] at which segments begin.
    smoothing_seconds : float
        Window of the smoothed curve, >= 0.

    Returns
    -------
    TrackVerdict
    """
    logit = track_logit(series)
    ends = weights.fake_prob(np.array([logit, *mean_interval(series.logit, series.seconds)]))
    yield None
    curve = yield from curve_steps(series, weights, smoothing_seconds)
    segments = find_segments(curve.smoothed, series.frame_index, series.seconds, rule_for(threshold))
    return TrackVerdict(
        track_id=series.track_id,
        first_frame=int(series.frame_index[0]),
        last_frame=int(series.frame_index[-1]),
        frame_count=len(series),
        track_logit=logit,
        fake_prob=float(ends[0]),
        interval=(float(ends[1:].min()), float(ends[1:].max())),
        frame_index=series.frame_index,
        seconds=series.seconds,
        curve=curve.raw,
        smoothed=curve.smoothed,
        low=curve.low,
        high=curve.high,
        segments=segments,
        rgb=_mean_of_measured(series.rgb),
        noise=_mean_of_measured(series.noise),
        interaction=_mean_of_measured(series.interaction),
        strongest_frame=int(series.frame_index[np.argmax(curve.smoothed)]),
    )


def _mean_of_measured(column: NDArray[np.float64]) -> float | None:
    measured = column[~np.isnan(column)]
    return float(measured.mean()) if len(measured) else None
