"""The clock of playback is the file's own; the newest wish wins."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from lav_gui.errors import MediaError
from lav_gui.records import Frame, FrameIndex, Gap
from lav_gui.settings import ColorPolicy
from lav_gui.ui.frames import FrameServer
from lav_gui.ui.viewmodels.playback import PlaybackModel

TIMES = (0, 40, 80, 280, 320, 360, 400, 1400, 1440, 1480)


class Decoder(QObject):
    """Stands at the decoder's door; answers when it is told to."""

    delivered = Signal(int, object)
    nearby = Signal(int, object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[int, int]] = []
        self.at_once = False

    def request(self, index: int) -> int:
        self.asked.append((len(self.asked) + 1, index))
        return self.asked[-1][0]

    def answer(self, number: int | None = None, gap: bool = False) -> None:
        number = self.asked[-1][0] if number is None else number
        wanted = self.asked[number - 1][1]
        item: Frame | Gap = Gap(wanted, wanted, "broken") if gap else frame(wanted)
        self.delivered.emit(number, item)


def frame(index: int) -> Frame:
    return Frame(index, TIMES[index], Fraction(1, 1000), np.zeros((2, 2, 3), np.uint8), "P")


def index_of(times: tuple[int, ...]) -> FrameIndex:
    pts = np.array(times, dtype=np.int64)
    zeros, flags = np.zeros(len(pts), np.int64), np.zeros(len(pts), np.bool_)
    order = np.arange(len(pts), dtype=np.int64)
    return FrameIndex(Fraction(1, 1000), pts, pts, zeros, flags, zeros, order, flags)


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def decoder() -> Decoder:
    return Decoder()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def player(decoder: Decoder, clock: Clock) -> PlaybackModel:
    model = PlaybackModel(cast(FrameServer, decoder), clock)
    model.open(index_of(TIMES))
    decoder.answer()
    return model


def test_opening_shows_the_first_frame(player: PlaybackModel) -> None:
    assert isinstance(player.shown, Frame)
    assert player.shown.index == 0
    player.close()


def test_an_answer_to_an_older_wish_is_dropped(player: PlaybackModel, decoder: Decoder) -> None:
    player.seek(3)
    player.seek(5)
    decoder.answer(2)
    assert isinstance(player.shown, Frame)
    assert player.shown.index == 0
    decoder.answer(3)
    assert player.shown.index == 5
    player.close()


def test_seeking_is_clipped_to_the_video(player: PlaybackModel) -> None:
    player.seek(999)
    assert player.position == 9
    player.seek(-5)
    assert player.position == 0
    player.close()


@pytest.mark.parametrize(
    ("start", "seconds", "end"),
    [(0, 0.3, 3), (0, 0.01, 1), (6, 0.5, 7), (9, -0.05, 7), (9, -0.04, 8), (7, -0.3, 6), (0, -1, 0)],
)
def test_a_step_in_time_moves_at_least_one_frame(player: PlaybackModel, start: int, seconds: float, end: int) -> None:
    player.seek(start)
    player.step_seconds(seconds)
    assert player.position == end
    player.close()


def test_playing_follows_the_presentation_times(
    qtbot: QtBot, player: PlaybackModel, decoder: Decoder, clock: Clock
) -> None:
    player.play()
    shown = []
    for seconds in (0.041, 0.081, 0.285):
        clock.now = 100 + seconds
        before = len(decoder.asked)
        qtbot.waitUntil(lambda before=before: len(decoder.asked) > before, timeout=2000)
        decoder.answer()
        shown.append(player.position)
    assert shown == [1, 2, 3]
    assert player.dropped == 0
    player.close()


def test_frames_that_come_too_late_are_dropped_and_counted(
    qtbot: QtBot, player: PlaybackModel, decoder: Decoder, clock: Clock
) -> None:
    player.play()
    clock.now = 100.33
    qtbot.waitUntil(lambda: decoder.asked[-1][1] == 4, timeout=2000)
    assert player.dropped == 3
    player.close()


