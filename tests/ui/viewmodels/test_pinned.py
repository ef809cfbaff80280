"""The pinned frame."""

import shutil
from pathlib import Path

from pytestqt.qtbot import QtBot

from lav_gui.records import Frame
from lav_gui.ui.viewmodels.desk import Desk


def go_to(qtbot: QtBot, desk: Desk, index: int) -> None:
    desk.playback.seek(index)
    qtbot.waitUntil(lambda: isinstance(desk.playback.shown, Frame) and desk.playback.shown.index == index, timeout=5000)


def test_a_frame_is_pinned_replaced_and_let_go(qtbot: QtBot, opened: Desk) -> None:
    go_to(qtbot, opened, 3)
    opened.pins.toggle()
    assert opened.pins.pin is not None
    assert opened.pins.pin.frame.index == 3
    assert opened.pins.other_name == ""
    go_to(qtbot, opened, 5)
    opened.pins.toggle()
    assert opened.pins.pin.frame.index == 5
    opened.pins.toggle()
    assert opened.pins.pin is None


def test_without_a_picture_nothing_is_pinned(qtbot: QtBot, opened: Desk) -> None:
    opened.opening.close()
    with qtbot.assertNotEmitted(opened.pins.changed):
        opened.pins.toggle()


def test_the_pin_stays_as_another_file_is_opened_and_is_named(
    qtbot: QtBot, opened: Desk, demo_clip: Path, tmp_path: Path
) -> None:
    go_to(qtbot, opened, 3)
    opened.pins.toggle()
    copy = Path(shutil.copy(demo_clip, tmp_path / "copy.mp4"))
    with qtbot.waitSignal(opened.opening.ready, timeout=10_000):
        opened.open(copy)
    assert opened.pins.pin is not None
    assert opened.pins.other_name == demo_clip.name
