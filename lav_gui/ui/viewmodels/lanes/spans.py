"""Stretches of frames, reduced to the pixel columns that they touch."""

from collections.abc import Sequence
from dataclasses import dataclass, field

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
    begins, ends : ndarray of shape (S,), float64
        The outer edges of these frames, half a frame before and after.
    """

    first: Frames
    last: Frames
    begins: NDArray[np.float64] = field(init=False)
    ends: NDArray[np.float64] = field(init=False)

    def __post_init__(self) -> None:
        for name in ("first", "last"):
            object.__setattr__(self, name, frozen_array(name, getattr(self, name), (len(self.first),), np.int64))
        object.__setattr__(self, "begins", self.first - 0.5)
        object.__setattr__(self, "ends", self.last + 0.5)

    def __len__(self) -> int:
        return len(self.first)

    def holds(self, frame: int) -> bool:
        """Whether a frame lies in a stretch."""
        at = int(np.searchsorted(self.first, frame, side="right")) - 1
        return at >= 0 and frame <= int(self.last[at])

    def columns(self, scale: Scale) -> Mask:
        """Which pixel columns a stretch touches, shape (columns,); none is lost, however short."""
        begun = np.searchsorted(self.begins, scale.edges[1:], side="left")
        ended = np.searchsorted(self.ends, scale.edges[:-1], side="right")
        return np.asarray(begun > ended)


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
