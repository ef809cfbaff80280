"""The curve of one track: frame fake probability, raw, and smoothed by a moving median over time.

Smoothing works on calibrated logits, where the steps of the scale mean the same everywhere, and the sigmoid comes last.
The window is measured in seconds of presentation time, so that variable frame rates, sampling and gaps are treated
alike: a frame's window holds the frames within half a window before and after it, both ends inclusive, and is cut off
at the ends of the track. The moving median keeps steps and drops single outliers (Tukey, *Exploratory Data Analysis*,
1977).
"""

from bisect import bisect_left, insort
from collections.abc import Generator, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lav_gui.records import TrackSeries
from model_zoo.weights_record import Weights

BAND_QUANTILES = (0.1, 0.9)
"""Edges of the band around the smoothed curve: eight of ten frames of the window lie inside. It shows the spread of
the frames and is no confidence interval: neighboring frames are not independent."""

NARROW_POINTS = 256
"""Windows of up to this many points are sorted side by side, many at a time; over wider ones a sorted list slides."""

CELLS_AT_ONCE = 400_000
"""How many points of narrow windows are sorted in one step: a few milliseconds."""

POINTS_AT_ONCE = 10_000
"""How many points a wide window slides over in one step: some tens of milliseconds."""

_SLACK_SECONDS = 1e-9

_Array = NDArray[np.float64]
_Rows = NDArray[np.intp]


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


def curve_steps(series: TrackSeries, weights: Weights, window_seconds: float) -> Generator[None, None, Curve]:
    """Raw and smoothed curve of a track with its band, step by step: it can be stopped at each yield.

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
    quantiles = yield from moving_quantile_steps(calibrated, series.seconds, window_seconds, levels)
    smoothed, low, high = sigmoid(quantiles)
    return Curve(sigmoid(calibrated), smoothed, low, high)


def moving_quantile_steps(
    values: _Array, seconds: _Array, window_seconds: float, levels: tuple[float, ...]
) -> Generator[None, None, _Array]:
    """Quantiles of the values around each point of time; any width is fine. It can be stopped at each yield.

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
    lower, upper = np.empty((2, len(levels), len(values)))
    is_narrow = len(values) > 0 and int((stop - first).max()) <= NARROW_POINTS
    for _ in (_sorted_at_once if is_narrow else _slid)(values, (first, stop), levels, (lower, upper)):
        yield None
    place = np.outer(levels, stop - first - 1)
    return np.asarray(lower + (place - np.floor(place)) * (upper - lower))


def _sorted_at_once(
    values: _Array, windows: tuple[_Rows, _Rows], levels: tuple[float, ...], found: tuple[_Array, _Array]
) -> Iterator[None]:
    """Fill in the sorted values just below and above each quantile of values[first:stop]; a row of a table each.

    NumPy sorts without holding Python's lock: a window that is being painted meanwhile need not wait for it.
    """
    first, stop = windows
    width = int((stop - first).max())
    rows = max(CELLS_AT_ONCE // width, 1)
    places = np.arange(width)
    for begin in range(0, len(values), rows):
        part = slice(begin, begin + rows)
        at = first[part, np.newaxis] + places
        inside = at < stop[part, np.newaxis]
        table = np.where(inside, values[np.minimum(at, len(values) - 1)], np.inf)
        table.sort(axis=1)
        last = stop[part] - first[part] - 1
        row = np.arange(len(last))
        for each, level in enumerate(levels):
            below = (level * last).astype(np.intp)
            found[0][each, part] = table[row, below]
            found[1][each, part] = table[row, np.minimum(below + 1, last)]
        yield None


def _slid(
    values: _Array, windows: tuple[_Rows, _Rows], levels: tuple[float, ...], found: tuple[_Array, _Array]
) -> Iterator[None]:
    """Fill in the same by one sorted list that slides over the points: O(N log W) comparisons for W points."""
    plain = values.tolist()
    window: list[float] = []
    begin = end = 0
    for at, (want_begin, want_end) in enumerate(zip(windows[0].tolist(), windows[1].tolist(), strict=True)):
        while end < want_end:
            insort(window, plain[end])
            end += 1
        while begin < want_begin:
            del window[bisect_left(window, plain[begin])]
            begin += 1
        last = len(window) - 1
        for row, level in enumerate(levels):
            below = int(level * last)
            found[0][row, at] = window[below]
            found[1][row, at] = window[min(below + 1, last)]
        if at % POINTS_AT_ONCE == 0:
            yield None
