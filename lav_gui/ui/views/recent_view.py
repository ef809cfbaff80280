"""The cases that were open lately, as a list for the first page."""

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QMenu, QVBoxLayout, QWidget

from lav_gui.ui.style import UNIT, current_theme, icon
from lav_gui.ui.viewmodels.recent import RecentCase
from lav_gui.ui.wording import say

SHOWN = 5
WIDTH, ROW_HEIGHT = 560, 44
PATH_ROLE = Qt.ItemDataRole.UserRole
NAMES_SHOWN = 3


class RecentList(QListWidget):
    """The list; Delete takes a case off it."""

    forget_asked = Signal(object)
    """Path."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the chosen case off the list."""
        if event.key() == Qt.Key.Key_Delete and self.currentItem() is not None:
            self.forget_asked.emit(self.currentItem().data(PATH_ROLE))
        else:
            super().keyPressEvent(event)


class RecentView(QWidget):
    """Hides itself while there is nothing to offer."""

    case_picked = Signal(object)
    """Path."""
    forget_asked = Signal(object)
    """Path of a case that is to leave the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases: tuple[RecentCase, ...] = ()
        title = QLabel(say("Recent cases"))
        title.setProperty("heading", True)
        self._list = RecentList()
        self._list.setAccessibleName(say("Cases that were open lately"))
        self._list.setIconSize(QSize(20, 20))
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._list.setUniformItemSizes(True)
        self._list.itemActivated.connect(self._pick)
        self._list.itemClicked.connect(self._pick)
        self._list.forget_asked.connect(self.forget_asked)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._show_menu)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2 * UNIT, 0, 0)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(title)
        layout.addWidget(self._list)
        self.setFixedWidth(WIDTH)
        self.hide()

    def show_cases(self, cases: tuple[RecentCase, ...]) -> None:
        """Show these cases, latest first."""
        self._cases = cases
        self._list.clear()
        for case in cases:
            item = QListWidgetItem(icon("warning" if case.is_missing else "case", current_theme()), case_words(case))
            item.setData(PATH_ROLE, case.path)
            item.setToolTip(case_tip(case))
            item.setSizeHint(QSize(0, ROW_HEIGHT))
            self._list.addItem(item)
        self._list.setFixedHeight(min(len(cases), SHOWN) * ROW_HEIGHT + 2 * self._list.frameWidth() + 2)
        self.setVisible(bool(cases))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange and self._cases:
            self.show_cases(self._cases)
        super().changeEvent(event)

    def menu_at(self, place: QPoint) -> QMenu | None:
        """The menu for the case at a place of the list; None where there is none."""
        item = self._list.itemAt(place)
        if item is None:
            return None
        path: Path = item.data(PATH_ROLE)
        menu = QMenu(self)
        menu.addAction(say("Open")).triggered.connect(lambda: self.case_picked.emit(path))
        menu.addAction(say("Remove from this list")).triggered.connect(lambda: self.forget_asked.emit(path))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _pick(self, item: QListWidgetItem) -> None:
        self.case_picked.emit(item.data(PATH_ROLE))

    def _show_menu(self, place: QPoint) -> None:
        menu = self.menu_at(place)
        if menu is not None:
            menu.popup(self._list.viewport().mapToGlobal(place))


def case_words(case: RecentCase) -> str:
    """A case in two lines: its name, and its videos or that its file is gone."""
    if case.is_missing:
        return f"{case.path.stem}\n{say('Missing: not at {folder} any more', folder=str(case.path.parent))}"
    day = f"{case.opened.astimezone():%Y-%m-%d %H:%M}"
    names = ", ".join(case.videos[:NAMES_SHOWN])
    rest = len(case.videos) - NAMES_SHOWN
    more = say("{names} and {count} more", names=names, count=rest) if rest > 0 else names
    return f"{case.path.stem}\n{day} · {more or say('no video yet')}"


def case_tip(case: RecentCase) -> str:
    """Where a case lies, and its videos."""
    return "\n".join((str(case.path), *case.videos))
