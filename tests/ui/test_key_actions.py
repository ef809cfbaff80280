"""The user's own shortcuts from the settings to the screen, and back."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from lav_gui.settings import Settings, load_settings
from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.views.key_dialog import KeyDialog, KeyField


@pytest.fixture
def window(
    qtbot: QtBot, make_window: Callable[..., MainWindow], make_desk: Callable[..., Desk], analysis: Any
) -> MainWindow:
    made = make_window(make_desk(analysis))
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=5000)
    return made


def change_open_key(qtbot: QtBot, window: MainWindow) -> None:
    window.named_actions["help.keys"].trigger()
    sheet = window.findChild(KeyDialog)
    sheet.choose("file.open")
    qtbot.keyClick(sheet.findChild(KeyField), Qt.Key.Key_F9)
    qtbot.keyClick(sheet.findChild(KeyField), Qt.Key.Key_Return)
    sheet.close()


def test_a_changed_key_holds_at_once_everywhere_and_is_saved(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    change_open_key(qtbot, window)
    action = window.named_actions["file.open"]
    assert action.shortcut().toString() == "F9"
    assert action.toolTip().endswith("(F9)")
    assert "press F9." in " ".join(label.text() for label in window.views.empty.findChildren(QLabel))
    assert load_settings(tmp_path / "settings.toml").keys == (("file.open", ("F9",)),)


def test_the_saved_keys_hold_in_another_session(
    qtbot: QtBot, window: MainWindow, make_desk: Callable[..., Desk], analysis: Any, tmp_path: Path
) -> None:
    change_open_key(qtbot, window)
    desk = make_desk(analysis)
    desk.preferences.save_keys(load_settings(tmp_path / "settings.toml").keys)
    again = MainWindow(desk, QSettings(str(tmp_path / "again.ini"), QSettings.Format.IniFormat))
    assert again.named_actions["file.open"].shortcut().toString() == "F9"
    again.close()
    again.deleteLater()


def test_wrong_keys_in_the_settings_are_told_and_those_of_the_program_hold(
    make_desk: Callable[..., Desk], make_window: Callable[..., MainWindow], analysis: Any
) -> None:
    desk = make_desk(analysis)
    desk.preferences._settings = replace(Settings(), keys=(("file.opne", ("F9",)),))
    window = make_window(desk)
    assert "did you mean 'file.open'" in desk.messages.shown[0].text
    assert window.named_actions["file.open"].shortcut().toString() == "Ctrl+O"


def test_keys_that_cannot_be_saved_are_told_and_hold_until_the_end(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "settings.toml").write_text("no toml =")
    change_open_key(qtbot, window)
    desk = window._desk
    assert "mend or delete" in desk.messages.shown[0].text
    assert window.named_actions["file.open"].shortcut().toString() == "F9"


def test_defaults_of_the_settings_leave_the_keys_alone(window: MainWindow, qtbot: QtBot) -> None:
    change_open_key(qtbot, window)
    preferences = window._desk.preferences
    preferences.begin()
    preferences.restore_defaults()
    assert preferences.draft.keys == (("file.open", ("F9",)),)
