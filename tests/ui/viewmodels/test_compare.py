"""Another file beside the one on screen."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from lav_gui.records import Frame
from lav_gui.settings import ColorPolicy
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.display import View


@pytest.fixture
def other(demo_clip: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo_clip, tmp_path / "other.mp4"))


def go_to(qtbot: QtBot, desk: Desk, index: int) -> None:
    desk.playback.seek(index)
    qtbot.waitUntil(lambda: isinstance(desk.playback.shown, Frame) and desk.playback.shown.index == index, timeout=5000)


def wait_for(qtbot: QtBot, desk: Desk, index: int) -> None:
    qtbot.waitUntil(lambda: desk.pins.pin is not None and desk.pins.pin.frame.index == index, timeout=10_000)


def test_the_other_file_follows_and_equal_frames_differ_by_nothing(qtbot: QtBot, opened: Desk, other: Path) -> None:
    go_to(qtbot, opened, 3)
    opened.compare.begin(other, ColorPolicy.AUTO)
    wait_for(qtbot, opened, 3)
    go_to(qtbot, opened, 40)
    wait_for(qtbot, opened, 40)
    assert opened.pins.other_name == "other.mp4"
    opened.display.set_view(View.DIFFERENCE)
    qtbot.waitUntil(lambda: opened.scene.scene.processed is not None, timeout=10_000)
    made = opened.scene.scene.processed
    assert made is not None
    assert np.all(made.image == 128)


def test_it_can_be_shifted_and_stays_within_the_file(qtbot: QtBot, opened: Desk, other: Path) -> None:
    go_to(qtbot, opened, 3)
    opened.compare.begin(other, ColorPolicy.AUTO)
    wait_for(qtbot, opened, 3)
    opened.compare.shift_by(2)
    wait_for(qtbot, opened, 5)
    opened.compare.shift_by(-9)
    wait_for(qtbot, opened, 0)
    assert opened.compare.shift == -7


def test_a_frame_pinned_by_hand_ends_the_comparison(qtbot: QtBot, opened: Desk, other: Path) -> None:
    go_to(qtbot, opened, 3)
    opened.compare.begin(other, ColorPolicy.AUTO)
    wait_for(qtbot, opened, 3)
    assert "comparing" in opened.conditions
    opened.pins.toggle()
    assert opened.compare.path is None
    assert "comparing" not in opened.conditions
    go_to(qtbot, opened, 5)
    assert opened.pins.pin is not None
    assert opened.pins.pin.frame.index == 3


def test_a_file_that_is_no_video_is_told_and_not_compared_to(qtbot: QtBot, opened: Desk, tmp_path: Path) -> None:
    text = tmp_path / "notes.mp4"
    text.write_text("no video", encoding="utf-8")
    with qtbot.waitSignal(opened.compare.failed, timeout=10_000) as failed:
        opened.compare.begin(text, ColorPolicy.AUTO)
    assert "notes.mp4" in str(failed.args[0])
    assert opened.compare.path is None


def test_another_video_on_screen_ends_the_comparison(qtbot: QtBot, opened: Desk, other: Path) -> None:
    go_to(qtbot, opened, 3)
    opened.compare.begin(other, ColorPolicy.AUTO)
    wait_for(qtbot, opened, 3)
    opened.opening.close()
    assert opened.compare.path is None


def test_a_late_frame_of_the_file_before_is_not_pinned_as_one_of_the_next(
    qtbot: QtBot, opened: Desk, other: Path, tmp_path: Path
) -> None:
    go_to(qtbot, opened, 3)
    opened.compare.begin(other, ColorPolicy.AUTO)
    wait_for(qtbot, opened, 3)
    pin, server = opened.pins.pin, opened.compare._server
    assert pin is not None
    assert server is not None
    number = opened.compare._number
    following = Path(shutil.copy(other, tmp_path / "following.mp4"))
    opened.compare.begin(following, ColorPolicy.AUTO)
    server.delivered.emit(number, pin.frame)  # it was on its way
    assert opened.pins.pin is pin
    qtbot.waitUntil(lambda: opened.pins.pin is not None and opened.pins.pin.path == following, timeout=10_000)
