"""Sound goes with the picture at normal speed forward, and is silent otherwise."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal

from lav_gui.errors import MediaError
from lav_gui.media.reader import VideoReader
from lav_gui.records import FrameIndex, StreamInfo
from lav_gui.settings import ColorPolicy
from lav_gui.ui.frames import FrameServer
from lav_gui.ui.sound import SoundServer
from lav_gui.ui.sound_clock import SoundClock
from lav_gui.ui.viewmodels.document import DocumentModel, Video
from lav_gui.ui.viewmodels.playback import PlaybackModel
from lav_gui.ui.viewmodels.sound import Sound, SoundModel


class Speaker(QObject):
    """Stands at the door of the sound's thread and keeps what it is told."""

    trouble = Signal(object)
    begun = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.clock = SoundClock()
        self.told: list[object] = []
        self.gain = -1.0

    def play(self, path: Path, seconds: float) -> None:
        self.told.append((path.name, round(seconds, 3)))

    def end(self) -> None:
        self.told.append("end")

    def set_gain(self, gain: float) -> None:
        self.gain = gain


class Document(QObject):
    """A document that opens what it is given."""

    opened = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.video: Video | None = None

    def show(self, video: Video | None) -> None:
        self.video = video
        if video is None:
            self.closed.emit()
        else:
            self.opened.emit(video)


class Decoder(QObject):
    """A decoder that never answers."""

    delivered = Signal(int, object)
    nearby = Signal(int, object)
    failed = Signal(object)

    def request(self, index: int) -> int:
        return index


@pytest.fixture
def speaker() -> Speaker:
    return Speaker()


@pytest.fixture
def document() -> Document:
    return Document()


@pytest.fixture
def playback() -> Iterator[PlaybackModel]:
    decoder = Decoder()
    made = PlaybackModel(cast(FrameServer, decoder))
    times = 40 * np.arange(50, dtype=np.int64)
    zeros, flags = np.zeros(50, np.int64), np.zeros(50, np.bool_)
    made.open(FrameIndex(Fraction(1, 1000), times, times, zeros, flags, zeros, np.arange(50), flags))
    yield made
    made.close()


@pytest.fixture
def model(speaker: Speaker, document: Document, playback: PlaybackModel) -> SoundModel:
    return SoundModel(cast(SoundServer, speaker), cast(DocumentModel, document), playback)


@pytest.fixture(scope="module")
def silent(request: pytest.FixtureRequest) -> Video:
    clip: Path = request.getfixturevalue("demo_clip")
    with VideoReader(clip) as reader:
        return Video(clip, reader.info, reader.index, ColorPolicy.AUTO)


@pytest.fixture
def loud(silent: Video) -> Video:
    stream = StreamInfo(1, "audio", "aac", None, None, 2.0, "48000 Hz, stereo")
    return replace(silent, info=replace(silent.info, streams=(*silent.info.streams, stream)))


def test_it_plays_at_normal_speed_forward_only(
    model: SoundModel, speaker: Speaker, document: Document, playback: PlaybackModel, loud: Video
) -> None:
    document.show(loud)
    speaker.told.clear()
    playback.seek(10)
    playback.play()
    playback.seek(20)
    playback.forward()
    playback.backward()
    playback.pause()
    assert speaker.told == [("swap_fake.mp4", 0.4), ("swap_fake.mp4", 0.8), "end", "end", "end"]


def test_at_another_speed_it_says_that_it_is_silent(
    model: SoundModel, document: Document, playback: PlaybackModel, loud: Video
) -> None:
    document.show(loud)
    told: list[bool] = []
    for act in (playback.play, playback.forward, playback.pause, playback.backward, playback.pause):
        act()
        told.append(model.value.off_speed)
    assert told == [False, True, False, True, False]


def test_a_video_without_sound_asks_for_no_device(
    model: SoundModel, speaker: Speaker, document: Document, playback: PlaybackModel, silent: Video, loud: Video
) -> None:
    document.show(silent)
    playback.play()
    assert set(speaker.told) == {"end"}
    assert not model.value.in_file
    document.show(loud)
    assert model.value.in_file
    document.show(None)
    assert not model.value.in_file


def test_the_picture_follows_the_sound(model: SoundModel, speaker: Speaker, playback: PlaybackModel) -> None:
    playback.play()
    speaker.clock.report(speaker.clock.begin(1.2), 1.24)
    playback.backward()
    told: list[float] = []
    playback.ran.connect(lambda seconds, _: told.append(seconds))
    playback.play()
    playback.forward()
    assert told[1] == pytest.approx(1.24, abs=0.1)


def test_volume_and_muting(model: SoundModel, speaker: Speaker) -> None:
    told: list[Sound] = []
    model.changed.connect(told.append)
    model.set_volume(0.5)
    assert speaker.gain == pytest.approx(0.125)
    model.set_muted(True)
    assert speaker.gain == 0
    model.change_volume(1)
    assert model.value.volume == 0.6
    assert not model.value.muted
    for _ in range(9):
        model.change_volume(1)
    assert model.value.volume == 1
    assert speaker.gain == 1
    assert told[-1] == model.value


def test_volume_stays_from_video_to_video(model: SoundModel, document: Document, loud: Video) -> None:
    document.show(loud)
    model.set_volume(0.3)
    document.show(None)
    document.show(loud)
    assert model.value.volume == 0.3


def test_trouble_is_said_once(model: SoundModel, speaker: Speaker) -> None:
    told: list[Sound] = []
    model.changed.connect(told.append)
    speaker.trouble.emit(None)
    speaker.trouble.emit(None)
    assert [sound.trouble for sound in told] == ["no sound device"]
    speaker.trouble.emit(MediaError("It has no sound."))
    assert model.value.trouble == "It has no sound."


def test_trouble_is_over_when_something_is_heard_or_another_video_is_shown(
    model: SoundModel, speaker: Speaker, document: Document, silent: Video
) -> None:
    speaker.trouble.emit(None)
    speaker.begun.emit()
    assert model.value.trouble == ""
    speaker.trouble.emit(None)
    document.show(silent)
    assert model.value.trouble == ""
