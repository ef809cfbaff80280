"""The loudspeaker. Qt's multimedia library is loaded on first use only: most sessions need not pay for it."""

import logging
from typing import TYPE_CHECKING, Protocol

from lav_gui.media.audio import CHANNELS, SAMPLE_RATE

if TYPE_CHECKING:
    from PySide6.QtCore import QIODevice
    from PySide6.QtMultimedia import QAudioDevice, QAudioSink

BYTES_A_SECOND = SAMPLE_RATE * CHANNELS * 2

BUFFER_SECONDS = 0.2
"""Sound that is handed over before it is heard: long enough to bridge a stall, short enough to stop at once."""


_log = logging.getLogger(__name__)


class SoundSink(Protocol):
    """What takes sound. Belongs to one thread."""

    def start(self) -> None:
        """Begin, with nothing heard yet."""

    def stop(self) -> None:
        """Fall silent at once, and forget what was not heard."""

    def free_bytes(self) -> int:
        """How much may be written now."""

    def write(self, pcm: bytes) -> int:
        """Take 16-bit stereo; how many bytes were taken."""

    def heard_seconds(self) -> float:
        """How much was heard since `start`."""

    def set_gain(self, gain: float) -> None:
        """Factor on the samples, in [0, 1]."""

    def is_alive(self) -> bool:
        """Whether sound still comes out."""


class DeviceSink:
    """A sound device of the computer.

    Each start makes a new stream, so that nothing of an earlier one is left in it.

    Parameters
    ----------
    device : QAudioDevice
    """

    def __init__(self, device: "QAudioDevice") -> None:
        self._device = device
        self._gain = 1.0
        self._stream: QAudioSink | None = None
        self._entry: QIODevice | None = None
        self._taken = 0

    def start(self) -> None:
        """Begin, with nothing heard yet."""
        from PySide6.QtMultimedia import QAudioFormat, QAudioSink

        self.stop()
        sound_format = QAudioFormat()
        sound_format.setSampleRate(SAMPLE_RATE)
        sound_format.setChannelCount(CHANNELS)
        sound_format.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._stream = QAudioSink(self._device, sound_format)
        self._stream.setBufferSize(round(BUFFER_SECONDS * BYTES_A_SECOND))
        self._stream.setVolume(self._gain)
        self._entry, self._taken = self._stream.start(), 0

    def stop(self) -> None:
        """Fall silent at once, and forget what was not heard."""
        if self._stream is not None:
            self._stream.reset()
        self._stream, self._entry = None, None

    def free_bytes(self) -> int:
        """How much may be written now."""
        return 0 if self._stream is None or self._entry is None else int(self._stream.bytesFree())

    def write(self, pcm: bytes) -> int:
        """Take 16-bit stereo; how many bytes were taken."""
        taken = 0 if self._entry is None else max(0, int(self._entry.write(pcm)))
        self._taken += taken
        return taken

    def heard_seconds(self) -> float:
        """How much was heard since `start`: what was taken, less what still waits in the stream's buffer.

        Some systems count sound as processed as soon as it is in that buffer. What lies beyond it, such as the way to a
        wireless loudspeaker, is not known.
        """
        if self._stream is None:
            return 0.0
        waiting = max(0, int(self._stream.bufferSize()) - int(self._stream.bytesFree()))
        left = max(0, self._taken - waiting) / BYTES_A_SECOND
        return min(float(self._stream.processedUSecs()) / 1e6, left)

    def set_gain(self, gain: float) -> None:
        """Factor on the samples, in [0, 1]."""
        self._gain = gain
        if self._stream is not None:
            self._stream.setVolume(gain)

    def is_alive(self) -> bool:
        """Whether sound still comes out."""
        from PySide6.QtMultimedia import QtAudio

        harmless = (QtAudio.Error.NoError, QtAudio.Error.UnderrunError)
        return self._stream is not None and self._entry is not None and self._stream.error() in harmless


def open_device() -> SoundSink | None:
    """The computer's usual sound device; None where it has none. Call it in the thread that will use it."""
    try:
        from PySide6.QtMultimedia import QMediaDevices
    except ImportError as error:
        _log.info("no sound: Qt's multimedia library lacks something of the system: %s", error)
        return None
    device = QMediaDevices.defaultAudioOutput()
    return None if device.isNull() else DeviceSink(device)
