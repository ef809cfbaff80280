"""The table twins of the timeline: spans that stay high, and faces, in two tabs."""

from PySide6.QtCore import QEvent, QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QTabWidget, QWidget

from lav_gui.ui.viewmodels.result_tables import PLACE_ROLE, SORT_ROLE, Place, ResultTable
from lav_gui.ui.views.empty_words import paint_empty_words
from lav_gui.ui.wording import say

ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LINE_HEIGHT = 26
SMALLEST = (160, 92)


class ResultTableView(QTableView):
    """Sortable; a row that is chosen goes to its first frame, Return or a double click to its peak, Ctrl+C copies.

    Parameters
    ----------
    model : ResultTable
    parent : QWidget, optional
    """

    place_asked = Signal(object)
    """`Place` of the row that was chosen."""
    peak_asked = Signal(object)
    """`Place` whose peak is to be seen."""

    def __init__(self, model: ResultTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(model)
        self._sorted.setSortRole(SORT_ROLE)
        self.setModel(self._sorted)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(say(model.kind.title))
        self.setMinimumSize(*SMALLEST)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(LINE_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.setSortingEnabled(True)
        self.sortByColumn(1, Qt.SortOrder.AscendingOrder)
        self.clicked.connect(self._choose)
        self.doubleClicked.connect(lambda index: self.peak_asked.emit(index.data(PLACE_ROLE)))

    def words(self) -> str:
        """The selected rows, else all, in the order on screen, as tab-separated lines."""
        chosen = sorted({index.row() for index in self.selectionModel().selectedRows()})
        rows = chosen or list(range(self._sorted.rowCount()))
        return self._model.words([self._sorted.mapToSource(self._sorted.index(row, 0)).row() for row in rows])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say what will be here while there is nothing to show."""
        super().paintEvent(event)
        paint_empty_words(self, say("Nothing to list yet, or nothing was found."))

    def event(self, event: QEvent) -> bool:
        """Claim copying and Return from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, go to the peak, or choose the row that the arrows reach."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.words())
        elif event.key() in ENTER_KEYS and self.currentIndex().isValid():
            self.peak_asked.emit(self.currentIndex().data(PLACE_ROLE))
        else:
            before = self.currentIndex().row()
            super().keyPressEvent(event)
            if self.currentIndex().row() != before:
                self._choose(self.currentIndex())

    def _choose(self, index: QModelIndex) -> None:
        place = index.data(PLACE_ROLE)
        if isinstance(place, Place):
            self.place_asked.emit(place)

    def _is_own(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return event.matches(QKeySequence.StandardKey.Copy) or (event.key() in ENTER_KEYS and plain)


class TablesView(QTabWidget):
    """Two tabs.

    Parameters
    ----------
    segments, tracks : ResultTable
    parent : QWidget, optional
    """

    place_asked = Signal(object)
    peak_asked = Signal(object)

    def __init__(self, segments: ResultTable, tracks: ResultTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.setAccessibleName(say("Results as tables"))
        self.tables = (ResultTableView(segments), ResultTableView(tracks))
        for table, model in zip(self.tables, (segments, tracks), strict=True):
            self.addTab(table, "")
            table.place_asked.connect(self.place_asked)
            table.peak_asked.connect(self.peak_asked)
            model.filled.connect(self._count)
        self._models = (segments, tracks)
        self._count()

    def _count(self) -> None:
        titles = (say("Spans"), say("Faces"))
        for number, (title, model) in enumerate(zip(titles, self._models, strict=True)):
            self.setTabText(number, f"{title} ({model.rowCount()})")
