"""Which frame is on the screen. The clock of playback is the file's own presentation times."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lav_gui.records import Frame, FrameIndex, Gap
from lav_gui.ui.frames import FrameServer

REST_MILLISECONDS = 150
"""A paused picture counts as at rest after this long."""


class PlaybackModel(QObject):
    """Play, pause, step, seek. `position` is where the analyst wants to be; the picture follows as it is decoded.

    Parameters
    ----------
    frames : FrameServer
        Decodes; this model is the only one that asks it for frames.
    clock : callable
        Monotonic seconds.
    parent : QObject, optional
    """

    position_changed = Signal(int)
    shown_changed = Signal(object)
    """`Frame`, `Gap`, or None when there is no video."""
    playing_changed = Signal(bool)
    rested = Signal(object)
    """The paused `Frame` has been on screen for a moment."""

    def __init__(
        self, frames: FrameServer, clock: Callable[[], float] = time.monotonic, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._frames = frames
        self._clock = clock
        self._index: FrameIndex | None = None
        self._position = 0
        self._shown: Frame | Gap | None = None
        self._number = 0
        self._waiting = False
        self._playing = False
        self._origin = (0.0, 0.0)
        self._dropped = 0
        self._tick = QTimer(self)
        self._tick.setSingleShot(True)
        self._tick.timeout.connect(self._play_on)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MILLISECONDS)
        self._rest.timeout.connect(self._tell_rest)
        frames.delivered.connect(self._take)

    @property
    def index(self) -> FrameIndex | None:
        """The frames of the open video."""
        return self._index

    @property
    def position(self) -> int:
        """Index of the wanted frame."""
        return self._position

    @property
    def shown(self) -> Frame | Gap | None:
        """What is on the screen."""
        return self._shown

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        return self._playing

    @property
    def dropped(self) -> int:
        """Frames not shown in time since playing began."""
        return self._dropped

    @property
    def seconds(self) -> float:
        """Presentation time of the wanted frame; 0 without a video."""
        return 0.0 if self._index is None else self._index.seconds(self._position)

    def open(self, index: FrameIndex, position: int = 0) -> None:
        """Show a video that the frame server has opened."""
        self.close()
        self._index = index
        self._position = -1
        self.seek(position)

    def close(self) -> None:
        """Show nothing."""
        self.pause()
        self._rest.stop()
        self._index, self._shown, self._position = None, None, 0
        self._waiting = False
        self._number = 0
        self.shown_changed.emit(None)

    def seek(self, frame_index: int) -> None:
        """Go to a frame, clipped to the video; playing goes on from there."""
        if self._index is None or len(self._index) == 0:
            return
        wanted = min(max(frame_index, 0), len(self._index) - 1)
        if self._playing:
            self._origin = (self._clock(), self._index.seconds(wanted))
        if wanted != self._position:
            self._ask(wanted)

    def seek_seconds(self, seconds: float) -> None:
        """Go to the frame on screen at a presentation time."""
        if self._index is not None:
            self.seek(self._index.at_seconds(seconds))

    def step(self, frames: int) -> None:
        """Pause and go some frames forth or back."""
        self.pause()
        self.seek(self._position + frames)

    def step_seconds(self, seconds: float) -> None:
        """Pause and go forth or back in time, by at least one frame."""
        self.pause()
        if self._index is None:
            return
        target = self._index.at_seconds(self.seconds + seconds)
        if target == self._position:
            target += 1 if seconds > 0 else -1
        self.seek(target)

    def go_last(self) -> None:
        """Pause at the last frame."""
        self.pause()
        if self._index is not None:
            self.seek(len(self._index) - 1)

    def go_first(self) -> None:
        """Pause at the first frame."""
        self.pause()
        self.seek(0)

    def toggle(self) -> None:
        """Play or pause."""
        if self._playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Play from here, or from the start when the end is reached."""
        if self._index is None or len(self._index) < 2 or self._playing:
            return
        if self._position == len(self._index) - 1:
            self.seek(0)
        self._dropped = 0
        self._origin = (self._clock(), self._index.seconds(self._position))
        self._rest.stop()
        self._set_playing(True)
        self._schedule()

    def pause(self) -> None:
        """Stay on the present frame."""
        self._tick.stop()
        if self._playing:
            self._set_playing(False)
            self._rest.start()

    def _set_playing(self, playing: bool) -> None:
        self._playing = playing
        self.playing_changed.emit(playing)

    def _ask(self, wanted: int) -> None:
        self._position = wanted
        self._waiting = True
        self._rest.stop()
        self._number = self._frames.request(wanted)
        self.position_changed.emit(wanted)

    @Slot(int, object)
    def _take(self, number: int, item: Frame | Gap) -> None:
        if number != self._number or self._index is None:
            return
        self._waiting = False
        self._shown = item
        self.shown_changed.emit(item)
        if self._playing:
            self._schedule()
        else:
            self._rest.start()

    def _schedule(self) -> None:
        """Wake up when the next frame is due; while a picture is being decoded, its delivery wakes up instead."""
        if self._index is None or self._waiting:
            return
        following = min(self._position + 1, len(self._index) - 1)
        due = self._index.seconds(following) - self._playing_seconds()
        self._tick.start(max(0, round(due * 1000)))

    def _playing_seconds(self) -> float:
        begun, seconds = self._origin
        return seconds + self._clock() - begun

    @Slot()
    def _play_on(self) -> None:
        if self._index is None or not self._playing or self._waiting:
            return
        due = self._index.at_seconds(self._playing_seconds() + 0.0005)
        if due > self._position:
            self._dropped += due - self._position - 1
            self._ask(due)
        elif self._position < len(self._index) - 1:
            self._schedule()
        if self._position >= len(self._index) - 1:
            self.pause()

    @Slot()
    def _tell_rest(self) -> None:
        if isinstance(self._shown, Frame) and not self._playing and not self._waiting:
            self.rested.emit(self._shown)
