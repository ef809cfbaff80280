"""The pinned frame: what differences are taken to. It stays as other frames, and other files, come on screen."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lav_gui.records import Frame
from lav_gui.ui.viewmodels.document import DocumentModel
from lav_gui.ui.viewmodels.playback import PlaybackModel


@dataclass(frozen=True, slots=True)
class Pin:
    """A frame, and the file it is of."""

    frame: Frame
    path: Path


class PinModel(QObject):
    """Holds at most one pin.

    Parameters
    ----------
    document : DocumentModel
    playback : PlaybackModel
    """

    changed = Signal(object)
    """`Pin` or None."""

    def __init__(self, document: DocumentModel, playback: PlaybackModel) -> None:
        super().__init__(playback)
        self._document, self._playback = document, playback
        self._pin: Pin | None = None

    @property
    def pin(self) -> Pin | None:
        """The pinned frame."""
        return self._pin

    @property
    def other_name(self) -> str:
        """Name of the file of the pinned frame where it is another one than that on screen, else empty."""
        video = self._document.video
        if self._pin is None or (video is not None and video.path == self._pin.path):
            return ""
        return self._pin.path.name

    def put(self, pin: Pin) -> None:
        """Pin a frame of another file."""
        self._pin = pin
        self.changed.emit(pin)

    def toggle(self) -> None:
        """Pin the frame on screen in place of an earlier one; the pinned frame itself is let go."""
        shown, video = self._playback.shown, self._document.video
        if not isinstance(shown, Frame) or video is None:
            return
        again = self._pin is not None and self._pin.path == video.path and self._pin.frame.index == shown.index
        self._pin = None if again else Pin(shown, video.path)
        self.changed.emit(self._pin)
