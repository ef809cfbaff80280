"""What is painted around and over the picture: surround, boxes with their labels, the grid of pixels."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF, QTransform

from lav_gui.ui.colors import SURROUND, UNTRAINED_COLOR, face_color, face_dash, ink_on
from lav_gui.ui.viewmodels.scene import FaceMark, Scene
from lav_gui.ui.wording import say, score

LABEL_PADDING = 4


def fill_surround(painter: QPainter, area: QRect) -> None:
    """Paint the neutral ground."""
    painter.fillRect(area, QColor(SURROUND))


def draw_boxes(painter: QPainter, scene: Scene, view_from_frame: QTransform) -> None:
    """Draw each face's box in its color and line style, its number and score on it; in brackets if it is not judged."""
    if not scene.boxes:
        return
    painter.save()
    for mark in scene.marks:
        box = view_from_frame.mapRect(_rect(mark))
        _draw_box(painter, box, mark)
        _draw_label(painter, box, mark, scene.meaningful)
    painter.restore()


def _rect(mark: FaceMark) -> QRectF:
    left, top, right, bottom = mark.box_xyxy
    return QRectF(QPointF(left, top), QPointF(right, bottom))


def _draw_box(painter: QPainter, box: QRectF, mark: FaceMark) -> None:
    width = 3.0 if mark.selected else 2.0
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(0, 0, 0, 150), width + 2))
    painter.drawRect(box)
    pen = QPen(QColor(face_color(mark.track_id) if mark.included else UNTRAINED_COLOR), width)
    dash = (1.5, 2.5) if mark.held else face_dash(mark.track_id)
    if dash:
        pen.setDashPattern(list(dash))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawRect(box)


def _draw_label(painter: QPainter, box: QRectF, mark: FaceMark, meaningful: bool) -> None:
    text = str(mark.track_id)
    if not mark.included:
        text += "  " + say("left out")
    elif meaningful:
        told = score(mark.fake_prob)
        text += f"  {told}" if mark.judged else f"  ({told})"
    metrics = QFontMetricsF(painter.font())
    size = metrics.size(0, text)
    label = QRectF(0, 0, size.width() + 2 * LABEL_PADDING, size.height() + LABEL_PADDING)
    label.moveBottomLeft(box.topLeft() - QPointF(1, 2))
    if label.top() < 0:
        label.moveTopLeft(box.topLeft() + QPointF(2, 2))
    seen = painter.clipBoundingRect() if painter.hasClipping() else QRectF(painter.viewport())
    if seen.intersects(box):  # the label of a face that reaches beyond the view stays in it
        label.moveLeft(max(min(label.left(), seen.right() - label.width()), seen.left()))
        label.moveTop(max(label.top(), seen.top()))
    ground = face_color(mark.track_id) if mark.included else UNTRAINED_COLOR
    painter.fillRect(label, QColor(ground))
    painter.setPen(QColor(ink_on(ground)))
    painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)


def draw_pixel_grid(painter: QPainter, area: QRect, view_from_frame: QTransform, size: QSize) -> None:
    """Draw the edges of the stored pixels that are in view."""
    back, _ = view_from_frame.inverted()
    seen = back.mapRect(QRectF(area)).intersected(QRectF(QPointF(0, 0), size.toSizeF())).toAlignedRect()
    painter.setPen(QPen(QColor(0, 0, 0, 60), 1))
    for x in range(seen.left(), seen.right() + 2):
        ends = QPolygonF([QPointF(x, seen.top()), QPointF(x, seen.bottom() + 1)])
        painter.drawPolyline(view_from_frame.map(ends))
    for y in range(seen.top(), seen.bottom() + 2):
        ends = QPolygonF([QPointF(seen.left(), y), QPointF(seen.right() + 1, y)])
        painter.drawPolyline(view_from_frame.map(ends))


def face_at(scene: Scene, place: QPointF) -> int | None:
    """The face whose box holds a point of the frame; of several the smallest."""
    holding = [mark for mark in scene.marks if _rect(mark).contains(place)]
    smallest = min(holding, key=lambda mark: _rect(mark).width() * _rect(mark).height(), default=None)
    return None if smallest is None else smallest.track_id
