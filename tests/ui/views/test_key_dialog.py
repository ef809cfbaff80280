"""The sheet on which shortcuts are changed."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTreeWidget, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from lav_gui.ui.key_map import SPECS, KeyMap
from lav_gui.ui.views.key_dialog import KeyDialog, KeyField, pressed_key

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE, KEYPAD = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier


@pytest.fixture
def keys() -> KeyMap:
    return KeyMap()


@pytest.fixture
def sheet(qtbot: QtBot, keys: KeyMap) -> Iterator[KeyDialog]:
    parent = QWidget()
    made = KeyDialog(parent, keys)
    made.open()
    yield made
    made.close()
    parent.deleteLater()


def button(sheet: KeyDialog, text: str) -> QPushButton:
    return next(each for each in sheet.findChildren(QPushButton) if each.text() == text)


def rows(sheet: KeyDialog) -> dict[str, QTreeWidgetItem]:
    tree = sheet.findChild(QTreeWidget)
    groups = [tree.topLevelItem(place) for place in range(tree.topLevelItemCount())]
    return {
        group.child(row).data(0, Qt.ItemDataRole.UserRole): group.child(row)
        for group in groups
        for row in range(group.childCount())
    }


def told(sheet: KeyDialog) -> str:
    return " ".join(label.text() for label in sheet.findChildren(QLabel))


def test_it_lists_all_actions_by_menu(sheet: KeyDialog) -> None:
    assert set(rows(sheet)) == set(SPECS)
    assert rows(sheet)["file.open"].parent().text(0) == "File"
    assert rows(sheet)["view.zoom_in"].text(1) == "+ / ="


def test_a_key_is_pressed_and_set_by_return(sheet: KeyDialog, keys: KeyMap, qtbot: QtBot) -> None:
    sheet.choose("file.open")
    field = sheet.findChild(KeyField)
    qtbot.keyClick(field, Qt.Key.Key_F9, SHIFT)
    assert field.text() == "Shift+F9"
    assert keys.changes == ()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert keys.keys("file.open") == ("Shift+F9",)
    assert (rows(sheet)["file.open"].text(1), rows(sheet)["file.open"].text(2)) == ("Shift+F9", "changed")
    assert field.text() == ""


def test_a_key_is_added_beside_others(sheet: KeyDialog, keys: KeyMap, qtbot: QtBot) -> None:
    sheet.choose("file.open")
    qtbot.keyClick(sheet.findChild(KeyField), Qt.Key.Key_F9)
    button(sheet, "Add").click()
    assert keys.keys("file.open") == ("Ctrl+O", "F9")


def test_a_conflict_names_the_other_action_and_nothing_is_shared(sheet: KeyDialog, keys: KeyMap, qtbot: QtBot) -> None:
    sheet.choose("file.open")
    field = sheet.findChild(KeyField)
    qtbot.keyClick(field, Qt.Key.Key_W, CONTROL)
    assert "Ctrl+W belongs to “Close”; take it from there, or press another." in told(sheet)
    assert not button(sheet, "Set").isEnabled()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert keys.changes == ()
    button(sheet, "Take it from there").click()
    assert (keys.keys("file.open"), keys.keys("file.close")) == (("Ctrl+W",), ())
    assert rows(sheet)["file.close"].text(1) == ""
    assert not button(sheet, "Take it from there").isVisible()


def test_a_menus_key_cannot_be_taken(sheet: KeyDialog, qtbot: QtBot) -> None:
    sheet.choose("file.open")
    qtbot.keyClick(sheet.findChild(KeyField), Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    assert "opens the menu “File”" in told(sheet)
    assert not button(sheet, "Take it from there").isVisible()


def test_keys_are_cleared_and_reset_one_by_one_or_all(sheet: KeyDialog, keys: KeyMap) -> None:
    assert not button(sheet, "Reset all").isEnabled()
    for name in ("file.open", "file.close"):
        sheet.choose(name)
        button(sheet, "No key").click()
        assert keys.keys(name) == ()
    assert not button(sheet, "No key").isEnabled()
    button(sheet, "Reset").click()
    assert keys.keys("file.close") == ("Ctrl+W",)
    assert not button(sheet, "Reset").isEnabled()
    button(sheet, "Reset all").click()
    assert keys.changes == ()


def test_a_search_shows_what_holds_its_words(sheet: KeyDialog) -> None:
    search = next(each for each in sheet.findChildren(QLineEdit) if each.accessibleName().startswith("Search"))
    search.setText("ctrl+o")
    shown = [name for name, item in rows(sheet).items() if not item.isHidden()]
    assert shown == ["file.open"]
    assert sheet.chosen == "file.open"
    tree = sheet.findChild(QTreeWidget)
    assert [
        tree.topLevelItem(n).text(0) for n in range(tree.topLevelItemCount()) if not tree.topLevelItem(n).isHidden()
    ] == ["File"]
    search.setText("ten frames back")
    assert {name for name, item in rows(sheet).items() if not item.isHidden()} == {"playback.previous_ten"}
    search.clear()
    assert not any(item.isHidden() for item in rows(sheet).values())


def test_choosing_another_action_forgets_the_pressed_key(sheet: KeyDialog, qtbot: QtBot) -> None:
    field = sheet.findChild(KeyField)
    qtbot.keyClick(field, Qt.Key.Key_F9)
    sheet.choose("file.quit")
    assert (field.key, field.text()) == ("", "")


def test_tab_leaves_the_field_and_escape_can_be_a_key(sheet: KeyDialog, qtbot: QtBot) -> None:
    field = sheet.findChild(KeyField)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.key == "Esc"
    assert sheet.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.key == "Esc"
    assert not field.hasFocus()


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "portable"),
    [
        (Qt.Key.Key_Question, SHIFT, "?", "?"),
        (Qt.Key.Key_A, SHIFT, "A", "Shift+A"),
        (Qt.Key.Key_A, NONE, "a", "A"),
        (Qt.Key.Key_Plus, KEYPAD, "+", "+"),
        (Qt.Key.Key_O, CONTROL, "\x0f", "Ctrl+O"),
        (Qt.Key.Key_Space, SHIFT, " ", "Shift+Space"),
        (Qt.Key.Key_F9, CONTROL | SHIFT, "", "Ctrl+Shift+F9"),
    ],
)
def test_a_press_is_one_key_however_it_is_made(
    key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str, portable: str
) -> None:
    assert pressed_key(QKeyEvent(QEvent.Type.KeyPress, key.value, modifiers, text)) == portable
