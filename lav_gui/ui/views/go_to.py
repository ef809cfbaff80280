"""The field that shows the number of the frame and takes any place to go to."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from lav_gui.ui.style import figures

FIELD_WIDTH = 96


class GoToField(QLineEdit):
    """Shows a frame number; what is typed is asked for with Return and forgotten with Escape."""

    place_asked = Signal(str)
    left = Signal()
    """The analyst is done with typing, or types anew: what was said of the last text is void."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = ""
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(FIELD_WIDTH)
        self.setFont(figures(self.font()))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("Frame number"))
        self.setAccessibleDescription(self.tr("Takes a frame number, a time or a presentation time stamp"))
        self.setToolTip(
            self.tr("Number of the frame, from 0. Go to a frame (123), a time (1:02.5 or 62.5 s) or pts 12345 (G)")
        )
        self.returnPressed.connect(self._ask)
        self.textEdited.connect(lambda _: self.left.emit())

    def show_number(self, number: int | None) -> None:
        """Show a frame number, or nothing; never while something is being typed."""
        self._number = "" if number is None else str(number)
        if not self.hasFocus():
            self.setText(self._number)

    def begin(self) -> None:
        """Let the analyst type."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def finish(self) -> None:
        """Typing led somewhere: show the number again."""
        self.clearFocus()
        self.setText(self._number)

    def event(self, event: QEvent) -> bool:
        """Keep Escape for this field while it has the focus."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape.value
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape."""
        if event.key() == Qt.Key.Key_Escape.value:
            self.finish()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the number again, whatever was typed; a menu that pops up does not count."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.setText(self._number)
            self.left.emit()

    def _ask(self) -> None:
        self.selectAll()
        self.place_asked.emit(self.text())
