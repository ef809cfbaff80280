"""The decoder thread: it opens, serves the newest request, tells digests and failures, and ends."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from lav_gui.errors import MediaError
from lav_gui.media.reader import VideoReader
from lav_gui.records import Frame, frame_digest
from lav_gui.settings import ColorPolicy
from lav_gui.ui.frames import FrameServer


@pytest.fixture
def server() -> Iterator[FrameServer]:
    made = FrameServer(100_000_000)
    made.start()
    yield made
    assert made.stop(3)


def open_clip(qtbot: QtBot, server: FrameServer, clip: Path) -> None:
    with qtbot.waitSignal(server.opened, timeout=5000):
        server.open(clip, ColorPolicy.AUTO)


def test_opening_tells_what_the_file_is(qtbot: QtBot, server: FrameServer, demo_clip: Path) -> None:
    with qtbot.waitSignal(server.opened, timeout=5000) as told:
        server.open(demo_clip, ColorPolicy.AUTO)
    info, index = told.args
    assert (info.width, info.height) == (960, 540)
    assert len(index) == 56


def test_a_file_that_is_no_video_fails_with_a_sentence(qtbot: QtBot, server: FrameServer, tmp_path: Path) -> None:
    text = tmp_path / "text.mp4"
    text.write_text("no video")
    with qtbot.waitSignal(server.failed, timeout=5000) as told:
        server.open(text, ColorPolicy.AUTO)
    assert isinstance(told.args[0], MediaError)
    assert "text.mp4" in str(told.args[0])


def test_the_newest_of_many_requests_is_answered_with_its_number(
    qtbot: QtBot, server: FrameServer, demo_clip: Path
) -> None:
    open_clip(qtbot, server, demo_clip)
    answers: list[tuple[int, int]] = []
    server.delivered.connect(lambda number, frame: answers.append((number, frame.index)))
    numbers = [server.request(index) for index in range(55, 4, -10)]
    qtbot.waitUntil(lambda: bool(answers) and answers[-1][0] == numbers[-1], timeout=5000)
    assert answers[-1] == (numbers[-1], 5)
    assert numbers == sorted(numbers)


def test_the_delivered_picture_and_its_digest_are_those_of_the_reader(
    qtbot: QtBot, server: FrameServer, demo_clip: Path
) -> None:
    open_clip(qtbot, server, demo_clip)
    with qtbot.waitSignal(server.delivered, timeout=5000) as told:
        server.request(17)
    with qtbot.waitSignal(server.digested, timeout=5000) as digest:
        server.ask_digest(17)
    with VideoReader(demo_clip) as reader:
        expected = reader.frame(17)
    assert isinstance(told.args[1], Frame)
    assert frame_digest(told.args[1].image) == frame_digest(expected.image)
    assert digest.args == [17, frame_digest(expected.image)]


def test_after_closing_the_file_nothing_is_delivered(qtbot: QtBot, server: FrameServer, demo_clip: Path) -> None:
    open_clip(qtbot, server, demo_clip)
    server.close_file()
    with qtbot.assertNotEmitted(server.delivered, wait=200):
        server.request(3)


def test_a_request_for_the_old_file_is_forgotten_when_another_is_opened(
    qtbot: QtBot, server: FrameServer, demo_clip: Path
) -> None:
    open_clip(qtbot, server, demo_clip)
    number = server.request(50)
    open_clip(qtbot, server, demo_clip)
    with qtbot.waitSignal(server.delivered, timeout=5000, check_params_cb=lambda n, _: n > number) as told:
        server.request(1)
    assert told.args[1].index == 1


def test_stopping_ends_the_thread_while_it_works(qtbot: QtBot, demo_clip: Path) -> None:
    made = FrameServer(100_000_000)
    made.start()
    open_clip(qtbot, made, demo_clip)
    made.request(55)
    assert made.stop(3)
    assert made.isFinished()
