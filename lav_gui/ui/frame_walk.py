"""Which frames to decode next: forward one by one, backward a whole run at once, ahead while nobody asks."""

from collections.abc import Callable

from lav_gui.media.reader import VideoReader
from lav_gui.records import Frame, Gap
from lav_gui.ui.frame_cache import FrameCache

STRIDE = 12
"""On the way to a frame the wishes are looked at every so many frames, so that a newer one need not wait."""

AHEAD_FRAMES = 12
"""How far frames are decoded forward before anybody asks."""

BACK_REACH, BACK_RUN = 0.25, 0.4
"""Backward, a run this large is decoded before as much is left; in parts of the cache, which keeps both."""

Stale = Callable[[], bool]
"""Tells that the work is no longer wanted."""


class FrameWalk:
    """Fetches frames of one open video through the cache.

    Work that became stale is given up, but what it has reached is not lost: the next fetch goes on from there.

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
        self._reached = -1
        self._last = -1
        self._backward = False

    def turn_to(self, wanted: int) -> Frame | Gap | None:
        """Head for a frame: what is far from it may be dropped. It comes at once if it is in the cache."""
        if wanted != self._last:
            self._backward = wanted < self._last
        self._last = wanted
        self._cache.look_at(wanted, backward=self._backward)
        return self._cache.get(wanted)

    def fetch(self, wanted: int, is_stale: Stale) -> Frame | Gap | None:
        """The frame or gap with index `wanted`; None when the work became stale before it was reached.

        A step back decodes the run from its keyframe (as far as half the cache holds) once, and keeps it.
        """
        kept = self.turn_to(wanted)
        if kept is not None:
            return kept
        self._decode_run(self._run_start(wanted) if self._backward else wanted, wanted, is_stale)
        return self._cache.get(wanted)

    def fetch_on_the_way(self, wanted: int) -> None:
        """Decode the next picture on the way to a frame: soon there, and nearer than any other."""
        begin = self._reader.first_to_decode(wanted)
        goes_on = begin <= self._reached < wanted
        self._read(self._reached + 1 if goes_on else min(begin, wanted))

    def prefetch(self, is_stale: Stale) -> bool:
        """Decode one piece of what will be wanted next; False when there is nothing to do."""
        if self._backward:
            return self._prefetch_backward(is_stale)
        for index in range(self._last + 1, min(self._last + 1 + self._ahead(), self._count)):
            if index not in self._cache:
                self._decode_run(index, index, is_stale)
                return True
        return False

    def _prefetch_backward(self, is_stale: Stale) -> bool:
        """Decode the run before the one on screen: what is left of this one gives the time for it."""
        reach, run = (self._frames_in(round(part * self._cache.limit_bytes)) for part in (BACK_REACH, BACK_RUN))
        for index in range(self._last - 1, max(self._last - 1 - reach, -1), -1):
            if index not in self._cache:
                self._decode_run(self._run_start(index, run), index, is_stale)
                return True
        return False

    def _decode_run(self, first: int, last: int, is_stale: Stale) -> None:
        """Decode and keep what the cache lacks from first to last; the last one is the wanted one."""
        missing = [index for index in range(first, last + 1) if index not in self._cache]
        if not missing or not self._come_near(missing[0], is_stale):
            return
        for index in missing:
            self._read(index)
            if is_stale():
                return

    def _come_near(self, wanted: int, is_stale: Stale) -> bool:
        """Decode up to a frame without keeping anything; False when the work became stale on the way."""
        begin = self._reader.first_to_decode(wanted)
        start = self._reached if begin <= self._reached < wanted else begin
        for place in range(start + STRIDE, wanted, STRIDE):
            if is_stale():
                return False
            self._reader.picture_type(place)
            self._reached = place
        return not is_stale()

    def _read(self, index: int) -> None:
        self._cache.put(next(self._reader.frames((index,))))
        self._reached = index

    def _run_start(self, wanted: int, most: int | None = None) -> int:
        most = self._frames_in(self._cache.limit_bytes // 2) if most is None else most
        return max(min(self._reader.first_to_decode(wanted), wanted), wanted + 1 - max(most, 1), 0)

    def _ahead(self) -> int:
        return min(AHEAD_FRAMES, self._frames_in(self._cache.limit_bytes // 4))

    def _frames_in(self, limit_bytes: int) -> int:
        info = self._reader.info
        return limit_bytes // max(1, 3 * info.width * info.height)
