"""The thresholds that the weights state, as a list of false-positive rates: never a bare slider."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QVBoxLayout, QWidget

from lav_gui.ui.costs import point_detail, point_words
from lav_gui.ui.style import UNIT
from model_zoo.weights_record import OperatingPoint

INDENT = 3 * UNIT


class OperatingPointList(QWidget):
    """Radio buttons, one per operating point, each with both measured rates below it."""

    rate_asked = Signal(float)
    """False-positive rate of the point that was picked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: tuple[OperatingPoint, ...] | None = None
        self._absent = ""
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._ask)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(UNIT // 2)

    def show_points(self, points: tuple[OperatingPoint, ...], chosen: OperatingPoint | None, absent: str) -> None:
        """Show the points and which is chosen; without any, say why there are none."""
        if (points, absent) != (self._points, self._absent):
            self._points, self._absent = points, absent
            self._rebuild()
        for place, point in enumerate(points):
            self._group.button(place).setChecked(point == chosen)

    def _rebuild(self) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, point in enumerate(self._points or ()):
            self._add(place, point)
        if not self._points:
            label = QLabel(self._absent)
            label.setWordWrap(True)
            self._layout.addWidget(label)

    def _add(self, place: int, point: OperatingPoint) -> None:
        button = QRadioButton(point_words(point))
        detail = point_detail(point)
        button.setAccessibleName(button.text())
        button.setAccessibleDescription(detail)
        line = QLabel(detail)
        line.setProperty("muted", True)
        line.setWordWrap(True)
        line.setContentsMargins(INDENT, 0, 0, UNIT)
        self._group.addButton(button, place)
        self._layout.addWidget(button)
        self._layout.addWidget(line)

    def _ask(self, place: int) -> None:
        if self._points:
            self.rate_asked.emit(self._points[place].stands_for)
