"""The digest of the decoded picture on screen, told when the analyst asks for it."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from lav_gui.records import Frame
from lav_gui.ui.frames import FrameServer
from lav_gui.ui.viewmodels.playback import PlaybackModel


@dataclass(frozen=True, slots=True)
class FrameDigest:
    """SHA-256, in hexadecimal, of the RGB bytes of one frame as decoded."""

    frame_index: int
    pts: int
    sha256: str


class DigestModel(QObject):
    """Asks for the digest of the frame on screen; it is forgotten as soon as another picture is shown.

    Parameters
    ----------
    frames : FrameServer
    playback : PlaybackModel
    """

    changed = Signal(object)
    """`FrameDigest`, or None when there is none any more."""

    def __init__(self, frames: FrameServer, playback: PlaybackModel) -> None:
        super().__init__(playback)
        self._frames, self._playback = frames, playback
        self._wanted = False
        self._value: FrameDigest | None = None
        playback.shown_changed.connect(self._follow)
        frames.digested.connect(self._take)

    @property
    def value(self) -> FrameDigest | None:
        """What is known of the frame on screen."""
        return self._value

    def ask(self) -> None:
        """Pause, and get the digest of the frame on screen, or of the one that is on its way to it."""
        self._playback.pause()
        self._wanted = self._playback.index is not None
        self._ask_shown()

    def clear(self) -> None:
        """Forget it."""
        self._wanted = False
        if self._value is not None:
            self._value = None
            self.changed.emit(None)

    @Slot(object)
    def _follow(self, shown: object) -> None:
        if self._value is not None or shown is None:
            self.clear()
        self._ask_shown()

    def _ask_shown(self) -> None:
        shown = self._playback.shown
        if self._wanted and isinstance(shown, Frame) and shown.index == self._playback.position:
            self._frames.ask_digest(shown.index)

    @Slot(int, str)
    def _take(self, frame_index: int, digest: str) -> None:
        shown = self._playback.shown
        if self._wanted and isinstance(shown, Frame) and shown.index == frame_index:
            self._wanted = False
            self._value = FrameDigest(frame_index, shown.pts, digest)
            self.changed.emit(self._value)
