"""The shown part: moved, zoomed, dragged, and never outside the video."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.ui.viewmodels.lanes.scale import Axis
from lav_gui.ui.viewmodels.lanes.shown import SMALLEST_FRAMES, ShownPart

STEPS = st.one_of(
    st.tuples(st.just("pan"), st.floats(-200, 200)),
    st.tuples(st.just("zoom"), st.floats(0.05, 20)),
    st.tuples(st.just("center"), st.floats(-50, 200)),
    st.tuples(st.just("low"), st.floats(-100, 100)),
    st.tuples(st.just("high"), st.floats(-100, 100)),
)


@pytest.fixture
def shown() -> ShownPart:
    return ShownPart(Axis(100))


@given(st.lists(STEPS, max_size=20), st.integers(1, 150))
def test_whatever_is_done_it_stays_in_the_video_and_is_not_too_short(
    steps: list[tuple[str, float]], count: int
) -> None:
    shown = ShownPart(Axis(count))
    for what, value in steps:
        if what in ("low", "high"):
            shown.move_end(upper=what == "high", by=value)
        elif what == "zoom":
            shown.zoom(value, 30.0)
        else:
            getattr(shown, what)(value)
        low, high = shown.span
        assert -0.5 - 1e-6 <= low < high <= count - 0.5 + 1e-6
        assert shown.length >= min(SMALLEST_FRAMES, count) - 1e-6


def test_one_end_moves_alone(shown: ShownPart) -> None:
    shown.show(20, 60)
    shown.move_end(upper=True, by=10)
    assert shown.span == (20, 70)
    shown.move_end(upper=False, by=-5)
    assert shown.span == (15, 70)
    shown.move_end(upper=False, by=1000)
    assert shown.span == pytest.approx((60, 70))


def test_it_follows_a_place_that_leaves_it(shown: ShownPart) -> None:
    shown.show(20, 40)
    assert not shown.follow(40)
    assert shown.follow(70)
    assert shown.span == (60, 80)


def test_what_is_too_short_grows_about_its_middle(shown: ShownPart) -> None:
    shown.show(50, 50)
    assert shown.span == pytest.approx((45, 55))


def test_the_same_frames_are_shown_on_another_axis(shown: ShownPart) -> None:
    shown.show(20, 60)
    shown.change_axis(Axis(100, np.arange(100) / 25))
    assert shown.span == pytest.approx((0.8, 2.4))
    shown.show_all()
    assert shown.span == pytest.approx((0, 4))
