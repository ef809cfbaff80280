"""Keys of the player do what they say, and the toggles show what is on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lav_gui.records import Frame
from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.player_commands import player_commands, show_player
from lav_gui.ui.style import current_theme, icon
from lav_gui.ui.viewmodels.desk import Desk


@pytest.fixture
def desk(make_desk: Callable[..., Desk], analysis: Any) -> Desk:
    return make_desk(analysis)


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[..., MainWindow], desk: Desk, demo_clip: Path) -> MainWindow:
    """A window with the demo clip open."""
    made = make_window(desk)
    with qtbot.waitSignal(desk.opening.ready, timeout=10_000):
        desk.open(demo_clip)
    qtbot.waitUntil(lambda: isinstance(desk.playback.shown, Frame), timeout=5000)
    made.activateWindow()
    return made


def test_j_k_and_l_play_backward_pause_and_play_forward(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    desk.playback.seek(30)
    speeds = []
    for key in (Qt.Key.Key_L, Qt.Key.Key_L, Qt.Key.Key_J, Qt.Key.Key_K):
        qtbot.keyClick(window, key)
        speeds.append(desk.playback.speed)
    assert speeds == [1, 2, -1, 0]


def test_marks_and_loop_have_the_keys_of_editors(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    desk.playback.seek(10)
    qtbot.keyClick(window, Qt.Key.Key_BracketLeft)
    desk.playback.seek(20)
    qtbot.keyClick(window, Qt.Key.Key_BracketRight)
    qtbot.keyClick(window, Qt.Key.Key_Backslash)
    assert (desk.selection.marks.first, desk.selection.marks.last) == (10, 20)
    assert desk.playback.looping
    assert window.named_actions["marks.loop"].isChecked()
    desk.playback.seek(40)
    desk.playback.play()
    assert desk.playback.position == 10
    desk.playback.pause()
    desk.playback.set_looping(False)
    assert not window.named_actions["marks.loop"].isChecked()


def test_each_command_can_be_called(desk: Desk) -> None:
    assert all(callable(command) for command in player_commands(desk).values())


def test_the_buttons_keep_their_meaning_when_the_theme_changes(window: MainWindow, desk: Desk) -> None:
    mute, play = window.named_actions["playback.mute"], window.named_actions["playback.play"]
    desk.sound.set_muted(True)
    desk.playback.play()
    show_player(window.named_actions, desk)
    assert mute.isChecked()
    assert mute.icon().cacheKey() == icon("muted", current_theme()).cacheKey()
    assert play.icon().cacheKey() == icon("pause", current_theme()).cacheKey()
    desk.playback.pause()
