"""Surround, boxes and the grid of pixels lie where they belong."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from lav_gui.ui.colors import contrast, face_color
from lav_gui.ui.viewmodels.scene import FaceMark, Scene
from lav_gui.ui.views import picture_marks as paint


def canvas(width: int = 100, height: int = 60) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0x808080)
    return image


def color(image: QImage, x: int, y: int) -> tuple[int, int, int]:
    found = image.pixelColor(x, y)
    return found.red(), found.green(), found.blue()


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


def test_the_surround_is_neutral_and_the_grid_lies_on_the_edges_of_the_pixels() -> None:
    image = canvas(800, 480)
    painter = QPainter(image)
    paint.fill_surround(painter, QRect(0, 0, 800, 480))
    paint.draw_pixel_grid(painter, QRect(0, 0, 800, 480), QTransform.fromScale(8, 8), QSize(50, 60))
    painter.end()
    assert color(image, 4, 4) == (119, 119, 119)
    assert color(image, 8, 4) != (119, 119, 119)
    assert color(image, 480, 4) == (119, 119, 119)


def test_faces_differ_by_line_style_and_not_by_color_alone(mark: FaceMark, scene: Scene) -> None:
    edges = []
    for number in (1, 2):
        image = canvas()
        painter = QPainter(image)
        paint.draw_boxes(painter, replace(scene, marks=(replace(mark, track_id=number),)), QTransform())
        painter.end()
        edges.append(len({color(image, x, 48) for x in range(36, 66)}))
    assert edges[0] == 1
    assert edges[1] > 1


def test_the_number_of_a_face_that_reaches_beyond_the_view_stays_in_it(mark: FaceMark, scene: Scene) -> None:
    for box in ((-60.0, -50.0, 40.0, 30.0), (70.0, -50.0, 160.0, 30.0), (-900.0, -900.0, 900.0, 900.0)):
        image = canvas(140, 60)
        painter = QPainter(image)
        paint.draw_boxes(painter, replace(scene, marks=(replace(mark, box_xyxy=box),)), QTransform())
        painter.end()
        ground = QColor(face_color(mark.track_id)).getRgb()[:3]
        shown = [(x, y) for x in range(140) for y in range(60) if color(image, x, y) == ground]
        assert len(shown) > 300


def test_the_number_of_a_face_can_be_read_on_its_color(mark: FaceMark, scene: Scene) -> None:
    for number in range(1, 8):
        image = canvas(140, 100)
        painter = QPainter(image)
        one = replace(mark, track_id=number, box_xyxy=(10.0, 50.0, 120.0, 90.0))
        paint.draw_boxes(painter, replace(scene, marks=(one,)), QTransform())
        painter.end()
        ground = face_color(number)
        inks = {image.pixelColor(x, y).name() for x in range(10, 60) for y in range(36, 46)}
        assert max(contrast(each, ground) for each in inks) >= 4.5


def test_the_score_of_a_face_that_is_not_judged_stands_in_brackets(mark: FaceMark, scene: Scene) -> None:
    widths = []
    for judged in (True, False):
        image = canvas(300, 100)
        painter = QPainter(image)
        one = replace(mark, judged=judged, box_xyxy=(10.0, 50.0, 280.0, 90.0))
        paint.draw_boxes(painter, replace(scene, marks=(one,)), QTransform())
        painter.end()
        ground = QColor(face_color(mark.track_id)).getRgb()[:3]
        widths.append(sum(color(image, x, 35) == ground for x in range(300)))
    assert widths[1] > widths[0] > 0
