"""A frame is due by its own time, in both directions, at every speed, and with the sound where it leads."""

from fractions import Fraction

import numpy as np
import pytest

from lav_gui.records import FrameIndex
from lav_gui.ui.viewmodels.play_clock import PlayClock

TIMES = (0, 40, 80, 280, 320, 360)


class Hands:
    """The hands of a clock, set by the test."""

    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def clock(hands: Hands) -> PlayClock:
    pts = np.array(TIMES, dtype=np.int64)
    zeros, flags, order = np.zeros(len(pts), np.int64), np.zeros(len(pts), np.bool_), np.arange(len(pts))
    made = PlayClock(hands)
    made.use(FrameIndex(Fraction(1, 1000), pts, pts, zeros, flags, zeros, order, flags))
    return made


def test_it_stands_until_it_is_started(clock: PlayClock, hands: Hands) -> None:
    hands.now += 3
    assert clock.speed == 0
    assert clock.seconds == 0


@pytest.mark.parametrize(("passed", "due"), [(0.039, 0), (0.0396, 1), (0.081, 2), (0.2, 2), (0.281, 3), (9.0, 5)])
def test_forward_each_frame_is_due_from_its_own_time_on(
    clock: PlayClock, hands: Hands, passed: float, due: int
) -> None:
    clock.start(0.0, 1)
    hands.now += passed
    assert clock.due(0) == due


@pytest.mark.parametrize(("passed", "due"), [(0.03, 5), (0.041, 4), (0.081, 3), (0.2, 3), (0.281, 2), (9.0, 0)])
def test_backward_each_frame_is_due_when_the_clock_has_come_down_to_it(
    clock: PlayClock, hands: Hands, passed: float, due: int
) -> None:
    clock.start(0.36, -1)
    hands.now += passed
    assert clock.due(5) == due


def test_it_never_goes_against_the_direction_of_play(clock: PlayClock) -> None:
    clock.start(0.0, 1)
    assert clock.due(4) == 4
    clock.start(0.36, -1)
    assert clock.due(1) == 1


@pytest.mark.parametrize(("speed", "wait"), [(1, 0.2), (4, 0.05), (-1, 0.04), (-2, 0.02)])
def test_the_wait_is_as_long_as_the_frame_stays_divided_by_the_speed(clock: PlayClock, speed: int, wait: float) -> None:
    clock.start(0.08, speed)
    assert clock.wait_seconds(2) == pytest.approx(wait)


@pytest.mark.parametrize(("speed", "position", "wait"), [(1, 2, 0.2), (1, 5, 0.04), (-1, 0, 0.04)])
def test_at_a_turn_the_frame_stays_for_its_whole_time(
    clock: PlayClock, hands: Hands, speed: int, position: int, wait: float
) -> None:
    clock.start(TIMES[position] / 1000, speed)
    assert clock.wait_at_turn(position) == pytest.approx(wait)
    hands.now += wait + 0.01
    assert clock.wait_at_turn(position) == 0


def test_the_sound_leads_at_normal_speed_and_the_clock_goes_on_from_where_it_ended(
    clock: PlayClock, hands: Hands
) -> None:
    told: list[float | None] = [0.1]
    clock.follow(lambda: told[0])
    clock.start(0.0, 1)
    hands.now += 5
    assert clock.seconds == 0.1
    told[0] = None
    hands.now += 0.25
    assert clock.seconds == pytest.approx(0.35)


@pytest.mark.parametrize("speed", [2, -1])
def test_the_sound_does_not_lead_at_other_speeds(clock: PlayClock, hands: Hands, speed: int) -> None:
    clock.follow(lambda: 0.1)
    clock.start(0.2, speed)
    hands.now += 0.01
    assert clock.seconds == pytest.approx(0.2 + 0.01 * speed)


def test_the_last_frame_stays_as_long_as_the_file_says(hands: Hands) -> None:
    pts, flags, order = np.array((0, 40, 80), dtype=np.int64), np.zeros(3, np.bool_), np.arange(3)
    durations = np.array((40, 40, 500), dtype=np.int64)
    clock = PlayClock(hands)
    clock.use(FrameIndex(Fraction(1, 1000), pts, pts, durations, flags, order, order, flags))
    clock.start(0.08, 1)
    assert clock.wait_at_turn(2) == pytest.approx(0.5)
    clock.start(0.04, -1)
    assert clock.wait_at_turn(1) == pytest.approx(0.04)


def test_whether_the_sound_leads(clock: PlayClock) -> None:
    sound: list[float | None] = [0.1]
    clock.follow(lambda: sound[0])
    clock.start(0.0, 1)
    assert clock.is_led
    clock.start(0.0, 2)
    assert not clock.is_led
    clock.start(0.0, 1)
    sound[0] = None
    assert not clock.is_led
