"""A thin line at the foot of a cell that tells how far something is; the cell's text says the same."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from lav_gui.ui.style import current_theme

HEIGHT, INSET = 3, 4


def paint_progress(painter: QPainter, cell: QRect, fraction: float) -> None:
    """Paint a fraction in [0, 1] into a cell."""
    theme = current_theme()
    whole = QRectF(cell.left() + INSET, cell.bottom() - HEIGHT - 1, cell.width() - 2 * INSET, HEIGHT)
    done = QRectF(whole)
    done.setWidth(whole.width() * min(max(fraction, 0.0), 1.0))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for area, color in ((whole, theme.border), (done, theme.accent)):
        painter.setBrush(QColor(color))
        painter.drawRoundedRect(area, HEIGHT / 2, HEIGHT / 2)
    painter.restore()
