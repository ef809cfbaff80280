"""The decoder thread: it alone owns the video on screen and serves the newest request."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal, SignalInstance, Slot

from lav_gui.errors import LavError
from lav_gui.media.reader import VideoReader
from lav_gui.records import Frame, Gap, frame_digest
from lav_gui.settings import ColorPolicy
from lav_gui.ui.frame_cache import FrameCache, Spans
from lav_gui.ui.frame_walk import FrameWalk
from lav_gui.ui.jobs import keep_while_running

PATIENCE_SECONDS = 0.1
"""While newer and newer frames are wanted, some picture near the wanted one comes at least this often."""

NEWS_SECONDS = 0.2
"""What is in the cache is told at most this often."""


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What the thread should do; each place holds the newest wish only."""

    file: tuple[Path, ColorPolicy] | None = None
    frame: tuple[int, int] | None = None
    digest: int | None = None
    ticket: int | None = None
    close: bool = False
    stop: bool = False

    @property
    def any(self) -> bool:
        """Whether there is something to do."""
        return self.supersedes or self.digest is not None

    @property
    def supersedes(self) -> bool:
        """Whether a frame that is being decoded is no longer wanted."""
        return self.stop or self.close or self.file is not None or self.frame is not None


class FrameServer(QThread):
    """Decodes frames of one file at a time; requests are numbered, the newest wins, older ones may get no answer.

    All signals come in the thread that owns the server, and only of the file that was opened last: what the decoder
    tells too late, of a file that was closed or replaced by another one meanwhile, is dropped.

    Parameters
    ----------
    cache_bytes : int
        Bound of the decoded frames kept.
    parent : QObject, optional
    """

    opened = Signal(object, object, object)
    """`MediaInfo` and `FrameIndex` of a file that can be shown, and which one it is: tuple of path and color rule."""
    failed = Signal(object)
    """`LavError`: the file cannot be opened, or a frame of it cannot be decoded."""
    delivered = Signal(int, object)
    """Request number, and the `Frame` or `Gap`."""
    nearby = Signal(int, object)
    """Request number, and the nearest `Frame` at hand while the wanted one is being decoded."""
    cached = Signal(object)
    """Tuple of (first, last), both inclusive: the rows of frames that are decoded and kept."""
    digested = Signal(int, str)
    """Frame index, and the digest of the very picture that was delivered."""

    _told = Signal(int, object)

    def __init__(self, cache_bytes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cache = FrameCache(cache_bytes)
        self._lock = threading.Condition()
        self._wishes = _Wishes()
        self._number = 0
        self._ticket = 0
        self._serving = 0
        self._stopped = False
        self._ahead = True
        self._hurried = False
        self._served_at = 0.0
        self._spans: Spans = ()
        self._spans_told_at = 0.0
        self._reader: VideoReader | None = None
        self._walk: FrameWalk | None = None
        self._told.connect(self._pass_on)

    def open(self, path: Path, color: ColorPolicy) -> None:
        """Open a file instead of the present one; answered by `opened` or `failed`."""
        self._wish(_Wishes(file=(path, color)))

    def close_file(self) -> None:
        """Let go of the present file."""
        self._wish(_Wishes(close=True))

    def request(self, index: int) -> int:
        """Ask for a frame and get the request's number; an earlier request that waits is forgotten."""
        with self._lock:
            self._number += 1
            self._wishes = replace(self._wishes, frame=(self._number, index), digest=None)
            self._lock.notify()
            return self._number

    def ask_digest(self, index: int) -> None:
        """Ask for the digest of a frame that was delivered; answered by `digested` unless a new request comes."""
        with self._lock:
            self._wishes = replace(self._wishes, digest=index)
            self._lock.notify()

    def stop(self, seconds: float) -> bool:
        """End the thread and let go of the file; True when it ended in time. It serves nothing afterwards."""
        self.ask_to_stop()
        return keep_while_running(self, seconds)

    def ask_to_stop(self) -> None:
        """Let the thread end as soon as it can; comes back at once."""
        self._wish(_Wishes(stop=True))

    def run(self) -> None:
        """Serve wishes until `stop`; the thread's main function."""
        try:
            while True:
                try:
                    wishes = self._take()
                    if wishes.stop:
                        return
                    self._serve(wishes)
                except LavError as error:
                    self._ahead = False
                    self._tell(self.failed, error)
        finally:
            self._let_go()

    def _wish(self, wishes: _Wishes) -> None:
        with self._lock:
            self._number += 1
            self._ticket += 1
            self._stopped = self._stopped or wishes.stop
            self._wishes = _Wishes(stop=True) if self._stopped else replace(wishes, ticket=self._ticket)
            self._lock.notify()

    def _tell(self, signal: SignalInstance, *what: object) -> None:
        """Send a signal on its way to the thread of the window, where it is dropped if it comes too late."""
        self._told.emit(self._serving, partial(signal.emit, *what))

    @Slot(int, object)
    def _pass_on(self, ticket: int, tell: Callable[[], None]) -> None:
        if ticket == self._ticket:
            tell()

    def _take(self) -> _Wishes:
        """The newest wishes; decodes ahead while there are none."""
        while True:
            with self._lock:
                if self._wishes.any:
                    taken, self._wishes = self._wishes, _Wishes()
                    self._ahead = True
                    return taken
            if self._walk is None or not self._ahead or not self._walk.prefetch(self._is_stale):
                rest = self._tell_cached()
                with self._lock:
                    self._lock.wait_for(lambda: self._wishes.any, rest)
            else:
                self._tell_cached()

    def _is_stale(self) -> bool:
        return self._wishes.any

    def _serve(self, wishes: _Wishes) -> None:
        if wishes.ticket is not None:
            self._serving = wishes.ticket
        if wishes.close:
            self._let_go()
        if wishes.file is not None:
            self._open(*wishes.file)
        if wishes.frame is not None:
            number, index = wishes.frame
            self._deliver(number, index)
        if wishes.digest is not None:
            kept = self._cache.get(wishes.digest)
            if isinstance(kept, Frame):
                self._tell(self.digested, wishes.digest, frame_digest(kept.image))

    def _open(self, path: Path, color: ColorPolicy) -> None:
        self._let_go()
        self._reader = VideoReader(path, color)
        self._walk = FrameWalk(self._reader, self._cache)
        self._tell(self.opened, self._reader.info, self._reader.index, (path, color))

    def _deliver(self, number: int, index: int) -> None:
        if self._walk is None:
            return
        found: Frame | Gap | None = self._walk.turn_to(index)
        if found is None:
            self._offer_nearby(self._walk, number, index)
            found = self._walk.fetch(index, self._is_superseded)
        self._hurried = found is None
        if found is not None:
            self._served_at = time.monotonic()
            self._tell(self.delivered, number, found)
        self._tell_cached()

    def _offer_nearby(self, walk: FrameWalk, number: int, index: int) -> None:
        """Give out what is at hand; a hand that moves too fast for any frame to be reached gets one on the way."""
        if self._hurried and time.monotonic() > self._served_at + PATIENCE_SECONDS:
            walk.fetch_on_the_way(index)
            self._served_at = time.monotonic()
        near = self._cache.nearest(index)
        if near is not None:
            self._tell(self.nearby, number, near)

    def _tell_cached(self) -> float | None:
        """Tell what is kept unless it was told just now; seconds until it may be told again, None without news."""
        rest = self._spans_told_at + NEWS_SECONDS - time.monotonic()
        if rest > 0:
            return rest
        spans = self._cache.spans()
        if spans != self._spans:
            self._spans, self._spans_told_at = spans, time.monotonic()
            self._tell(self.cached, spans)
        return None

    def _is_superseded(self) -> bool:
        return self._wishes.supersedes

    def _let_go(self) -> None:
        self._cache.clear()
        self._spans_told_at = 0.0
        self._tell_cached()
        self._walk = None
        if self._reader is not None:
            self._reader.close()
            self._reader = None