def test_while_a_picture_is_decoded_no_other_is_asked_for(
    qtbot: QtBot, player: PlaybackModel, decoder: Decoder, clock: Clock
) -> None:
    player.play()
    clock.now = 100.05
    qtbot.waitUntil(lambda: decoder.asked[-1][1] == 1, timeout=2000)
    clock.now = 100.35
    count = len(decoder.asked)
    qtbot.wait(60)  # nothing may happen, which no signal can tell
    assert len(decoder.asked) == count
    decoder.answer()
    qtbot.waitUntil(lambda: decoder.asked[-1][1] == 4, timeout=2000)
    player.close()


def test_playing_ends_at_the_last_frame_and_begins_again_from_the_first(
    qtbot: QtBot, player: PlaybackModel, decoder: Decoder, clock: Clock
) -> None:
    player.seek(8)
    decoder.answer()
    player.play()
    clock.now = 100.05
    qtbot.waitUntil(lambda: player.position == 9, timeout=2000)
    decoder.answer()
    qtbot.wait(60)  # nothing may happen, which no signal can tell
    assert player.playing, "the last frame has its time, and its sound, too"
    clock.now = 100.09
    with qtbot.waitSignal(player.playing_changed, timeout=2000):
        pass
    assert not player.playing
    player.play()
    assert player.position == 0
    player.close()


def test_sound_that_is_longer_than_the_picture_is_heard_to_its_end(
    qtbot: QtBot, player: PlaybackModel, decoder: Decoder, clock: Clock
) -> None:
    sound: list[float | None] = [1.48]
    player.follow(lambda: sound[0])
    player.seek(8)
    decoder.answer()
    player.play()
    qtbot.waitUntil(lambda: player.position == 9, timeout=2000)
    decoder.answer()
    sound[0] = 9.0
    qtbot.wait(60)  # nothing may happen, which no signal can tell
    assert player.playing
    assert player.position == 9
    sound[0] = None
    qtbot.waitUntil(lambda: not player.playing, timeout=2000)
    player.close()


@pytest.mark.parametrize("speed", [1, -1])
def test_a_loop_over_one_frame_stays_there_and_goes_on(
    qtbot: QtBot, player: PlaybackModel, decoder: Decoder, clock: Clock, speed: int
) -> None:
    player.set_span(4, 4)
    player.set_looping(True)
    player.play(speed)
    assert player.position == 4
    decoder.answer()
    turns: list[float] = []
    player.ran.connect(lambda seconds, _: turns.append(seconds))
    for turn in range(1, 4):
        clock.now += 0.0411
        qtbot.waitUntil(lambda count=turn: len(turns) >= count, timeout=2000)
    assert player.playing
    assert (player.position, player.dropped) == (4, 0)
    assert set(turns) == {0.32}
    player.close()


def test_backward_to_the_beginning_of_a_file_that_begins_late_or_before_zero(
    qtbot: QtBot, decoder: Decoder, clock: Clock
) -> None:
    for first in (-80, 5000):
        model = PlaybackModel(cast(FrameServer, decoder), clock)
        model.open(index_of(tuple(first + time for time in (0, 40, 80, 120))), 3)
        decoder.answer()
        ran: list[float] = []
        model.ran.connect(lambda seconds, _, ran=ran: ran.append(seconds))
        model.backward()
        for wanted in (2, 1, 0):
            clock.now += 0.0401
            qtbot.waitUntil(lambda model=model, wanted=wanted: model.position == wanted, timeout=2000)
            decoder.answer()
        clock.now += 0.0401
        qtbot.waitUntil(lambda model=model: not model.playing, timeout=2000)
        assert ran == [pytest.approx(first / 1000 + 0.12), first / 1000]
        assert (model.position, model.dropped) == (0, 0)
        model.close()


def test_a_paused_frame_comes_to_rest_and_a_gap_does_not(qtbot: QtBot, player: PlaybackModel, decoder: Decoder) -> None:
    player.seek(4)
    with qtbot.waitSignal(player.rested, timeout=2000) as told:
        decoder.answer()
    assert told.args[0].index == 4
    player.seek(5)
    with qtbot.assertNotEmitted(player.rested, wait=300):
        decoder.answer(gap=True)
    assert isinstance(player.shown, Gap)
    player.close()


def test_a_picture_that_cannot_be_decoded_ends_playing(player: PlaybackModel, decoder: Decoder) -> None:
    player.toggle()
    decoder.answer()
    player.seek(2)
    decoder.failed.emit(MediaError("The disk is gone; connect it."))
    assert not player.playing
    player.toggle()
    decoder.answer()
    assert player.playing
    player.close()


