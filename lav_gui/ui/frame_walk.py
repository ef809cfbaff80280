"""Which frames to decode next: forward in one walk, backward a whole run at once, ahead while nobody asks."""

from collections.abc import Callable, Iterator

import numpy as np

from lav_gui.media.reader import VideoReader
from lav_gui.records import Frame, Gap
from lav_gui.ui.frame_cache import FrameCache

SKIP_FRAMES = 4
"""A walk goes on over this many unwanted frames before a seek is thought cheaper."""

AHEAD_FRAMES = 12
"""How far frames are decoded in the direction of travel before anybody asks."""

Stale = Callable[[], bool]
"""Tells that the work is no longer wanted."""


class FrameWalk:
    """Fetches frames of one open video through the cache.

    Parameters
    ----------
    reader : VideoReader
        Owned by the caller, used by nobody else meanwhile.
    cache : FrameCache
        Must hold frames of this video only.
    """

    def __init__(self, reader: VideoReader, cache: FrameCache) -> None:
        self._reader = reader
        self._cache = cache
        self._count = len(reader.index)
        self._keys = np.flatnonzero(reader.index.is_key)
        self._walk: Iterator[Frame | Gap] = iter(())
        self._next = self._count
        self._last = 0
        self._backward = False

    def fetch(self, wanted: int, is_stale: Stale) -> Frame | Gap | None:
        """The frame or gap with index `wanted`; None when the work became stale before it was reached.

        A step back decodes the run from its keyframe (as far as half the cache holds) once, and keeps it.
        """
        if wanted != self._last:
            self._backward = wanted < self._last
        self._last = wanted
        kept = self._cache.get(wanted)
        if kept is not None:
            return kept
        if self._backward:
            self._decode_run(self._run_start(wanted), wanted, is_stale)
        else:
            self._decode_forward(wanted, is_stale)
        return self._cache.get(wanted)

    def prefetch(self, is_stale: Stale) -> bool:
        """Decode one piece of what will be wanted next; False when there is nothing to do."""
        if self._backward:
            return self._prefetch_backward(is_stale)
        for index in range(self._last + 1, min(self._last + 1 + self._ahead(), self._count)):
            if index not in self._cache:
                self._decode_forward(index, is_stale)
                return True
        return False

    def _prefetch_backward(self, is_stale: Stale) -> bool:
        for index in range(self._last - 1, max(self._last - 1 - self._ahead(), -1), -1):
            if index not in self._cache:
                self._decode_run(self._run_start(index), index, is_stale)
                return True
        return False

    def _decode_forward(self, wanted: int, is_stale: Stale) -> None:
        if not self._next <= wanted <= self._next + SKIP_FRAMES:
            self._walk = self._reader.frames(range(wanted, self._count))
            self._next = wanted
        while self._next <= wanted and not is_stale():
            self._cache.put(next(self._walk))
            self._next += 1

    def _decode_run(self, first: int, last: int, is_stale: Stale) -> None:
        self._walk = self._reader.frames(range(first, last + 1))
        self._next = self._count
        for item in self._walk:
            self._cache.put(item)
            if is_stale():
                return

    def _run_start(self, wanted: int) -> int:
        place = int(np.searchsorted(self._keys, wanted, side="right")) - 1
        key = int(self._keys[place]) if place >= 0 else 0
        return max(key, wanted + 1 - self._frames_in(self._cache.limit_bytes // 2), 0)

    def _ahead(self) -> int:
        return min(AHEAD_FRAMES, self._frames_in(self._cache.limit_bytes // 4))

    def _frames_in(self, limit_bytes: int) -> int:
        info = self._reader.info
        return max(1, limit_bytes // max(1, 3 * info.width * info.height))
