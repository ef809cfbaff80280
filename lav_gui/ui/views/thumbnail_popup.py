"""A small picture that floats above the timeline where the pointer is."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from lav_gui.ui.style import UNIT

DISTANCE = UNIT // 2
"""Pixels between the popup and the place it is shown at."""


class ThumbnailPopup(QFrame):
    """Takes neither the pointer nor the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setObjectName("thumbnail")
        self.setProperty("card", True)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = QLabel()
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT // 2, UNIT // 2, UNIT // 2, UNIT // 2)
        column.setSpacing(UNIT // 2)
        column.addWidget(self._picture)
        column.addWidget(self._words)

    def show_at(self, place: QPoint, image: NDArray[np.uint8] | None, words: str) -> None:
        """Show a picture, or the words alone, above a place on the screen.

        Parameters
        ----------
        place : QPoint
            On the whole desktop; the popup stands centered above it, within the screen.
        image : ndarray of shape (h, w, 3), uint8, or None
            RGB.
        words : str
            Which frame it is.
        """
        if image is not None:
            height, width, _ = image.shape
            whole = np.ascontiguousarray(image)
            wrapped = QImage(whole.data, width, height, 3 * width, QImage.Format.Format_RGB888)
            self._picture.setPixmap(QPixmap.fromImage(wrapped))
        self._picture.setVisible(image is not None)
        self._words.setText(words)
        self.adjustSize()
        self.move(self._corner(place))
        self.show()

    def _corner(self, place: QPoint) -> QPoint:
        left, top = place.x() - self.width() // 2, place.y() - self.height() - DISTANCE
        screen = QGuiApplication.screenAt(place) or self.screen()
        room = screen.availableGeometry()
        left = min(max(left, room.left()), room.right() - self.width() + 1)
        if top < room.top():
            top = place.y() + DISTANCE
        return QPoint(left, top)
