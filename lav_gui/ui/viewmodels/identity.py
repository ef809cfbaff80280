"""Whether the picture at rest is the very one that was analyzed: both digests are compared."""

from enum import StrEnum

from PySide6.QtCore import QObject, Signal, Slot

from lav_gui.records import Frame
from lav_gui.ui.frames import FrameServer
from lav_gui.ui.viewmodels.playback import PlaybackModel
from lav_gui.ui.viewmodels.scene import SceneModel


class Identity(StrEnum):
    """What the comparison says."""

    UNKNOWN = "unknown"
    SAME = "same"
    DIFFERENT = "different"


class IdentityModel(QObject):
    """Compares digests whenever an analyzed frame comes to rest."""

    changed = Signal(object, int)
    """`Identity` and frame index."""

    def __init__(self, frames: FrameServer, playback: PlaybackModel, scene: SceneModel) -> None:
        super().__init__(playback)
        self._frames, self._scene = frames, scene
        self._value = Identity.UNKNOWN
        self._resting: Frame | None = None
        scene.changed.connect(self._ask_again)
        playback.rested.connect(self._ask)
        playback.shown_changed.connect(self._forget)
        frames.digested.connect(self._compare)

    @property
    def value(self) -> Identity:
        """What the comparison says of the frame on screen."""
        return self._value

    @Slot(object)
    def _ask(self, frame: Frame) -> None:
        self._resting = frame
        self._ask_again()

    @Slot()
    def _ask_again(self) -> None:
        """The frame may come to rest before its result is there."""
        frame, result = self._resting, self._scene.result()
        if result is None and self._value is not Identity.UNKNOWN:  # another run came on screen
            self._set(Identity.UNKNOWN, 0 if frame is None else frame.index)
        if self._value is Identity.UNKNOWN and frame is not None and result is not None and result.index == frame.index:
            self._frames.ask_digest(frame.index)

    @Slot(int, str)
    def _compare(self, frame_index: int, digest: str) -> None:
        result = self._scene.result()
        if result is not None and result.index == frame_index:
            self._set(Identity.SAME if result.digest == digest else Identity.DIFFERENT, frame_index)

    @Slot(object)
    def _forget(self, shown: object) -> None:
        self._resting = None
        if self._value is not Identity.UNKNOWN:
            self._set(Identity.UNKNOWN, shown.index if isinstance(shown, Frame) else 0)

    def _set(self, value: Identity, frame_index: int) -> None:
        self._value = value
        self.changed.emit(value, frame_index)
