"""From frames to pixels and back: which part of the video the timeline shows, and on which axis."""

from dataclasses import dataclass, field
from enum import StrEnum
from math import floor

import numpy as np
from numpy.typing import NDArray

from lav_gui.records import FrameIndex

Array = NDArray[np.float64]

NUDGE = 1e-6
"""In columns: the mouse on a column's very left edge is in it, however it was rounded."""


class AxisKind(StrEnum):
    """What is linear along the axis."""

    FRAMES = "frames"
    TIME = "time"


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """Where frames lie on an axis of frames or of time.

    Attributes
    ----------
    count : int
        Frames of the video.
    seconds : ndarray of shape (count,), float64, or None
        Presentation times, not decreasing; None for an axis of frames.
    """

    count: int = 0
    seconds: Array | None = None

    @property
    def kind(self) -> AxisKind:
        """What is linear along it."""
        return AxisKind.FRAMES if self.seconds is None else AxisKind.TIME

    def values(self, frames: Array) -> Array:
        """Places on the axis, in frames or seconds; between frames linear, and beyond the ends as at them."""
        if self.seconds is None:
            return np.asarray(frames, dtype=np.float64)
        at = np.clip(np.floor(frames).astype(np.int64), 0, self.count - 2)
        return np.asarray(self.seconds[at] + (frames - at) * (self.seconds[at + 1] - self.seconds[at]))

    def frames(self, values: Array) -> Array:
        """Frames at places of the axis, as fractions; the inverse of `values`."""
        if self.seconds is None:
            return np.asarray(values, dtype=np.float64)
        at = np.clip(np.searchsorted(self.seconds, values, side="right") - 1, 0, self.count - 2)
        step = self.seconds[at + 1] - self.seconds[at]
        share = np.divide(values - self.seconds[at], step, out=np.zeros_like(step), where=step > 0)
        return np.asarray(at + share)

    def value(self, frame: float) -> float:
        """The place of one frame."""
        return float(self.values(np.array([frame], dtype=np.float64))[0])

    def frame(self, value: float) -> float:
        """The frame at one place, as a fraction."""
        return float(self.frames(np.array([value], dtype=np.float64))[0])

    @property
    def lead(self) -> float:
        """How far a frame's room on the axis begins before its own place, in frames.

        On an axis of frames it reaches half a frame to both sides. On one of time it is the time that the frame is on
        screen: from its presentation until the next one's.
        """
        return 0.5 if self.seconds is None else 0.0

    @property
    def ends(self) -> tuple[float, float]:
        """Places of the outer edges of the first and last frame."""
        return self.value(-self.lead), self.value(max(self.count, 1) - self.lead)


def axis_of(index: FrameIndex | None, kind: AxisKind) -> Axis:
    """The axis of a video; one of a single moment is always one of frames."""
    if index is None:
        return Axis()
    seconds = index.all_seconds() if kind is AxisKind.TIME and len(index) > 1 else None
    if seconds is not None and not seconds[-1] > seconds[0]:
        seconds = None
    return Axis(len(index), seconds)


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """The part of an axis that is on the screen, cut into columns one pixel wide.

    Attributes
    ----------
    axis : Axis
    low, high : float
        Ends of the shown part, in units of the axis; high > low.
    columns : int
        Pixels from left to right, >= 1.
    edges : ndarray of shape (columns + 1,), float64
        Frames at the columns' edges, not decreasing.
    frames : ndarray of shape (columns,), int64
        The frame that each column stands for, not decreasing: on an axis of frames the one at its middle, on one of
        time the one on screen at its right end, and at an end of the axis the first or last. What is clicked, told and
        painted in a column is of this frame.
    """

    axis: Axis
    low: float
    high: float
    columns: int
    edges: Array = field(init=False)
    frames: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        edges = np.maximum.accumulate(self.axis.frames(np.linspace(self.low, self.high, self.columns + 1)))
        frames = self._frames_in(np.arange(self.columns))
        first, last = self.axis.ends
        slack = 0.01 * (self.high - self.low) / self.columns
        if self.low <= first + slack:
            frames[0] = 0
        if self.high >= last - slack:
            frames[-1] = max(self.axis.count - 1, 0)
        object.__setattr__(self, "edges", edges)
        object.__setattr__(self, "frames", frames)

    def pixels(self, frames: Array) -> Array:
        """Distance from the left end in columns."""
        return np.asarray((self.axis.values(frames) - self.low) * (self.columns / (self.high - self.low)))

    def pixel(self, frame: float) -> float:
        """Distance of one frame from the left end in columns."""
        return (self.axis.value(frame) - self.low) * (self.columns / (self.high - self.low))

    def value_at(self, pixel: float) -> float:
        """The place on the axis at a distance from the left end."""
        return self.low + pixel * (self.high - self.low) / self.columns

    def frame_at(self, pixel: float) -> int:
        """The frame of the column at a distance from the left end, clipped to the video; 0 without one."""
        column = floor(pixel + NUDGE)
        is_seen = 0 <= column < self.columns
        found = self.frames[column] if is_seen else self._frames_in(np.array([column]))[0]
        return min(max(int(found), 0), max(self.axis.count - 1, 0))

    def _frames_in(self, columns: NDArray[np.int64]) -> NDArray[np.int64]:
        """The frames that columns stand for, also beyond the ends."""
        within = 0.5 if self.axis.kind is AxisKind.FRAMES else 1 - NUDGE
        places: Array = self.low + (columns + within).astype(np.float64) * ((self.high - self.low) / self.columns)
        return np.asarray(np.floor(self.axis.frames(places) + self.axis.lead), dtype=np.int64)


def zoomed(axis: Axis, span: tuple[float, float], factor: float, center: float, least: float) -> tuple[float, float]:
    """A span made `factor` times as long about a place that stays where it is, kept inside the axis.

    `least` is the shortest span, in units of the axis.
    """
    low, high = span
    first, last = axis.ends
    length = min(max((high - low) * factor, min(least, last - first)), last - first)
    share = (center - low) / (high - low)
    return moved_inside(axis, (center - share * length, center + (1 - share) * length))


def moved_inside(axis: Axis, span: tuple[float, float]) -> tuple[float, float]:
    """A span of the same length that lies within the axis; the whole axis where it is longer."""
    low, high = span
    first, last = axis.ends
    if high - low >= last - first:
        return first, last
    shift = max(first - low, 0.0) + min(last - high, 0.0)
    return low + shift, high + shift
