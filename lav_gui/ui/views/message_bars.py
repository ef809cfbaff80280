"""The messages as bars above the picture, each with its buttons. Nothing pops up."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from lav_gui.ui.style import UNIT, current_theme, icon
from lav_gui.ui.viewmodels.messages import Message, MessagesModel


class MessageBar(QFrame):
    """One message."""

    chosen = Signal(str, str)
    dismissed = Signal(str)

    def __init__(self, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message = message
        self.setProperty("bar", str(message.kind))
        self.setAccessibleName(message.text)
        theme = current_theme()
        symbol = QLabel()
        symbol.setPixmap(icon(str(message.kind), theme).pixmap(20, 20))
        text = QLabel(message.text)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(UNIT, UNIT // 2, UNIT, UNIT // 2)
        row.setSpacing(UNIT)
        row.addWidget(symbol)
        row.addWidget(text, 1)
        for place, (choice, label) in enumerate(message.choices):
            row.addWidget(self._choice_button(choice, label, is_first=place == 0))
        if message.details:
            row.addWidget(self._copy_button())
        if message.can_be_closed:
            row.addWidget(self._close_button())

    def _choice_button(self, choice: str, label: str, *, is_first: bool) -> QPushButton:
        button = QPushButton(label)
        button.setProperty("primary", is_first)
        button.clicked.connect(lambda: self.chosen.emit(self._message.key, choice))
        return button

    def _copy_button(self) -> QPushButton:
        button = QPushButton(self.tr("Copy details"))
        button.setToolTip(self.tr("Put everything that is known of this error on the clipboard"))
        button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._message.details))
        return button

    def _close_button(self) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon("close", current_theme()))
        button.setAccessibleName(self.tr("Close this message"))
        button.setToolTip(self.tr("Close this message"))
        button.clicked.connect(lambda: self.dismissed.emit(self._message.key))
        return button


class MessageBars(QWidget):
    """All messages shown now, newest below."""

    def __init__(self, messages: MessagesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        self._layout.setSpacing(UNIT // 2)
        messages.changed.connect(self._renew)
        self._renew()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_layout"):
            self._renew()
        super().changeEvent(event)

    def _renew(self) -> None:
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for message in self._messages.shown:
            bar = MessageBar(message)
            bar.chosen.connect(self._messages.choose)
            bar.dismissed.connect(self._messages.dismiss)
            self._layout.addWidget(bar)
        self.setVisible(bool(self._messages.shown))
