"""Which picture goes where, and how it comes on the screen."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter, QTransform

from lav_gui.ui.viewmodels.display import Display, View
from lav_gui.ui.viewmodels.scene import Scene
from lav_gui.ui.views.picture_layers import Raster, draw_chips, draw_split_line, parts_of

AREA = QRect(0, 0, 401, 100)


def canvas(width: int = 400, height: int = 100) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0x777777)
    return image


def drawn(pixels: np.ndarray, zoom: float) -> QImage:
    image = canvas()
    painter = QPainter(image)
    Raster(pixels).draw(painter, QTransform.fromScale(zoom, zoom))
    painter.end()
    return image


def red(image: QImage, x: int, y: int) -> int:
    return image.pixelColor(x, y).red()


def test_one_view_has_the_whole_place() -> None:
    (part,) = parts_of(View.ORIGINAL, 0.5, AREA)
    assert (part.pane, part.processed) == (AREA, False)
    (part,) = parts_of(View.DIFFERENCE, 0.5, AREA)
    assert part.processed


@pytest.mark.parametrize("place", [0.0, 0.25, 0.5, 1.0])
def test_a_split_shares_one_place_without_gap_or_overlap(place: float) -> None:
    left, right = parts_of(View.SPLIT, place, AREA)
    assert left.pane == right.pane == AREA
    assert left.clip.width() + right.clip.width() == AREA.width()
    assert left.clip.left() == 0
    assert right.clip.left() == left.clip.width() == round(place * 401)
    assert not left.processed
    assert right.processed


def test_side_by_side_both_places_are_of_one_size() -> None:
    left, right = parts_of(View.BESIDE, 0.5, AREA)
    assert left.pane.size() == right.pane.size()
    assert right.pane.left() > left.pane.right() + 1
    assert right.pane.right() == AREA.right()


def test_from_100_percent_on_pixels_are_blocks() -> None:
    checks = np.zeros((10, 10, 3), np.uint8)
    checks[::2, ::2] = checks[1::2, 1::2] = 255
    for zoom in (1.0, 2.5):
        image = drawn(checks, zoom)
        side = int(10 * zoom)
        assert {red(image, x, y) for x in range(side) for y in range(side)} == {0, 255}
    assert red(image, 1, 1) == 255
    assert red(image, 3, 1) == 0


def test_below_100_percent_every_pixel_counts() -> None:
    stripes = np.zeros((40, 40, 3), np.uint8)
    stripes[:, ::4] = 255  # one in four: sampling would see all or nothing of it
    image = drawn(stripes, 0.25)
    assert {red(image, x, y) for x in range(10) for y in range(10)} == {64}
    assert red(image, 11, 5) == 0x77


@pytest.mark.parametrize("zoom", [0.5, 0.6, 0.75, 0.95])
def test_no_single_pixel_is_lost_down_to_a_half(zoom: float) -> None:
    for place in range(20, 24):
        dot = np.zeros((60, 60, 3), np.uint8)
        dot[30, place] = 255
        image = drawn(dot, zoom)
        assert any(red(image, x, y) > 0 for x in range(round(60 * zoom)) for y in range(round(60 * zoom)))


@pytest.mark.parametrize("across", [0.5, 0.6, 8 / 9])
@pytest.mark.parametrize("down", [0.2, 0.95, 1.0, 2.4])
def test_no_column_is_lost_where_pixels_are_higher_than_wide(across: float, down: float) -> None:
    for column in range(20, 24):
        line = np.zeros((40, 60, 3), np.uint8)
        line[:, column] = 255
        image = canvas()
        painter = QPainter(image)
        Raster(line).draw(painter, QTransform.fromScale(across, down))
        painter.end()
        assert any(red(image, x, 4) > 60 for x in range(round(60 * across)))


def test_both_edges_of_a_picture_lie_within_half_a_pixel_at_any_zoom() -> None:
    white = np.full((33, 47, 3), 255, np.uint8)
    for zoom in (0.31, 0.5, 0.77, 0.93, 1.0, 1.3, 2.37):
        for shift in (10.0, 10.2, 10.5, 10.8):
            image = canvas()
            painter = QPainter(image)
            Raster(white).draw(painter, QTransform(zoom, 0, 0, zoom, shift, shift))
            painter.end()
            seen = [x for x in range(400) if red(image, x, 14) == 255]
            assert abs(seen[0] - shift) <= 0.5 + 1e-9
            assert abs(seen[-1] + 1 - (shift + 47 * zoom)) <= 0.5 + 1e-9


def test_noise_is_sampled_below_100_percent_for_averages_would_hide_it() -> None:
    noise = np.random.default_rng(1).choice(np.array([0, 255], np.uint8), (80, 80, 1)).repeat(3, axis=2)
    image = canvas()
    painter = QPainter(image)
    Raster(noise, averaged=False).draw(painter, QTransform.fromScale(0.25, 0.25))
    painter.end()
    assert {red(image, x, y) for x in range(20) for y in range(20)} == {0, 255}


def test_the_split_line_is_drawn_at_the_edge_of_the_second_half() -> None:
    image = canvas()
    painter = QPainter(image)
    draw_split_line(painter, QRect(200, 0, 200, 100))
    painter.end()
    assert red(image, 200, 10) > 200
    assert red(image, 220, 10) == 0x77


@pytest.mark.parametrize(("view", "names"), [(View.ORIGINAL, 1), (View.BESIDE, 2)])
def test_each_picture_bears_its_name_in_the_upper_left_corner(scene: Scene, view: View, names: int) -> None:
    image = canvas()
    painter = QPainter(image)
    bare = replace(scene, marks=(), display=Display(view=view))
    draw_chips(painter, bare, QRect(0, 0, 400, 100))
    painter.end()
    corners = [red(image, x, 20) < 100 for x in (12, 214)]
    assert corners == [True, names == 2]


def test_what_is_missing_is_said_in_the_middle_of_the_empty_picture(scene: Scene) -> None:
    image = canvas()
    painter = QPainter(image)
    shown = replace(scene, marks=(), display=Display(view=View.DIFFERENCE), missing="Pin a frame first")
    draw_chips(painter, shown, QRect(0, 0, 400, 100))
    painter.end()
    dark = [x for x in range(400) if red(image, x, 50) < 60]
    assert dark
    assert abs(sum(dark) / len(dark) - 200) < 5
