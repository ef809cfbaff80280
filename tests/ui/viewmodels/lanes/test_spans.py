"""Stretches of frames in pixel columns."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.ui.viewmodels.lanes.scale import Axis, Scale
from lav_gui.ui.viewmodels.lanes.spans import NO_SPANS, runs, spans_of, spans_where


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 9)), max_size=20), st.integers(1, 250))
def test_a_column_is_filled_exactly_where_a_stretch_touches_it(pairs: list[tuple[int, int]], columns: int) -> None:
    spans = spans_of([(first, first + length) for first, length in pairs])
    scale = Scale(Axis(110), -0.5, 109.5, columns)
    found = spans.columns(scale)
    for column in range(columns):
        low, high = scale.edges[column], scale.edges[column + 1]
        touched = any(a - 0.5 < high and b + 0.5 > low for a, b in zip(spans.first, spans.last, strict=True))
        assert found[column] == touched


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
