"""The menu Help."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QWhatsThis
from pytestqt.qtbot import QtBot

from lav_gui.ui.help_actions import card_of
from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.views.about_sheet import AboutSheet
from lav_gui.ui.views.context_help import AREAS
from lav_gui.ui.views.key_dialog import KeyDialog
from lav_gui.ui.views.sheets import ShortcutSheet
from model_zoo.registry import UNTRAINED


@pytest.fixture
def window(
    qtbot: QtBot, make_window: Callable[..., MainWindow], make_desk: Callable[..., Desk], analysis: Any
) -> MainWindow:
    made = make_window(make_desk(analysis))
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=5000)
    return made


def sheet_of(window: MainWindow, kind: type[QDialog]) -> QDialog:
    (sheet,) = [each for each in window.findChildren(kind) if each.isVisible()]
    return sheet


def test_question_mark_shows_all_keys_and_leads_to_changing_them(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Question)
    sheet = sheet_of(window, ShortcutSheet)
    next(each for each in sheet.findChildren(QPushButton) if each.text() == "Change…").click()
    assert not sheet.isVisible()
    sheet_of(window, KeyDialog).close()


def test_about_shows_the_registered_models(window: MainWindow) -> None:
    window.named_actions["help.about"].trigger()
    sheet_of(window, AboutSheet).close()


def test_every_main_area_is_explained(qtbot: QtBot, window: MainWindow) -> None:
    assert all(getattr(window.views, name).whatsThis() == text for name, text in AREAS.items())
    qtbot.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert QWhatsThis.inWhatsThisMode()
    QWhatsThis.leaveWhatsThisMode()


def test_the_users_own_card_is_read_and_trouble_is_told_beside_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAV_MODELS", str(tmp_path))
    mine = replace(UNTRAINED, name="lvnet.mine")
    assert card_of(mine).startswith("# lvnet.mine\n\nThese weights have no model card")
    (tmp_path / "lvnet.mine.md").write_text("# My card", encoding="utf-8")
    assert card_of(mine) == "# My card"
    (tmp_path / "lvnet.mine.md").write_bytes(b"\xff\xfe\xff")
    assert "cannot be read" in card_of(mine)
    assert UNTRAINED.sha256 in card_of(mine)
