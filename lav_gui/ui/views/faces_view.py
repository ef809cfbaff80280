"""The gallery of faces: picture, name, state and score of each."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QAction, QColor, QImage, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from lav_gui.ui.colors import SURROUND, face_color, face_dash
from lav_gui.ui.viewmodels.faces import SORT_ROLE, STATE_ROLE, THUMB_ROLE, TRACK_ROLE, Column, FacesModel
from lav_gui.ui.viewmodels.thumbs import Thumb
from lav_gui.ui.views.empty_words import paint_empty_words
from lav_gui.ui.wording import say

SWATCH, PICTURE, GAP = 20, 40, 8
SMALLEST = (200, 92)
SEPARATOR = " · "

WIDTHS = {
    Column.FACE: 140,
    Column.SCORE: 60,
    Column.SEGMENTS: 48,
    Column.FRAMES: 60,
    Column.INTERVAL: 112,
    Column.SPAN: 96,
}


class FaceDelegate(QStyledItemDelegate):
    """Draws a face's picture, its name beside its color and line style, and below them its state in words."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint ground and tick as usual, then the rest over the room left for it."""
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        widget = ground.widget
        style = widget.style() if widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, widget)
        room: QRect = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, ground, widget)
        area: QRect = option.rect
        painter.save()
        picture = QRect(room.left(), area.center().y() - PICTURE // 2 + 1, PICTURE, PICTURE)
        _paint_thumb(painter, picture, index.data(THUMB_ROLE))
        left = picture.right() + GAP
        above = QRect(left, picture.top(), area.right() - left - 4, PICTURE // 2)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        roles = (QPalette.ColorRole.HighlightedText,) * 2 if is_selected else (
            QPalette.ColorRole.Text, QPalette.ColorRole.PlaceholderText
        )  # fmt: skip
        painter.setPen(ground.palette.color(roles[0]))
        painter.drawText(above, Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        named = left + painter.fontMetrics().horizontalAdvance(str(index.data())) + GAP
        _paint_line(painter, QPoint(named, above.center().y() + 1), int(index.data(TRACK_ROLE)))
        painter.setPen(ground.palette.color(roles[1]))
        _paint_small(painter, above.translated(0, PICTURE // 2), str(index.data(STATE_ROLE)))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the wanted size."""
        return super().sizeHint(option, index).expandedTo(QSize(0, PICTURE + 8))


def _paint_thumb(painter: QPainter, area: QRect, thumb: Thumb | None) -> None:
    if thumb is None:
        painter.fillRect(area, QColor(SURROUND))
        return
    height, width = thumb.image.shape[:2]
    image = QImage(thumb.image.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(area, image)


def _paint_small(painter: QPainter, area: QRect, text: str) -> None:
    """Write as many parts of a text as there is room for; the first is the most important."""
    font = painter.font()
    font.setPointSizeF(0.88 * font.pointSizeF())
    painter.setFont(font)
    metrics = painter.fontMetrics()
    while SEPARATOR in text and metrics.horizontalAdvance(text) > area.width():
        text = text.rpartition(SEPARATOR)[0]
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)


def _paint_line(painter: QPainter, start: QPoint, track_id: int) -> None:
    pen = QPen(QColor(face_color(track_id)), 3)
    if face_dash(track_id):
        pen.setDashPattern([length / 1.5 for length in face_dash(track_id)])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLine(start, start + QPoint(SWATCH, 0))


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
        self.setItemDelegateForColumn(Column.FACE, FaceDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName(self.tr("Faces"))
        self.setTabKeyNavigation(False)
        self.setMinimumSize(*SMALLEST)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(PICTURE + 8)
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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say what will be here while there is nothing to show."""
        super().paintEvent(event)
        paint_empty_words(self, say("The faces of the video, once it is analyzed."))

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
