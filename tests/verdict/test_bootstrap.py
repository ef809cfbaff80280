import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from lav_gui.verdict.bootstrap import block_frames, mean_interval, student_quantile


def _ar1(count: int, correlation_seconds: float, fps: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """A series with mean 0, standard deviation 1 and correlation exp(-t / correlation_seconds)."""
    phi = math.exp(-1.0 / (fps * correlation_seconds))
    noise = rng.normal(size=count) * math.sqrt(1 - phi * phi)
    values = np.empty(count)
    values[0] = rng.normal()
    for at in range(1, count):
        values[at] = phi * values[at - 1] + noise[at]
    return values


@given(st.lists(st.floats(-30, 30), min_size=1, max_size=80), st.floats(0.01, 3))
def test_the_interval_contains_the_mean(values: list[float], step: float) -> None:
    array = np.array(values)
    low, high = mean_interval(array, np.arange(len(array)) * step)
    assert low <= array.mean() <= high


def test_the_same_series_gives_the_same_interval_and_another_seed_another() -> None:
    values, seconds = np.random.default_rng(0).normal(size=300), np.arange(300) / 30
    assert mean_interval(values, seconds) == mean_interval(values.copy(), seconds)
    assert mean_interval(values, seconds) != mean_interval(values, seconds, seed=1)


@pytest.mark.parametrize(
    ("seconds", "fps", "at_most"),
    [(60, 30, 0.98), (60, 5, 0.98), (12, 30, 1.0), (4, 5, 1.0)],  # with three blocks it errs on the wide side
)
def test_the_interval_covers_the_true_mean_about_as_often_as_it_says(seconds: int, fps: int, at_most: float) -> None:
    rng, times = np.random.default_rng(7), np.arange(seconds * fps) / fps
    hits = 0
    for _ in range(120):
        low, high = mean_interval(_ar1(len(times), 0.5, fps, rng), times)
        hits += low <= 0.0 <= high
    assert 0.88 <= hits / 120 <= at_most


def test_frames_taken_as_independent_would_give_a_far_too_narrow_interval() -> None:
    rng, times = np.random.default_rng(11), np.arange(900) / 30
    hits = naive_hits = 0
    ratios = []
    for _ in range(80):
        values = _ar1(len(times), 1.0, 30, rng)
        low, high = mean_interval(values, times)
        naive_low, naive_high = mean_interval(values, times, block_seconds=1 / 30)
        hits += low <= 0.0 <= high
        naive_hits += naive_low <= 0.0 <= naive_high
        ratios.append((high - low) / (naive_high - naive_low))
    assert naive_hits / 80 < 0.4
    assert hits / 80 > 0.8
    assert np.median(ratios) > 4


def test_for_independent_frames_blocks_of_one_agree_with_the_textbook() -> None:
    values = np.random.default_rng(3).normal(size=400)
    low, high = mean_interval(values, np.arange(400) / 30, block_seconds=1 / 30)
    assert high - low == pytest.approx(2 * 1.966 * values.std(ddof=1) / 20, rel=0.06)


def test_one_frame_tells_nothing_of_variation_over_time() -> None:
    assert mean_interval(np.array([1.5]), np.array([0.0])) == (-math.inf, math.inf)


def test_two_frames_give_a_wide_interval() -> None:
    low, high = mean_interval(np.array([1.0, 2.0]), np.array([0.0, 0.04]))
    assert high - low > 5


def test_a_frozen_track_has_an_interval_without_width() -> None:
    low, high = mean_interval(np.full(40, 0.7), np.arange(40) / 30)
    assert low == pytest.approx(0.7)
    assert high == pytest.approx(0.7)


def test_nothing_has_no_interval() -> None:
    with pytest.raises(ValueError, match="no interval"):
        mean_interval(np.empty(0), np.empty(0))


@pytest.mark.parametrize(
    ("count", "step", "frames"),
    [
        (3000, 1 / 30, 120),  # 4 s at 30 frames per second
        (3000, 1.0, 4),
        (3000, 10.0, 3),  # one frame lasts longer than a block: at most 1000 blocks remain
        (90, 1 / 30, 30),  # 3 s: three blocks
        (2, 1.0, 1),
        (60, 0.0, 20),  # time stands still
        (1_000_000, 1 / 30, 1000),
    ],
)
def test_a_block_has_the_stated_length_in_seconds(count: int, step: float, frames: int) -> None:
    assert block_frames(np.arange(count) * step, 4.0) == frames


def test_students_quantiles_are_those_of_the_tables() -> None:
    table = {1: 12.7062, 2: 4.3027, 3: 3.1824, 4: 2.7764, 9: 2.2622, 29: 2.0452, 999: 1.9623}
    for degrees, quantile in table.items():
        assert student_quantile(degrees) == pytest.approx(quantile, abs=0.004)
    with pytest.raises(ValueError, match="at least one degree"):
        student_quantile(0)
