"""A fake probability on its scale from 0 to 1: the point, its interval, and the threshold."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lav_gui.ui.colors import Theme
from lav_gui.ui.style import UNIT, current_theme
from lav_gui.ui.wording import interval, say, score

HEIGHT, BAR, POINT = 34, 6, 5
"""Height of the whole, thickness of the scale, radius of the point, in pixels."""


class ScoreScale(QWidget):
    """Paints one score; a screen reader hears it as a sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: float | None = None
        self._ends: tuple[float, float] | None = None
        self._threshold: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(say("Fake probability on its scale"))

    def show_score(self, value: float | None, ends: tuple[float, float] | None, threshold: float | None) -> None:
        """Show a score with its interval, and the threshold where one was measured."""
        self._value, self._ends, self._threshold = value, ends, threshold
        told = say("Fake probability {value}, 95 % interval {interval}.", value=score(value), interval=interval(ends))
        if threshold is not None:
            told = say("{score} Threshold {threshold}.", score=told, threshold=score(threshold))
        self.setAccessibleDescription(told)
        self.setToolTip(told)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room for."""
        return QSize(200, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        """Paint scale, interval, threshold and point."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self._scale()
        self._paint_bar(painter, scale, 0.0, 1.0, theme.border)
        if self._ends is not None:
            self._paint_bar(painter, scale, *self._ends, theme.accent)
        self._paint_marks(painter, scale, theme)
        if self._value is not None:
            painter.setBrush(QColor(theme.accent))
            painter.setPen(QPen(QColor(theme.raised), 2))
            painter.drawEllipse(QPointF(_place(scale, self._value), scale.center().y()), POINT + 1, POINT + 1)
        painter.end()

    def _scale(self) -> QRectF:
        return QRectF(POINT + 1, POINT, max(1, self.width() - 2 * (POINT + 1)), BAR)

    def _paint_bar(self, painter: QPainter, scale: QRectF, low: float, high: float, color: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        left, right = _place(scale, low), _place(scale, high)
        painter.drawRoundedRect(QRectF(left, scale.top(), max(right - left, 1.0), BAR), BAR / 2, BAR / 2)

    def _paint_marks(self, painter: QPainter, scale: QRectF, theme: Theme) -> None:
        """The ends of the scale, and the threshold as a line with its value; the label keeps clear of both ends."""
        painter.setPen(QColor(theme.muted))
        line = QRectF(0, scale.bottom() + UNIT / 2, self.width(), HEIGHT - scale.bottom() - UNIT / 2)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, "0")
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, "1")
        if self._threshold is None:
            return
        place = _place(scale, self._threshold)
        painter.setPen(QPen(QColor(theme.text), 2))
        painter.drawLine(QPointF(place, scale.top() - 4), QPointF(place, scale.bottom() + 4))
        text = say("threshold {value}", value=score(self._threshold))
        width = painter.fontMetrics().horizontalAdvance(text) + 2
        left = min(max(place - width / 2, 2 * UNIT), self.width() - width - 2 * UNIT)
        painter.setPen(QColor(theme.muted))
        painter.drawText(QRectF(left, line.top(), width, line.height()), Qt.AlignmentFlag.AlignTop, text)


def _place(scale: QRectF, value: float) -> float:
    return scale.left() + value * scale.width()
