"""The digest that is told is that of the picture on screen, and of no other."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from lav_gui.media.reader import VideoReader
from lav_gui.records import Frame, frame_digest
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.digest import FrameDigest


def test_it_is_the_digest_of_the_frame_as_decoded(qtbot: QtBot, opened: Desk, demo_clip: Path) -> None:
    opened.playback.seek(17)
    with qtbot.waitSignal(opened.digest.changed, timeout=5000) as told:
        opened.digest.ask()  # while the frame is on its way
    with VideoReader(demo_clip) as reader:
        frame = reader.frame(17)
    assert told.args == [FrameDigest(17, frame.pts, frame_digest(frame.image))]
    assert opened.digest.value == told.args[0]


def test_it_is_forgotten_with_the_picture(qtbot: QtBot, opened: Desk) -> None:
    qtbot.waitUntil(lambda: isinstance(opened.playback.shown, Frame), timeout=5000)
    with qtbot.waitSignal(opened.digest.changed, timeout=5000):
        opened.digest.ask()
    with qtbot.waitSignal(opened.digest.changed, timeout=5000) as told:
        opened.playback.step(1)
    assert told.args == [None]
    assert opened.digest.value is None


def test_asking_pauses(qtbot: QtBot, opened: Desk) -> None:
    qtbot.waitUntil(lambda: isinstance(opened.playback.shown, Frame), timeout=5000)
    opened.playback.play()
    with qtbot.waitSignal(opened.digest.changed, timeout=5000):
        opened.digest.ask()
    assert not opened.playback.playing


def test_without_a_video_nothing_is_asked(qtbot: QtBot, opened: Desk) -> None:
    opened.opening.leave()
    with qtbot.assertNotEmitted(opened.digest.changed):
        opened.digest.ask()
