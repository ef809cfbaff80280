"""A lane paints once for each change, and not when the cursor moves."""

from typing import Any

import pytest
from PySide6.QtGui import QImage, QPainter

from lav_gui.ui.viewmodels.lanes.scale import Axis, Scale
from lav_gui.ui.viewmodels.lanes.ticks import NO_TICKS
from lav_gui.ui.viewmodels.timeline_state import TimelineState
from lav_gui.ui.views.lanes.base import FOLDED, Lane
from lav_gui.ui.views.lanes.ink import Ink


class CountingLane(Lane):
    name, title, hint, least = "counting", "Counting", "counts", 30

    def __init__(self) -> None:
        super().__init__()
        self.drawn = 0

    def draw(self, ink: Ink) -> None:
        self.drawn += 1
        ink.cover("#ff0000")


@pytest.fixture
def lane(qapp: Any, state: TimelineState) -> CountingLane:
    made = CountingLane()
    made.renew(state)
    made.place(0, 100, 30, 2.0)
    made.show_scale(Scale(Axis(56), 0, 56, 200), NO_TICKS)
    return made


def paint(lane: Lane) -> QImage:
    image = QImage(100, 30, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    lane.paint(painter)
    painter.end()
    return image


def test_it_draws_again_only_after_a_change(lane: CountingLane, state: TimelineState) -> None:
    for _ in range(3):
        paint(lane)
    assert lane.drawn == 1
    lane.place(5, 100, 30, 2.0)
    paint(lane)
    assert lane.drawn == 1
    for change in (
        lambda: lane.place(5, 100, 40, 2.0),
        lambda: lane.renew(state),
        lambda: lane.show_scale(Scale(Axis(56), 0, 28, 200), NO_TICKS),
    ):
        change()
        paint(lane)
    assert lane.drawn == 4


def test_its_picture_is_as_fine_as_the_screen(lane: CountingLane) -> None:
    assert paint(lane).pixelColor(99, 29).name() == "#ff0000"
    assert lane._picture is not None
    assert (lane._picture.width(), lane._picture.height()) == (200, 60)


def test_a_folded_lane_is_low_and_empty(lane: CountingLane) -> None:
    assert lane.wanted() == 30
    lane.folded = True
    lane.touch()
    paint(lane)
    assert (lane.drawn, lane.wanted()) == (0, FOLDED)
    assert (lane.subtitle(), lane.marks(), lane.told(3)) == ("", (), "counts")


def test_without_a_place_or_scale_it_paints_nothing(qapp: Any) -> None:
    assert paint(CountingLane()).pixelColor(0, 0).name() == "#000000"
