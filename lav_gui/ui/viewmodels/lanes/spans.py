"""Stretches of frames, reduced to the pixel columns that they touch."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from lav_gui.records.arrays import frozen_array
from lav_gui.ui.viewmodels.lanes.scale import Scale

Frames = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Disjoint stretches in order.

    Attributes
    ----------
    first, last : ndarray of shape (S,), int64
        Frame indices, both inclusive.
    """

    first: Frames
    last: Frames

    def __post_init__(self) -> None:
        for name in ("first", "last"):
            object.__setattr__(self, name, frozen_array(name, getattr(self, name), (len(self.first),), np.int64))

    def __len__(self) -> int:
        return len(self.first)

    def holds(self, frame: int) -> bool:
        """Whether a frame lies in a stretch."""
        at = int(np.searchsorted(self.first, frame, side="right")) - 1
        return at >= 0 and frame <= int(self.last[at])

    def columns(self, scale: Scale) -> Mask:
        """Which pixel columns stand for a frame of a stretch, shape (columns,); none is lost, however short.

        A stretch between the frames of two neighbors fills the one that holds its middle.
        """
        filled = np.zeros(scale.columns, np.bool_)
        if not len(self):
            return filled
        at = np.searchsorted(self.first, scale.frames, side="right") - 1
        filled = (at >= 0) & (scale.frames <= self.last[at])
        lead = scale.axis.lead
        low, high = floor(scale.edges[0] + lead), ceil(scale.edges[-1] + lead) - 1
        left, right = np.append(low - 1, scale.frames), np.append(scale.frames, high + 1)
        after = np.minimum(np.searchsorted(self.first, left, side="right"), len(self) - 1)
        before = np.maximum(np.searchsorted(self.last, right, side="left") - 1, 0)
        for short in (after, before):
            lies_between = (self.first[short] > left) & (self.last[short] < right)
            place = np.flatnonzero(lies_between)
            middle = 0.5 * (self.first + self.last)[short[place]] if len(place) else np.empty(0)
            column = place - (middle < scale.edges[place])
            filled[np.clip(column, 0, scale.columns - 1)] = True
        return np.asarray(filled)


NO_SPANS = Spans(np.empty(0, np.int64), np.empty(0, np.int64))


def runs(mask: Mask) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Begin of each run of True, and the place after its end."""
    steps = np.diff(np.concatenate([[0], mask.astype(np.int8), [0]]))
    return np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)


def spans_where(frames: Frames, mask: Mask) -> Spans:
    """Stretches of neighbors for which a mask holds.

    A stretch lasts until before the next frame of the list, so that frames that were not looked at in between
    belong to the one before.

    Parameters
    ----------
    frames : ndarray of shape (N,), int64
        Strictly increasing.
    mask : ndarray of shape (N,), bool
    """
    begins, ends = runs(mask)
    if not len(begins):
        return NO_SPANS
    after = np.append(frames[1:], frames[-1] + 1)
    return Spans(frames[begins], after[ends - 1] - 1)


def spans_of(pairs: Sequence[tuple[int, int]]) -> Spans:
    """Stretches given as pairs of first and last frame in any order; those that touch become one."""
    joined: list[list[int]] = []
    for first, last in sorted(pairs):
        if joined and first <= joined[-1][1] + 1:
            joined[-1][1] = max(joined[-1][1], last)
        else:
            joined.append([first, last])
    table = np.array(joined, dtype=np.int64).reshape(-1, 2)
    return Spans(table[:, 0].copy(), table[:, 1].copy())
