from datetime import datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.report import formats


@pytest.mark.parametrize("name", ["李小龙", "Nguyễn", "محمد", "देवनागरी", "می‌خواهم", "👨‍👩‍👧", "❤️ clip.mp4"])
def test_names_of_any_script_stay_as_they_are(name: str) -> None:
    assert formats.visible(name) == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("invoice\u202egpj.exe", "invoice‹U+202E›gpj.exe"),
        ("a\nb\tc\x00", "a‹U+000A›b‹U+0009›c‹U+0000›"),
        ("zero\u200bwidth", "zero‹U+200B›width"),
        ("bytes\udcff", "bytes‹0xFF›"),
        ("private\ue000", "private‹U+E000›"),
    ],
)
def test_what_hides_or_turns_a_name_is_written_out(name: str, shown: str) -> None:
    assert formats.visible(name) == shown


@given(st.text())
def test_visible_text_can_always_be_encoded_and_is_stable(text: str) -> None:
    shown = formats.visible(text)
    shown.encode("utf-8")
    assert formats.visible(shown) == shown


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "<0.001"), (0.0004, "<0.001"), (0.5, "0.500"), (0.99951, ">0.999"), (1.0, ">0.999")]
)
def test_a_score_never_claims_certainty(value: float, text: str) -> None:
    assert formats.score(value) == text


def test_numbers_have_a_true_minus_and_no_negative_zero() -> None:
    assert formats.number(-1.25, 1) == "−1.2"
    assert formats.number(-0.001, 2) == "0.00"
    assert formats.signed(0.5, 1) == "+0.5"
    assert formats.signed(-0.5, 1) == "−0.5"
    assert formats.signed(0.001, 1) == "0.0"
    assert formats.number(None, 2) == formats.ABSENT


def test_measured_values_have_three_digits_and_keep_text() -> None:
    assert [formats.measured(value) for value in (118.4, 0.14159, -2.5, "h264")] == ["118", "0.142", "−2.5", "h264"]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.0, "00:00:00.000"), (12.367, "00:00:12.367"), (3661.5, "01:01:01.500"), (-0.04, "−00:00:00.040"),
     (59.9996, "00:01:00.000")],
)  # fmt: skip
def test_times_carry_over_and_keep_their_sign(seconds: float, text: str) -> None:
    assert formats.timecode(seconds) == text


@given(st.integers(0, 10**9))
def test_a_timecode_reads_back_to_the_millisecond(milliseconds: int) -> None:
    hours, minutes, seconds = formats.timecode(milliseconds / 1000).split(":")
    assert round((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 1000) == milliseconds


def test_moments_are_printed_in_utc() -> None:
    there = datetime(2026, 5, 9, 9, 30, 1, tzinfo=timezone(timedelta(hours=2)))
    assert formats.moment(there) == "2026-05-09 07:30:01 UTC"
    assert formats.moment(None) == formats.ABSENT


@pytest.mark.parametrize(
    ("size", "text"),
    [(999, "999 bytes"), (1500, "1500 bytes (1.5 kB)"), (812_345, "812\u202f345 bytes (812 kB)"),
     (999_600, "999\u202f600 bytes (1 MB)"), (5_000_000_000_000, "5\u202f000\u202f000\u202f000\u202f000 bytes (5 TB)")],
)  # fmt: skip
def test_sizes_are_exact_and_handy(size: int, text: str) -> None:
    assert formats.file_size(size) == text


@pytest.mark.parametrize(
    ("value", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (112, "112th"), (121, "121st")]
)
def test_places_in_a_row_end_as_spoken(value: int, text: str) -> None:
    assert formats.ordinal(value) == text


def test_shares_intervals_and_ratios() -> None:
    assert formats.percent(0.0025) == "0.25 %"
    assert formats.percent_interval((0.031, 0.076)) == "3.1 to 7.6 %"
    assert formats.interval((0.2, 1.0)) == "0.200 to >0.999"
    assert formats.interval(None) == formats.ABSENT
    assert formats.ratio(Fraction(4, 3)) == "4:3"
    assert formats.count(1234) == "1234"


def test_typed_text_keeps_its_lines_and_loses_its_blanks() -> None:
    assert formats.paragraphs("One.\n\n  Two.\u202e\n") == ("One.", "Two.‹U+202E›")
    assert formats.one_line("One.\n Two.") == "One. Two."
