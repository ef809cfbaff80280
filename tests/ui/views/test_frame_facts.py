"""The facts of the wanted frame are right before its picture is there, and a stand-in is marked as one."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from lav_gui.media.reader import VideoReader
from lav_gui.records import Frame, FrameIndex, Gap
from lav_gui.ui.viewmodels.identity import Identity
from lav_gui.ui.views.frame_facts import LATE_MILLISECONDS, FrameFacts


@pytest.fixture
def index(demo_clip: Path) -> FrameIndex:
    with VideoReader(demo_clip) as reader:
        return reader.index


@pytest.fixture
def facts(qtbot: QtBot, index: FrameIndex) -> Iterator[FrameFacts]:
    made = FrameFacts()
    made.show()
    with qtbot.waitExposed(made):
        made.show_video(index)
    yield made
    made.close()
    made.deleteLater()


def words(facts: FrameFacts) -> set[str]:
    return {label.text() for label in facts.findChildren(QLabel) if label.isVisible()}


def frame(index: int) -> Frame:
    return Frame(index, 1024 * index, Fraction(1, 12288), np.zeros((2, 2, 3), np.uint8), "B")


def test_it_tells_number_count_type_time_and_raw_pts(facts: FrameFacts) -> None:
    facts.show_position(12)
    facts.show_item(frame(12))
    assert facts.number.text() == "12"
    assert {"/ 56", "B", "00:00:01.000", "PTS 12288"} <= words(facts)


def test_while_the_picture_is_late_the_one_on_screen_is_named(facts: FrameFacts, qtbot: QtBot) -> None:
    facts.show_position(11)
    facts.show_item(frame(11))
    facts.show_position(12)
    assert {"00:00:01.000", "PTS 12288", "B"} <= words(facts)
    qtbot.waitUntil(lambda: {"PTS 12288", "—", "picture of 11"} <= words(facts), timeout=2000)
    facts.show_item(frame(10))
    assert "picture of 10" in words(facts)
    facts.show_item(frame(12))
    assert "B" in words(facts)
    assert not any("picture of" in text for text in words(facts))


def test_a_picture_that_comes_in_time_makes_no_flicker(facts: FrameFacts, qtbot: QtBot) -> None:
    for place in range(8, 12):
        facts.show_position(place)
        assert not any("picture of" in text for text in words(facts))
        facts.show_item(frame(place))
    qtbot.wait(2 * LATE_MILLISECONDS)  # nothing may happen, which no signal can tell
    assert "B" in words(facts)
    assert not any("picture of" in text for text in words(facts))


def test_a_gap_has_a_time_and_no_type(facts: FrameFacts) -> None:
    facts.show_position(12)
    facts.show_item(Gap(12, 12288, "broken"))
    assert {"—", "00:00:01.000"} <= words(facts)
    assert not any("picture of" in text for text in words(facts))


def test_a_refusal_stands_beside_the_field_until_something_else_is_typed(facts: FrameFacts, qtbot: QtBot) -> None:
    facts.activateWindow()
    facts.show_position(12)
    facts.show_refusal("The last frame is 55.")
    assert words(facts) == {"The last frame is 55."}
    assert facts.number.hasFocus()
    qtbot.keyClicks(facts.number, "4")
    assert "The last frame is 55." not in words(facts)
    assert "/ 56" in words(facts)


def test_the_comparison_is_said_in_words(facts: FrameFacts) -> None:
    facts.show_identity(Identity.SAME)
    assert "✓ analyzed" in words(facts)
    facts.show_identity(Identity.DIFFERENT)
    assert "≠ analyzed" in words(facts)
    facts.show_identity(Identity.UNKNOWN)
    assert "✓ analyzed" not in words(facts)


def test_without_a_video_it_is_empty(facts: FrameFacts) -> None:
    facts.show_item(frame(3))
    facts.show_video(None)
    assert "/ —" in words(facts)
    assert not any("PTS" in text for text in words(facts))
    assert not facts.number.isEnabled()
    assert facts.number.text() == ""


def test_a_typed_place_is_passed_on(facts: FrameFacts, qtbot: QtBot) -> None:
    facts.activateWindow()
    facts.number.begin()
    qtbot.keyClicks(facts.number, "pts 512")
    with qtbot.waitSignal(facts.place_asked) as asked:
        qtbot.keyClick(facts.number, Qt.Key.Key_Return)
    assert asked.args == ["pts 512"]
