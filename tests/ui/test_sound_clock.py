"""The picture waits for the sound to begin, follows it, and goes on alone where there is none."""

import pytest

from lav_gui.ui.sound_clock import EXTRAPOLATE_SECONDS, PATIENCE_SECONDS, SoundClock


class Hands:
    """The hands of a clock, set by the test."""

    now = 10.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def clock(hands: Hands) -> SoundClock:
    return SoundClock(hands)


def test_without_a_start_there_is_no_time(clock: SoundClock) -> None:
    assert clock.seconds is None


def test_it_waits_at_the_beginning_but_not_for_ever(clock: SoundClock, hands: Hands) -> None:
    clock.begin(3.0)
    hands.now += PATIENCE_SECONDS - 0.01
    assert clock.seconds == 3.0
    hands.now += 0.02
    assert clock.seconds is None


def test_between_two_reports_it_goes_on_a_little(clock: SoundClock, hands: Hands) -> None:
    ticket = clock.begin(3.0)
    clock.report(ticket, 3.2)
    hands.now += 0.03
    assert clock.seconds == pytest.approx(3.23)
    hands.now += 0.5
    assert clock.seconds == pytest.approx(3.2 + EXTRAPOLATE_SECONDS)


def test_reports_of_an_earlier_start_do_not_count(clock: SoundClock) -> None:
    old = clock.begin(3.0)
    clock.begin(7.0)
    clock.report(old, 3.5)
    assert clock.seconds == 7.0
    old = clock.ticket
    clock.end()
    clock.report(old, 7.5)
    assert clock.seconds is None


def test_the_end_is_told(clock: SoundClock) -> None:
    clock.report(clock.begin(1.0), None)
    assert clock.seconds is None
