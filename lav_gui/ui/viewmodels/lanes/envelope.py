"""Curves reduced to one span of values for each pixel column, however long they are.

A column's span reaches from the lowest to the highest value in it, and takes in the curve where it enters and leaves
the column; so neither a peak of a single frame nor the line between two far frames is lost. The extremes of long
curves come from a pyramid that halves the number of points on each level.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lav_gui.ui.viewmodels.lanes.scale import Scale

Array = NDArray[np.float64]

BREAK_STRIDES = 3.0
"""A curve is broken where nothing was measured for more than this many of its median steps."""

FEWEST_COLUMNS = 200
"""No screen is narrower, so no coarser level is needed at once."""

BLOCKS_PER_COLUMN = 4
"""A level of the pyramid is fine enough when a column holds this many of its blocks."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Spans of values, one for each pixel column from `first` on; NaN where there is none.

    Attributes
    ----------
    first : int
        Column of the first element.
    low, high : ndarray of shape (C,), float64
    alone : ndarray of shape (C,), bool
        The column holds a value that is connected with no other.
    """

    first: int
    low: Array
    high: Array
    alone: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.low)


def as_line(first: int, values: Array) -> Columns:
    """One value for each column as a line: each column reaches halfway to its neighbors; NaN breaks it."""
    left = np.append(np.nan, 0.5 * (values[1:] + values[:-1]))[: len(values)]
    right = np.append(left[1:], np.nan)
    alone = ~np.isnan(values) & np.isnan(left) & np.isnan(right)
    low, high = (reduce(values, reduce(left, right)) for reduce in (np.fmin, np.fmax))
    return Columns(first, low, high, alone)


NO_COLUMNS = Columns(0, np.empty(0), np.empty(0), np.empty(0, np.bool_))


class Series:
    """Values of a curve with the extremes of its blocks; they are found when first asked for.

    Parameters
    ----------
    values : ndarray of shape (N,), any number
        Without NaN.
    """

    __slots__ = ("_highs", "_lows", "_sums", "values")

    def __init__(self, values: NDArray[Any]) -> None:
        self.values: Array = np.ascontiguousarray(values, dtype=np.float64)
        self._lows = [self.values]
        self._highs = [self.values]
        self._sums: Array | None = None

    def prepare(self) -> None:
        """Find all extremes now."""
        self._build(level_for(len(self.values), FEWEST_COLUMNS))

    def prepare_means(self) -> None:
        """Find what means are made of now."""
        self._summed()

    def extremes(self, bounds: NDArray[np.int64]) -> tuple[Array, Array]:
        """Lowest and highest value of each stretch of rows; NaN where a stretch is empty.

        Parameters
        ----------
        bounds : ndarray of shape (C + 1,), int64
            Not decreasing, in [0, N]; stretch c holds the rows from bounds[c] to before bounds[c + 1]. Between long
            stretches a bound may come early by a quarter of a stretch, but never over an empty stretch.
        """
        level = self._level(bounds)
        at = bounds >> level
        at[-1] = -(-bounds[-1] >> level)
        empty = at[1:] <= at[:-1]
        begins = np.minimum(at[:-1], max(at[-1] - 1, 0))
        beside = _beside_empty(bounds, at << level) if level else ()
        found = []
        for levels, reduce in ((self._lows, np.minimum), (self._highs, np.maximum)):
            rows = levels[level][: at[-1]]
            reduced = reduce.reduceat(rows, begins) if len(rows) else np.empty(len(begins))
            reduced[empty] = np.nan
            for stretch, begin, end in beside:
                reduced[stretch] = reduce.reduce(self.values[begin:end]) if end > begin else np.nan
            found.append(reduced)
        return found[0], found[1]

    def means(self, bounds: NDArray[np.int64]) -> Array:
        """Mean of each stretch of rows, NaN where it is empty; bounds as in `extremes`, all exact."""
        count = np.diff(bounds)
        total = np.diff(self._summed()[bounds])
        return np.asarray(np.divide(total, count, out=np.full(len(count), np.nan), where=count > 0))

    def _summed(self) -> Array:
        if self._sums is None:
            self._sums = np.concatenate([[0.0], np.cumsum(self.values)])
        return self._sums

    def _level(self, bounds: NDArray[np.int64]) -> int:
        level = level_for(int(bounds[-1] - bounds[0]), len(bounds) - 1)
        self._build(level)
        return level

    def _build(self, level: int) -> None:
        while len(self._lows) <= level:
            self._lows.append(_halved(self._lows[-1], np.minimum))
            self._highs.append(_halved(self._highs[-1], np.maximum))


def level_for(rows: int, columns: int) -> int:
    """How many times rows may be halved until a column holds `BLOCKS_PER_COLUMN` of what is left, or few more."""
    return max((rows // max(BLOCKS_PER_COLUMN * columns, 1)).bit_length() - 1, 0)


def _beside_empty(bounds: NDArray[np.int64], rough: NDArray[np.int64]) -> tuple[tuple[int, int, int], ...]:
    """Stretches near an empty one, to be looked at row by row: number, first row, and the row after the last.

    No rough bound may reach back over a hole in a curve, so that a value before it is not shown behind it.
    """
    empty = bounds[1:] == bounds[:-1]
    after_hole, before_hole = np.append(False, empty[:-1]), np.append(empty[1:], False)
    behind = np.append(0, np.maximum.accumulate(np.where(empty, bounds[1:], 0)))
    starts = np.maximum(rough, behind)
    ends = np.where(before_hole, bounds[1:], starts[1:])
    ends = np.where(after_hole, np.maximum(ends, bounds[1:]), ends)
    near = ~empty & ((starts[:-1] > rough[:-1]) | (ends != rough[1:]) | after_hole)
    stretches = np.flatnonzero(near)
    return tuple(zip(stretches.tolist(), starts[stretches].tolist(), ends[stretches].tolist(), strict=True))


def _halved(values: Array, reduce: np.ufunc) -> Array:
    """Extremes of pairs; a last value without a partner stays."""
    pairs: Array = reduce(values[: len(values) // 2 * 2 : 2], values[1::2])
    return np.append(pairs, values[-1]) if len(values) % 2 else pairs


class Places:
    """The frames at which curves have values, and where they are broken.

    Parameters
    ----------
    frames : ndarray of shape (N,), int64 or float64
        Strictly increasing; fractions lie between frames.
    """

    __slots__ = ("_levels", "_recent", "connected", "frames")

    def __init__(self, frames: NDArray[np.int64] | Array) -> None:
        self.frames = frames.astype(np.float64)
        self._levels = [self.frames]
        self._recent: tuple[Scale, float, Cut | None] | None = None
        steps = np.diff(self.frames)
        longest = BREAK_STRIDES * float(np.median(steps)) if len(steps) else 0.0
        self.connected = steps <= longest

    def __len__(self) -> int:
        return len(self.frames)

    def prepare(self) -> None:
        """Make what cutting many rows needs now."""
        self._build(level_for(len(self.frames), FEWEST_COLUMNS))

    def _build(self, level: int) -> None:
        while len(self._levels) <= level:
            self._levels.append(np.ascontiguousarray(self._levels[-1][::2]))

    def cut(self, scale: Scale, margin: float = 0.0) -> "Cut | None":
        """How the columns of a scale cut these frames; None where none of them is on the screen.

        `margin` is how far, in frames, what is drawn reaches beyond the first and last of them.
        """
        if self._recent is None or self._recent[:2] != (scale, margin):
            self._recent = (scale, margin, self._made(scale, margin))
        return self._recent[2]

    def bounds(self, edges: Array) -> NDArray[np.int64]:
        """First row at or after each of C + 1 frames, which do not decrease.

        Where a column holds many rows, only every so many of them is searched, and then halfway between again and
        again. On a million rows that is several times as fast.
        """
        ends = np.searchsorted(self.frames, edges[[0, -1]])
        level = level_for(int(ends[1] - ends[0]), len(edges) - 1)
        self._build(level)
        found = np.minimum(np.searchsorted(self._levels[level], edges) << level, len(self.frames))
        for halving in reversed(range(level)):
            earlier = found - (1 << halving)
            is_late = (earlier >= 0) & (self.frames[earlier] >= edges)
            found = np.where(is_late, earlier, found)
        return np.asarray(found)

    def _made(self, scale: Scale, margin: float) -> "Cut | None":
        if not len(self.frames):
            return None
        edges = scale.edges
        first = int(np.searchsorted(edges, self.frames[0] - margin, side="right")) - 1
        last = int(np.searchsorted(edges, self.frames[-1] + margin, side="right"))
        first, last = max(first, 0), min(last, scale.columns)
        if last <= first:
            return None
        return Cut(self, first, edges[first : last + 1], scale.frames[first:last])


class Cut:
    """The pixel columns over some frames; gives the columns of each curve over these frames.

    Parameters
    ----------
    places : Places
    first : int
        Number of the first column.
    edges : ndarray of shape (C + 1,), float64
        Frames at the columns' edges.
    shown : ndarray of shape (C,), int64
        The frames that they stand for.
    """

    __slots__ = ("_before", "_bounds", "_frames", "_share", "_shown", "_whole", "first")

    def __init__(self, places: Places, first: int, edges: Array, shown: NDArray[np.int64]) -> None:
        frames = places.frames
        self.first = first
        self._bounds = places.bounds(edges)
        after = np.minimum(self._bounds, len(frames) - 1)
        self._before = np.maximum(after - 1, 0)
        step = frames[after] - frames[self._before]
        inside = (self._bounds > 0) & (self._bounds < len(frames))
        if len(frames) > 1:
            inside &= places.connected[np.minimum(self._before, len(frames) - 2)]
        on_frame = (self._bounds < len(frames)) & (frames[after] == edges)
        share = (edges - frames[self._before]) / np.where(step > 0, step, 1.0)
        self._share = np.where(on_frame, 1.0, np.clip(share, 0.0, 1.0))
        self._whole = inside
        self._frames, self._shown = frames, shown

    def columns(self, series: Series) -> Columns:
        """One curve's spans."""
        at = self._at_edges(series)
        low, high = series.extremes(self._bounds)
        alone = ~np.isnan(low) & np.isnan(at[:-1]) & np.isnan(at[1:])
        low = np.fmin(low, np.fmin(at[:-1], at[1:]))
        high = np.fmax(high, np.fmax(at[:-1], at[1:]))
        return Columns(self.first, low, high, alone)

    def peaks(self, series: Series) -> Columns:
        """One series' spans without the lines between its values: each value fills the columns next to its frame."""
        low, high = series.extremes(self._bounds)
        empty = np.isnan(high)
        low[empty] = high[empty] = series.values[self._nearest(self._shown[empty])]
        return Columns(self.first, low, high, np.zeros(len(low), np.bool_))

    def means(self, series: Series) -> Array:
        """One curve's mean in each column, shape (C,); between far frames linear, NaN where the curve is broken."""
        at = self._at_edges(series)
        means = series.means(self._bounds)
        return np.where(np.isnan(means), 0.5 * (at[:-1] + at[1:]), means)

    def _nearest(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Rows of the values next to some frames."""
        later = np.minimum(np.searchsorted(self._frames, places), len(self._frames) - 1)
        earlier = np.maximum(later - 1, 0)
        return np.where(places - self._frames[earlier] < self._frames[later] - places, earlier, later)

    def _at_edges(self, series: Series) -> Array:
        values = series.values
        after = np.minimum(self._before + 1, len(values) - 1)
        at = values[self._before] + self._share * (values[after] - values[self._before])
        at = np.where(self._share < 1, at, values[after])  # exact, whatever the rounding
        return np.where(self._whole, at, np.nan)
