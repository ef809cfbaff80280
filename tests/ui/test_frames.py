"""The decoder thread: it opens, serves the newest request, tells digests and failures, and ends."""

import threading
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from lav_gui.errors import MediaError
from lav_gui.media.reader import VideoReader
from lav_gui.records import Frame, frame_digest
from lav_gui.settings import ColorPolicy
from lav_gui.ui.frame_cache import FrameCache
from lav_gui.ui.frame_walk import AHEAD_FRAMES
from lav_gui.ui.frames import FrameServer


class RestlessWalk:
    """Never reaches a wanted frame."""

    def __init__(self) -> None:
        self.cache = FrameCache(1000)
        self.on_the_way: list[int] = []

    def turn_to(self, wanted: int) -> None:
        pass

    def fetch(self, wanted: int, is_stale: Callable[[], bool]) -> None:
        pass

    def fetch_on_the_way(self, wanted: int) -> None:
        self.on_the_way.append(wanted)
        self.cache.put(Frame(wanted - 1, wanted - 1, Fraction(1, 25), np.zeros((2, 2, 3), np.uint8)))


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
    info, index, source = told.args
    assert source == (demo_clip, ColorPolicy.AUTO)
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


def test_what_is_cached_is_told_as_rows_and_nothing_after_closing(
    qtbot: QtBot, server: FrameServer, demo_clip: Path
) -> None:
    open_clip(qtbot, server, demo_clip)
    with qtbot.waitSignal(server.cached, timeout=5000, check_params_cb=lambda spans: (20, 32) in spans):
        server.request(20)
    with qtbot.waitSignal(server.cached, timeout=5000) as told:
        server.close_file()
    assert told.args == [()]


def test_while_a_far_frame_is_decoded_the_nearest_is_given_out(
    qtbot: QtBot, server: FrameServer, demo_clip: Path
) -> None:
    open_clip(qtbot, server, demo_clip)
    with qtbot.waitSignal(server.delivered, timeout=5000):
        server.request(3)
    near: list[tuple[int, int]] = []
    server.nearby.connect(lambda number, frame: near.append((number, frame.index)))
    with qtbot.waitSignal(server.delivered, timeout=5000) as told:
        number = server.request(50)
    assert told.args[0] == number
    assert [each[0] for each in near] == [number]
    assert 3 <= near[0][1] <= 3 + AHEAD_FRAMES


def test_a_hand_that_never_rests_still_sees_pictures(qtbot: QtBot, demo_clip: Path) -> None:
    server = FrameServer(100_000_000)
    walk = RestlessWalk()
    server._walk = walk  # type: ignore[assignment]  # a hand that is always faster than the decoder
    server._cache = walk.cache
    near: list[int] = []
    server.nearby.connect(lambda _, frame: near.append(frame.index))
    server._deliver(1, 50)
    assert near == []
    server._deliver(2, 40)
    assert near == [39]
    assert walk.on_the_way == [40]


def test_a_file_that_fails_after_another_was_wanted_is_not_told(
    qtbot: QtBot, server: FrameServer, demo_clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, gate = threading.Event(), threading.Event()

    def slow_reader(path: Path, color: ColorPolicy) -> VideoReader:
        if path != demo_clip:
            begun.set()
            gate.wait(5)
        return VideoReader(path, color)

    monkeypatch.setattr("lav_gui.ui.frames.VideoReader", slow_reader)
    told: list[object] = []
    server.failed.connect(told.append)
    server.open(tmp_path / "none.mp4", ColorPolicy.AUTO)
    assert begun.wait(5)
    with qtbot.waitSignal(server.opened, timeout=5000):
        server.open(demo_clip, ColorPolicy.AUTO)
        gate.set()
    assert told == []


class Slow:
    """Opens one file only when it is let."""

    def __init__(self, path: Path) -> None:
        self.path, self.begun, self.gate = path, threading.Event(), threading.Event()

    def __call__(self, path: Path, color: ColorPolicy) -> VideoReader:
        if path == self.path:
            self.begun.set()
            self.gate.wait(20)
        return VideoReader(path, color)


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo_clip: Path) -> Iterator[Slow]:
    made = Slow(tmp_path / "slow.mp4")
    made.path.write_bytes(demo_clip.read_bytes())
    monkeypatch.setattr("lav_gui.ui.frames.VideoReader", made)
    yield made
    made.gate.set()


def test_what_was_told_of_a_file_is_dropped_once_another_was_asked_for(
    qtbot: QtBot, server: FrameServer, demo_clip: Path, tmp_path: Path, slow: Slow
) -> None:
    """The thread has told it already, but the window has not heard it yet when it asks for another file."""
    told: list[str] = []
    server.failed.connect(lambda error: told.append(str(error)))
    server.digested.connect(lambda index, _: told.append(f"digest of {index}"))
    server.delivered.connect(lambda _, frame: told.append(f"frame {frame.index}"))
    open_clip(qtbot, server, demo_clip)
    with qtbot.waitSignal(server.delivered, timeout=5000):
        server.request(4)
    told.clear()
    server.ask_digest(4)
    wait_until_taken(server)
    server.request(5)
    wait_until_taken(server)
    server.open(tmp_path / "none.mp4", ColorPolicy.AUTO)
    wait_until_taken(server)
    with qtbot.waitSignal(server.opened, timeout=5000):
        server.open(slow.path, ColorPolicy.AUTO)
        assert slow.begun.wait(5)  # all before is done
        slow.gate.set()
    assert told == []


def wait_until_taken(server: FrameServer) -> None:
    """Wait without hearing anything until the thread has begun with what it was asked for."""
    end = time.monotonic() + 5
    while server._wishes.any and time.monotonic() < end:
        time.sleep(0.005)


def test_once_stopped_no_other_wish_keeps_the_thread_alive(demo_clip: Path, slow: Slow) -> None:
    made = FrameServer(100_000_000)
    made.start()
    made.open(slow.path, ColorPolicy.AUTO)
    assert slow.begun.wait(5)
    assert not made.stop(0.1), "the disk does not answer"
    made.close_file()
    made.open(demo_clip, ColorPolicy.AUTO)
    made.request(1)
    slow.gate.set()
    assert made.wait(5000)
