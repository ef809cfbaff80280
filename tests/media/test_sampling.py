"""Which frames are analyzed depends on the presentation times and on nothing else."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.errors import SettingsError
from lav_gui.media.sampling import sample_indices
from lav_gui.records import FrameIndex
from lav_gui.settings import Sampling


def _index(pts, time_base=Fraction(1, 1000)) -> FrameIndex:
    pts = np.asarray(pts, np.int64)
    flags, numbers = np.zeros(len(pts), bool), np.zeros(len(pts), np.int64)
    return FrameIndex(time_base, pts, pts, numbers, flags, numbers, np.arange(len(pts)), flags)


STEADY = _index(range(0, 4000, 40))  # 100 frames, 25 per second

sorted_times = st.lists(st.integers(-5000, 60_000), min_size=1, max_size=80).map(sorted)
samplings = st.one_of(
    st.integers(1, 30).map(lambda n: f"every:{n}"),
    st.floats(0.05, 120).map(lambda x: f"fps:{x:.3f}"),
).map(Sampling.parse)


def test_every_nth_frame_begins_with_the_first() -> None:
    assert sample_indices(STEADY, Sampling.parse("every:30")).tolist() == [0, 30, 60, 90]


def test_so_many_per_second_are_evenly_spaced() -> None:
    assert sample_indices(STEADY, Sampling.parse("fps:1")).tolist() == [0, 25, 50, 75]
    assert sample_indices(STEADY, Sampling.parse("fps:5"))[:4].tolist() == [0, 5, 10, 15]


def test_more_than_the_frame_rate_is_every_frame() -> None:
    assert sample_indices(STEADY, Sampling.parse("fps:60")).tolist() == list(range(100))


def test_a_part_is_inclusive_at_both_ends() -> None:
    part = sample_indices(STEADY, Sampling.parse("every:1"), 1.0, 1.2)
    assert part.tolist() == [25, 26, 27, 28, 29, 30]


def test_a_part_begins_anew() -> None:
    assert sample_indices(STEADY, Sampling.parse("fps:1"), 0.5).tolist() == [13, 38, 63, 88]


def test_a_pause_in_the_times_is_not_filled_with_the_same_frame() -> None:
    index = _index([0, 40, 80, 5000, 5040])
    assert sample_indices(index, Sampling.parse("fps:1")).tolist() == [0, 3]


def test_times_need_not_begin_at_zero() -> None:
    index = _index(range(90_000, 94_000, 40))
    assert sample_indices(index, Sampling.parse("fps:1"), 91.0).tolist() == [25, 50, 75]


def test_fractional_rates_do_not_drift() -> None:
    index = _index([1001 * n for n in range(3000)], Fraction(1, 30_000))
    taken = sample_indices(index, Sampling.parse("fps:29.97002997"))
    assert len(taken) in (2999, 3000)


def test_an_empty_part_is_refused_in_one_sentence() -> None:
    with pytest.raises(SettingsError, match=r"holds no frame; choose one between 0\.00 s and 3\.96 s\.$"):
        sample_indices(STEADY, Sampling.parse("every:1"), 10.0, 20.0)


@given(sorted_times, samplings)
def test_samples_increase_and_begin_with_the_first_frame(times, sampling) -> None:
    taken = sample_indices(_index(times), sampling)
    assert taken.dtype == np.int64
    assert taken[0] == 0
    assert (np.diff(taken) > 0).all()
    assert taken[-1] < len(times)


@given(sorted_times, st.floats(0.05, 50))
def test_no_slot_has_two_frames_and_none_with_a_frame_is_empty(times, rate) -> None:
    sampling = Sampling.parse(f"fps:{rate:.3f}")
    taken = set(sample_indices(_index(times), sampling).tolist())
    per_tick = Fraction(sampling.value).limit_denominator(1_000_000) / 1000
    slots: dict[int, int] = {}
    for place, pts in enumerate(times):
        slots.setdefault(int((pts - times[0]) * per_tick // 1), place)
    assert taken == set(slots.values())


@given(sorted_times, samplings, st.floats(-6, 61), st.floats(0, 20))
def test_samples_lie_inside_the_part(times, sampling, start, length) -> None:
    index = _index(times)
    inside = [place for place, pts in enumerate(times) if start - 0.0005 <= pts / 1000 <= start + length + 0.0005]
    if not inside:
        with pytest.raises(SettingsError):
            sample_indices(index, sampling, start, start + length)
        return
    taken = sample_indices(index, sampling, start, start + length)
    assert taken[0] == inside[0]
    assert set(taken.tolist()) <= set(inside)
