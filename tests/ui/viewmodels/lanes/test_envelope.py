"""Curves reduced to pixel columns: nothing that matters is lost, and few points are left."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lav_gui.ui.viewmodels.lanes.envelope import BREAK_STRIDES, Places, Series, as_line
from lav_gui.ui.viewmodels.lanes.scale import Axis, Scale


def scale_over(low: float, high: float, columns: int) -> Scale:
    return Scale(Axis(10_000_000), low, high, columns)


@settings(max_examples=60)
@given(st.integers(1, 4000), st.integers(1, 300), st.integers(0, 9))
def test_every_extreme_survives_however_long_the_curve(count: int, columns: int, seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=count)
    cut = Places(np.arange(count, dtype=np.int64)).cut(scale_over(-0.5, count - 0.5, columns))
    assert cut is not None
    found = cut.columns(Series(values))
    assert len(found) <= columns
    assert np.nanmin(found.low) == values.min()
    assert np.nanmax(found.high) == values.max()
    assert not np.any(found.low > found.high)


def test_a_peak_stays_in_its_place_within_a_column() -> None:
    values = np.zeros(1_000_000)
    values[123_456] = 1
    cut = Places(np.arange(len(values), dtype=np.int64)).cut(scale_over(0, 1_000_000, 1000))
    assert cut is not None
    found = cut.columns(Series(values))
    (at,) = np.flatnonzero(found.high == 1)
    assert abs(found.first + at - 123) <= 1


@given(st.integers(2, 200_000), st.integers(1, 50))
def test_bounds_are_exact_however_many_the_rows(count: int, columns: int) -> None:
    frames = np.cumsum(np.random.default_rng(count).integers(1, 4, count))
    edges = np.linspace(-0.5, frames[-1] + 0.5, columns + 1)
    assert np.array_equal(Places(frames).bounds(edges), np.searchsorted(frames, edges))


@settings(max_examples=30)
@given(st.integers(0, 99), st.integers(40, 300))
def test_a_hole_in_a_long_curve_stays_a_hole_and_a_peak_on_its_side_of_it(seed: int, columns: int) -> None:
    random = np.random.default_rng(seed)
    begin, length = random.integers(20_000, 60_000, 2)
    frames = np.delete(np.arange(200_000), np.arange(begin, begin + length))
    scale = Scale(Axis(200_000), -0.5, 199_999.5, columns)
    cut = Places(frames).cut(scale)
    assert cut is not None
    hole = (scale.edges[:-1] >= begin) & (scale.edges[1:] <= begin + length - 1)
    for peak in (begin - 1, begin - 30, begin + length, begin + length + 30):
        found = cut.columns(Series((frames == peak).astype(float)))
        assert np.isnan(found.high[hole]).all()
        assert np.nanmax(found.high) == 1
        shown = np.flatnonzero(found.high == 1)
        assert np.all(np.abs(scale.edges[shown] - peak) <= 2.1 * 200_000 / columns)
        assert np.all((scale.edges[shown] < begin) == (peak < begin))


def test_the_same_scale_is_cut_once() -> None:
    places, scale = Places(np.arange(100)), scale_over(0, 100, 50)
    assert places.cut(scale) is places.cut(scale)
    assert places.cut(scale, 0.5) is not places.cut(scale_over(0, 100, 50), 0.5)


def test_a_sparse_curve_is_linear_between_its_frames() -> None:
    cut = Places(np.array([0, 10, 20])).cut(scale_over(0, 20, 20))
    assert cut is not None
    found = cut.columns(Series(np.array([0.0, 1.0, 0.0])))
    assert found.low[:10] == pytest.approx(np.arange(10) / 10)
    assert found.high[:10] == pytest.approx(np.arange(1, 11) / 10)
    assert not found.alone.any()


@given(st.lists(st.integers(1, 50), min_size=2, max_size=60))
def test_a_curve_is_broken_exactly_where_nothing_was_measured_for_long(steps: list[int]) -> None:
    places = Places(np.cumsum([0, *steps]).astype(np.int64))
    assert places.connected.tolist() == [step <= BREAK_STRIDES * np.median(steps) for step in steps]


def test_a_hole_stays_empty_and_a_single_value_is_marked() -> None:
    frames = np.array([0, 1, 2, 3, 50, 97, 98, 99])
    cut = Places(frames).cut(scale_over(0, 100, 100))
    assert cut is not None
    found = cut.columns(Series(np.ones(8)))
    assert np.isnan(found.low[10:45]).all()
    assert np.flatnonzero(found.alone).tolist() == [50]


def test_what_is_not_on_the_screen_costs_nothing() -> None:
    places = Places(np.arange(100, 200))
    assert places.cut(scale_over(0, 50, 100)) is None
    assert places.cut(scale_over(300, 350, 100)) is None
    assert Places(np.empty(0, np.int64)).cut(scale_over(0, 50, 100)) is None
    cut = places.cut(scale_over(0, 1000, 1000))
    assert cut is not None
    assert len(cut.columns(Series(np.zeros(100)))) <= 102


def test_one_frame_alone_is_seen() -> None:
    cut = Places(np.array([5])).cut(scale_over(0, 10, 100))
    assert cut is not None
    found = cut.columns(Series(np.array([0.7])))
    assert found.high[found.alone].tolist() == [0.7]


def test_means_are_exact_where_rows_are_few_and_linear_between_far_frames() -> None:
    values = np.arange(1000.0)
    cut = Places(np.arange(1000)).cut(scale_over(0, 1000, 250))
    assert cut is not None
    assert cut.means(Series(values)) == pytest.approx(np.arange(1.5, 1000, 4))
    coarse = Places(np.arange(1000)).cut(scale_over(0, 1000, 10))
    assert coarse is not None
    assert coarse.means(Series(values)) == pytest.approx(np.arange(49.5, 1000, 100), abs=25)
    sparse = Places(np.array([0, 10])).cut(scale_over(0, 10, 10))
    assert sparse is not None
    assert sparse.means(Series(np.array([0.0, 10.0])))[1:9] == pytest.approx(np.arange(1.5, 9.5))


def test_peaks_fill_the_columns_around_their_frame() -> None:
    cut = Places(np.arange(3)).cut(scale_over(-0.5, 2.5, 30), 0.5)
    assert cut is not None
    assert cut.peaks(Series(np.array([1.0, 5.0, 2.0]))).high.tolist() == [1.0] * 10 + [5.0] * 10 + [2.0] * 10


def test_a_line_of_one_value_per_column_has_no_holes() -> None:
    columns = as_line(3, np.array([0.0, 4.0, np.nan, 1.0]))
    assert columns.high.tolist()[:2] == [2.0, 4.0]
    assert columns.low.tolist()[:2] == [0.0, 2.0]
    assert columns.alone.tolist() == [False, False, False, True]
    assert len(as_line(0, np.empty(0))) == 0
