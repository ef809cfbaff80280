"""Decoded frames kept in memory, bounded in bytes; those farthest from the frame on screen go first."""

import threading
from bisect import bisect_left, insort

import numpy as np

from lav_gui.records import Frame, Gap

GAP_BYTES = 200

BEHIND = 2
"""A frame that lies behind in the direction of travel counts as this many times as far."""

Spans = tuple[tuple[int, int], ...]
"""First and last frame index of each unbroken row of frames, both inclusive, increasing."""


class FrameCache:
    """Frames and gaps by frame index; safe to use from two threads.

    Parameters
    ----------
    limit_bytes : int
        Upper bound of the pixels held; at least one frame is always kept.
    """

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._bytes = 0
        self._kept: dict[int, Frame | Gap] = {}
        self._order: list[int] = []
        self._focus = 0
        self._backward = False
        self._lock = threading.Lock()

    @property
    def used_bytes(self) -> int:
        """Bytes of pixels held now."""
        return self._bytes

    @property
    def limit_bytes(self) -> int:
        """Upper bound of the pixels held."""
        return self._limit

    def look_at(self, index: int, *, backward: bool) -> None:
        """Tell which frame is on screen and where the analyst is heading: what lies far from there goes first."""
        with self._lock:
            self._focus, self._backward = index, backward

    def get(self, index: int) -> Frame | Gap | None:
        """The frame with this index, or None."""
        return self._kept.get(index)

    def nearest(self, index: int) -> Frame | None:
        """The picture nearest to a frame, the earlier one of two; None without any."""
        with self._lock:
            place = bisect_left(self._order, index)
            around = [*self._before(place), *self._from(place)]
        return min(around, key=lambda frame: abs(frame.index - index), default=None)

    def __contains__(self, index: int) -> bool:
        return index in self._kept

    def put(self, item: Frame | Gap) -> None:
        """Keep a frame or gap; drop those farthest from the frame on screen beyond the bound."""
        with self._lock:
            old = self._kept.get(item.index)
            if old is None:
                insort(self._order, item.index)
            self._bytes += _size(item) - (0 if old is None else _size(old))
            self._kept[item.index] = item
            while self._bytes > self._limit and len(self._kept) > 1:
                self._drop_farthest()

    def clear(self) -> None:
        """Drop everything."""
        with self._lock:
            self._kept.clear()
            self._order.clear()
            self._bytes = 0

    def indices(self) -> list[int]:
        """Frame indices held now, increasing."""
        with self._lock:
            return list(self._order)

    def spans(self) -> Spans:
        """The unbroken rows of frames held now."""
        order = np.array(self.indices(), dtype=np.int64)
        if not len(order):
            return ()
        breaks = np.flatnonzero(np.diff(order) > 1)
        firsts, lasts = order[np.append(0, breaks + 1)], order[np.append(breaks, len(order) - 1)]
        return tuple(zip(firsts.tolist(), lasts.tolist(), strict=True))

    def _before(self, place: int) -> list[Frame]:
        return self._first_frame(range(place - 1, -1, -1))

    def _from(self, place: int) -> list[Frame]:
        return self._first_frame(range(place, len(self._order)))

    def _first_frame(self, places: range) -> list[Frame]:
        for place in places:
            found = self._kept[self._order[place]]
            if isinstance(found, Frame):
                return [found]
        return []

    def _drop_farthest(self) -> None:
        """Only the first or the last of all can be the farthest."""
        earlier = (self._focus - self._order[0]) * (1 if self._backward else BEHIND)
        later = (self._order[-1] - self._focus) * (BEHIND if self._backward else 1)
        dropped = self._order.pop(0 if earlier >= later else -1)
        self._bytes -= _size(self._kept.pop(dropped))


def _size(item: Frame | Gap) -> int:
    return item.image.nbytes if isinstance(item, Frame) else GAP_BYTES
