"""The queue under the list of videos: order, state and time left, with buttons for the chosen entry."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lav_gui.ui.style import UNIT, current_theme, icon
from lav_gui.ui.viewmodels.queue import FRACTION_ROLE, KEY_ROLE, QueueColumn, QueueModel
from lav_gui.ui.views.buttons import SMALL_BUTTON, small_button
from lav_gui.ui.views.progress_line import paint_progress
from lav_gui.ui.wording import duration, say

ROW_HEIGHT = 30
LEFT_WIDTH, STATE_WIDTH = 72, 116
NARROW = 320
"""Below this width there is no column for the time left; the line above the queue tells that of all."""


class TurnDelegate(QStyledItemDelegate):
    """A line of progress under the state of what is analyzed now."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the cell, then the line."""
        super().paint(painter, option, index)
        fraction = index.data(FRACTION_ROLE)
        if fraction is not None and index.column() == QueueColumn.STATE:
            paint_progress(painter, option.rect, float(fraction))


class QueueTable(QTableView):
    """The table of the queue."""

    def __init__(self, model: QueueModel) -> None:
        super().__init__()
        self._model, self._key = model, ""
        self.setModel(model)
        self.setItemDelegate(TurnDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(self.tr("Queue"))
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setMinimumHeight(2 * ROW_HEIGHT)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().selectionChanged.connect(self._note)
        model.modelReset.connect(self._reselect)

    @property
    def key(self) -> str:
        """SHA-256 of the chosen video; "" where none is."""
        return self._key

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name gets what state and time leave."""
        whole = self.viewport().width()
        left = 0 if whole < NARROW else LEFT_WIDTH
        self.setColumnHidden(QueueColumn.LEFT, left == 0)
        widths = {QueueColumn.STATE: STATE_WIDTH, QueueColumn.LEFT: left, QueueColumn.VIDEO: whole - STATE_WIDTH - left}
        for column, width in widths.items():
            self.setColumnWidth(column, max(width, 40))
        super().resizeEvent(event)

    def _note(self) -> None:
        rows = self.selectionModel().selectedRows()
        if rows:
            self._key = str(rows[0].data(KEY_ROLE))

    def _reselect(self) -> None:
        """The same entry stays chosen at its new place; the first one where it is gone."""
        keys = [item.sha256 for item in self._model.items]
        if not keys:
            self._key = ""
            return
        self.selectRow(keys.index(self._key) if self._key in keys else 0)


class QueueView(QWidget):
    """The queue with its buttons; it hides while it is empty."""

    move_asked = Signal(str, int)
    """SHA-256 of a video, and -1 for up or 1 for down."""
    cancel_asked = Signal(str)
    retry_asked = Signal(str)

    def __init__(self, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.table = QueueTable(model)
        self._title = QLabel(self.tr("Queue"))
        self._title.setProperty("section", True)
        self._sum = QLabel()
        self._sum.setProperty("muted", True)
        self._sum.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        ask = self.table
        self._up = self._button("up", self.tr("Earlier"), lambda: self.move_asked.emit(ask.key, -1))
        self._down = self._button("down", self.tr("Later"), lambda: self.move_asked.emit(ask.key, 1))
        self._retry = self._button("retry", self.tr("Try again"), lambda: self.retry_asked.emit(ask.key))
        self._out = self._button("close", self.tr("Take out"), lambda: self.cancel_asked.emit(ask.key))
        self._bar = QHBoxLayout()
        self._bar.setSpacing(UNIT // 2)
        heading = QHBoxLayout()
        heading.addWidget(self._title)
        heading.addWidget(self._sum, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT // 2, UNIT, UNIT // 2, UNIT // 2)
        layout.setSpacing(UNIT // 2)
        layout.addLayout(heading)
        layout.addWidget(self.table, 1)
        layout.addLayout(self._bar)
        self.table.selectionModel().selectionChanged.connect(self._renew)
        model.changed.connect(self._renew)
        model.dataChanged.connect(self._renew)
        self.hide()

    def set_actions(self, actions: list[QAction]) -> None:
        """Put the actions of the queue as a whole before the buttons of the chosen entry."""
        for action in actions:
            self._bar.addWidget(small_button(action))
        self._bar.addStretch(1)
        for button in (self._up, self._down, self._retry, self._out):
            self._bar.addWidget(button)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_out"):
            theme = current_theme()
            for name, button in (("up", self._up), ("down", self._down), ("retry", self._retry), ("close", self._out)):
                button.setIcon(icon(name, theme))
        super().changeEvent(event)

    def renew(self) -> None:
        """Show the queue as it is now; to be called once the view has its place in the window."""
        self._renew()

    def _button(self, symbol: str, name: str, action: object) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(symbol, current_theme()))
        button.setFixedSize(SMALL_BUTTON, SMALL_BUTTON)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(action)
        return button

    def _renew(self) -> None:
        model = self._model
        self.setVisible(bool(model.items))
        self._sum.setText(sum_words(model))
        item = model.item(self.table.key)
        waits = item is not None and item in model.waiting
        place = 0 if item is None else model.place(item.sha256)
        self._up.setEnabled(waits and place > 1)
        self._down.setEnabled(waits and place < len(model.waiting))
        self._retry.setEnabled(item is not None and bool(item.reason))
        self._out.setEnabled(item is not None)


def sum_words(model: QueueModel) -> str:
    """The queue as a whole in a few words: paused or not, and how long it takes."""
    left = model.seconds_left
    time = "" if left is None or not any(not item.reason for item in model.items) else duration(left)
    if model.paused and model.current is None:
        return say("Paused; {time} to go", time=time) if time else say("Paused")
    if model.paused:
        return say("Pauses after this one")
    return say("About {time} left", time=time) if time else ""
