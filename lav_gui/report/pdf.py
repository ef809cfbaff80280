"""The PDF: sets a report with typst as PDF/A-3b, with the shipped fonts only and its data attached.

Data reaches the template as a JSON file and is printed letter by letter; nothing of it is ever pasted into markup.
A letter that no shipped font has is an error, never an empty box on the page.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import typst

from lav_gui.errors import ReportError
from lav_gui.report.document import page_data, page_pictures
from lav_gui.report.files import write_whole
from lav_gui.report.record import Attachment, Report
from lav_gui.resources import resource_path

STANDARD: Final = "a-3b"

_NO_GLYPH = re.compile(r"the text `\"(.+?)\"` could not be displayed", re.DOTALL)
_CONTEXT = 80


def write_pdf(report: Report, path: Path) -> None:
    """Write the report as a PDF file; an older file is replaced only when the new one is complete.

    Parameters
    ----------
    report : Report
    path : Path
        Where the file goes; its folder exists.

    Raises
    ------
    ReportError
        If a letter has no glyph in the shipped fonts, the page cannot be set, or the file cannot be written.
    """
    content = pdf_bytes(report)
    write_whole(path, lambda stream: stream.write(content))


def pdf_bytes(report: Report) -> bytes:
    """The report as a PDF/A-3b file in memory; the same report gives the same bytes.

    Raises
    ------
    ReportError
        If a letter has no glyph in the shipped fonts, or the page cannot be set.
    """
    data, pictures = page_data(report), page_pictures(report)
    with TemporaryDirectory(prefix="lav-report-") as name:
        folder = Path(name)
        try:
            _lay_out(folder, data, pictures, report.attachments)
        except OSError as error:
            raise ReportError(
                f"The report cannot be set in {folder.parent}: {error.strerror}; make room there."
            ) from error
        try:
            return _set(folder, report.created)
        except typst.TypstError as error:
            raise ReportError(_sentence(error, data)) from error


def _lay_out(
    folder: Path, data: Mapping[str, Any], pictures: Mapping[str, bytes], attachments: Sequence[Attachment]
) -> None:
    """Put templates, data, pictures and attachments side by side; the typesetter sees nothing outside this folder."""
    attached = folder / "data" / "attached"
    attached.mkdir(parents=True)
    for template in resource_path("report").glob("*.typ"):
        (folder / template.name).write_bytes(template.read_bytes())
    (folder / "data" / "report.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    for name, content in pictures.items():
        (folder / "data" / name).write_bytes(content)
    for attachment in attachments:
        (attached / attachment.name).write_bytes(attachment.content)


def _set(folder: Path, created: datetime) -> bytes:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(resource_path("fonts"))]
    )
    compiler = typst.Compiler(folder / "report.typ", root=folder, font_paths=fonts, ignore_system_fonts=True)
    content = compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=int(created.timestamp()))
    if not isinstance(content, bytes):
        raise ReportError("The report cannot be set: the typesetter gave no PDF; install LAV again.")
    return content


def _sentence(error: typst.TypstError, data: Any) -> str:
    """What failed, for the user; a letter without a glyph is named with the text that holds it."""
    found = _NO_GLYPH.search(error.message)
    if found is None:
        return f"The report cannot be set: {error.message}; send the log file to the makers of LAV."
    letters = found.group(1)
    codes = ", ".join(f"U+{ord(letter):04X}" for letter in letters)
    name = unicodedata.name(letters[0], "a letter without a name")
    text = next((text for text in _texts(data) if letters in text), letters)
    at = max(0, text.find(letters) - _CONTEXT // 2)
    return (
        f"The report cannot be set: no shipped font has “{letters}” ({codes}, {name.lower()}), which stands in"
        f" “{text[at : at + _CONTEXT]}”; take it out of your own texts, or ask the makers of LAV for the font."
    )


def _texts(data: Any) -> Iterator[str]:
    """All texts inside plain values, in order."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value)
