"""The shapes of notes: what a note is about is told by its shape, and not by its color alone."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from lav_gui.session.notes import NoteCategory

_CORNERS: dict[NoteCategory, tuple[tuple[float, float], ...]] = {
    NoteCategory.QUESTION: ((0, -0.5), (0.5, 0), (0, 0.5), (-0.5, 0)),
    NoteCategory.ARTIFACT: ((0, -0.48), (0.5, 0.42), (-0.5, 0.42)),
    NoteCategory.EXHIBIT: ((-0.42, -0.42), (0.42, -0.42), (0.42, 0.42), (-0.42, 0.42)),
    NoteCategory.OTHER: ((-0.34, -0.48), (0.34, -0.48), (0.34, 0.5), (0, 0.2), (-0.34, 0.5)),
}
_OUTLINE = QColor(0, 0, 0, 150)
PIXEL_RATIO = 2.0


def note_shape(category: NoteCategory) -> QPainterPath:
    """Shape of a kind of note, one unit wide around the origin: circle, diamond, triangle, square, ribbon."""
    path = QPainterPath()
    corners = _CORNERS.get(category)
    if corners is None:
        path.addEllipse(QRectF(-0.45, -0.45, 0.9, 0.9))
    else:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        path.closeSubpath()
    return path


def draw_badge(painter: QPainter, center: QPointF, size: float, category: NoteCategory, color: str) -> None:
    """Draw the shape of a note in its color, with an outline that is seen on light and dark grounds."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(center)
    painter.scale(size, size)
    pen = QPen(_OUTLINE, 1.0)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setBrush(QColor(color))
    painter.drawPath(note_shape(category))
    painter.restore()


def badge_icon(category: NoteCategory, color: str, size: int = 16) -> QIcon:
    """The shape of a note as an icon."""
    pixmap = QPixmap(round(size * PIXEL_RATIO), round(size * PIXEL_RATIO))
    pixmap.setDevicePixelRatio(PIXEL_RATIO)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw_badge(painter, QPointF(size / 2, size / 2), size * 0.8, category, color)
    painter.end()
    return QIcon(pixmap)
