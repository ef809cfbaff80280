"""Arrays become rectangles."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from lav_gui.ui.colors import LIGHT
from lav_gui.ui.viewmodels.lanes.envelope import Columns
from lav_gui.ui.viewmodels.lanes.scale import Axis, Scale
from lav_gui.ui.viewmodels.lanes.spans import spans_of
from lav_gui.ui.viewmodels.lanes.ticks import NO_TICKS, Ticks
from lav_gui.ui.views.lanes.ink import Ink, hatched, mixed

RED, BLUE = "#ff0000", "#0000ff"


@pytest.fixture
def image(qapp: object) -> QImage:
    made = QImage(100, 40, QImage.Format.Format_RGB32)
    made.fill(0xFFFFFFFF)
    return made


@pytest.fixture
def ink(image: QImage) -> Iterator[Ink]:
    painter = QPainter(image)
    yield Ink(painter, Scale(Axis(100), 0, 100, 100), (100.0, 40.0), LIGHT, NO_TICKS)
    painter.end()


def columns(low: list[float], alone: list[bool] | None = None) -> Columns:
    values = np.array(low)
    return Columns(10, values, values, np.array(alone or [False] * len(low)))


def painted(image: QImage, color: str) -> set[tuple[int, int]]:
    return {(x, y) for x in range(100) for y in range(40) if image.pixelColor(x, y).name() == color}


def test_bars_fill_their_columns_and_nan_leaves_one_empty(ink: Ink, image: QImage) -> None:
    ink.bars(10, np.array([5.0, np.nan, 20.0]), np.array([8.0, 30.0, 21.0]), RED)
    assert painted(image, RED) == {(10, 5), (10, 6), (10, 7), (12, 20)}


def test_bars_outside_the_lane_are_cut_off(ink: Ink, image: QImage) -> None:
    ink.bars(98, np.array([-50.0, 38.0, 90.0]), np.array([2.0, 900.0, 99.0]), RED)
    assert painted(image, RED) == {(98, 0), (98, 1), (99, 38), (99, 39)}
    ink.bars(0, np.array([np.nan]), np.array([np.nan]), BLUE)
    ink.bars(0, np.empty(0), np.empty(0), BLUE)
    ink.bars(0, np.array([-9.0]), np.array([-3.0]), BLUE)
    assert painted(image, BLUE) == set()


def test_a_flat_bar_is_a_pixel_high(ink: Ink, image: QImage) -> None:
    ink.bars(10, np.array([5.1]), np.array([5.2]), RED)
    assert painted(image, RED) == {(10, 5)}


@pytest.mark.parametrize(
    ("style", "share"), [(Qt.BrushStyle.BDiagPattern, 1 / 6), (Qt.BrushStyle.DiagCrossPattern, 5 / 18)]
)
def test_patterns_cover_a_part_and_fit_together(ink: Ink, image: QImage, style: Qt.BrushStyle, share: float) -> None:
    for first in (0, 48):
        ink.bars(first, np.zeros(48), np.full(48, 36.0), hatched(RED, style))
    found = painted(image, RED)
    assert len(found) == pytest.approx(96 * 36 * share, rel=0.02)
    assert {(x + 6, y) for x, y in found if x < 90} <= found


def test_a_thick_curve_is_as_thick_as_asked_and_a_single_value_is_a_square(ink: Ink, image: QImage) -> None:
    level = np.full(5, 20.0)
    ink.curve(level, level, columns([0.0] * 5), RED, 4)
    assert {y for x, y in painted(image, RED) if x == 12} == {18, 19, 20, 21}
    ink.curve(level[:1], level[:1], columns([0.0], [True]), BLUE, 2)
    assert len(painted(image, BLUE)) >= 25


def test_a_steep_line_does_not_swell_without_end(ink: Ink, image: QImage) -> None:
    ink.curve(np.array([10.0]), np.array([30.0]), columns([0.0]), RED, 2)
    rows = {y for _, y in painted(image, RED)}
    assert rows <= set(range(4, 37))


def test_spans_are_at_least_one_pixel_wide(ink: Ink, image: QImage) -> None:
    ink.spans(spans_of([(3, 5), (50, 50)]), 10, 2, RED)
    assert {x for x, _ in painted(image, RED)} == {2, 3, 4, 49}


def test_dashes_move_with_the_video(image: QImage) -> None:
    painter = QPainter(image)
    shown = []
    for low in (0, 3):
        ink = Ink(painter, Scale(Axis(100), low, 100 + low, 100), (100.0, 40.0), LIGHT, NO_TICKS)
        shown.append(~np.isnan(ink.dashed(columns([0.0] * 60), (4, 4)).low))
    painter.end()
    assert shown[0].sum() == pytest.approx(30, abs=4)
    assert np.array_equal(shown[0][3:], shown[1][:-3])


def test_no_gap_of_a_dashed_line_hides_a_peak(ink: Ink) -> None:
    for place in range(60):
        values = np.zeros(60)
        values[place] = 0.9
        curve = Columns(0, np.zeros(60), values, np.zeros(60, np.bool_))
        assert ink.dashed(curve, (2.0, 9.0)).high[place] == 0.9


def test_ticks_grid_and_spans_of_one_frame_share_its_columns(image: QImage) -> None:
    ticks = Ticks(np.array([13.5, 37.6]), ("", ""))
    painter = QPainter(image)
    ink = Ink(painter, Scale(Axis(100), -0.5, 99.5, 100), (100.0, 40.0), LIGHT, ticks)
    ink.ground()
    grid = mixed(LIGHT.grid, LIGHT.plot, 0.45).name()
    assert {x for x, y in painted(image, grid) if y < 39} == {13, 37}
    ink.upright(13.5, 0, 40, RED)
    assert {x for x, _ in painted(image, RED)} == {13}
    ink.spans(spans_of([(37, 37)]), 0, 40, BLUE)
    assert {x for x, _ in painted(image, BLUE)} == {37}
    painter.end()


def test_text_on_a_ground_hides_what_lies_below(ink: Ink, image: QImage) -> None:
    ink.cover(RED)
    ink.text((90, 20), "wide words", LIGHT.text, right=True, ground=BLUE)
    assert len(painted(image, BLUE)) > 50
    assert max(x for x, _ in painted(image, BLUE)) < 95


def test_a_mixed_color_is_opaque_and_between_both() -> None:
    assert mixed("#000000", "#ffffff", 0.5).name() == "#808080"
    assert mixed("#102030", "#ffffff", 1.0).name() == "#102030"
