"""Heatmap, patches and the line of a value lie where they belong."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter, QTransform

from lav_gui.ui.colors import inferno
from lav_gui.ui.viewmodels.display import Display
from lav_gui.ui.viewmodels.scene import FaceMark, Scene
from lav_gui.ui.views import patch_marks as patch


def canvas(width: int = 100, height: int = 60) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0x808080)
    return image


def color(image: QImage, x: int, y: int) -> tuple[int, int, int]:
    found = image.pixelColor(x, y)
    return found.red(), found.green(), found.blue()


def painted(scene: Scene, width: int = 100) -> QImage:
    image = canvas(width)
    painter = QPainter(image)
    patch.draw_heatmaps(painter, scene, QTransform())
    painter.end()
    return image


def test_a_heatmap_is_colored_on_the_fixed_scale() -> None:
    image = patch.heatmap_image(np.array([[0, 0.5], [1, 0.25]], np.float16), meaningful=True)
    table = inferno()
    assert color(image, 0, 0) == tuple(table[0])
    assert color(image, 1, 0) == tuple(table[128])
    assert color(image, 0, 1) == tuple(table[255])


def test_the_scale_grows_lighter_all_the_way() -> None:
    linear = (inferno().astype(float) / 255) ** 2.2
    luminance = linear @ np.array([0.2126, 0.7152, 0.0722])
    assert np.all(np.diff(luminance) > -1e-3)


def test_a_heatmap_that_means_nothing_is_gray() -> None:
    image = patch.heatmap_image(np.array([[0.5]], np.float16), meaningful=False)
    assert color(image, 0, 0) == (128, 128, 128)


def test_a_veil_lets_low_values_through() -> None:
    image = patch.heatmap_image(np.array([[0, 1]], np.float16), meaningful=True, veil=True)
    assert image.pixelColor(0, 0).alpha() == int(255 * patch.LEAST_VEIL)
    assert image.pixelColor(1, 0).alpha() == 255


def test_the_heatmap_lies_where_the_affine_puts_it(scene: Scene) -> None:
    image = painted(scene)
    hot = tuple(inferno()[255])
    assert color(image, 31, 11) == hot
    assert color(image, 49, 29) == hot
    assert color(image, 29, 11) == (128, 128, 128)
    assert color(image, 31, 9) == (128, 128, 128)
    assert color(image, 51, 11) != hot


def test_a_heatmap_ends_at_the_edge_of_the_frame(scene: Scene) -> None:
    mark = replace(scene.marks[0], frame_from_heatmap=np.array([[80.0, 0, 60], [0, 20.0, 10]]))
    image = painted(replace(scene, marks=(mark,)), 200)
    assert color(image, 99, 15) == tuple(inferno()[255])
    assert color(image, 101, 15) == (128, 128, 128)


@pytest.mark.parametrize("change", [{"heatmap_opacity": 0.0}, {"marks": ()}])
def test_nothing_is_painted_where_nothing_is_shown(scene: Scene, change: dict[str, object]) -> None:
    image = painted(replace(scene, **change))  # type: ignore[arg-type]
    assert color(image, 31, 11) == (128, 128, 128)


@pytest.mark.parametrize("grid", [8, 10, 19])
def test_there_are_as_many_patches_as_the_heatmap_has(grid: int) -> None:
    lines = patch.grid_lines(grid)
    assert len(lines) == 2 * (grid + 1)
    assert {line.x1() for line in lines if line.dx() == 0} == set(range(grid + 1))
    assert all(line.length() == grid for line in lines)


def test_the_line_runs_around_the_high_patches_and_along_the_border() -> None:
    heatmap = np.array([[0.5, 0.2], [0.49, 0.9]], np.float16)
    found = {(line.x1(), line.y1(), line.x2(), line.y2()) for line in patch.contour_lines(heatmap)}
    first = {(0, 0, 1, 0), (0, 1, 1, 1), (0, 0, 0, 1), (1, 0, 1, 1)}
    last = {(1, 1, 2, 1), (1, 2, 2, 2), (1, 1, 1, 2), (2, 1, 2, 2)}
    assert found == first | last


def test_two_high_patches_side_by_side_share_no_line() -> None:
    assert len(patch.contour_lines(np.ones((1, 1), np.float16))) == 4
    assert len(patch.contour_lines(np.ones((3, 3), np.float16))) == 12
    assert patch.contour_lines(np.zeros((3, 3), np.float16)) == []


@pytest.mark.parametrize("lines", [Display(patches=True), Display(contours=True)])
def test_lines_are_painted_at_the_edge_of_the_high_patch_even_without_the_heatmap(scene: Scene, lines: Display) -> None:
    image = painted(replace(scene, heatmap_opacity=0.0, display=lines))
    assert color(image, 50, 20) != (128, 128, 128)
    assert color(image, 40, 20) == (128, 128, 128)


def test_the_patch_under_a_point_is_named_by_column_and_row(mark: FaceMark) -> None:
    assert patch.patch_at(mark, QPointF(31, 11)) == (0, 0, 1.0)
    heatmap = np.array([[0, 0.25], [0.5, 0.75]], np.float16)
    assert patch.patch_at(replace(mark, heatmap=heatmap), QPointF(65, 11)) == (1, 0, 0.25)
    assert patch.patch_at(mark, QPointF(65, 31)) == (1, 1, 0.0)
    assert patch.patch_at(mark, QPointF(71, 31)) is None
    assert patch.patch_at(mark, QPointF(29, 31)) is None
