"""Stretches of frames in pixel columns."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.ui.viewmodels.lanes.scale import Axis, Scale
from lav_gui.ui.viewmodels.lanes.spans import NO_SPANS, runs, spans_of, spans_where

TIMES = np.cumsum(np.random.default_rng(5).integers(1, 30, 110)) / 100


@pytest.mark.parametrize("axis", [Axis(110), Axis(110, TIMES)], ids=lambda axis: axis.kind)
@given(pairs=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 9)), max_size=20), columns=st.integers(1, 250))
def test_a_stretch_fills_the_columns_of_its_frames_and_a_shorter_one_the_nearest(
    axis: Axis, pairs: list[tuple[int, int]], columns: int
) -> None:
    spans = spans_of([(first, first + length) for first, length in pairs])
    scale = Scale(axis, *axis.ends, columns)
    expected = [spans.holds(int(frame)) for frame in scale.frames]
    found = spans.columns(scale)
    assert np.all(found >= expected)
    extra = found & ~np.array(expected, np.bool_)
    for first, last in zip(spans.first.tolist(), spans.last.tolist(), strict=True):
        inside = (scale.edges[:-1] < last + 1 - axis.lead) & (scale.edges[1:] > first - axis.lead)
        assert (found & inside).any()
        if np.any((scale.frames >= first) & (scale.frames <= last)):
            continue
        extra &= ~inside
    assert not extra.any()


def test_neighbors_of_two_kinds_share_no_column_where_frames_are_wider_than_pixels() -> None:
    for columns in (55, 100, 557, 836):
        scale = Scale(Axis(55), -0.5, 54.5, columns)
        even, odd = (spans_of([(n, n) for n in range(start, 55, 2)]).columns(scale) for start in (0, 1))
        assert np.all(even ^ odd)
        assert [bool(odd[at]) for at in range(columns)] == [scale.frame_at(at) % 2 == 1 for at in range(columns)]


def test_on_an_axis_of_time_a_frame_is_there_from_its_time_until_the_next_ones() -> None:
    axis = Axis(4, np.array([0.0, 1.0, 1.2, 4.0]))
    found = spans_of([(2, 2)]).columns(Scale(axis, 0, 6.8, 68))
    assert np.flatnonzero(found).tolist() == list(range(12, 40))
    part = Scale(axis, 2.0, 3.0, 10)
    assert spans_of([(2, 2)]).columns(part).all()
    assert not spans_of([(0, 1), (3, 3)]).columns(part).any()


def test_a_single_frame_of_a_million_is_seen() -> None:
    scale = Scale(Axis(1_000_000), -0.5, 999_999.5, 800)
    assert spans_of([(500_123, 500_123)]).columns(scale).sum() == 1


def test_stretches_that_touch_become_one() -> None:
    spans = spans_of([(5, 9), (0, 2), (3, 4), (20, 20), (6, 7)])
    assert (spans.first.tolist(), spans.last.tolist()) == ([0, 20], [9, 20])
    assert [spans.holds(frame) for frame in (0, 9, 10, 20, 21, -1)] == [True, True, False, True, False, False]
    assert not NO_SPANS.holds(0)


def test_frames_that_were_not_looked_at_belong_to_the_one_before() -> None:
    spans = spans_where(np.array([0, 3, 6, 9, 12]), np.array([True, True, False, False, True]))
    assert (spans.first.tolist(), spans.last.tolist()) == ([0, 12], [5, 12])


def test_runs_have_a_begin_and_an_end() -> None:
    begins, ends = runs(np.array([True, False, True, True]))
    assert (begins.tolist(), ends.tolist()) == ([0, 2], [1, 4])
