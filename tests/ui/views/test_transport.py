"""The row that says which frame this is."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from lav_gui.media.reader import VideoReader
from lav_gui.records import Frame, FrameIndex, Gap
from lav_gui.ui.viewmodels.identity import Identity
from lav_gui.ui.views.transport import TransportView


@pytest.fixture
def index(demo_clip: Path) -> FrameIndex:
    with VideoReader(demo_clip) as reader:
        return reader.index


@pytest.fixture
def view(qtbot: QtBot, index: FrameIndex) -> Iterator[TransportView]:
    made = TransportView()
    made.show()
    with qtbot.waitExposed(made):
        made.show_video(index)
    yield made
    made.close()
    made.deleteLater()


def words(view: TransportView) -> set[str]:
    return {label.text() for label in view.findChildren(QLabel)}


def frame(index: int) -> Frame:
    return Frame(index, 12288, Fraction(1, 12288), np.zeros((2, 2, 3), np.uint8), "B")


def test_it_tells_number_count_type_time_and_raw_pts(view: TransportView) -> None:
    view.show_position(12)
    view.show_item(frame(12))
    assert view.findChild(QLineEdit).text() == "12"
    assert {"/ 56", "B", "00:00:01.000", "PTS 12288"} <= words(view)


def test_a_gap_has_a_time_and_no_type(view: TransportView) -> None:
    view.show_item(Gap(12, 12288, "broken"))
    assert {"—", "00:00:01.000"} <= words(view)


def test_a_typed_number_asks_for_the_frame(view: TransportView, qtbot: QtBot) -> None:
    view.edit_frame()
    box = view.findChild(QLineEdit)
    box.clear()
    qtbot.keyClicks(box, "33")
    with qtbot.waitSignal(view.frame_asked) as asked:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert asked.args == [33]


def test_words_instead_of_a_number_ask_for_nothing(view: TransportView, qtbot: QtBot) -> None:
    view.show_position(4)
    view.edit_frame()
    box = view.findChild(QLineEdit)
    box.clear()
    qtbot.keyClicks(box, "many")
    with qtbot.assertNotEmitted(view.frame_asked):
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == "4"


def test_the_comparison_is_said_in_words(view: TransportView) -> None:
    view.show_identity(Identity.SAME)
    assert "✓ analyzed" in words(view)
    view.show_identity(Identity.DIFFERENT)
    assert "≠ analyzed" in words(view)
    view.show_identity(Identity.UNKNOWN)
    assert "✓ analyzed" not in words(view)


def test_without_a_video_it_is_empty(view: TransportView) -> None:
    view.show_item(frame(3))
    view.show_video(None)
    assert "/ —" in words(view)
    assert "PTS 12288" not in words(view)
    assert not view.findChild(QLineEdit).isEnabled()


def test_buttons_are_those_of_actions_and_have_names(view: TransportView) -> None:
    view.add_buttons([QAction("&Play", view), None, QAction("&Next", view)])
    names = [button.accessibleName() for button in view.findChildren(QToolButton) if button.defaultAction()]
    assert names == ["Play", "Next"]
