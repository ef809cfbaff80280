"""What lies over the lanes of the timeline: the cursor and the shade over the marked part."""

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPolygonF

from lav_gui.ui.colors import LIGHT, Theme

HEAD = 5.0
"""Half the width of the cursor's head, in pixels."""

SHADE = 36
"""Opacity of the marked part, of 255."""


class CursorLine(pg.GraphicsObject):  # type: ignore[misc]
    """An upright line with a head; moving it repaints its own strip alone."""

    def __init__(self) -> None:
        super().__init__()
        self._height = 0.0
        self._theme = LIGHT
        self.setZValue(20)

    def resize(self, height: float, theme: Theme) -> None:
        """Set its length and color."""
        self.prepareGeometryChange()
        self._height, self._theme = height, theme
        self.update()

    def boundingRect(self) -> QRectF:
        """Return its strip."""
        return QRectF(-HEAD - 1, 0, 2 * HEAD + 2, self._height)

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Draw line and head."""
        color = QColor(self._theme.accent)
        painter.fillRect(QRectF(-1, 0, 2, self._height), color)
        painter.setBrush(color)
        painter.setPen(color)
        painter.drawPolygon(QPolygonF([QPointF(-HEAD, 0), QPointF(HEAD, 0), QPointF(0, HEAD)]))


class MarkedPart(pg.GraphicsObject):  # type: ignore[misc]
    """A shade over the part between the in and out marks."""

    def __init__(self) -> None:
        super().__init__()
        self._rect = QRectF()
        self._theme = LIGHT
        self.setZValue(10)

    @property
    def ends(self) -> tuple[float, float]:
        """Left and right end in pixels."""
        return self._rect.left(), self._rect.right()

    def show_part(self, rect: QRectF, theme: Theme) -> None:
        """Set what it covers."""
        self.prepareGeometryChange()
        self._rect, self._theme = rect, theme
        self.update()

    def boundingRect(self) -> QRectF:
        """Return its rectangle."""
        return self._rect

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Shade it, with firm edges."""
        color = QColor(self._theme.accent)
        for x in (self._rect.left(), self._rect.right() - 1):
            painter.fillRect(QRectF(x, self._rect.top(), 1, self._rect.height()), color)
        color.setAlpha(SHADE)
        painter.fillRect(self._rect, color)
