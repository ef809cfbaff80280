"""Rows of a settings page: a name, a control, and below it in one line what the choice costs and changes."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QSpinBox, QWidget

from lav_gui.ui.style import UNIT
from lav_gui.ui.wording import unmarked

CONTROL_WIDTH = 280


class SettingRows(QFrame):
    """A page of settings; each control has a name, a mnemonic, and a line that a screen reader reads with it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setAccessibleName(title)
        self._lines: dict[QWidget, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        self._grid.setHorizontalSpacing(2 * UNIT)
        self._grid.setVerticalSpacing(UNIT // 2)
        self._grid.setColumnStretch(1, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the room that the wrapped lines need at this width; a tab would not ask for it."""
        super().resizeEvent(event)
        self.setMinimumHeight(self._grid.totalHeightForWidth(event.size().width()))

    def add(self, name: str, control: QWidget) -> None:
        """Add a control under a name; ``&`` marks its mnemonic."""
        row = self._grid.rowCount()
        label = QLabel(name)
        label.setBuddy(control)
        control.setAccessibleName(unmarked(name))
        control.setFixedWidth(CONTROL_WIDTH)
        line = QLabel()
        line.setProperty("muted", True)
        line.setWordWrap(True)
        line.setContentsMargins(0, 0, 0, UNIT)
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(control, row, 1, Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(line, row + 1, 1)
        self._lines[control] = line

    def add_whole(self, widget: QWidget) -> None:
        """Add something that takes the page's whole width."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)

    def end(self) -> None:
        """Leave what room there is below."""
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def explain(self, control: QWidget, text: str) -> None:
        """Say what the present choice costs and changes."""
        self._lines[control].setText(text)
        control.setAccessibleDescription(text)
        control.setToolTip(text)


def choice_box(entries: Iterable[tuple[str, object]], take: Callable[[object], object]) -> QComboBox:
    """A box that offers values by name and hands the chosen one on."""
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    fill(box, entries)
    box.activated.connect(lambda _: take(box.currentData()))
    return box


def fill(box: QComboBox, entries: Iterable[tuple[str, object]]) -> None:
    """Offer other values."""
    with QSignalBlocker(box):
        box.clear()
        for text, value in entries:
            box.addItem(text, value)


def number_box(low: int, high: int, suffix: str, take: Callable[[int], object]) -> QSpinBox:
    """A whole number in a unit; handed on with each step."""
    box = QSpinBox()
    box.setRange(low, high)
    box.setSuffix(f" {suffix}")
    box.lineEdit().setTextMargins(UNIT // 2, 0, 0, 0)
    box.valueChanged.connect(take)
    return box


def select(box: QComboBox, value: object) -> None:
    """Show a value that the box offers; one that it does not offer is added as it is."""
    found = next((row for row in range(box.count()) if box.itemData(row) == value), None)
    if found is None:
        box.addItem(str(value), value)
        found = box.count() - 1
    box.setCurrentIndex(found)


def set_number(box: QSpinBox, value: int) -> None:
    """Show a number without handing it on; one outside the range widens it."""
    with QSignalBlocker(box):
        box.setRange(min(box.minimum(), value), max(box.maximum(), value))
        box.setValue(value)
