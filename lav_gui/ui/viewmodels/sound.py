"""Sound beside the picture: at normal speed forward the picture follows it, else it is silent."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal, Slot

from lav_gui.errors import LavError
from lav_gui.ui.sound import SoundServer
from lav_gui.ui.viewmodels.document import DocumentModel, Video
from lav_gui.ui.viewmodels.playback import PlaybackModel
from lav_gui.ui.wording import say

VOLUME_STEP = 0.1


@dataclass(frozen=True, slots=True)
class Sound:
    """What is heard.

    `in_file` tells whether the video has sound. `volume` in [0, 1] as a slider shows it. `trouble` says why nothing is
    heard, or is "". `off_speed` tells that it plays at another speed than the normal one forward, which is silent.
    """

    in_file: bool = False
    muted: bool = False
    volume: float = 0.8
    trouble: str = ""
    off_speed: bool = False


class SoundModel(QObject):
    """Starts and ends the sound with the picture; volume and muting stay from video to video.

    Parameters
    ----------
    server : SoundServer
    document : DocumentModel
    playback : PlaybackModel
        Is made to follow the sound.
    """

    changed = Signal(object)
    """The present `Sound`."""

    def __init__(self, server: SoundServer, document: DocumentModel, playback: PlaybackModel) -> None:
        super().__init__(playback)
        self._server, self._document = server, document
        self._value = Sound()
        document.opened.connect(self._follow_video)
        document.closed.connect(lambda: self._follow_video(None))
        playback.ran.connect(self._follow_playing)
        playback.follow(lambda: server.clock.seconds)
        server.trouble.connect(self._tell_trouble)
        server.begun.connect(lambda: self._set(replace(self._value, trouble="")))
        self._set_gain()

    @property
    def value(self) -> Sound:
        """What is heard."""
        return self._value

    def set_muted(self, muted: bool) -> None:
        """Hear nothing, or hear it again."""
        self._set(replace(self._value, muted=muted))

    def set_volume(self, volume: float) -> None:
        """Volume as a slider shows it, clipped to [0, 1]; changing it ends muting."""
        self._set(replace(self._value, volume=min(1.0, max(0.0, volume)), muted=False))

    def change_volume(self, steps: int) -> None:
        """Be louder (1) or quieter (-1)."""
        self.set_volume(round(self._value.volume + steps * VOLUME_STEP, 3))

    @Slot(object)
    def _follow_video(self, video: Video | None) -> None:
        self._server.end()
        in_file = video is not None and any(stream.kind == "audio" for stream in video.info.streams)
        self._set(replace(self._value, in_file=in_file, trouble=""))

    @Slot(float, int)
    def _follow_playing(self, seconds: float, speed: int) -> None:
        self._set(replace(self._value, off_speed=speed not in (0, 1)))
        video = self._document.video
        if video is not None and self._value.in_file and speed == 1:
            self._server.play(video.path, seconds)
        else:
            self._server.end()

    @Slot(object)
    def _tell_trouble(self, error: LavError | None) -> None:
        self._set(replace(self._value, trouble=say("no sound device") if error is None else str(error)))

    def _set(self, value: Sound) -> None:
        if value != self._value:
            self._value = value
            self._set_gain()
            self.changed.emit(value)

    def _set_gain(self) -> None:
        """The ear hears in ratios: a cube makes equal ways of the slider sound alike."""
        self._server.set_gain(0.0 if self._value.muted else self._value.volume**3)
