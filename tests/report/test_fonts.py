"""The shipped fonts: licensed, small enough, and wide enough for the names of people and files."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from lav_gui.resources import resource_path

LIMIT_BYTES = 25_000_000


@pytest.fixture(scope="module")
def files() -> list[Path]:
    """All font files."""
    return sorted(path for path in resource_path("fonts").iterdir() if path.suffix in (".ttf", ".otf"))


def test_the_fonts_are_not_larger_than_allowed() -> None:
    assert sum(path.stat().st_size for path in resource_path("fonts").iterdir()) <= LIMIT_BYTES


def test_the_license_lies_beside_the_fonts_and_each_is_described(files: list[Path]) -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in resource_path("fonts", "OFL.txt").read_text("utf-8")
    readme = resource_path("fonts", "README.md").read_text("utf-8")
    assert [path.name for path in files if f"`{path.name}`" not in readme] == []


def test_every_font_may_be_embedded(files: list[Path]) -> None:
    for path in files:
        with TTFont(path, lazy=True) as font:
            assert font["OS/2"].fsType == 0, path.name


def test_the_alphabets_of_living_languages_are_covered(files: list[Path]) -> None:
    covered: set[int] = set()
    for path in files:
        with TTFont(path, lazy=True) as font:
            covered |= set(font.getBestCmap())
    blocks = {
        "Latin, Greek, Cyrillic": (0x0020, 0x052F), "Hebrew": (0x05D0, 0x05EA), "Arabic": (0x0621, 0x064A),
        "Devanagari": (0x0905, 0x0939), "Thai": (0x0E01, 0x0E3A), "Georgian": (0x10D0, 0x10F0),
        "Hangul": (0xAC00, 0xD7A3), "Kana": (0x3041, 0x3096), "Katakana": (0x30A1, 0x30FA), "Han": (0x4E00, 0x9FEF),
        "Tibetan": (0x0F40, 0x0F47), "Ethiopic": (0x1200, 0x1248), "Khmer": (0x1780, 0x17B3),
        "Emoji": (0x1F600, 0x1F64F),
    }  # fmt: skip
    for name, (first, last) in blocks.items():
        unassigned = set(range(0x7F, 0xA0)) | {0x378, 0x379, 0x380, 0x381, 0x382, 0x383, 0x38B, 0x38D, 0x3A2}
        assert set(range(first, last + 1)) - covered - unassigned == set(), name
