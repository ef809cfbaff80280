"""The list of the case's videos; files dropped on it are added to the case."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from lav_gui.ui.style import UNIT, current_theme, icon
from lav_gui.ui.viewmodels.videos import VideoColumn, VideosModel
from lav_gui.ui.views.buttons import small_button
from lav_gui.ui.views.empty_words import paint_empty_words
from lav_gui.ui.views.progress_line import paint_progress
from lav_gui.ui.wording import say

ROW_HEIGHT, SYMBOL = 30, 16
SMALLEST = (200, 92)
WIDTHS = {VideoColumn.STATE: 120, VideoColumn.FACES: 48, VideoColumn.VERDICT: 168}
NARROWEST_NAME = 96


class VideoDelegate(QStyledItemDelegate):
    """Bold name of the video on screen, a line of progress, the symbol of a verdict."""

    def __init__(self, model: VideosModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the cell, then how far the video is."""
        row = self._model.rows[index.row()]
        own = QStyleOptionViewItem(option)
        own.textElideMode = Qt.TextElideMode.ElideMiddle
        if index.column() == VideoColumn.NAME:
            own.font.setBold(row.is_shown)
        elif index.column() == self._verdict_column() and row.verdict is not None:
            own.icon = icon(f"verdict_{row.verdict}", current_theme())
            own.decorationSize = QSize(SYMBOL, SYMBOL)
            own.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        super().paint(painter, own, index)
        if index.column() == VideoColumn.STATE and row.fraction is not None:
            paint_progress(painter, option.rect, row.fraction)

    def _verdict_column(self) -> VideoColumn:
        """Where the symbol of the verdict stands: beside the state where there is no room for its own column."""
        table = self.parent()
        narrow = isinstance(table, QTableView) and table.isColumnHidden(VideoColumn.VERDICT)
        return VideoColumn.STATE if narrow else VideoColumn.VERDICT


class VideosTable(QTableView):
    """The table itself; a click or Enter brings a video on screen."""

    picked = Signal(int)
    """Evidence id."""
    dropped = Signal(object)
    """Tuple of the paths of files."""

    def __init__(self, model: VideosModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._menu_actions: list[QAction] = []
        self.setModel(model)
        self.setItemDelegate(VideoDelegate(model, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(self.tr("Videos of the case"))
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(32)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.clicked.connect(self._pick)
        self.activated.connect(self._pick)
        model.modelReset.connect(self._follow)
        model.dataChanged.connect(self._follow)
        self._shown: int | None = None

    def set_menu(self, actions: list[QAction]) -> None:
        """Offer some actions by the right button."""
        self._menu_actions = actions

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say what to do while there is nothing to show."""
        super().paintEvent(event)
        paint_empty_words(self, say("Drop videos here; all that are in a case can be analyzed in a row."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as there is room for; widening the panel brings the others."""
        room = self.viewport().width() - NARROWEST_NAME
        shown = 0
        for column, width in WIDTHS.items():
            hidden = column is not VideoColumn.STATE and room < shown + width
            shown += 0 if hidden else width
            self.setColumnHidden(column, hidden)
            self.setColumnWidth(column, width)
        self.setColumnWidth(VideoColumn.NAME, max(self.viewport().width() - shown, NARROWEST_NAME))
        super().resizeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged in."""
        if _files(event):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take them anywhere."""
        if _files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask to add the files."""
        paths = _files(event)
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def menu_at(self, place: QPoint) -> QMenu | None:
        """The menu for the video at a place of the viewport; None where there is none."""
        if not self.indexAt(place).isValid() or not self._menu_actions:
            return None
        menu = QMenu(self)
        menu.addActions(self._menu_actions)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _show_menu(self, place: QPoint) -> None:
        self._pick(self.indexAt(place))
        menu = self.menu_at(place)
        if menu is not None:
            menu.popup(self.viewport().mapToGlobal(place))

    def _pick(self, index: QModelIndex) -> None:
        evidence_id = self._model.rows[index.row()].evidence_id if index.isValid() else None
        if evidence_id is not None:
            self.picked.emit(evidence_id)

    def _follow(self) -> None:
        """Highlight the video on screen as it becomes another one, or its row was lost."""
        row = self._model.shown_row
        if row != self._shown or not self.selectionModel().hasSelection():
            self._shown = row
            if row is None:
                self.clearSelection()
            else:
                self.selectRow(row)


class VideosView(QWidget):
    """The list with its buttons; below it there is room for the queue."""

    def __init__(self, model: VideosModel, queue: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.table = VideosTable(model)
        self._buttons = QHBoxLayout()
        self._buttons.setContentsMargins(UNIT // 2, UNIT // 2, UNIT // 2, UNIT // 2)
        self._buttons.setSpacing(UNIT // 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._buttons)
        layout.addWidget(self.table, 1)
        layout.addWidget(queue, 1)

    def set_actions(self, buttons: list[QAction], menu: list[QAction]) -> None:
        """Put some actions above the list, and some in the menu of a video."""
        for action in buttons:
            self._buttons.addWidget(small_button(action))
        self._buttons.addStretch(1)
        self.table.set_menu(menu)


def _files(event: QDropEvent) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
