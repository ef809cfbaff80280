"""Sheets to read: all keys on one of them."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from lav_gui.ui.actions import KeyRow
from lav_gui.ui.key_map import SPECS, KeyMap, title_of
from lav_gui.ui.views.sheets import COLUMNS, Sheet, ShortcutSheet, into_columns


@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    yield made
    made.deleteLater()


def texts(sheet: Sheet) -> list[str]:
    page = sheet.findChild(QScrollArea).widget()
    return [label.text() for label in page.findChildren(QLabel)]


def test_the_sheet_of_keys_holds_every_action_with_a_key(parent: QWidget) -> None:
    keys = KeyMap()
    shown = texts(ShortcutSheet(parent, keys))
    assert all(title_of(name) in shown and keys.words(name) in shown for name in SPECS if keys.keys(name))
    assert "Space" in shown


def test_all_keys_are_seen_at_once_on_a_small_screen(parent: QWidget) -> None:
    sheet = ShortcutSheet(parent, KeyMap())
    sheet.resize(1240, 660)
    sheet.open()
    area = sheet.findChild(QScrollArea)
    needed, room = area.widget().sizeHint(), area.viewport().size()
    assert needed.width() <= room.width()
    assert needed.height() <= room.height()
    sheet.close()


def test_a_search_shows_what_holds_its_words(parent: QWidget) -> None:
    sheet = ShortcutSheet(parent, KeyMap())
    search = sheet.findChild(QLineEdit)
    search.setText("shift+m")
    assert texts(sheet) == ["Edit", "Shift+M", "Drop marker"]
    search.setText("nothing of the kind")
    assert texts(sheet) == ["No action and no key holds these words."]
    search.clear()
    assert len(texts(sheet)) > 60


def test_it_follows_changed_keys(parent: QWidget) -> None:
    keys = KeyMap()
    sheet = ShortcutSheet(parent, keys)
    keys.set_keys("file.open", ("Ctrl+F12",))
    assert "Ctrl+F12" in texts(sheet)
    assert "Ctrl+O" not in texts(sheet)


def test_it_leads_to_where_keys_are_changed(parent: QWidget, qtbot: QtBot) -> None:
    sheet = ShortcutSheet(parent, KeyMap())
    with qtbot.waitSignal(sheet.change_asked, timeout=1000):
        next(each for each in sheet.findChildren(QPushButton) if each.text() == "Change…").click()


def rows(count: int) -> list[KeyRow | str]:
    return [KeyRow(str(number), "", "") for number in range(count)]


@pytest.mark.parametrize(
    "lines", [[], ["A", *rows(1)], ["A", *rows(30), "B", *rows(3)], ["A", *rows(3), "B", *rows(40)]]
)
def test_columns_hold_all_lines_in_order_under_their_titles(lines: list[KeyRow | str]) -> None:
    columns = into_columns(lines)
    assert len(columns) <= COLUMNS
    assert [line for column in columns for line in column if isinstance(line, KeyRow)] == [
        line for line in lines if isinstance(line, KeyRow)
    ]
    assert all(isinstance(column[0], str) and isinstance(column[-1], KeyRow) for column in columns if column)
    assert max(map(len, columns)) <= -(-len(lines) // COLUMNS) + 3


def test_a_sheet_closes_by_its_button(parent: QWidget, qtbot: QtBot) -> None:
    sheet = Sheet(parent, "Sheet")
    sheet.open()
    with qtbot.waitSignal(sheet.finished):
        sheet.findChild(QDialogButtonBox).rejected.emit()
