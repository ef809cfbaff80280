"""The curve of one track: frame fake probability, raw, and smoothed by a moving median over time.

Smoothing works on calibrated logits, where the steps of the scale mean the same everywhere, and the sigmoid comes last.
The window is measured in seconds of presentation time, so that variable frame rates, sampling and gaps are treated
alike: a frame's window holds the frames within half a window before and after it, both ends inclusive, and is cut off
at the ends of the track. The moving median keeps steps and drops single outliers (Tukey, *Exploratory Data Analysis*,
1977).
"""

from bisect import bisect_left, insort
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lav_gui.records import TrackSeries
from model_zoo.weights_record import Weights

BAND_QUANTILES = (0.1, 0.9)
"""Edges of the band around the smoothed curve: eight of ten frames of the window lie inside. It shows the spread of
the frames and is no confidence interval: neighboring frames are not independent."""

_SLACK_SECONDS = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Frame fake probability of one track; all arrays of shape (N,), float64, in [0, 1]."""

    raw: NDArray[np.float64]
    smoothed: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def sigmoid(logit: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probability in [0, 1] of a logit of any shape; stable at both ends."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * np.asarray(logit))))


def track_curve(series: TrackSeries, weights: Weights, window_seconds: float) -> Curve:
    """Raw and smoothed curve of a track with its band.

    Parameters
    ----------
    series : TrackSeries
        N frames, N >= 1.
    weights : Weights
        Calibrates the logits; without a calibration they are taken as they are.
    window_seconds : float
        Width of the window, >= 0; 0 leaves the curve as it is.

    Returns
    -------
    Curve
    """
    calibrated = weights.calibrated(series.logit)
    levels = (0.5, *BAND_QUANTILES)
    smoothed, low, high = sigmoid(moving_quantiles(calibrated, series.seconds, window_seconds, levels))
    return Curve(sigmoid(calibrated), smoothed, low, high)


def moving_quantiles(
    values: NDArray[np.float64], seconds: NDArray[np.float64], window_seconds: float, levels: tuple[float, ...]
) -> NDArray[np.float64]:
    """Quantiles of the values around each point of time.

    One sorted list slides over the points: O(N log W) comparisons for windows of W points, and any width is fine.

    Parameters
    ----------
    values : ndarray of shape (N,), float64
        Finite.
    seconds : ndarray of shape (N,), float64
        Not decreasing.
    window_seconds : float
        Full width of the window, >= 0.
    levels : tuple of float
        Q quantile levels in [0, 1], interpolated linearly as in `numpy.quantile`.

    Returns
    -------
    ndarray of shape (Q, N), float64

    Raises
    ------
    ValueError
        If a value is not finite or time runs backward.
    """
    if not np.isfinite(values).all():
        raise ValueError("values to be smoothed must be finite")
    if np.any(np.diff(seconds) < 0):
        raise ValueError("seconds must not decrease")
    half = 0.5 * window_seconds + _SLACK_SECONDS
    first = np.searchsorted(seconds, seconds - half, side="left")
    stop = np.searchsorted(seconds, seconds + half, side="right")
    lower, upper = _order_statistics(values, first, stop, levels)
    place = np.outer(levels, stop - first - 1)
    return np.asarray(lower + (place - np.floor(place)) * (upper - lower))


def _order_statistics(
    values: NDArray[np.float64], first: NDArray[np.intp], stop: NDArray[np.intp], levels: tuple[float, ...]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The sorted values just below and above each quantile of values[first:stop]; two arrays of shape (Q, N)."""
    plain = values.tolist()
    lower, upper = np.empty((2, len(levels), len(plain)))
    window: list[float] = []
    begin = end = 0
    for at, (want_begin, want_end) in enumerate(zip(first.tolist(), stop.tolist(), strict=True)):
        while end < want_end:
            insort(window, plain[end])
            end += 1
        while begin < want_begin:
            del window[bisect_left(window, plain[begin])]
            begin += 1
        last = len(window) - 1
        for row, level in enumerate(levels):
            below = int(level * last)
            lower[row, at] = window[below]
            upper[row, at] = window[min(below + 1, last)]
    return lower, upper
