"""Sound reduced to its extremes."""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest

from lav_gui.records import FrameIndex, SoundChunk
from lav_gui.ui.viewmodels.lanes.sound import BUCKET, PART_BUCKETS, SAMPLE_RATE, WavePart, wave_lines, wave_steps


def chunks(seconds: float, size: int = 5000) -> Iterator[SoundChunk]:
    samples = np.zeros((round(seconds * SAMPLE_RATE), 2), np.int16)
    samples[7 * BUCKET + 3, 0] = -32768
    samples[9 * BUCKET + 3, 1] = 16384
    for at in range(0, len(samples), size):
        yield SoundChunk(at / SAMPLE_RATE, samples[at : at + size])


def index_of(count: int, start: int = 0) -> FrameIndex:
    ones, flags = np.ones(count, np.int64), np.zeros(count, np.bool_)
    return FrameIndex(Fraction(1, 25), start + np.arange(count), ones, ones, flags, ones, np.arange(count), flags)


def test_each_bucket_has_its_extremes_whatever_the_pieces() -> None:
    for size in (999, 5000, 48_000):
        parts = [part for part in wave_steps(chunks(25, size)) if part is not None]
        low, high = (np.concatenate([getattr(part, name) for part in parts]) for name in ("low", "high"))
        assert len(low) == 25 * SAMPLE_RATE // BUCKET
        assert (np.flatnonzero(low).tolist(), np.flatnonzero(high).tolist()) == ([7], [9])
        assert (low[7], high[9]) == (-1, 0.5)
        assert len(parts[0].low) >= PART_BUCKETS


def test_buckets_lie_at_their_time_on_the_axis_of_frames() -> None:
    part = WavePart(np.zeros(100, np.float32), np.ones(100, np.float32))
    lines = wave_lines([part], index_of(40, start=50))
    assert lines is not None
    assert lines.places.frames[:2] == pytest.approx([0.25, 0.75])
    assert lines.places.frames[-1] <= 40
    assert len(lines.low.values) == len(lines.places) == 80


def test_nothing_is_made_of_nothing() -> None:
    assert wave_lines([], index_of(40)) is None
    assert list(wave_steps([])) == []
