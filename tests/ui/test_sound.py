"""The thread plays what the file has from the wanted time on, and says where it is."""

import threading
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from lav_gui.errors import MediaError
from lav_gui.ui.sound import SoundServer
from lav_gui.ui.sound_device import BYTES_A_SECOND, SoundSink


class FakeSink:
    """Takes sound as fast as it is told to, and hears half of it."""

    def __init__(self) -> None:
        self.taken = b""
        self.room = 8000
        self.starts = 0
        self.gain = -1.0
        self.alive = True
        self.on = False
        self.threads: set[int] = set()

    def start(self) -> None:
        self.starts += 1
        self.on = True
        self.taken = b""
        self.threads.add(threading.get_ident())

    def stop(self) -> None:
        self.on = False

    def free_bytes(self) -> int:
        return max(0, self.room - len(self.taken))

    def write(self, pcm: bytes) -> int:
        taken = pcm[:1000]
        self.taken += taken
        return len(taken)

    def heard_seconds(self) -> float:
        return len(self.taken) / BYTES_A_SECOND

    def set_gain(self, gain: float) -> None:
        self.gain = gain

    def is_alive(self) -> bool:
        return self.alive


@pytest.fixture
def sink() -> FakeSink:
    return FakeSink()


@pytest.fixture
def server(sink: FakeSink) -> Iterator[SoundServer]:
    made = SoundServer(lambda: sink)
    yield made
    assert made.stop(3)


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One second of sound; each sample is its number over 16."""
    path = tmp_path_factory.mktemp("sound") / "heard.mkv"
    with av.open(str(path), "w", format="matroska") as container:
        stream = container.add_stream("pcm_s16le", rate=48_000, layout="stereo")
        for start in range(0, 48_000, 480):
            ramp = (np.arange(start, start + 480) // 16).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(np.repeat(ramp, 2).reshape(1, -1), format="s16", layout="stereo")
            frame.rate, frame.pts, frame.time_base = 48_000, start, Fraction(1, 48_000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def test_what_is_played_is_the_sound_from_the_wanted_time_on(
    qtbot: QtBot, server: SoundServer, sink: FakeSink, heard: Path
) -> None:
    server.set_gain(0.25)
    server.play(heard, 0.5)
    assert server.clock.seconds == 0.5
    qtbot.waitUntil(lambda: len(sink.taken) == 8000, timeout=5000)
    samples = np.frombuffer(sink.taken, np.int16).reshape(-1, 2)
    np.testing.assert_array_equal(samples[:, 0], np.arange(24_000, 26_000) // 16)
    assert sink.gain == 0.25
    assert sink.threads.isdisjoint({threading.get_ident()})


def test_the_clock_is_what_was_heard(qtbot: QtBot, server: SoundServer, sink: FakeSink, heard: Path) -> None:
    with qtbot.waitSignal(server.begun, timeout=5000):
        server.play(heard, 0.5)
    qtbot.waitUntil(lambda: (server.clock.seconds or 0) > 0.5, timeout=5000)
    assert server.clock.seconds is not None
    assert 0.5 < server.clock.seconds <= 0.5 + 8000 / BYTES_A_SECOND + 0.1


def test_the_newest_wish_is_played(qtbot: QtBot, server: SoundServer, sink: FakeSink, heard: Path) -> None:
    for seconds in (0.0, 0.1, 0.2, 0.75):
        server.play(heard, seconds)
    qtbot.waitUntil(lambda: len(sink.taken) == 8000, timeout=5000)
    assert np.frombuffer(sink.taken, np.int16)[0] == 36_000 // 16
    server.end()
    qtbot.waitUntil(lambda: not sink.on, timeout=5000)
    assert server.clock.seconds is None


def test_at_the_end_of_the_sound_the_picture_goes_on_alone(
    qtbot: QtBot, server: SoundServer, sink: FakeSink, heard: Path
) -> None:
    sink.room = 10_000_000
    server.play(heard, 0.9)
    qtbot.waitUntil(lambda: server.clock.seconds is None, timeout=5000)
    assert len(sink.taken) == BYTES_A_SECOND // 10
    assert not sink.on


def test_without_a_device_that_is_told(qtbot: QtBot, heard: Path) -> None:
    server = SoundServer(lambda: None)
    with qtbot.waitSignal(server.trouble, timeout=5000) as told:
        server.play(heard, 0.0)
    assert told.args == [None]
    assert server.clock.seconds is None
    assert server.stop(3)


def test_a_device_that_goes_away_is_told_and_looked_for_again(
    qtbot: QtBot, server: SoundServer, sink: FakeSink, heard: Path
) -> None:
    server.play(heard, 0.0)
    qtbot.waitUntil(lambda: len(sink.taken) == 8000, timeout=5000)
    with qtbot.waitSignal(server.trouble, timeout=5000) as told:
        sink.alive = False
    assert told.args == [None]
    sink.alive = True
    server.play(heard, 0.0)
    qtbot.waitUntil(lambda: sink.starts == 2 and sink.on, timeout=5000)


def test_a_file_without_sound_is_told_with_a_sentence(qtbot: QtBot, server: SoundServer, demo_clip: Path) -> None:
    with qtbot.waitSignal(server.trouble, timeout=5000) as told:
        server.play(demo_clip, 0.0)
    assert isinstance(told.args[0], MediaError)


def test_a_server_that_never_played_ends_at_once(sink: FakeSink) -> None:
    made: SoundSink = sink
    assert SoundServer(lambda: made).stop(0.1)
    assert sink.starts == 0
