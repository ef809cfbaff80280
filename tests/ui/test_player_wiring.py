"""What is typed and told of playing reaches the rows below the picture."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from lav_gui.records import Frame
from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.views.frame_facts import FrameFacts
from lav_gui.ui.views.thumbnail_popup import ThumbnailPopup


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


def words(window: MainWindow) -> set[str]:
    return {label.text() for label in window.views.transport.findChildren(QLabel) if not label.isHidden()}


def test_a_place_is_typed_refused_and_found(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    number = window.views.transport.findChild(FrameFacts).number
    qtbot.keyClick(window, Qt.Key.Key_G)
    qtbot.keyClicks(number, "9:00")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert any("type a time within" in text for text in words(window))
    qtbot.keyClicks(number, "0:01.0")
    with qtbot.waitSignal(desk.places.went):
        qtbot.keyClick(number, Qt.Key.Key_Return)
    assert desk.playback.position == 12
    assert number.text() == "12"
    assert not number.hasFocus()


def test_speed_and_digest_are_shown(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    desk.playback.play(2)
    assert "→ 2×" in words(window)
    with qtbot.waitSignal(desk.digest.changed, timeout=5000):
        window.named_actions["playback.digest"].trigger()
    assert any(text.endswith("SHA-256") for text in words(window))
    assert "→ 2×" not in words(window)


def test_the_pointer_on_the_timeline_brings_a_small_picture(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    popup = window.views.timeline.findChild(ThumbnailPopup)
    qtbot.waitUntil(lambda: desk.previews.count > 0, timeout=5000)
    window.views.timeline.hovered.emit(30, 200)
    assert popup.isVisible()
    assert any(label.text().startswith("Frame 30") for label in popup.findChildren(QLabel))
    window.views.timeline.hovered.emit(-1, 0)
    assert not popup.isVisible()


def test_volume_is_asked_for_and_shown(window: MainWindow, desk: Desk) -> None:
    window.views.transport.sound.volume_asked.emit(0.4)
    assert desk.sound.value.volume == 0.4
    window.named_actions["playback.mute"].trigger()
    assert desk.sound.value.muted
    desk.sound.change_volume(1)
    assert not window.named_actions["playback.mute"].isChecked()
