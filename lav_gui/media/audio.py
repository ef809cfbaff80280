"""The sound of a file: decoded from any time on, as one unbroken row of pieces.

Each piece begins where the one before ended. Where the file has no sound (it begins late, has a hole, or is damaged)
the row holds silence, and what overlaps is cut off; so the time of a sample follows from its place in the row.
"""

import logging
from collections.abc import Generator, Iterator
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Discard
from numpy.typing import NDArray

from lav_gui.errors import MediaError
from lav_gui.media.source import open_container
from lav_gui.records import SoundChunk

SAMPLE_RATE = 48_000
"""Samples per second and channel."""

CHANNELS = 2

_EARLY_SECONDS = 0.1  # a codec needs some packets before its sound is right
_JITTER = SAMPLE_RATE // 50  # containers round times; only a larger difference is a hole or an overlap
_SILENCE = SAMPLE_RATE // 10  # samples in one piece of silence

_log = logging.getLogger(__name__)


def sound_chunks(path: Path, from_seconds: float) -> Generator[SoundChunk, None, None]:
    """Decode the sound of a file from a presentation time on.

    Parameters
    ----------
    path : Path
    from_seconds : float
        Presentation time as the file states it.

    Yields
    ------
    SoundChunk
        The first begins at `from_seconds`; the last ends with the sound.

    Raises
    ------
    MediaError
        If the file cannot be read, or has no sound that can be decoded.
    """
    container, stream = _open_sound(path)
    with container:
        row = UnbrokenRow(round(from_seconds * SAMPLE_RATE))
        begins = _seek(container, stream, from_seconds - _EARLY_SECONDS)
        try:
            for start, samples in _resampled(_decoded(container, stream), begins):
                yield from row.fit(start, samples)
        except (av.FFmpegError, OSError) as error:
            _log.info("the sound of %s ends early: %s", path.name, error)


def _open_sound(path: Path) -> tuple[InputContainer, AudioStream]:
    container = open_container(path)
    stream = container.streams.best("audio")
    if not isinstance(stream, AudioStream) or stream.codec_context is None:
        container.close()
        raise MediaError(f"{path.name} holds no sound that can be decoded; it plays silently.")
    for other in container.streams:
        if other.index != stream.index:
            other.discard = Discard.all
    return container, stream


def _seek(container: InputContainer, stream: AudioStream, seconds: float) -> int:
    """Go to a time, or to the beginning where that fails; gives the sample number to count from without times."""
    first = float((stream.start_time or 0) * stream.time_base) if stream.time_base else 0.0
    if seconds > first and stream.time_base:
        try:
            container.seek(int(seconds / stream.time_base), stream=stream)
            return round(seconds * SAMPLE_RATE)
        except (av.FFmpegError, OSError) as error:
            _log.info("no seeking in the sound: %s", error)
    return round(first * SAMPLE_RATE)


def _decoded(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """Frames of sound in the order of the file; a damaged packet has none."""
    for packet in container.demux(stream):
        try:
            yield from packet.decode()
        except av.FFmpegError as error:
            _log.info("a packet of sound is damaged: %s", error)


def _resampled(frames: Iterator[AudioFrame], begins: int) -> Iterator[tuple[int, NDArray[np.int16]]]:
    """Sample number of the first sample, and samples (N, 2); without a time they follow on what came before."""
    following = begins
    for part in _alike(frames):
        samples = part.to_ndarray().reshape(-1, CHANNELS).astype(np.int16, copy=False)
        start = following
        if part.pts is not None and part.time_base is not None:
            start = round(part.pts * part.time_base * SAMPLE_RATE)
        following = start + len(samples)
        yield start, samples


def _alike(frames: Iterator[AudioFrame]) -> Iterator[AudioFrame]:
    """All sound as 16-bit stereo of one rate, to the last sample: a resampler holds some back until it is told."""
    resampler, kind = None, None
    for frame in frames:
        found = (frame.sample_rate, frame.layout.name, frame.format.name)
        if resampler is None or kind != found:  # a resampler takes one kind only
            if resampler is not None:
                yield from resampler.resample(None)
            resampler, kind = AudioResampler(format="s16", layout="stereo", rate=SAMPLE_RATE), found
        yield from resampler.resample(frame)
    if resampler is not None:
        yield from resampler.resample(None)


class UnbrokenRow:
    """Fits pieces into one unbroken row.

    Parameters
    ----------
    begins : int
        Sample number at which the row begins.
    """

    def __init__(self, begins: int) -> None:
        self._next = begins
        self._begun = False

    def fit(self, start: int, samples: NDArray[np.int16]) -> Iterator[SoundChunk]:
        """Give what the row goes on with: silence up to the piece, then as much of it as is new.

        Parameters
        ----------
        start : int
            Sample number of the first sample.
        samples : ndarray of shape (N, 2), int16
        """
        if self._begun and abs(start - self._next) <= _JITTER:
            start = self._next
        while start > self._next:
            count = min(_SILENCE, start - self._next)
            yield self._piece(np.zeros((count, CHANNELS), np.int16))
        left = samples[self._next - start :]
        if len(left):
            self._begun = True
            yield self._piece(left)

    def _piece(self, samples: NDArray[np.int16]) -> SoundChunk:
        seconds = self._next / SAMPLE_RATE
        self._next += len(samples)
        return SoundChunk(seconds, samples)
