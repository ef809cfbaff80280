"""Zoom, pan and clicks in the picture."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from pytestqt.qtbot import QtBot

from lav_gui.records import Frame
from lav_gui.ui.viewmodels.scene import Scene
from lav_gui.ui.views.picture import LARGEST_ZOOM, PictureView


@pytest.fixture
def view(qtbot: QtBot, scene: Scene) -> Iterator[PictureView]:
    made = PictureView()
    made.resize(416, 316)
    made.show()
    with qtbot.waitExposed(made):
        made.show_scene(scene)
    yield made
    made.close()
    made.deleteLater()


def color(view: PictureView, x: int, y: int) -> tuple[int, int, int]:
    found = view.grab().toImage().pixelColor(x, y)
    return found.red(), found.green(), found.blue()


def place(view: PictureView, x: float, y: float) -> QPoint:
    return view.view_from_frame().map(QPointF(x, y)).toPoint()


def test_the_picture_fits_and_lies_in_the_middle(view: PictureView) -> None:
    assert view.zoom == pytest.approx(4.0)
    assert view.view_from_frame().map(QPointF(50, 30)) == QPointF(view.rect().toRectF().center())


def test_around_it_is_the_neutral_surround(view: PictureView) -> None:
    assert color(view, 2, 2) == (119, 119, 119)


def test_pixels_that_are_not_square_are_widened(view: PictureView, scene: Scene) -> None:
    view.show_scene(replace(scene, aspect=1.5))
    turn = view.view_from_frame()
    assert turn.m11() / turn.m22() == pytest.approx(1.5)
    assert turn.map(QPointF(0, 0)).x() >= 0


def test_above_100_percent_pixels_stay_blocks(view: PictureView, scene: Scene) -> None:
    checks = np.zeros((60, 100, 3), np.uint8)
    checks[::2, ::2] = checks[1::2, 1::2] = 255
    bare = replace(scene, frame=Frame(0, 0, Fraction(1, 25), checks), marks=(), heatmap_opacity=0.0)
    view.show_scene(bare)
    image = view.grab().toImage()
    area = [image.pixelColor(x, y).red() for x in range(100, 300) for y in range(100, 200)]
    assert set(area) == {0, 255}


def test_zooming_keeps_the_point_under_the_pointer(view: PictureView) -> None:
    anchor = QPointF(120, 130)
    back, _ = view.view_from_frame().inverted()
    before = back.map(anchor)
    event = QWheelEvent(
        anchor, anchor, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    view.wheelEvent(event)
    back, _ = view.view_from_frame().inverted()
    after = back.map(anchor)
    assert view.zoom == pytest.approx(5.0)
    assert (after - before).manhattanLength() < 1e-6
    assert not view.fits


def test_zoom_has_an_end_and_fit_comes_back(view: PictureView) -> None:
    for _ in range(30):
        view.zoom_in()
    assert view.zoom == LARGEST_ZOOM
    view.zoom_out()
    assert view.zoom < LARGEST_ZOOM
    view.actual_size()
    assert view.zoom == 1
    view.fit()
    assert view.zoom == pytest.approx(4.0)
    assert view.fits


def test_dragging_moves_the_picture_and_selects_nothing(view: PictureView, qtbot: QtBot) -> None:
    view.set_zoom(6.0)
    before = view.view_from_frame().map(QPointF(50, 30))
    with qtbot.assertNotEmitted(view.face_clicked):
        qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
        qtbot.mouseMove(view, QPoint(230, 160))
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(230, 160))
    after = view.view_from_frame().map(QPointF(50, 30))
    assert (after - before).x() == pytest.approx(30)
    assert (after - before).y() == pytest.approx(10)


def test_a_click_on_a_face_selects_it(view: PictureView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.face_clicked) as clicked:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place(view, 50, 30))
    assert clicked.args == [1]
    with qtbot.assertNotEmitted(view.face_clicked):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place(view, 5, 5))


def test_a_double_click_changes_between_whole_and_100_percent(view: PictureView, qtbot: QtBot) -> None:
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert view.zoom == 1
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert view.fits


def test_zoom_and_place_stay_while_frames_change_and_not_for_another_size(view: PictureView, scene: Scene) -> None:
    view.set_zoom(8.0)
    view.show_scene(replace(scene, frame=Frame(8, 8, Fraction(1, 25), np.zeros((60, 100, 3), np.uint8))))
    assert view.zoom == 8
    view.show_scene(replace(scene, frame=Frame(9, 9, Fraction(1, 25), np.zeros((30, 50, 3), np.uint8))))
    assert view.zoom == pytest.approx(8.0)
    assert view.fits


def test_the_pixel_grid_and_a_gap_paint(view: PictureView, gap_scene: Scene) -> None:
    view.set_zoom(10.0)
    assert not view.grab().isNull()
    view.show_scene(gap_scene)
    assert not view.grab().isNull()
    assert "no picture" in view.accessibleDescription()
