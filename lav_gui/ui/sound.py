"""The thread that plays sound beside the picture: it decodes a little ahead and tells where it is.

Like the decoder of the pictures it lives as long as the window; it is started by the first file that is heard.
"""

import logging
from collections.abc import Callable, Generator
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

from lav_gui.errors import LavError
from lav_gui.media.audio import SAMPLE_RATE, sound_chunks
from lav_gui.records import SoundChunk
from lav_gui.ui.jobs import keep_while_running
from lav_gui.ui.sound_clock import SoundClock
from lav_gui.ui.sound_device import SoundSink

FILL_MILLISECONDS = 20

ROUNDED_SECONDS = 0.05
"""All is heard when no more than this is missing: devices count in their own steps."""

OpenSink = Callable[[], SoundSink | None]
"""Opens the sound device, in the thread that uses it; None where there is none."""

_log = logging.getLogger(__name__)


class _Speaker(QObject):
    """Does the work; lives in the sound's thread."""

    trouble = Signal(object)
    """`LavError`, or None: there is no sound device."""
    begun = Signal()

    def __init__(self, open_sink: OpenSink, clock: SoundClock) -> None:
        super().__init__()
        self._open_sink, self._clock = open_sink, clock
        self._sink: SoundSink | None = None
        self._gain = 1.0
        self._chunks: Generator[SoundChunk, None, None] | None = None
        self._pending = b""
        self._begin = 0.0
        self._written = 0.0
        self._heard = 0.0
        self._ticket = 0
        self._timer: QTimer | None = None

    @Slot(int, object, float)
    def begin(self, ticket: int, path: Path, seconds: float) -> None:
        """Play a file from a presentation time on, unless another wish came meanwhile."""
        self._fall_silent()
        if ticket != self._clock.ticket:
            return
        self._sink = sink = self._open_sink()  # each time: the user may have plugged in another device
        if sink is None:
            self._clock.report(ticket, None)
            self.trouble.emit(None)
            return
        self._ticket = ticket
        self._chunks = sound_chunks(path, seconds)
        self._begin, self._written, self._heard = seconds, 0.0, 0.0
        sink.start()
        sink.set_gain(self._gain)
        if self._timer is None:
            self._timer = QTimer(self)
            self._timer.setTimerType(Qt.TimerType.PreciseTimer)
            self._timer.timeout.connect(self._fill)
        self._timer.start(FILL_MILLISECONDS)
        self._fill()

    @Slot()
    def end(self) -> None:
        """Fall silent."""
        self._fall_silent()

    @Slot()
    def finish(self) -> None:
        """Fall silent and let go of the device."""
        self._fall_silent()
        self._sink = None

    @Slot(float)
    def set_gain(self, gain: float) -> None:
        """Be louder or quieter."""
        self._gain = gain
        if self._sink is not None:
            self._sink.set_gain(gain)

    @Slot()
    def _fill(self) -> None:
        """Hand over what fits, and tell what is heard."""
        sink = self._sink
        if sink is None or self._ticket != self._clock.ticket:
            self._fall_silent()
            return
        try:
            self._hand_over(sink)
        except LavError as error:
            self._give_up(error)
            return
        if not sink.is_alive():
            self._sink = None
            self._give_up(None)
            return
        heard = sink.heard_seconds()
        if self._chunks is None and not self._pending and heard >= self._written - ROUNDED_SECONDS:
            self._give_up_silently()
        elif heard > self._heard:
            if self._heard == 0:
                self.begun.emit()
            self._heard = heard
            self._clock.report(self._ticket, self._begin + heard)

    def _hand_over(self, sink: SoundSink) -> None:
        while sink.free_bytes() > 0:
            if not self._pending and not self._next_chunk():
                return
            taken = sink.write(self._pending[: sink.free_bytes()])
            if taken == 0:
                return
            self._pending = self._pending[taken:]

    def _next_chunk(self) -> bool:
        chunk = None if self._chunks is None else next(self._chunks, None)
        if chunk is None:
            self._chunks = None
            return False
        self._pending = chunk.samples.tobytes()
        self._written += len(chunk.samples) / SAMPLE_RATE
        return True

    def _give_up(self, error: LavError | None) -> None:
        _log.info("the sound ends: %s", error or "the device is gone")
        self._give_up_silently()
        self.trouble.emit(error)

    def _give_up_silently(self) -> None:
        self._clock.report(self._ticket, None)
        self._fall_silent()

    def _fall_silent(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        if self._chunks is not None:
            self._chunks.close()
        self._chunks, self._pending = None, b""
        if self._sink is not None:
            self._sink.stop()


class SoundServer(QObject):
    """Plays the sound of one file at a time, the newest wish only.

    Parameters
    ----------
    open_sink : callable
        Opens the sound device.
    parent : QObject, optional
    """

    trouble = Signal(object)
    """`LavError`, or None: there is no sound device."""
    begun = Signal()
    """Something is heard."""

    _begin = Signal(int, object, float)
    _end = Signal()
    _set_gain = Signal(float)

    def __init__(self, open_sink: OpenSink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.clock = SoundClock()
        self._thread = QThread(self)
        self._speaker = _Speaker(open_sink, self.clock)
        self._speaker.moveToThread(self._thread)
        self._thread.finished.connect(self._speaker.finish, Qt.ConnectionType.DirectConnection)
        self._begin.connect(self._speaker.begin)
        self._end.connect(self._speaker.end)
        self._set_gain.connect(self._speaker.set_gain)
        self._speaker.trouble.connect(self.trouble)
        self._speaker.begun.connect(self.begun)

    def play(self, path: Path, seconds: float) -> None:
        """Play from a presentation time on."""
        if not self._thread.isRunning():
            self._thread.start()
        self._begin.emit(self.clock.begin(seconds), path, seconds)

    def end(self) -> None:
        """Fall silent."""
        self.clock.end()
        self._end.emit()

    def set_gain(self, gain: float) -> None:
        """Be louder or quieter; factor on the samples, in [0, 1]."""
        self._set_gain.emit(gain)

    def stop(self, seconds: float) -> bool:
        """End the thread; True when it ended in time."""
        self.ask_to_stop()
        return keep_while_running(self._thread, seconds)

    def ask_to_stop(self) -> None:
        """Fall silent and let the thread end as soon as it can; comes back at once."""
        self.end()
        self._thread.quit()
