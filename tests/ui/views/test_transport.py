"""The rows that say how it plays and which frame this is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from lav_gui.media.reader import VideoReader
from lav_gui.ui.viewmodels.digest import FrameDigest
from lav_gui.ui.viewmodels.identity import Identity
from lav_gui.ui.views.frame_facts import FrameFacts
from lav_gui.ui.views.transport import ONE_ROW_WIDTH, TransportView


@pytest.fixture
def view(qtbot: QtBot, demo_clip: Path) -> Iterator[TransportView]:
    made = TransportView()
    made.show()
    with qtbot.waitExposed(made), VideoReader(demo_clip) as reader:
        made.show_video(reader.index)
    made.activateWindow()
    yield made
    made.close()
    made.deleteLater()


def words(view: TransportView) -> set[str]:
    return {label.text() for label in view.findChildren(QLabel) if label.isVisible()}


def field(view: TransportView) -> FrameFacts:
    return view.findChild(FrameFacts)


def test_it_shows_the_facts_of_a_frame(view: TransportView) -> None:
    view.show_position(12)
    view.show_item(None)
    view.show_identity(Identity.SAME)
    assert {"/ 56", "00:00:01.000", "PTS 12288", "✓ analyzed"} <= words(view)
    view.show_video(None)
    assert "/ —" in words(view)


def test_a_typed_place_is_asked_for_and_a_refusal_keeps_it(view: TransportView, qtbot: QtBot) -> None:
    number = field(view).number
    view.edit_place()
    qtbot.keyClicks(number, "999")
    with qtbot.waitSignal(view.place_asked) as asked:
        qtbot.keyClick(number, Qt.Key.Key_Return)
    assert asked.args == ["999"]
    view.show_refusal("The last frame is 55.")
    assert number.text() == "999"
    assert "The last frame is 55." in words(view)
    view.show_position(33)
    view.show_arrival()
    assert number.text() == "33"
    assert "The last frame is 55." not in words(view)


def test_speed_and_dropped_frames_are_shown_while_there_are_any(view: TransportView) -> None:
    view.show_speed(2)
    view.show_dropped(3)
    assert {"→ 2×", "3 dropped"} <= words(view)
    view.show_speed(-8)
    assert "← 8×" in words(view)
    view.show_speed(0)
    view.show_dropped(0)
    assert not any("×" in text or "dropped" in text for text in words(view))


def test_the_digest_comes_below(view: TransportView) -> None:
    view.show_digest(FrameDigest(3, 3072, "ab" * 32))
    assert "Frame 3 · PTS 3072 · SHA-256" in words(view)
    view.show_digest(None)
    assert "Frame 3 · PTS 3072 · SHA-256" not in words(view)


def test_with_room_everything_stands_in_one_row(view: TransportView) -> None:
    view.resize(ONE_ROW_WIDTH - 1, 80)
    two = field(view).y()
    view.resize(ONE_ROW_WIDTH, 80)
    view.layout().activate()
    assert two > field(view).y()


def test_buttons_are_those_of_actions_and_have_names(view: TransportView) -> None:
    view.add_buttons([QAction("&Play", view), None, QAction("&Next", view)])
    names = [button.accessibleName() for button in view.findChildren(QToolButton) if button.defaultAction()]
    assert names == ["Play", "Next"]
