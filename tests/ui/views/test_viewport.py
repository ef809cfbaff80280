"""Zoom and place of a picture in a pane."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from lav_gui.ui.views.viewport import LARGEST_ZOOM, Focus, Viewport

PANE = QRectF(10, 20, 416, 316)


def viewport(aspect: float = 1.0, ratio: float = 1.0) -> Viewport:
    made = Viewport()
    made.set_ratio(ratio)
    made.set_picture(QSizeF(100, 60), aspect)
    made.fit(PANE)
    return made


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_fitted_picture_fills_the_pane_on_any_screen(ratio: float) -> None:
    made = viewport(ratio=ratio)
    shown = made.view_from_frame(PANE).mapRect(QRectF(0, 0, 100, 60))
    assert shown.width() == pytest.approx(400)
    assert shown.center() == PANE.center()
    assert made.zoom(PANE) == pytest.approx(4 * ratio)


def test_at_100_percent_two_pixels_share_a_unit_of_a_screen_of_ratio_2() -> None:
    made = viewport(ratio=2.0)
    made.set_zoom(1.0, PANE, PANE.center())
    assert made.view_from_frame(PANE).m11() == pytest.approx(0.5)


@given(st.floats(11, 425), st.floats(21, 335), st.floats(1, 20))
def test_zooming_keeps_what_is_under_the_pointer_while_it_is_on_the_picture(x: float, y: float, zoom: float) -> None:
    made = viewport()
    made.set_zoom(6.0, PANE, PANE.center())
    anchor = QPointF(x, y)
    before = made.to_frame(PANE, anchor)
    if zoom >= 6.0:  # zooming out may have to move the picture to keep its middle inside
        made.set_zoom(zoom, PANE, anchor)
        after = made.to_frame(PANE, anchor)
        assert (after - before).manhattanLength() < 1e-6


def test_zoom_has_ends_and_the_middle_stays_on_the_picture() -> None:
    made = viewport()
    made.set_zoom(1e9, PANE, PANE.center())
    assert made.zoom(PANE) == LARGEST_ZOOM
    made.drag(PANE, QPointF(0, 0), QPointF(1e6, 0))
    assert made.to_frame(PANE, PANE.center()).x() == 0


def test_dragging_moves_the_picture_with_the_hand() -> None:
    made = viewport()
    before = made.to_frame(PANE, QPointF(100, 100))
    made.drag(PANE, QPointF(100, 100), QPointF(120, 90))
    after = made.to_frame(PANE, QPointF(120, 90))
    assert (after - before).manhattanLength() < 1e-9
    assert not made.fits


def test_a_focus_fills_the_pane_and_what_was_before_comes_back() -> None:
    made = viewport(aspect=1.5)
    before = made.view_from_frame(PANE)
    made.set_focus(Focus(30, 20, 10))
    turn = made.view_from_frame(PANE)
    assert turn.map(QPointF(30, 20)) == PANE.center()
    assert turn.m22() * 10 == pytest.approx(PANE.height())
    assert turn.m11() / turn.m22() == pytest.approx(1.5)
    made.set_zoom(made.zoom(PANE) * 0.5, PANE, QPointF(0, 0))
    assert made.view_from_frame(PANE).map(QPointF(30, 20)) == PANE.center()
    assert made.view_from_frame(PANE).m22() * 10 == pytest.approx(PANE.height() / 2)
    made.set_focus(None)
    assert made.view_from_frame(PANE) == before


def test_another_size_of_picture_is_fitted_anew_and_the_same_is_not() -> None:
    made = viewport()
    made.set_zoom(9.0, PANE, PANE.center())
    made.set_picture(QSizeF(100, 60), 1.0)
    assert not made.fits
    made.set_picture(QSizeF(50, 60), 1.0)
    assert made.fits


def test_a_place_is_told_by_the_middle_of_its_screen_pixel_and_an_edge_is_the_right_pixels() -> None:
    made = viewport()
    made.set_zoom(1.0, PANE, PANE.center())
    left = made.view_from_frame(PANE).map(QPointF(30, 20))
    assert math.floor(made.pixel_at(PANE, left).x()) == 30
    assert made.pixel_at(PANE, left + QPointF(0.99, 0)).x() == pytest.approx(30.5, abs=1e-5)
    for ratio in (1.1, 1.25, 1.5, 1.75, 2.0, 2.3):
        fine = viewport(ratio=ratio)
        fine.set_zoom(1.0, PANE, QPointF(0, 0))
        places = [math.floor(fine.pixel_at(PANE, QPointF(step / ratio, 100)).x()) for step in range(700)]
        assert np.all(np.diff(places) == 1)
