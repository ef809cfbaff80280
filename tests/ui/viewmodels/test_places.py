"""A typed text leads to the frame it means, or to a sentence."""

from fractions import Fraction

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from lav_gui.records import FrameIndex
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.places import PlaceError, find_place
from lav_gui.ui.wording import exact_clock

COUNT = 3000


@pytest.fixture(scope="module")
def index() -> FrameIndex:
    """30000/1001 frames per second, beginning at half a second: no frame lies on a whole millisecond."""
    pts = 15015 + 1001 * np.arange(COUNT, dtype=np.int64)
    zeros, flags, order = np.zeros(COUNT, np.int64), np.zeros(COUNT, np.bool_), np.arange(COUNT)
    return FrameIndex(Fraction(1, 30000), pts, pts, zeros + 1001, flags, zeros, order, flags)


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("123", 123),
        (" #7 ", 7),
        ("0", 0),
        ("pts 15015", 0),
        ("PTS:16016", 1),
        ("pts 17016", 1),
        ("0:02.5", 59),
        ("1:02.5", 1858),
        ("0:01:02.500", 1858),
        ("62.5s", 1858),
        ("62,5 s", 1858),
        ("62.5", 1858),
        ("1 s", 14),
    ],
)
def test_numbers_times_and_stamps_are_understood(index: FrameIndex, text: str, frame: int) -> None:
    assert find_place(text, index) == frame


def test_every_shown_time_typed_back_leads_to_the_frame_that_showed_it(index: FrameIndex) -> None:
    for place in range(0, COUNT, 7):
        assert find_place(exact_clock(int(index.pts[place]), index.time_base), index) == place


@pytest.mark.parametrize("text", ["", "many", "12 34", "1:75", "pts", "pts 1.5", "-5", "#", "1::2"])
def test_what_means_nothing_is_said_to_mean_nothing(index: FrameIndex, text: str) -> None:
    with pytest.raises(PlaceError, match="Type a frame"):
        find_place(text, index)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3000", "last frame is 2999"),
        ("0:00.2", "from 00:00:00.500 to"),
        ("9:00", "to 00:01:40.567"),
        ("pts 15014", "from 15015 to 3017014"),
        ("pts 99999999", "type one of them"),
    ],
)
def test_what_lies_outside_is_told_with_the_ends_of_the_video(index: FrameIndex, text: str, words: str) -> None:
    with pytest.raises(PlaceError, match=words):
        find_place(text, index)


def test_the_model_goes_there_or_says_why_not(qtbot: QtBot, opened: Desk) -> None:
    with qtbot.waitSignal(opened.places.went) as went:
        opened.places.go("31")
    assert went.args == [31]
    assert opened.playback.position == 31
    with qtbot.waitSignal(opened.places.refused) as refused:
        opened.places.go("56")
    assert "last frame is 55" in refused.args[0]
    assert opened.playback.position == 31


def test_without_a_video_nothing_is_said(qtbot: QtBot, opened: Desk) -> None:
    opened.opening.leave()
    with qtbot.assertNotEmitted(opened.places.refused):
        opened.places.go("many")
