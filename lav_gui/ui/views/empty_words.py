"""What a list says while it has nothing to show."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView

from lav_gui.ui.style import UNIT, current_theme


def paint_empty_words(view: QAbstractItemView, words: str) -> None:
    """Write in a list without rows what will stand there, or what to do; for the end of its `paintEvent`.

    Parameters
    ----------
    view : QAbstractItemView
    words : str
        One sentence, already translated.
    """
    model = view.model()
    if model is None or model.rowCount():
        return
    painter = QPainter(view.viewport())
    painter.setPen(QColor(current_theme().muted))
    room = view.viewport().rect().adjusted(2 * UNIT, 2 * UNIT, -2 * UNIT, -2 * UNIT)
    painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, words)
    painter.end()
