"""The notes and markers as a table, and what to do while there are none."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from lav_gui.ui.style import UNIT
from lav_gui.ui.viewmodels.notes import LOOK_ROLE, NOTE_ROLE, SORT_ROLE, NoteColumn, NotesModel
from lav_gui.ui.views.buttons import small_button
from lav_gui.ui.views.note_badge import draw_badge
from lav_gui.ui.wording import say

BADGE = 12
SMALLEST = (200, 92)
WIDTHS = {NoteColumn.FRAMES: 72, NoteColumn.KIND: 104, NoteColumn.TEXT: 240, NoteColumn.TIME: 96, NoteColumn.AUTHOR: 96}
ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
OWN_KEYS = (*ENTER_KEYS, Qt.Key.Key_Delete, Qt.Key.Key_F2)


class BadgeDelegate(QStyledItemDelegate):
    """Draws the shape of a note in its color before the kind's name."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Leave room for the shape."""
        super().initStyleOption(option, index)
        option.text = f"\u2003\u2002{option.text}"

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the cell, then the shape over the room left for it."""
        super().paint(painter, option, index)
        category, color = index.data(LOOK_ROLE)
        area = option.rect
        draw_badge(painter, QPointF(area.left() + 4 + BADGE / 2, area.center().y() + 0.5), BADGE, category, color)


class NotesTable(QTableView):
    """Sortable; Return goes to a note, F2 edits it, Delete takes it away, Ctrl+C copies it."""

    go_asked, edit_asked, delete_asked, copy_asked = Signal(), Signal(), Signal(), Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName(say("Notes"))
        self.setTabKeyNavigation(False)
        self.setMinimumSize(*SMALLEST)
        self.setItemDelegateForColumn(NoteColumn.KIND, BadgeDelegate(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(28)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(32)

    def event(self, event: QEvent) -> bool:
        """Claim the keys that mean something here from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key means here."""
        if not self._is_own(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.edit_asked.emit()
        elif event.key() in ENTER_KEYS:
            self.go_asked.emit()
        else:
            self.copy_asked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as there is room for; widening the panel brings the others."""
        room = self.viewport().width()
        for column, width in WIDTHS.items():
            room -= width
            self.setColumnHidden(column, room < 0 and column > NoteColumn.TEXT)
        super().resizeEvent(event)

    def _is_own(self, event: QKeyEvent) -> bool:
        control = Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_C and event.modifiers() == control:
            return True
        keypad = Qt.KeyboardModifier.KeypadModifier
        return event.key() in OWN_KEYS and not event.modifiers() & ~keypad


class NotesView(QWidget):
    """Lists notes and markers; a double click goes there."""

    note_picked = Signal(object)
    """Note id or None."""
    note_entered = Signal(int)
    """Note id."""
    edit_asked, delete_asked, copy_asked = Signal(), Signal(), Signal()
    """Of the picked note."""

    def __init__(self, model: NotesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(model)
        self._sorted.setSortRole(SORT_ROLE)
        self._table = NotesTable()
        self._table.setModel(self._sorted)
        self._hint = QLabel()
        self._buttons = QHBoxLayout()
        self._pages = QStackedWidget()
        self._menu_actions: list[QAction] = []
        self._showing = False
        self._selected: int | None = None
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._lay_out()
        self._join()
        self.show_add_keys("N", "Shift+M")
        self._renew()

    @property
    def table(self) -> NotesTable:
        """The table in it."""
        return self._table

    def set_actions(self, buttons: list[QAction], menu: list[QAction]) -> None:
        """Offer some actions as buttons above the table, and some by the right button on a note."""
        for action in buttons:
            self._buttons.addWidget(small_button(action))
        self._buttons.addStretch(1)
        self._menu_actions = menu

    def show_add_keys(self, note: str, marker: str) -> None:
        """Name the keys that add a note or a marker; "" where there is none."""
        way = say("Press {note} to write a note on this frame, or on the marked part.", note=note) if note else ""
        drop = say("{marker} drops a marker at once.", marker=marker) if marker else ""
        text = say("No notes yet.")
        self._hint.setText(" ".join(part for part in (text, way, drop) if part))

    def show_selected(self, note_id: int | None) -> None:
        """Highlight a note."""
        self._selected = note_id
        self._reselect()

    def menu_at(self, place: QPoint) -> QMenu | None:
        """The menu for the note at a place of the table; None where there is none."""
        if not self._table.indexAt(place).isValid() or not self._menu_actions:
            return None
        menu = QMenu(self)
        menu.addActions(self._menu_actions)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _lay_out(self) -> None:
        header = self._table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in WIDTHS.items():
            self._table.setColumnWidth(column, width)
        header.setSectionResizeMode(NoteColumn.TEXT, QHeaderView.ResizeMode.Stretch)
        self._table.setSortingEnabled(True)
        self._table.sortByColumn(NoteColumn.FRAMES, Qt.SortOrder.AscendingOrder)
        self._hint.setWordWrap(True)
        self._hint.setProperty("muted", True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._hint.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        self._buttons.setContentsMargins(UNIT // 2, UNIT // 2, UNIT // 2, UNIT // 2)
        self._buttons.setSpacing(0)
        self._pages.addWidget(self._hint)
        self._pages.addWidget(self._table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._buttons)
        layout.addWidget(self._pages, 1)

    def _join(self) -> None:
        table = self._table
        table.selectionModel().selectionChanged.connect(self._pick)
        table.doubleClicked.connect(lambda index: self.note_entered.emit(int(index.data(NOTE_ROLE))))
        table.go_asked.connect(lambda: None if self._selected is None else self.note_entered.emit(self._selected))
        table.edit_asked.connect(self.edit_asked)
        table.delete_asked.connect(self.delete_asked)
        table.copy_asked.connect(self.copy_asked)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._show_menu)
        self._model.modelReset.connect(self._renew)

    def _renew(self) -> None:
        self._pages.setCurrentIndex(1 if self._model.rowCount() else 0)
        self._reselect()

    def _reselect(self) -> None:
        row = self._model.row_of(self._selected)
        self._showing = True
        if row is None:
            self._table.clearSelection()
        else:
            self._table.selectRow(self._sorted.mapFromSource(self._model.index(row, 0)).row())
        self._showing = False

    def _pick(self) -> None:
        if not self._showing:
            rows = self._table.selectionModel().selectedRows()
            self.note_picked.emit(int(rows[0].data(NOTE_ROLE)) if rows else None)

    def _show_menu(self, place: QPoint) -> None:
        menu = self.menu_at(place)
        if menu is not None:
            menu.popup(self._table.viewport().mapToGlobal(place))
