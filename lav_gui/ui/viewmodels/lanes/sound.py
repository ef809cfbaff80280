"""The sound wave: lowest and highest sample of each fiftieth of a second."""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lav_gui.records import FrameIndex, SoundChunk
from lav_gui.ui.viewmodels.lanes.envelope import Places, Series
from lav_gui.ui.viewmodels.lanes.scale import AxisKind, axis_of

SAMPLE_RATE = 48_000
"""Samples per second, as `media.audio` gives them."""

BUCKET = 960
"""Samples of one bucket: a fiftieth of a second."""

PART_BUCKETS = 500
FULL_SCALE = 32_768.0

Peaks = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class WavePart:
    """Some buckets in a row, which follow on those before.

    Attributes
    ----------
    low, high : ndarray of shape (B,), float32
        Extremes over both channels, in [-1, 1].
    """

    low: Peaks
    high: Peaks


@dataclass(frozen=True, slots=True, eq=False)
class WaveLines:
    """The wave, ready to be cut into columns; `loudest` is its largest magnitude, in [0, 1]."""

    places: Places
    low: Series
    high: Series
    loudest: float


def wave_steps(chunks: Iterable[SoundChunk]) -> Generator[WavePart | None, None, None]:
    """Reduce an unbroken row of sound to buckets, some seconds at a time; the last bucket may be short."""
    kept: list[NDArray[np.int16]] = []
    count = 0
    for chunk in chunks:
        kept.append(chunk.samples)
        count += len(chunk.samples)
        if count >= BUCKET * PART_BUCKETS:
            samples = np.concatenate(kept)
            whole = len(samples) // BUCKET * BUCKET
            yield _part(samples[:whole])
            kept, count = [samples[whole:]], len(samples) - whole
        else:
            yield None
    if count:
        yield _part(np.concatenate(kept))


def wave_lines(parts: Sequence[WavePart], index: FrameIndex) -> WaveLines | None:
    """The wave over the frames of a video whose sound begins with its first frame; None where there is none."""
    if not parts or len(index) < 2:
        return None
    low, high = (np.concatenate([getattr(part, name) for part in parts]) for name in ("low", "high"))
    seconds = index.seconds(0) + (np.arange(len(low)) + 0.5) * (BUCKET / SAMPLE_RATE)
    frames = axis_of(index, AxisKind.TIME).frames(seconds.astype(np.float64))
    inside = frames <= len(index)
    loudest = float(max(-low.min(), high.max(), 0.0))
    return WaveLines(Places(frames[inside]), Series(low[inside]), Series(high[inside]), loudest)


def _part(samples: NDArray[np.int16]) -> WavePart:
    begins = np.arange(0, len(samples), BUCKET)
    low = np.minimum.reduceat(samples.min(axis=1), begins) / FULL_SCALE
    high = np.maximum.reduceat(samples.max(axis=1), begins) / FULL_SCALE
    return WavePart(low.astype(np.float32), high.astype(np.float32))
