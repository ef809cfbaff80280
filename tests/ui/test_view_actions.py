"""The actions on the picture, through a whole window."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.view_actions import VIEWS, begin_comparison, view_commands
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.display import View


@pytest.fixture
def window(make_window: Callable[..., MainWindow], opened: Desk) -> MainWindow:
    made = make_window(opened)
    made.named_actions.set_conditions(opened.conditions)
    return made


def test_one_view_is_on_at_any_time(window: MainWindow, opened: Desk) -> None:
    actions = window.named_actions
    for name, view in VIEWS.items():
        actions[name].trigger()
        assert opened.display.value.view is view
        assert [other for other in VIEWS if actions[other].isChecked()] == [name]
    actions["view.beside"].trigger()
    assert actions["view.beside"].isChecked()


def test_a_change_from_elsewhere_is_shown(window: MainWindow, opened: Desk) -> None:
    opened.display.set_view(View.SPLIT)
    opened.display.set_contours(True)
    assert window.named_actions["view.split"].isChecked()
    assert window.named_actions["view.contours"].isChecked()


@pytest.mark.parametrize(
    ("name", "of_display", "value"),
    [
        ("view.gain_up", "gain", 8),
        ("view.gain_down", "gain", 2),
        ("view.split_right", "split", 0.55),
        ("view.split_left", "split", 0.45),
    ],
)
def test_keys_change_gain_and_split(opened: Desk, name: str, of_display: str, value: float) -> None:
    view_commands(opened)[name]()
    assert getattr(opened.display.value, of_display) == value


def test_the_picture_asks_for_the_place_of_the_split_line(window: MainWindow, opened: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(opened.display.changed):
        window.views.picture.split_asked.emit(0.3)
    assert opened.display.value.split == 0.3


@pytest.mark.parametrize(("name", "right", "down"), [("left", -1, 0), ("right", 1, 0), ("up", 0, -1), ("down", 0, 1)])
def test_keys_move_the_picture(
    window: MainWindow, opened: Desk, qtbot: QtBot, name: str, right: int, down: int
) -> None:
    picture = window.views.picture
    qtbot.waitUntil(lambda: opened.scene.scene.frame is not None, timeout=5000)
    opened.scene.renew()
    before = picture.view_from_frame().map(QPointF(0, 0))
    window.named_actions[f"view.{name}"].trigger()
    moved = picture.view_from_frame().map(QPointF(0, 0)) - before
    assert (np.sign(round(moved.x())), np.sign(round(moved.y()))) == (-right, -down)


def test_a_comparison_begins_side_by_side(window: MainWindow, opened: Desk, demo_clip: Path) -> None:
    begin_comparison(opened, demo_clip)
    assert opened.compare.path == demo_clip
    assert (opened.display.value.view, opened.display.value.processed) == (View.BESIDE, View.PINNED)
    assert window.named_actions["view.compare_end"].isEnabled()
    window.named_actions["view.compare_end"].trigger()
    assert opened.compare.path is None
