import string

import pytest

from lav_gui.verdict import method
from lav_gui.verdict.sentences import TEMPLATES, listed, number, probability, rate, say, seconds

ALL = {**TEMPLATES, **method.TEMPLATES}


@pytest.mark.parametrize("template", ALL.values(), ids=list(ALL))
def test_no_sentence_decides_what_only_the_reader_can(template: str) -> None:
    lowered = template.lower()
    assert not [phrase for phrase in ("is fake", "is real", "are fake", "are real") if phrase in lowered]
    assert template[0].isupper() or template.startswith("{")
    assert template.endswith((".", "}."))
    names = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]
    assert all(name.isidentifier() for name in names), "translators need named places"


def test_a_sentence_is_its_template_filled_in() -> None:
    reason = say("face_low", track="2", fake_prob="0.07", threshold="0.60")
    assert reason.code == "face_low"
    assert reason.template == (
        "Face {track} nowhere stays high and as a whole scores {fake_prob}, below the threshold {threshold}."
    )
    assert reason.text == "Face 2 nowhere stays high and as a whole scores 0.07, below the threshold 0.60."


def test_a_sentence_with_missing_or_foreign_values_is_refused() -> None:
    with pytest.raises(KeyError):
        say("face_low", track="2")
    with pytest.raises(KeyError, match="no place"):
        say("face_low", track="2", fake_prob="0.07", threshold="0.60", color="red")
    with pytest.raises(KeyError):
        say("no_such_sentence")


def test_a_probability_is_never_printed_as_certain() -> None:
    printed = [probability(p) for p in (0.0, 0.004, 0.07, 0.5, 0.995, 0.9999, 1.0)]
    assert printed == ["<0.01", "<0.01", "0.07", "0.50", "0.99", ">0.99", ">0.99"]


def test_values_are_printed_for_readers() -> None:
    assert seconds(12.4) == "12.40"
    assert (rate(0.05), rate(0.0025)) == ("5 %", "0.25 %")
    assert [number(v) for v in (30.94, 1234.5, 0.0123, "vp9", None)] == ["30.9", "1234", "0.0123", "vp9", "?"]
    assert listed([9, 3, 7]) == "3, 7, 9"
