"""Another file beside the one on screen: its frame of the same time is kept pinned, whatever is on screen."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from lav_gui.records import Frame, FrameIndex, Gap, MediaInfo
from lav_gui.settings import ColorPolicy
from lav_gui.ui.frames import FrameServer
from lav_gui.ui.viewmodels.pinned import Pin, PinModel
from lav_gui.ui.viewmodels.playback import PlaybackModel

CACHE_BYTES = 128_000_000


class CompareModel(QObject):
    """Follows the picture in another file by presentation time from each file's first frame.

    Parameters
    ----------
    playback : PlaybackModel
        Tells what is on screen.
    pins : PinModel
        Gets the other file's frames.
    """

    changed = Signal()
    """Another file is compared to, or none any more."""
    failed = Signal(object)
    """`LavError`: the other file cannot be shown."""

    def __init__(self, playback: PlaybackModel, pins: PinModel) -> None:
        super().__init__(playback)
        self._playback, self._pins = playback, pins
        self._server: FrameServer | None = None
        self._path: Path | None = None
        self._index: FrameIndex | None = None
        self._shift = 0
        self._number = 0
        playback.shown_changed.connect(self._ask)
        pins.changed.connect(self._give_way)

    @property
    def path(self) -> Path | None:
        """The file that is compared to; None without one."""
        return self._path

    @property
    def shift(self) -> int:
        """So many frames later than the same time the other file is looked at."""
        return self._shift

    def begin(self, path: Path, color: ColorPolicy) -> None:
        """Compare to a file from now on."""
        self._path, self._index, self._shift = path, None, 0
        self._number = 0  # a frame of the file before may still be on its way
        if self._server is None:
            self._server = FrameServer(CACHE_BYTES, self)
            self._server.opened.connect(self._take_index)
            self._server.delivered.connect(self._take)
            self._server.failed.connect(self._fail)
            self._server.start()
        self._server.open(path, color)
        self.changed.emit()

    def end(self) -> None:
        """Compare no more; what is pinned stays pinned."""
        if self._path is not None:
            self._path, self._index = None, None
            if self._server is not None:
                self._server.close_file()
            self.changed.emit()

    def shift_by(self, frames: int) -> None:
        """Look at the other file some frames later (or, below zero, earlier), for copies that do not begin alike."""
        if self._index is not None:
            self._shift += frames
            self._ask()

    def close(self, seconds: float) -> bool:
        """End the thread for good; True when it has ended in time, or had before."""
        self.end()
        return self._server is None or self._server.stop(seconds)

    def ask_to_stop(self) -> None:
        """Let the thread end as soon as it can; comes back at once."""
        if self._server is not None:
            self._server.ask_to_stop()

    @Slot(object, object, object)
    def _take_index(self, _: MediaInfo, index: FrameIndex, source: tuple[Path, ColorPolicy]) -> None:
        if source[0] == self._path:
            self._index = index
            self._ask()

    def _ask(self) -> None:
        shown, own, other = self._playback.shown, self._playback.index, self._index
        if not isinstance(shown, Frame) or own is None or other is None or self._server is None:
            return
        since_first = shown.seconds - own.seconds(0)
        wanted = other.at_seconds(other.seconds(0) + since_first) + self._shift
        self._number = self._server.request(min(max(wanted, 0), len(other) - 1))

    @Slot(int, object)
    def _take(self, number: int, item: Frame | Gap) -> None:
        if number == self._number and self._path is not None and isinstance(item, Frame):
            self._pins.put(Pin(item, self._path))

    @Slot(object)
    def _fail(self, error: object) -> None:
        self.end()
        self.failed.emit(error)

    def _give_way(self, pin: Pin | None) -> None:
        """A frame that the examiner pins or lets go ends the comparison."""
        if self._path is not None and (pin is None or pin.path != self._path):
            self.end()
