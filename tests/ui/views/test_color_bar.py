"""The heatmap's scale."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from lav_gui.ui.colors import inferno
from lav_gui.ui.viewmodels.display import Display
from lav_gui.ui.viewmodels.scene import Scene
from lav_gui.ui.views.color_bar import draw_color_bar, is_shown


def colors(scene: Scene, width: int = 400) -> set[tuple[int, int, int]]:
    image = QImage(400, 60, QImage.Format.Format_RGB32)
    image.fill(0x808080)
    painter = QPainter(image)
    draw_color_bar(painter, scene, QRect(0, 0, width, 60))
    painter.end()
    found = (image.pixelColor(x, y) for x in range(200, 400) for y in range(60))
    return {(each.red(), each.green(), each.blue()) for each in found}


def test_it_shows_the_whole_fixed_scale(scene: Scene) -> None:
    found = colors(scene)
    assert sum(tuple(int(part) for part in step) in found for step in inferno()) > 40


def test_what_means_nothing_has_a_gray_scale(scene: Scene) -> None:
    assert all(max(each) - min(each) < 12 for each in colors(replace(scene, meaningful=False)))


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({}, True),
        ({"heatmap_opacity": 0.0}, False),
        ({"heatmap_opacity": 0.0, "display": Display(contours=True)}, True),
        ({"marks": ()}, False),
    ],
)
def test_it_is_there_when_something_needs_it(scene: Scene, change: dict[str, object], shown: bool) -> None:
    other = replace(scene, **change)  # type: ignore[arg-type]
    assert is_shown(other) is shown
    assert (len(colors(other)) > 1) is shown


def test_a_view_too_narrow_for_it_has_none(scene: Scene) -> None:
    assert colors(scene, 100) == {(128, 128, 128)}
