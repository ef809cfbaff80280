"""The sound is one unbroken row from the wanted time on, whatever the file has there."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from lav_gui.errors import MediaError
from lav_gui.media.audio import SAMPLE_RATE, UnbrokenRow, _resampled, sound_chunks

PIECE = 480
"""Samples of one packet: 10 ms."""


def tone(count: int) -> NDArray[np.int16]:
    """Left channel: the number of the sample in steps of 16; right channel: its negative."""
    left = (np.arange(count) // 16 % 2000 + 1).astype(np.int16)
    return np.stack([left, -left], axis=1)


def write(path: Path, samples: NDArray[np.int16], starts: list[int]) -> Path:
    """Write PCM packets of `PIECE` samples, each with its place; the place of a piece is the number of its sample."""
    with av.open(str(path), "w", format="matroska") as container:
        stream = container.add_stream("pcm_s16le", rate=SAMPLE_RATE, layout="stereo")
        for number, start in enumerate(starts):
            part = np.ascontiguousarray(samples[number * PIECE : (number + 1) * PIECE]).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(part, format="s16", layout="stereo")
            frame.rate, frame.pts, frame.time_base = SAMPLE_RATE, start, Fraction(1, SAMPLE_RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def row(path: Path, from_seconds: float) -> NDArray[np.int16]:
    """All samples from a time on; checks that each piece begins where the one before ended."""
    pieces, place = [], round(from_seconds * SAMPLE_RATE)
    for chunk in sound_chunks(path, from_seconds):
        assert round(chunk.seconds * SAMPLE_RATE) == place
        place += len(chunk.samples)
        pieces.append(chunk.samples)
    return np.concatenate(pieces) if pieces else np.zeros((0, 2), np.int16)


@pytest.fixture
def regular(tmp_path: Path) -> Path:
    return write(tmp_path / "regular.mkv", tone(100 * PIECE), [n * PIECE for n in range(100)])


@pytest.mark.parametrize("seconds", [0.0, 0.01, 0.2515, 0.777])
def test_from_any_time_on_the_samples_are_those_of_the_file(regular: Path, seconds: float) -> None:
    expected = tone(100 * PIECE)[round(seconds * SAMPLE_RATE) :]
    np.testing.assert_array_equal(row(regular, seconds), expected)


def test_a_hole_and_a_late_beginning_are_silence(tmp_path: Path) -> None:
    starts = [4800 + n * PIECE for n in range(20)] + [4800 + 7200 + n * PIECE for n in range(20, 40)]
    samples = tone(40 * PIECE)
    found = row(write(tmp_path / "hole.mkv", samples, starts), 0.0)
    silence = np.zeros((4800, 2), np.int16)
    expected = np.concatenate([silence, samples[: 20 * PIECE], np.zeros((7200, 2), np.int16), samples[20 * PIECE :]])
    np.testing.assert_array_equal(found, expected)


def test_what_overlaps_is_cut_off() -> None:
    made = UnbrokenRow(1000)
    samples = tone(6000)
    pieces = [*made.fit(0, samples[:3000]), *made.fit(1500, samples[1500:2500]), *made.fit(1600, samples[1600:6000])]
    assert [round(piece.seconds * SAMPLE_RATE) for piece in pieces] == [1000, 3000]
    np.testing.assert_array_equal(np.concatenate([piece.samples for piece in pieces]), samples[1000:])


def test_rounded_times_are_no_holes(tmp_path: Path) -> None:
    samples = tone(40 * PIECE)
    starts = [n * PIECE + (31 if n % 3 else -17) * (n > 0) for n in range(40)]
    np.testing.assert_array_equal(row(write(tmp_path / "jitter.mkv", samples, starts), 0.0), samples)


def test_sound_that_changes_its_kind_midway_goes_on() -> None:
    def silent(rate: int, layout: str, pts: int) -> av.AudioFrame:
        channels = {"mono": 1, "stereo": 2}[layout]
        made = av.AudioFrame.from_ndarray(np.zeros((1, PIECE * channels), np.int16), format="s16", layout=layout)
        made.rate, made.pts, made.time_base = rate, pts, Fraction(1, rate)
        return made

    frames = [silent(48_000, "stereo", 0), silent(24_000, "mono", 240), silent(48_000, "stereo", 1440)]
    starts = [start for start, _ in _resampled(iter(frames), 0)]
    assert starts[0] == 0
    assert starts[-1] == 1440
    assert len(starts) >= 2


@pytest.mark.parametrize("rate", [8_000, 44_100])
def test_no_sample_is_held_back_at_the_end_or_where_the_kind_changes(rate: int) -> None:
    def silent(kind: int, place: int) -> av.AudioFrame:
        made = av.AudioFrame.from_ndarray(np.zeros((1, kind // 50), np.int16), format="s16", layout="mono")
        made.rate, made.pts, made.time_base = kind, place * kind // 50, Fraction(1, kind)
        return made

    frames = [silent(rate, place) for place in range(25)] + [silent(24_000, place) for place in range(25, 50)]
    pieces = list(_resampled(iter(frames), 0))
    assert sum(len(samples) for _, samples in pieces) == pytest.approx(SAMPLE_RATE, abs=2)
    ends = [start + len(samples) for start, samples in pieces]
    assert [start for start, _ in pieces[1:]] == pytest.approx(ends[:-1], abs=32)


def test_after_the_end_there_is_nothing(regular: Path) -> None:
    assert len(row(regular, 5.0)) == 0


def test_a_file_without_sound_is_refused_with_a_sentence(demo_clip: Path, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="holds no sound"):
        next(sound_chunks(demo_clip, 0.0))
    with pytest.raises(MediaError, match="does not exist"):
        next(sound_chunks(tmp_path / "none.mp4", 0.0))


def test_closing_frees_the_file(regular: Path) -> None:
    steps = sound_chunks(regular, 0.1)
    next(steps)
    steps.close()
    regular.rename(regular.with_name("moved.mkv"))


@pytest.mark.shared
def test_aac_from_the_middle_is_the_sound_of_the_whole(shared_dir: Path) -> None:
    clip = shared_dir / "data" / "clips" / "other_fake" / "kameleon_fake.mp4"
    whole, part = row(clip, 0.0), row(clip, 2.0)
    begins = 2 * SAMPLE_RATE
    assert len(whole) - begins == len(part)
    difference = np.abs(whole[begins:].astype(int) - part.astype(int))
    assert int(difference.max()) <= 2
