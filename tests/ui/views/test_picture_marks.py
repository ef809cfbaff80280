"""Heatmap, boxes and captions lie where they belong."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtGui import QImage, QPainter, QTransform

from lav_gui.ui.colors import inferno
from lav_gui.ui.viewmodels.scene import EMPTY, FaceMark, FrameStanding, Scene
from lav_gui.ui.views import picture_marks as paint


def canvas(width: int = 100, height: int = 60) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0x808080)
    return image


def color(image: QImage, x: int, y: int) -> tuple[int, int, int]:
    found = image.pixelColor(x, y)
    return found.red(), found.green(), found.blue()


def test_a_heatmap_is_colored_on_the_fixed_scale() -> None:
    image = paint.heatmap_image(np.array([[0, 0.5], [1, 0.25]], np.float16), meaningful=True)
    table = inferno()
    assert color(image, 0, 0) == tuple(table[0])
    assert color(image, 1, 0) == tuple(table[128])
    assert color(image, 0, 1) == tuple(table[255])


def test_a_heatmap_that_means_nothing_is_gray() -> None:
    image = paint.heatmap_image(np.array([[0.5]], np.float16), meaningful=False)
    assert color(image, 0, 0) == (128, 128, 128)


def test_a_veil_lets_low_values_through() -> None:
    image = paint.heatmap_image(np.array([[0, 1]], np.float16), meaningful=True, veil=True)
    assert image.pixelColor(0, 0).alpha() == int(255 * paint.LEAST_VEIL)
    assert image.pixelColor(1, 0).alpha() == 255


def test_the_heatmap_lies_where_the_affine_puts_it(scene: Scene) -> None:
    image = canvas()
    painter = QPainter(image)
    paint.draw_heatmaps(painter, scene, QTransform())
    painter.end()
    hot = tuple(inferno()[255])
    assert color(image, 31, 11) == hot
    assert color(image, 49, 29) == hot
    assert color(image, 29, 11) == (128, 128, 128)
    assert color(image, 31, 9) == (128, 128, 128)
    assert color(image, 51, 11) != hot


def test_a_heatmap_ends_at_the_edge_of_the_frame(scene: Scene) -> None:
    mark = replace(scene.marks[0], frame_from_heatmap=np.array([[80.0, 0, 60], [0, 20.0, 10]]))
    image = canvas(200, 60)
    painter = QPainter(image)
    paint.draw_heatmaps(painter, replace(scene, marks=(mark,)), QTransform())
    painter.end()
    assert color(image, 99, 15) == tuple(inferno()[255])
    assert color(image, 101, 15) == (128, 128, 128)


@pytest.mark.parametrize("change", [{"heatmap_opacity": 0.0}, {"marks": ()}])
def test_nothing_is_painted_where_nothing_is_shown(scene: Scene, change: dict[str, object]) -> None:
    image = canvas()
    painter = QPainter(image)
    paint.draw_heatmaps(painter, replace(scene, **change), QTransform())  # type: ignore[arg-type]
    painter.end()
    assert color(image, 31, 11) == (128, 128, 128)


def test_a_box_is_drawn_around_the_face(scene: Scene) -> None:
    image = canvas()
    painter = QPainter(image)
    paint.draw_boxes(painter, scene, QTransform())
    painter.end()
    assert color(image, 50, 48) != (128, 128, 128)
    assert color(image, 60, 40) == (128, 128, 128)


def test_a_face_without_boxes_shown_has_none(scene: Scene) -> None:
    image = canvas()
    painter = QPainter(image)
    paint.draw_boxes(painter, replace(scene, boxes=False), QTransform())
    painter.end()
    assert color(image, 50, 48) == (128, 128, 128)


def test_the_smallest_face_under_a_point_is_the_one(mark: FaceMark, scene: Scene) -> None:
    inner = replace(mark, track_id=2, box_xyxy=(40.0, 20.0, 50.0, 30.0))
    both = replace(scene, marks=(mark, inner))
    assert paint.face_at(both, QPointF(45, 25)) == 2
    assert paint.face_at(both, QPointF(60, 40)) == 1
    assert paint.face_at(both, QPointF(5, 5)) is None


def test_the_pointer_reads_pixel_and_heatmap(scene: Scene) -> None:
    assert paint.words_at(scene, QPointF(31.5, 11.5)) == "x 31  y 11   R 128  G 128  B 128   heatmap 1.00"
    assert "heatmap 0.00" in paint.words_at(scene, QPointF(65, 45))
    assert "heatmap" not in paint.words_at(scene, QPointF(5, 5))
    assert paint.words_at(scene, QPointF(-1, 5)) == ""
    assert paint.words_at(EMPTY, QPointF(5, 5)) == ""


def test_captions_say_what_is_known(scene: Scene, gap_scene: Scene) -> None:
    assert paint.caption(scene) == ""
    assert paint.caption(gap_scene) == "Frame 5 yields no picture: the packet is broken"
    assert paint.caption(replace(scene, standing=FrameStanding.NO_FACE, marks=())) == "No face found in this frame"
    assert paint.caption(replace(scene, standing=FrameStanding.NOT_YET, marks=())) == "This frame is not analyzed yet"
    not_planned = replace(scene, standing=FrameStanding.NOT_PLANNED, marks=())
    assert paint.caption(not_planned) == "This frame is not among those analyzed"


def test_a_scene_is_described_for_those_who_do_not_see_it(scene: Scene) -> None:
    assert paint.describe(scene) == "Frame 7. face 1: 0.90"
    assert paint.describe(EMPTY) == "No video is open"


def test_grid_captions_and_surround_paint_without_a_word(scene: Scene, gap_scene: Scene) -> None:
    image = canvas(800, 480)
    painter = QPainter(image)
    paint.fill_surround(painter, QRect(0, 0, 800, 480))
    paint.draw_pixel_grid(painter, QRect(0, 0, 800, 480), QTransform.fromScale(8, 8), QSize(100, 60))
    paint.draw_captions(painter, scene, QRect(0, 0, 800, 480))
    paint.draw_captions(painter, gap_scene, QRect(0, 0, 800, 480))
    painter.end()
    assert color(image, 4, 4) == (119, 119, 119)
