"""From frames to pixels and back, on an axis of frames and on one of time."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.records import FrameIndex
from lav_gui.ui.viewmodels.lanes.scale import Axis, AxisKind, Scale, axis_of, moved_inside, zoomed


def index_of(pts: list[int]) -> FrameIndex:
    n = len(pts)
    ones = np.ones(n, np.int64)
    flags = np.zeros(n, np.bool_)
    return FrameIndex(Fraction(1, 10), np.array(pts, np.int64), ones, ones, flags, ones, np.arange(n), flags)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=40), st.floats(-3, 45))
def test_a_place_of_time_is_found_again(steps: list[int], frame: float) -> None:
    axis = Axis(len(steps), np.cumsum(np.array(steps) + 1).astype(np.float64))
    assert axis.frame(axis.value(frame)) == pytest.approx(frame)


def test_an_axis_of_time_follows_the_frames_own_times() -> None:
    axis = axis_of(index_of([0, 10, 12, 40]), AxisKind.TIME)
    assert axis.kind is AxisKind.TIME
    assert axis.values(np.array([0.0, 1.0, 1.5, 3.0])).tolist() == pytest.approx([0, 1, 1.1, 4])
    assert axis.ends == pytest.approx((0, 6.8))
    assert axis_of(index_of([5]), AxisKind.TIME).kind is AxisKind.FRAMES
    assert axis_of(index_of([5, 5]), AxisKind.TIME).kind is AxisKind.FRAMES
    assert axis_of(None, AxisKind.TIME).count == 0


def test_frames_with_one_time_keep_their_order() -> None:
    axis = axis_of(index_of([0, 10, 10, 20]), AxisKind.TIME)
    edges = Scale(axis, *axis.ends, 300).edges
    assert np.all(np.diff(edges) >= 0)
    assert axis.frame(1.0) == pytest.approx(2)


def test_columns_and_pixels_agree() -> None:
    scale = Scale(Axis(100), 10.0, 30.0, 200)
    assert scale.edges[0] == 10
    assert scale.edges[-1] == 30
    assert scale.pixel(20) == scale.pixels(np.array([20.0]))[0] == 100
    assert scale.value_at(100) == 20
    assert [scale.frame_at(pixel) for pixel in (-500, 104, 4000)] == [0, 20, 99]
    assert Scale(Axis(), 0, 1, 10).frame_at(5) == 0


@pytest.mark.parametrize("columns", [100, 557, 1001])
@pytest.mark.parametrize("count", [1, 2, 56, 1000, 1_000_000])
@pytest.mark.parametrize("kind", list(AxisKind))
def test_the_outer_columns_lead_to_the_first_and_last_frame(kind: AxisKind, count: int, columns: int) -> None:
    pts = np.cumsum(np.random.default_rng(3).integers(1, 90, count)).tolist()
    axis = axis_of(index_of(pts), kind)
    scale = Scale(axis, *axis.ends, columns)
    assert scale.frame_at(0) == 0
    assert scale.frame_at(columns - 1) == count - 1
    assert np.all(np.diff(scale.frames) >= 0)


def test_a_column_is_of_the_frame_at_its_middle_and_its_left_edge_is_in_it() -> None:
    scale = Scale(Axis(56), -0.5, 55.5, 560)
    assert [scale.frame_at(pixel) for pixel in range(560)] == [pixel // 10 for pixel in range(560)]
    assert [scale.frame_at(pixel / 1.5 * 1.5) for pixel in range(560)] == [pixel // 10 for pixel in range(560)]
    three = Scale(Axis(2), -0.5, 1.5, 3)
    assert three.frames.tolist() == [0, 1, 1]


@given(st.lists(st.integers(1, 90), min_size=2, max_size=40), st.integers(1, 300), st.floats(0, 0.9))
def test_on_an_axis_of_time_a_column_is_of_the_frame_on_screen_then(
    steps: list[int], columns: int, begin: float
) -> None:
    index = index_of(np.cumsum(steps).tolist())
    axis = axis_of(index, AxisKind.TIME)
    first, last = axis.ends
    scale = Scale(axis, first + begin * (last - first), last, columns)
    for column in range(1, columns - 1):
        before, after = (index.at_seconds(scale.value_at(column + share)) for share in (1 - 1e-4, 1 + 1e-4))
        assert before <= scale.frame_at(column) <= after


def test_the_frame_is_held_until_the_next_one_comes_as_where_a_time_is_entered() -> None:
    index = index_of([0, 10, 12, 40])
    axis = axis_of(index, AxisKind.TIME)
    scale = Scale(axis, 0, 6.8, 680)
    assert [scale.frame_at(column) for column in (0, 99, 100, 119, 120, 399, 400)] == [0, 0, 1, 1, 2, 2, 3]
    assert scale.frame_at(300) == index.at_seconds(3.0) == 2
    assert [scale.frame_at(round(scale.pixel(frame))) for frame in range(4)] == [0, 1, 2, 3]


@given(st.floats(0, 900), st.floats(1, 100), st.floats(0.1, 10), st.floats(0, 1))
def test_zooming_keeps_its_center_and_stays_in_the_video(low: float, length: float, factor: float, at: float) -> None:
    axis = Axis(1000)
    span = moved_inside(axis, (low, low + length))
    center = span[0] + at * (span[1] - span[0])
    new_low, new_high = zoomed(axis, span, factor, center, 10)
    assert axis.ends[0] - 1e-6 <= new_low
    assert new_high <= axis.ends[1] + 1e-6
    assert new_high - new_low >= 10 - 1e-6
    if new_low > axis.ends[0] + 1e-6 and new_high < axis.ends[1] - 1e-6:
        assert (center - new_low) / (new_high - new_low) == pytest.approx(at, abs=1e-6)


def test_what_is_longer_than_the_video_becomes_the_video() -> None:
    assert moved_inside(Axis(10), (-50, 50)) == (-0.5, 9.5)
    assert moved_inside(Axis(10), (-3, 1)) == (-0.5, 3.5)
    assert moved_inside(Axis(10), (8, 12)) == (5.5, 9.5)
