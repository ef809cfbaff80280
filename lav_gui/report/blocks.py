"""What a page is made of: plain blocks of text, tables and pictures, without any layout.

A section is a title and blocks. The PDF template draws each kind; another document may draw them otherwise. All text
is plain: the template prints it letter by letter and never reads it as markup.
"""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `style` is "body", "intro" (stays with what follows), "note" (smaller) or "strong"."""

    text: str
    style: str = "body"


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences; `numbered` where the order matters."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; `style` is "text", "mono" (digests) or "blank" (a line to be filled in by hand)."""

    label: str
    value: str
    style: str = "text"


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values in two columns."""

    rows: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `align` is "left", "right" or "center"; `width` in parts of the page, 0 fits the content."""

    title: str
    align: str = "left"
    width: float = 0
    mono: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head is repeated on each page. Rows in `bold_rows` (from 0) are printed bold."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    bold_rows: tuple[int, ...] = ()
    small: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing; `file` names it among the pictures of the document, `description` tells it to who cannot see it."""

    file: str
    caption: str
    description: str


@dataclass(frozen=True, slots=True)
class Callout:
    """A framed statement that must not be missed."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a face card with its line of text."""

    file: str
    caption: str
    description: str


@dataclass(frozen=True, slots=True)
class FaceCard:
    """One face of one frame: title, facts, the whole frame beside them, and the squares below."""

    title: str
    facts: tuple[Fact, ...]
    frame: Picture | None
    squares: tuple[Picture, ...]
    remark: str


@dataclass(frozen=True, slots=True)
class ColorBar:
    """The fixed color scale of the heatmaps with the numbers at its marks."""

    file: str
    caption: str
    description: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A box for handwriting, `height` millimeters high, or higher for the `paragraphs` already typed."""

    label: str
    height: float
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A source; `link` is an address or empty."""

    number: int
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class References:
    """The list of sources."""

    items: tuple[Reference, ...]


Block = Paragraph | Heading | Bullets | Facts | Table | Figure | Callout | FaceCard | ColorBar | Blank | References


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report.

    `own_page` starts it on a new page; `one_page` also ends there, set smaller where much is said. An appendix bears a
    letter instead of a number.
    """

    title: str
    blocks: tuple[Block, ...]
    own_page: bool = False
    one_page: bool = False
    appendix: bool = False


def plain(section: Section) -> dict[str, Any]:
    """A section as plain values for the template; each block carries its `kind`."""
    return {
        "title": section.title,
        "own_page": section.own_page,
        "one_page": section.one_page,
        "appendix": section.appendix,
        "blocks": [{"kind": type(block).__name__.lower(), **asdict(block)} for block in section.blocks],
    }
