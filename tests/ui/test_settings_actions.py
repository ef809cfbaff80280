"""The settings in the whole window."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.views.settings_dialog import SettingsDialog


def test_the_dialog_opens_by_key_without_a_video_and_tells_what_was_taken(
    qtbot: QtBot, make_window: Callable[..., MainWindow], make_desk: Callable[..., Desk], analysis: Any, tmp_path: Path
) -> None:
    desk = make_desk(analysis)
    window = make_window(desk)
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(SettingsDialog)
    desk.preferences.change(theme="dark")
    dialog.accept()
    assert "The theme changes at once." in desk.messages.shown[-1].text
    assert (tmp_path / "settings.toml").exists()


def test_the_run_on_screen_is_judged_by_the_chosen_rate_and_keeps_its_own(
    qtbot: QtBot, make_window: Callable[..., MainWindow], make_desk: Callable[..., Desk], analysis: Any, demo_clip: Path
) -> None:
    desk = make_desk(analysis)
    make_window(desk)
    with qtbot.waitSignal(desk.analysis.finished, timeout=60_000):
        desk.open(demo_clip, analyze=True)
    assert desk.preferences.frame_bytes == 3 * desk.document.video.info.width * desk.document.video.info.height
    desk.preferences.begin()
    desk.preferences.choose_rate(0.01)
    asked = lambda judged: judged is not None and judged.facts.rate == 0.01  # noqa: E731
    with qtbot.waitSignal(desk.results.judged_changed, timeout=60_000, check_params_cb=asked):
        desk.preferences.accept()
    assert desk.results.facts.settings.false_positive_rate == 0.05
    assert desk.results.facts.judged_by.false_positive_rate == 0.01
    assert any(reason.code == "nearest_operating_point" for reason in desk.results.verdict.reasons)
    assert any(reason.code == "chosen_after_the_run" for reason in desk.results.verdict.reasons)
