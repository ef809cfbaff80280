"""How values are printed: numbers, times, sizes, and text that came from the evidence."""

import unicodedata
from datetime import UTC, datetime
from fractions import Fraction

MINUS = "\u2212"
ABSENT = "\u2013"
"""Stands where there is no value."""

_INVISIBLE_RANGES = (
    (0x00AD, 0x00AD),  # soft hyphen
    (0x061C, 0x061C),
    (0x200B, 0x200B),
    (0x200E, 0x200F),  # direction marks
    (0x2028, 0x202E),  # separators, embeddings and overrides of direction
    (0x2060, 0x2064),
    (0x2066, 0x206F),  # isolates
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB),
    (0xE0000, 0xE007F),
)
"""Marks that turn the reading direction or hide: a name must not be able to disguise itself."""


def visible(text: str) -> str:
    """Text as it can be printed: what has no shape of its own is written out, as in ‹U+202E›.

    Joiners (U+200C, U+200D) and variation selectors stay: scripts and emoji need them. Bytes of a file name that are
    no valid text (lone surrogates) are written as ‹0xFF›.
    """
    return "".join(_visible_character(character) for character in text)


def _visible_character(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"‹0x{code - 0xDC00:02X}›"
    hides = any(first <= code <= last for first, last in _INVISIBLE_RANGES)
    if hides or unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn"):
        return f"‹U+{code:04X}›"
    return character


def paragraphs(text: str) -> tuple[str, ...]:
    """What a person typed, as its lines that are not empty, each printable."""
    return tuple(visible(line.strip()) for line in text.splitlines() if line.strip())


def one_line(text: str) -> str:
    """What a person typed, on one line."""
    return visible(" ".join(text.split()))


def number(value: float | None, decimals: int) -> str:
    """A number with fixed decimals and a true minus sign; a dash where there is none."""
    if value is None:
        return ABSENT
    text = f"{value:.{decimals}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def signed(value: float | None, decimals: int) -> str:
    """A number that always shows its sign, but zero."""
    text = number(value, decimals)
    return f"+{text}" if value is not None and float(f"{value:.{decimals}f}") > 0 else text


def measured(value: float | str) -> str:
    """A measured value: whole from 100 up, else three digits; text as it is."""
    if isinstance(value, str):
        return visible(value)
    return number(value, 0) if abs(value) >= 100 else f"{value:.3g}".replace("-", MINUS)


def score(value: float | None) -> str:
    """A score in [0, 1] with three decimals, but never 0.000 or 1.000, which would claim certainty."""
    if value is None:
        return ABSENT
    if value < 0.0005:
        return "<0.001"
    return ">0.999" if value > 0.9995 else f"{value:.3f}"


def interval(low_high: tuple[float, float] | None) -> str:
    """Both ends of an interval of scores."""
    return ABSENT if low_high is None else f"{score(low_high[0])} to {score(low_high[1])}"


def percent(share: float) -> str:
    """A share as percent with up to three digits, as in 5 % or 0.25 %."""
    return f"{100 * share:.3g} %"


def percent_interval(low_high: tuple[float, float]) -> str:
    """Both ends of an interval of shares."""
    return f"{100 * low_high[0]:.3g} to {100 * low_high[1]:.3g} %"


def count(value: int) -> str:
    """A whole number, thousands apart by a thin no-break space from 10 000 on."""
    return f"{value:,}".replace(",", "\u202f") if abs(value) >= 10_000 else str(value)


def ordinal(value: int) -> str:
    """A place in a row, as in 3rd."""
    ending = "th" if 10 <= value % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def seconds(value: float) -> str:
    """Seconds with three decimals."""
    return f"{number(value, 3)} s"


def timecode(value: float) -> str:
    """Seconds as hours:minutes:seconds.milliseconds."""
    sign = MINUS if value < 0 else ""
    milliseconds = round(abs(value) * 1000)
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{sign}{hours:02d}:{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def moment(value: datetime | None) -> str:
    """A point of time, UTC."""
    return ABSENT if value is None else f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def ratio(value: Fraction) -> str:
    """A ratio, as in 4:3."""
    return f"{value.numerator}:{value.denominator}"


def file_size(size: int) -> str:
    """Bytes, and the same in the next handy unit from 1 kB on."""
    exact = f"{count(size)} bytes"
    return exact if size < 1000 else f"{exact} ({short_size(size)})"


def short_size(size: int) -> str:
    """Three digits with a handy unit."""
    value, unit = float(size), "bytes"
    for name in ("kB", "MB", "GB", "TB"):
        if value < 999.5:
            break
        value, unit = value / 1000, name
    return f"{value:.3g} {unit}"
