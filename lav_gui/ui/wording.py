"""How values are said on the screen: times, probabilities, verdicts. Every text goes through Qt's translation."""

import re
from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from lav_gui.records import Reason, VerdictState
from lav_gui.verdict.sentences import probability

_BRACKETED = re.compile(r"\(&\w\)")

DASH = "–"
NOTHING = "—"


def say(text: str, **values: object) -> str:
    """Translate a sentence and fill in its values."""
    return QCoreApplication.translate("lav", text).format(**values)


def unmarked(text: str) -> str:
    """A menu's text without its mnemonic, which in Chinese stands in brackets at the end, as in 打开(&O)."""
    return _BRACKETED.sub("", text).replace("&", "")


def clock(seconds: float) -> str:
    """Time as hh:mm:ss.mmm; a time before zero keeps its sign."""
    total = round(abs(seconds) * 1000)
    rest, milliseconds = divmod(total, 1000)
    minutes, second = divmod(rest, 60)
    hour, minute = divmod(minutes, 60)
    return f"{'-' if seconds < 0 and total else ''}{hour:02}:{minute:02}:{second:02}.{milliseconds:03}"


def exact_clock(pts: int, time_base: Fraction) -> str:
    """`clock` of a presentation time, rounded once from the exact fraction."""
    return clock(float(round(pts * time_base, 3)))


def short_clock(seconds: float, *, tenths: bool = False) -> str:
    """Time for an axis: m:ss or h:mm:ss, with tenths where asked."""
    total = round(abs(seconds) * 10) if tenths else round(abs(seconds)) * 10
    minutes, rest = divmod(total, 600)
    hour, minute = divmod(minutes, 60)
    second = f"{rest // 10:02}.{rest % 10}" if tenths else f"{rest // 10:02}"
    sign = "-" if seconds < 0 and total else ""
    return f"{sign}{hour}:{minute:02}:{second}" if hour else f"{sign}{minute}:{second}"


def duration(seconds: float) -> str:
    """How long something takes, roughly."""
    if seconds < 55:
        step = 1 if seconds < 10 else 5
        return say("{count} s", count=max(1, step * round(seconds / step)))
    if seconds < 3570:
        return say("{count} min", count=max(1, round(seconds / 60)))
    hours, minutes = divmod(round(seconds / 60), 60)
    return say("{hours} h {minutes} min", hours=hours, minutes=minutes)


def size(count: int) -> str:
    """A file's size in decimal units."""
    for unit, scale in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= scale:
            return f"{count / scale:.1f} {unit}"
    return f"{count} B"


def interval(ends: tuple[float, float] | None) -> str:
    """A 95 % interval as [low – high]; a dash where there is none."""
    return NOTHING if ends is None else f"[{probability(ends[0])} {DASH} {probability(ends[1])}]"


def score(value: float | None) -> str:
    """A fake probability with two decimals; a dash where there is none."""
    return NOTHING if value is None else probability(value)


def signed(value: float) -> str:
    """A logit or contribution with its sign; the true minus sign keeps the width of the plus."""
    return f"{value:+.2f}".replace("-", "−")


def reason(stated: Reason) -> str:
    """A stated reason as a sentence in the user's language."""
    values = {
        name: QCoreApplication.translate("verdict", value) if name == "condition" else value
        for name, value in stated.values
    }
    return QCoreApplication.translate("verdict", stated.template).format(**values)


def category_title(subject: str) -> str:
    """What a note is about, as a title; a word of another writer stays as it is."""
    titles = {
        "observation": "Observation",
        "question": "Question",
        "artifact": "Artifact",
        "exhibit": "Exhibit",
        "other": "Other",
        "note": "Note",
        "marker": "Marker",
    }
    return say(titles[subject]) if subject in titles else subject


def verdict_title(state: VerdictState) -> str:
    """The verdict in words; it never says that something is fake or real."""
    titles = {
        VerdictState.LIKELY_FAKE: "Likely manipulated",
        VerdictState.LIKELY_REAL: "No manipulation indicated",
        VerdictState.INCONCLUSIVE: "Inconclusive",
        VerdictState.OUT_OF_SCOPE: "No verdict: out of scope",
    }
    return say(titles[state])


def verdict_meaning(state: VerdictState) -> str:
    """What the verdict means and what it does not, in plain words."""
    meanings = {
        VerdictState.LIKELY_FAKE: (
            "At least one face scores as manipulated faces did in testing. That is a finding, not a proof."
        ),
        VerdictState.LIKELY_REAL: (
            "No judged face scores as manipulated faces did in testing. That does not show that the video is authentic."
        ),
        VerdictState.INCONCLUSIVE: "The scores lean to no side clearly enough.",
        VerdictState.OUT_OF_SCOPE: "These weights cannot judge this video; what is shown are observations only.",
    }
    return say(meanings[state])
