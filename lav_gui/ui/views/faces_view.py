"""The table of faces."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from lav_gui.ui.colors import face_color, face_dash
from lav_gui.ui.viewmodels.faces import SORT_ROLE, TRACK_ROLE, Column, FacesModel

SWATCH = 20
SMALLEST = (200, 92)

WIDTHS = {
    Column.FACE: 96,
    Column.SCORE: 60,
    Column.SEGMENTS: 48,
    Column.FRAMES: 60,
    Column.INTERVAL: 112,
    Column.SPAN: 96,
}


class SwatchDelegate(QStyledItemDelegate):
    """Draws a face's color and line style before its name."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the cell, then the line over the room left for it."""
        super().paint(painter, option, index)
        track_id = int(index.data(TRACK_ROLE))
        area: QRect = option.rect
        y = area.center().y()
        pen = QPen(QColor(face_color(track_id)), 3)
        if face_dash(track_id):
            pen.setDashPattern([length / 1.5 for length in face_dash(track_id)])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.save()
        painter.setPen(pen)
        painter.drawLine(QPoint(area.right() - SWATCH - 4, y), QPoint(area.right() - 4, y))
        painter.restore()


class FacesView(QTableView):
    """Sortable; a click selects the face, the first column's tick leaves it out or takes it in."""

    face_picked = Signal(object)
    """Track id."""
    face_entered = Signal(int)
    """Track id of a double-clicked face."""

    def __init__(self, model: FacesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(model)
        self._sorted.setSortRole(SORT_ROLE)
        self._showing = False
        self._menu_actions: list[QAction] = []
        self.setModel(self._sorted)
        self.setItemDelegateForColumn(Column.FACE, SwatchDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName(self.tr("Faces"))
        self.setTabKeyNavigation(False)
        self.setMinimumSize(*SMALLEST)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(28)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(32)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)
        header.setSectionResizeMode(Column.FACE, QHeaderView.ResizeMode.Stretch)
        self.setSortingEnabled(True)
        self.sortByColumn(Column.FACE, Qt.SortOrder.AscendingOrder)
        self.selectionModel().selectionChanged.connect(self._pick)
        self.doubleClicked.connect(lambda index: self.face_entered.emit(int(index.data(TRACK_ROLE))))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        model.modelReset.connect(self._reselect)
        self._selected: int | None = None

    def set_menu(self, actions: list[QAction]) -> None:
        """Offer some actions on a face by the right button."""
        self._menu_actions = actions

    def show_selected(self, track_id: int | None) -> None:
        """Highlight a face."""
        self._selected = track_id
        self._reselect()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as there is room for; widening the panel brings the others."""
        room = self.viewport().width()
        for column, width in WIDTHS.items():
            room -= width
            self.setColumnHidden(column, room < 0 and column > Column.SCORE)
        super().resizeEvent(event)

    def _reselect(self) -> None:
        row = self._model.row_of(self._selected)
        self._showing = True
        if row is None:
            self.clearSelection()
        else:
            self.selectRow(self._sorted.mapFromSource(self._model.index(row, 0)).row())
        self._showing = False

    def _pick(self) -> None:
        if not self._showing:
            rows = self.selectionModel().selectedRows()
            self.face_picked.emit(int(rows[0].data(TRACK_ROLE)) if rows else None)

    def menu_at(self, place: QPoint) -> QMenu | None:
        """The menu for the face at a place of the viewport; None where there is no face."""
        if not self.indexAt(place).isValid() or not self._menu_actions:
            return None
        menu = QMenu(self)
        menu.addActions(self._menu_actions)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _show_menu(self, place: QPoint) -> None:
        menu = self.menu_at(place)
        if menu is not None:
            menu.popup(self.viewport().mapToGlobal(place))
