"""Actions of the timeline."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.viewmodels.desk import Desk


@pytest.fixture
def window(make_window: Callable[..., MainWindow], opened: Desk) -> MainWindow:
    made = make_window(opened)
    made.views.timeline.show_video(opened.document.video.index)  # type: ignore[union-attr]
    return made


def test_keys_zoom_the_timeline(window: MainWindow, qtbot: QtBot) -> None:
    canvas = window.views.timeline.canvas
    whole = canvas.span
    window.named_actions["timeline.zoom_in"].trigger()
    assert canvas.span[1] - canvas.span[0] == pytest.approx(28)
    window.named_actions["timeline.zoom_out"].trigger()
    window.named_actions["timeline.zoom_in"].trigger()
    window.named_actions["timeline.all"].trigger()
    assert canvas.span == pytest.approx(whole)


def test_the_marked_part_can_fill_it(window: MainWindow, opened: Desk) -> None:
    opened.selection.mark_in(10)
    opened.selection.mark_out(29)
    window.named_actions["timeline.selection"].trigger()
    assert window.views.timeline.canvas.span == pytest.approx((8.5, 30.5))


def test_button_and_action_of_the_axis_are_one(window: MainWindow, qtbot: QtBot) -> None:
    timeline, action = window.views.timeline, window.named_actions["timeline.time"]
    timeline.axis_asked.emit(True)
    assert action.isChecked()
    assert timeline.in_time
    action.trigger()
    assert not timeline.in_time


def test_places_are_gone_to_by_key(window: MainWindow, opened: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int]] = []
    for name in ("segment", "disagreement", "track_start", "gap"):
        monkeypatch.setattr(opened.navigation, name, lambda step, name=name: asked.append((name, step)))
    window.named_actions.set_conditions(frozenset({"video", "results"}))
    for kind in ("segment", "disagreement", "track", "gap"):
        window.named_actions[f"go.next_{kind}"].trigger()
        window.named_actions[f"go.previous_{kind}"].trigger()
    kinds = ("segment", "disagreement", "track_start", "gap")
    assert asked == [(name, step) for name in kinds for step in (1, -1)]
    assert window.named_actions["go.next_segment"].shortcut().toString() == "PgDown"
    assert Qt.Key.Key_D.name.endswith(window.named_actions["go.next_disagreement"].shortcut().toString())
