"""Actions as data, and alive in a window."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from lav_gui.ui.action_table import (
    ACTIONS,
    FACE_MENU,
    MENUS,
    OVERLAY_BUTTONS,
    TOOLBAR,
    TRANSPORT,
    ZOOM_BUTTONS,
    names_in,
)
from lav_gui.ui.actions import Actions, FocusKeys, KeyRow, shortcut_rows
from lav_gui.ui.colors import LIGHT
from lav_gui.ui.key_map import KeyMap

NAMES = [spec.name for spec in ACTIONS]


class Calls:
    """Commands that remember their calls."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, tuple[object, ...]]] = []

    def all(self) -> dict[str, Callable[..., object]]:
        return {name: (lambda *args, name=name: self.seen.append((name, args))) for name in NAMES}


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[QMainWindow]:
    made = QMainWindow()
    made.show()
    with qtbot.waitExposed(made):
        pass
    made.activateWindow()
    yield made
    made.close()
    made.deleteLater()


def test_each_name_is_there_once() -> None:
    assert Counter(NAMES).most_common(1)[0][1] == 1


def test_no_two_actions_share_a_key() -> None:
    keys = Counter(QKeySequence(key).toString() for spec in ACTIONS for key in spec.keys)
    assert {key: count for key, count in keys.items() if count > 1} == {}


def test_menus_and_bars_name_only_actions_and_each_action_is_in_a_menu() -> None:
    in_menus = {name for _, entries in MENUS for name in names_in(entries)} - {"PANELS", "RECENT"}
    assert in_menus == set(NAMES)
    for bar in (TOOLBAR, TRANSPORT, OVERLAY_BUTTONS, ZOOM_BUTTONS, FACE_MENU):
        assert set(bar) - {"-"} <= set(NAMES)


def test_each_action_says_what_it_does() -> None:
    assert all(spec.text and spec.hint for spec in ACTIONS)


def test_the_sheet_lists_every_key() -> None:
    shown = [row.keys for _, rows in shortcut_rows(KeyMap()) for row in rows]
    assert len(shown) == sum(1 for spec in ACTIONS if spec.keys)
    assert shown[0] == "Ctrl+N"


def test_the_sheet_lists_the_users_own_keys() -> None:
    rows = dict(shortcut_rows(KeyMap((("file.open", ("F9",)), ("file.close", ())))))["File"]
    assert rows[1].keys == "F9"
    assert "Close" not in [row.title for row in rows]


def test_a_line_of_the_sheet_is_found_by_key_title_and_hint() -> None:
    row = KeyRow("Ctrl+O", "Open", "Open a video or a case")
    assert row.holds(["ctrl+o"])
    assert row.holds(["video", "open"])
    assert not row.holds(["video", "close"])


def test_only_what_can_be_done_is_enabled(window: QMainWindow) -> None:
    actions = Actions(window, Calls().all(), LIGHT)
    assert actions["file.open"].isEnabled()
    assert not actions["playback.play"].isEnabled()
    actions.set_conditions(frozenset({"video"}))
    assert actions["playback.play"].isEnabled()
    assert not actions["file.export_pdf"].isEnabled()


def test_keys_call_commands(window: QMainWindow, qtbot: QtBot) -> None:
    calls = Calls()
    actions = Actions(window, calls.all(), LIGHT)
    actions.set_conditions(frozenset({"video"}))
    qtbot.keyClick(window, Qt.Key.Key_Right)
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert [name for name, _ in calls.seen] == ["playback.next", "playback.next_ten", "playback.play"]


def test_changed_keys_and_tool_tips_hold_at_once(window: QMainWindow, qtbot: QtBot) -> None:
    calls, keys = Calls(), KeyMap()
    actions = Actions(window, calls.all(), LIGHT, keys)
    actions.set_conditions(frozenset({"video"}))
    assert actions["playback.next"].toolTip() == "One frame on (Right)"
    keys.set_keys("playback.next", ("F9", "Ctrl+F9"))
    assert actions["playback.next"].toolTip() == "One frame on (F9 / Ctrl+F9)"
    qtbot.keyClick(window, Qt.Key.Key_Right)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert [name for name, _ in calls.seen] == ["playback.next"]


def test_an_action_says_what_it_would_do_now(window: QMainWindow) -> None:
    actions = Actions(window, Calls().all(), LIGHT)
    actions.retitle("edit.undo", "Undo: cut & paste")
    assert actions["edit.undo"].text() == "Undo: cut && paste"


def test_toggles_tell_their_state(window: QMainWindow) -> None:
    calls = Calls()
    actions = Actions(window, calls.all(), LIGHT)
    actions["view.heatmap"].setChecked(True)
    actions["view.heatmap"].setChecked(False)
    assert calls.seen == [("view.heatmap", (True,)), ("view.heatmap", (False,))]


def test_a_held_key_acts_until_it_is_released(window: QMainWindow, qtbot: QtBot) -> None:
    calls = Calls()
    actions = Actions(window, calls.all(), LIGHT)
    actions.set_conditions(frozenset({"video"}))
    qtbot.keyPress(window, Qt.Key.Key_H)
    assert calls.seen == [("view.blink", (True,))]
    qtbot.keyRelease(window, Qt.Key.Key_H)
    assert calls.seen == [("view.blink", (True,)), ("view.blink", (False,))]


def test_the_menus_hold_the_panels_too(window: QMainWindow) -> None:
    actions = Actions(window, Calls().all(), LIGHT)
    panel = window.addAction("Faces")
    actions.fill_menus(window.menuBar(), [panel])
    titles = [action.text() for action in window.menuBar().actions()]
    assert titles == [title for title, _ in MENUS]
    view = next(action.menu() for action in window.menuBar().actions() if action.text() == "&View")
    assert panel in view.actions()  # type: ignore[attr-defined]


def test_space_presses_a_focused_button_instead_of_playing(
    window: QMainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    calls, pressed = Calls(), []
    keys = FocusKeys(qapp)
    qapp.installEventFilter(keys)
    actions = Actions(window, calls.all(), LIGHT)
    actions.set_conditions(frozenset({"video"}))
    button = QPushButton("Go on", window)
    button.clicked.connect(lambda: pressed.append(True))
    button.show()
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qapp.removeEventFilter(keys)
    assert pressed == [True]
    assert calls.seen == []
