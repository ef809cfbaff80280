"""Sheets to read: what they have in common, and the one of all keyboard shortcuts."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from lav_gui.ui.actions import KeyRow, shortcut_rows
from lav_gui.ui.key_map import KeyMap
from lav_gui.ui.style import UNIT
from lav_gui.ui.wording import say

COLUMNS = 4
SIZE = (1240, 660)
LINE_HEIGHT = 18


class Sheet(QDialog):
    """A window-modal sheet with a close button."""

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(UNIT)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        layout.setSpacing(2 * UNIT)
        layout.addLayout(self.body)
        layout.addWidget(self.buttons)


class ShortcutSheet(Sheet):
    """All keys, by menu, in columns; a search shows only what holds its words."""

    change_asked = Signal()

    def __init__(self, parent: QWidget, keys: KeyMap) -> None:
        super().__init__(parent, say("Keyboard shortcuts"))
        self._keys = keys
        self._search = QLineEdit()
        self._search.setPlaceholderText(say("Search for an action or a key"))
        self._search.setAccessibleName(say("Search for an action or a key"))
        self._search.setClearButtonEnabled(True)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(say("Keyboard shortcuts"))
        self.body.addWidget(self._search)
        self.body.addWidget(self._area, 1)
        change = self.buttons.addButton(say("Change…"), QDialogButtonBox.ButtonRole.ActionRole)
        change.setToolTip(say("Give actions other keys"))
        change.clicked.connect(self.change_asked)
        self._search.textChanged.connect(self._fill)
        keys.changed.connect(self._fill)
        self._fill()
        self.resize(QSize(*SIZE).boundedTo(self.screen().availableGeometry().size()))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the search."""
        super().showEvent(event)
        self._search.setFocus()

    def _fill(self) -> None:
        words = self._search.text().casefold().split()
        lines: list[KeyRow | str] = []
        for title, rows in shortcut_rows(self._keys):
            found = [row for row in rows if row.holds(words)]
            lines += [title, *found] if found else []
        page = QWidget()
        page.setProperty("panel", True)
        columns = QHBoxLayout(page)
        columns.setSpacing(3 * UNIT)
        for part in into_columns(lines):
            columns.addLayout(_column(part), 1)
        if not lines:
            columns.addWidget(QLabel(say("No action and no key holds these words.")), 0, Qt.AlignmentFlag.AlignTop)
        self._area.setWidget(page)


def into_columns(lines: list[KeyRow | str]) -> list[list[KeyRow | str]]:
    """Spread lines over columns of about one height; a group that goes on in the next has its title there again."""
    height = max(-(-len(lines) // COLUMNS), 1)
    columns: list[list[KeyRow | str]] = [[]]
    title = ""
    for place, line in enumerate(lines):
        ends_with_title = isinstance(line, str) and len(columns[-1]) >= height - 2 and place < len(lines) - 1
        if columns[-1] and (len(columns[-1]) > height or ends_with_title) and len(columns) < COLUMNS:
            columns.append([] if isinstance(line, str) else [title])
        title = line if isinstance(line, str) else title
        columns[-1].append(line)
    return columns


def _column(lines: list[KeyRow | str]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(UNIT + UNIT // 2)
    grid.setVerticalSpacing(0)
    for row, line in enumerate(lines):
        grid.setRowMinimumHeight(row, LINE_HEIGHT)
        if isinstance(line, str):
            heading = QLabel(line)
            heading.setProperty("section", True)
            heading.setContentsMargins(0, UNIT if row else 0, 0, 0)
            grid.addWidget(heading, row, 0, 1, 2)
            continue
        keys, words = QLabel(line.keys), QLabel(line.title)
        keys.setProperty("heading", True)
        for label in (keys, words):
            label.setToolTip(line.hint)
            label.setTextFormat(Qt.TextFormat.PlainText)
        grid.addWidget(keys, row, 0)
        grid.addWidget(words, row, 1)
    grid.setRowStretch(len(lines), 1)
    grid.setColumnStretch(1, 1)
    return grid
