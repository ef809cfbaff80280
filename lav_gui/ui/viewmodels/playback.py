"""Which frame is on the screen. The clock of playback is the file's own presentation times."""

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lav_gui.errors import LavError
from lav_gui.records import Frame, FrameIndex, Gap
from lav_gui.ui.frames import FrameServer
from lav_gui.ui.viewmodels.play_clock import Lead, PlayClock
from lav_gui.ui.viewmodels.play_range import PlayRange

REST_MILLISECONDS = 150
"""A paused picture counts as at rest after this long."""

FASTEST = 8
"""Times real time."""


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
    speed_changed = Signal(int)
    """Times real time, negative backward; 0 when it pauses."""
    ran = Signal(float, int)
    """Presentation time from which it plays now, and the speed: at every start, turn, seek and change of speed."""
    dropped_changed = Signal(int)
    """How many frames were not shown in time since playing began."""
    looping_changed = Signal(bool)
    rested = Signal(object)
    """The paused `Frame` has been on screen for a moment."""

    def __init__(
        self, frames: FrameServer, clock: Callable[[], float] = time.monotonic, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._frames = frames
        self._clock = PlayClock(clock)
        self._index: FrameIndex | None = None
        self._position = 0
        self._shown: Frame | Gap | None = None
        self._number = 0
        self._waiting = False
        self._dropped = 0
        self._range = PlayRange()
        self._tick = QTimer(self, singleShot=True)
        self._tick.timeout.connect(self._play_on)
        self._rest = QTimer(self, singleShot=True, interval=REST_MILLISECONDS)
        self._rest.timeout.connect(self._tell_rest)
        frames.delivered.connect(self._take)
        frames.nearby.connect(self._take_nearby)
        frames.failed.connect(self._stop_waiting)

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
        return self._clock.speed != 0

    @property
    def speed(self) -> int:
        """Times real time, negative backward; 0 while it pauses."""
        return self._clock.speed

    @property
    def dropped(self) -> int:
        """Frames not shown in time since playing began."""
        return self._dropped

    @property
    def looping(self) -> bool:
        """Whether it plays the marked part, or the whole video, over and over."""
        return self._range.looping

    @property
    def seconds(self) -> float:
        """Presentation time of the wanted frame; 0 without a video."""
        return 0.0 if self._index is None else self._index.seconds(self._position)

    def open(self, index: FrameIndex, position: int = 0) -> None:
        """Show a video that the frame server has opened."""
        self.close()
        self._index = index
        self._clock.use(index)
        self._range = replace(self._range, count=len(index))
        self._position = -1
        self.seek(position)

    def close(self) -> None:
        """Show nothing."""
        self.pause()
        self._rest.stop()
        self._index, self._shown, self._position = None, None, 0
        self._clock.use(None)
        self._waiting, self._number = False, 0
        self._count_dropped(0)
        self.shown_changed.emit(None)

    def follow(self, lead: Lead) -> None:
        """Let the sound lead the picture at normal speed, whenever it tells a time."""
        self._clock.follow(lead)

    def seek(self, frame_index: int) -> None:
        """Go to a frame, clipped to the video; playing goes on from there."""
        if self._index is None or len(self._index) == 0:
            return
        wanted = min(max(frame_index, 0), len(self._index) - 1)
        if self.playing:
            self._run(self._index.seconds(wanted), self.speed)
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
        self.seek(self._range.count - 1)

    def go_first(self) -> None:
        """Pause at the first frame."""
        self.pause()
        self.seek(0)

    def toggle(self) -> None:
        """Play at normal speed, or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def forward(self) -> None:
        """Play forward; twice as fast where it does so already."""
        self.play(min(2 * self.speed, FASTEST) if self.speed > 0 else 1)

    def backward(self) -> None:
        """Play backward; twice as fast where it does so already."""
        self.play(max(2 * self.speed, -FASTEST) if self.speed < 0 else -1)

    def play(self, speed: int = 1) -> None:
        """Play from here, or from the other end where there is nothing left to play.

        Parameters
        ----------
        speed : int
            Times real time, negative backward; not 0.
        """
        if self._index is None or len(self._index) < 2 or speed == self.speed:
            return
        if self.playing:
            self._run(self._clock.seconds, speed)
            self._schedule()
            return
        self._rest.stop()
        self._count_dropped(0)
        start = self._range.start(self._position, speed)
        if start != self._position:
            self._ask(start)
        self._run(self._index.seconds(start), speed)
        self.playing_changed.emit(True)
        self._schedule()

    def pause(self) -> None:
        """Stay on the present frame."""
        self._tick.stop()
        if self.playing:
            self._clock.stop()
            self.ran.emit(self.seconds, 0)
            self.speed_changed.emit(0)
            self.playing_changed.emit(False)
            self._rest.start()

    def set_looping(self, looping: bool) -> None:
        """Play the marked part, or the whole video where nothing is marked, over and over."""
        if looping != self._range.looping:
            self._range = replace(self._range, looping=looping)
            self.looping_changed.emit(looping)
            self._schedule()

    def set_span(self, first: int | None, last: int | None) -> None:
        """Set the part that is looped: first and last frame, both inclusive; None is the end on that side."""
        self._range = replace(self._range, first=first, last=last)
        self._schedule()

    def _run(self, seconds: float, speed: int) -> None:
        changed = speed != self.speed
        self._clock.start(seconds, speed)
        self.ran.emit(seconds, speed)
        if changed:
            self.speed_changed.emit(speed)

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
        if self.playing:
            self._schedule()
        else:
            self._rest.start()

    @Slot(object)
    def _stop_waiting(self, _: LavError) -> None:
        """No picture comes: without this it would wait, and seem to play, until the next seek."""
        self._waiting = False
        self.pause()

    @Slot(int, object)
    def _take_nearby(self, number: int, item: Frame) -> None:
        """Show a picture near the wanted one meanwhile, if it is nearer than what is on the screen."""
        if number != self._number or not self._waiting or self.playing:
            return
        if self._shown is None or abs(item.index - self._position) < abs(self._shown.index - self._position):
            self._shown = item
            self.shown_changed.emit(item)

    def _schedule(self) -> None:
        """Wake up when the next frame is due; while a picture is being decoded, its delivery wakes up instead."""
        if self._index is None or self._waiting or not self.playing:
            return
        at_turn = self._range.is_last(self._position, self.speed)
        wait = self._clock.wait_at_turn if at_turn else self._clock.wait_seconds
        self._tick.start(round(wait(self._position) * 1000))

    @Slot()
    def _play_on(self) -> None:
        if self._index is None or not self.playing or self._waiting:
            return
        if self._range.is_last(self._position, self.speed):
            self._turn()
            return
        due = self._range.clip(self._clock.due(self._position), self.speed)
        if due == self._position:
            self._schedule()
            return
        self._count_dropped(self._dropped + abs(due - self._position) - 1)
        self._ask(due)

    def _turn(self) -> None:
        """Once the last frame had its time: begin the loop anew, or stop as soon as the sound has ended, too."""
        if self._index is None or self._clock.wait_at_turn(self._position) > 0.001:
            self._schedule()
            return
        if not self._range.looping:
            if self._clock.is_led:
                self._tick.start(REST_MILLISECONDS)
            else:
                self.pause()
            return
        target = self._range.entry(self.speed)
        self._run(self._index.seconds(target), self.speed)
        if target != self._position:
            self._ask(target)
        else:
            self._schedule()

    def _count_dropped(self, dropped: int) -> None:
        if dropped != self._dropped:
            self._dropped = dropped
            self.dropped_changed.emit(dropped)

    @Slot()
    def _tell_rest(self) -> None:
        if isinstance(self._shown, Frame) and not self.playing and not self._waiting:
            self.rested.emit(self._shown)