def test_stepping_pauses(player: PlaybackModel) -> None:
    player.play()
    player.step(2)
    assert not player.playing
    assert player.position == 2
    player.go_last()
    assert player.position == 9
    player.go_first()
    assert player.position == 0
    player.close()


def test_closing_shows_nothing_and_wishes_do_nothing(player: PlaybackModel, decoder: Decoder) -> None:
    player.close()
    assert player.shown is None
    count = len(decoder.asked)
    for wish in (player.play, player.toggle, lambda: player.seek(1), lambda: player.step_seconds(1)):
        call: Callable[[], None] = wish
        call()
    assert len(decoder.asked) == count
    assert player.seconds == 0


def test_pressed_again_it_goes_twice_as_fast_up_to_eight_times(player: PlaybackModel, decoder: Decoder) -> None:
    player.seek(5)
    decoder.answer()
    told: list[int] = []
    player.speed_changed.connect(told.append)
    for _ in range(5):
        player.forward()
    player.backward()
    player.backward()
    player.pause()
    player.pause()
    assert told == [1, 2, 4, 8, -1, -2, 0]
    assert player.speed == 0
    player.close()


def test_changing_the_speed_keeps_the_place_in_time(player: PlaybackModel, decoder: Decoder, clock: Clock) -> None:
    ran: list[tuple[float, int]] = []
    player.ran.connect(lambda seconds, speed: ran.append((round(seconds, 3), speed)))
    player.forward()
    clock.now += 0.03
    player.forward()
    clock.now += 0.01
    player.backward()
    assert ran == [(0.0, 1), (0.03, 2), (0.05, -1)]
    player.close()


def test_playing_backward_follows_the_presentation_times(
    qtbot: QtBot, player: PlaybackModel, decoder: Decoder, clock: Clock
) -> None:
    player.seek(4)
    decoder.answer()
    player.backward()
    shown = []
    for seconds in (0.041, 0.241, 0.281):
        clock.now = 100 + seconds
        before = len(decoder.asked)
        qtbot.waitUntil(lambda before=before: len(decoder.asked) > before, timeout=2000)
        decoder.answer()
        shown.append(player.position)
    assert shown == [3, 2, 1]
    assert player.dropped == 0
    player.close()


def test_playing_backward_ends_at_the_first_frame_and_begins_again_from_the_last(
    qtbot: QtBot, player: PlaybackModel, decoder: Decoder, clock: Clock
) -> None:
    player.seek(1)
    decoder.answer()
    player.backward()
    clock.now = 100.05
    qtbot.waitUntil(lambda: player.position == 0, timeout=2000)
    decoder.answer()
    clock.now = 100.09
    with qtbot.waitSignal(player.playing_changed, timeout=2000):
        pass
    assert player.position == 0
    decoder.answer()
    player.backward()
    assert player.position == 9
    player.close()


def test_twice_as_fast_frames_are_skipped_only_if_they_come_too_late(
    qtbot: QtBot, player: PlaybackModel, decoder: Decoder, clock: Clock
) -> None:
    player.play(2)
    told: list[int] = []
    player.dropped_changed.connect(told.append)
    clock.now = 100.0205
    qtbot.waitUntil(lambda: decoder.asked[-1][1] == 1, timeout=2000)
    decoder.answer()
    assert player.dropped == 0
    clock.now = 100.15
    qtbot.waitUntil(lambda: decoder.asked[-1][1] == 3, timeout=2000)
    assert player.dropped == 1
    assert told == [1]
    player.close()


@pytest.mark.parametrize(("speed", "start", "turns_at", "target"), [(1, 4, 0.081, 3), (-1, 3, 0.041, 4)])
def test_a_loop_turns_once_its_last_frame_had_its_time(
    qtbot: QtBot,
    player: PlaybackModel,
    decoder: Decoder,
    clock: Clock,
    speed: int,
    start: int,
    turns_at: float,
    target: int,
) -> None:
    player.set_span(3, 4)
    player.set_looping(True)
    player.seek(start - speed)
    decoder.answer()
    player.play(speed)
    clock.now = 100.0405
    qtbot.waitUntil(lambda: player.position == start, timeout=2000)
    decoder.answer()
    assert player.playing
    clock.now = 100.0405 + turns_at
    qtbot.waitUntil(lambda: player.position == target, timeout=2000)
    assert player.playing
    assert player.dropped == 0
    player.close()


