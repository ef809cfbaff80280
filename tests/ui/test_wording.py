"""How values are said."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.records import Reason, VerdictState
from lav_gui.report.wording import STATE_TITLES
from lav_gui.ui import wording


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "00:00:00.000"),
        (12.37, "00:00:12.370"),
        (3599.9996, "01:00:00.000"),
        (-0.0834, "-00:00:00.083"),
        (-0.0001, "00:00:00.000"),
        (36000.5, "10:00:00.500"),
    ],
)
def test_a_clock_shows_hours_to_milliseconds(seconds: float, text: str) -> None:
    assert wording.clock(seconds) == text


def test_an_exact_clock_rounds_the_fraction_once() -> None:
    assert wording.exact_clock(12288, Fraction(1, 12288)) == "00:00:01.000"
    assert wording.exact_clock(1001, Fraction(1, 30000)) == "00:00:00.033"


@pytest.mark.parametrize(
    ("seconds", "tenths", "text"),
    [
        (65, False, "1:05"),
        (3725, False, "1:02:05"),
        (0.83, True, "0:00.8"),
        (59.96, True, "1:00.0"),
        (-5, False, "-0:05"),
    ],
)
def test_a_short_clock_fits_an_axis(seconds: float, tenths: bool, text: str) -> None:
    assert wording.short_clock(seconds, tenths=tenths) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.2, "1 s"), (7, "7 s"), (33, "35 s"), (95, "2 min"), (3700, "1 h 2 min")]
)
def test_a_duration_is_rough(seconds: float, text: str) -> None:
    assert wording.duration(seconds) == text


@given(st.floats(0, 1))
def test_a_score_never_claims_certainty(value: float) -> None:
    assert wording.score(value) not in ("0.00", "1.00")


def test_absent_numbers_are_a_dash() -> None:
    assert wording.score(None) == wording.NOTHING
    assert wording.interval(None) == wording.NOTHING


def test_signed_numbers_carry_a_true_minus() -> None:
    assert wording.signed(-1.5) == "−1.50"
    assert wording.signed(1.5) == "+1.50"


def test_no_verdict_says_that_something_is_fake_or_real() -> None:
    for state in VerdictState:
        words = wording.verdict_title(state).lower()
        assert "is fake" not in words
        assert "is real" not in words
        assert "authentic" not in words


@pytest.mark.parametrize("state", list(VerdictState))
def test_window_and_report_call_a_verdict_by_the_same_name(state: VerdictState) -> None:
    assert wording.verdict_title(state) == STATE_TITLES[state]


def test_a_reason_fills_in_its_values() -> None:
    assert wording.reason(Reason("x", "Face {track} is {what}.", (("track", "2"), ("what", "low")))) == "Face 2 is low."


def test_sizes_are_decimal() -> None:
    assert wording.size(654172) == "654.2 kB"
    assert wording.size(12) == "12 B"
    assert wording.size(2_500_000_000) == "2.5 GB"


@pytest.mark.parametrize(
    ("text", "plain"),
    [("&Open…", "Open…"), ("打开(&O)…", "打开…"), ("Side b&y side", "Side by side"), ("Kind", "Kind")],
)
def test_a_text_without_its_mnemonic_can_be_read_aloud(text: str, plain: str) -> None:
    assert wording.unmarked(text) == plain


@pytest.mark.parametrize("state", VerdictState)
def test_what_a_verdict_means_is_said_without_claiming_it(state: VerdictState) -> None:
    words = wording.verdict_meaning(state)
    assert words.endswith(".")
    assert "is fake" not in words
    assert "is real" not in words
