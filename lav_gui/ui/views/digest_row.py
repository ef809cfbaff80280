"""A row with the digest of the decoded picture on screen: to be read, selected and copied."""

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from lav_gui.ui.style import UNIT
from lav_gui.ui.viewmodels.digest import FrameDigest
from lav_gui.ui.wording import say

HEXADECIMAL_DIGITS = 64


class DigestRow(QWidget):
    """Hidden while there is no digest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: FrameDigest | None = None
        self._whose = QLabel()
        self._digits = QLineEdit()
        self._digits.setReadOnly(True)
        self._digits.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._digits.setMaximumWidth(self._digits.fontMetrics().horizontalAdvance("0") * (HEXADECIMAL_DIGITS + 3))
        self._digits.setAccessibleName(self.tr("SHA-256 of the frame's RGB pixels as decoded"))
        self._digits.setToolTip(
            self.tr("SHA-256 of the frame's RGB bytes as decoded, upright, row by row: the digest that a report prints")
        )
        self._copy = QPushButton(self.tr("Copy"))
        self._copy.setToolTip(self.tr("Copy frame number, time stamp and digest"))
        self._copy.clicked.connect(self.copy)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        row.addWidget(self._whose)
        row.addWidget(self._digits, 1)
        row.addWidget(self._copy)
        row.addStretch(0)
        self.hide()

    @property
    def text(self) -> str:
        """What is copied; empty where there is no digest."""
        value = self._value
        return "" if value is None else f"frame {value.frame_index}, PTS {value.pts}, SHA-256 {value.sha256}"

    def show_digest(self, value: FrameDigest | None) -> None:
        """Show a digest, or none."""
        self._value = value
        if value is not None:
            self._whose.setText(say("Frame {frame} · PTS {pts} · SHA-256", frame=value.frame_index, pts=value.pts))
            self._digits.setText(value.sha256)
            self._digits.setCursorPosition(0)
        self.setVisible(value is not None)

    def copy(self) -> None:
        """Put frame number, time stamp and digest on the clipboard."""
        QGuiApplication.clipboard().setText(self.text)