def test_a_loop_begins_at_its_own_beginning(player: PlaybackModel, decoder: Decoder) -> None:
    player.set_span(3, 6)
    with_loop: list[bool] = []
    player.looping_changed.connect(with_loop.append)
    player.set_looping(True)
    player.set_looping(True)
    player.play()
    assert player.position == 3
    player.set_looping(False)
    assert with_loop == [True, False]
    assert not player.looping
    player.close()


def test_the_picture_follows_the_sound(qtbot: QtBot, player: PlaybackModel, decoder: Decoder, clock: Clock) -> None:
    sound: list[float | None] = [0.0]
    player.follow(lambda: sound[0])
    player.play()
    clock.now = 103.0
    sound[0] = 0.081
    qtbot.waitUntil(lambda: decoder.asked[-1][1] == 2, timeout=2000)
    player.close()


def test_meanwhile_a_nearer_picture_is_shown_and_a_farther_one_is_not(player: PlaybackModel, decoder: Decoder) -> None:
    player.seek(6)
    number = decoder.asked[-1][0]
    decoder.nearby.emit(number, frame(4))
    decoder.nearby.emit(number, frame(1))
    decoder.nearby.emit(number - 1, frame(5))
    assert isinstance(player.shown, Frame)
    assert player.shown.index == 4
    decoder.answer()
    decoder.nearby.emit(number, frame(5))
    assert player.shown.index == 6
    player.close()


def test_a_stand_in_never_comes_to_rest(qtbot: QtBot, player: PlaybackModel, decoder: Decoder) -> None:
    player.seek(6)
    with qtbot.assertNotEmitted(player.rested, wait=250):
        decoder.nearby.emit(decoder.asked[-1][0], frame(4))
    player.close()


EVEN = [40 * number for number in range(30)]
UNEVEN = [sum(20 + (7 * n * n + 3 * n) % 61 for n in range(number)) for number in range(30)]


def write(path: Path, times: list[int], options: dict[str, str]) -> None:
    """Write a video whose n-th picture has the gray level 8 + 8 n."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25, options={"crf": "1", **options})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        for number, time in enumerate(times):
            picture = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 8 + 8 * number, np.uint8), format="rgb24")
            picture.pts, picture.time_base = time, Fraction(1, 1000)
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))


@pytest.mark.parametrize(
    ("name", "times", "options"),
    [
        ("b_frames.mp4", EVEN, {"x264-params": "bframes=3:keyint=12:b-adapt=0"}),
        ("open_gop.mkv", EVEN, {"x264-params": "open-gop=1:bframes=3:keyint=8:b-adapt=0"}),
        ("uneven.mkv", UNEVEN, {}),
        ("late.ts", [5000 + time for time in EVEN], {}),
    ],
)
def test_each_picture_of_a_file_is_the_one_that_is_named_in_both_directions(
    qtbot: QtBot, tmp_path: Path, name: str, times: list[int], options: dict[str, str]
) -> None:
    write(tmp_path / name, times, options)
    server = FrameServer(50_000_000)
    server.start()
    model = PlaybackModel(server)
    shown: list[tuple[int, int]] = []

    def see(item: object) -> None:
        if isinstance(item, Frame):
            shown.append((item.index, round((float(item.image.mean()) - 8) / 8)))

    model.shown_changed.connect(see)
    with qtbot.waitSignal(server.opened, timeout=5000) as told:
        server.open(tmp_path / name, ColorPolicy.AUTO)
    model.open(told.args[1])
    qtbot.waitUntil(lambda: bool(shown), timeout=5000)
    for speed, last in ((2, 29), (-4, 0)):
        begun = len(shown)
        with qtbot.waitSignal(model.playing_changed, timeout=5000, check_params_cb=lambda playing: not playing):
            model.play(speed)
        assert model.position == last
        assert len(shown) - begun + model.dropped == 29, "each was shown, or counted as not shown"
    for wanted in (17, 3, 28, 8, 7):
        model.seek(wanted)
        qtbot.waitUntil(lambda wanted=wanted: shown[-1][0] == wanted, timeout=5000)
    assert [index for index, _ in shown] == [number for _, number in shown]
    model.close()
    assert server.stop(3)
