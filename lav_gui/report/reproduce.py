"""How anyone can repeat the analysis: the exact command, and how near the numbers must come."""

import shlex
from dataclasses import fields

from lav_gui.report import formats
from lav_gui.report.blocks import Block, Bullets, Column, Fact, Facts, Paragraph, Section, Table
from lav_gui.report.record import Report
from lav_gui.settings import AnalysisSettings

SCORE_TOLERANCE = 0.001
"""Largest difference of a frame's score that another device or library version may make."""

_OPTIONS = {
    "device": "--device",
    "sampling": "--sampling",
    "detector": "--detector",
    "min_face_px": "--min-face",
    "color": "--color",
    "from_seconds": "--from",
    "to_seconds": "--to",
}


def command(report: Report) -> str:
    """The command line that repeats the run; the file name stands for wherever the file lies."""
    settings = report.settings.to_dict()
    parts = ["lav", "analyze", report.evidence.file_name, "--model", report.weights.name]
    for name, option in _OPTIONS.items():
        if settings[name] is not None:
            parts += [option, _text(settings[name])]
    stride = report.settings.contributions_every
    parts += ["--contributions", f"every:{stride}" if stride else "0", "--json", "result.json"]
    return " ".join(shlex.quote(part) for part in parts)


def settings_lines(settings: AnalysisSettings) -> tuple[str, ...]:
    """Lines for the settings file: what the command line has no option for and is not the default."""
    covered = {*_OPTIONS, "model", "contributions_every"}
    plain, defaults = settings.to_dict(), AnalysisSettings().to_dict()
    names = [field.name for field in fields(settings) if field.name not in covered]
    return tuple(f"{name} = {_text(plain[name])}" for name in names if plain[name] != defaults[name])


def reproduction(report: Report) -> Section:
    """The command, the tolerance, and the files inside this PDF."""
    blocks: list[Block] = [
        Paragraph("Check that the SHA-256 of the file is the one under Items examined. Then run, in its folder:"),
        Facts((Fact("Command", formats.visible(command(report)), "mono"),)),
    ]
    lines = settings_lines(report.settings)
    if lines:
        blocks.append(Paragraph("with these lines in the section [analysis] of the settings file:"))
        blocks.append(Facts((Fact("Settings", "; ".join(lines), "mono"),)))
    blocks += [
        Bullets(
            (
                "On the same device with the same versions: equal digests of all frames, and equal numbers.",
                "On another device or with other versions: equal digests of all frames, and each frame’s score within"
                f" {SCORE_TOLERANCE:g} of the one in result.json. A larger difference needs an explanation.",
                "Weights whose SHA-256 differs from the one under Software and models are other weights.",
            )
        ),
        Paragraph("Files attached to this PDF:"),
        _attachments(report),
    ]
    return Section("How to reproduce the results", tuple(blocks))


def _attachments(report: Report) -> Table:
    rows = tuple(
        (file.name, formats.visible(file.description), formats.short_size(len(file.content)), file.sha256)
        for file in report.attachments
    )
    columns = (Column("File"), Column("Content", width=1), Column("Size", "right"), Column("SHA-256", mono=True))
    return Table(columns, rows, small=True)


def _text(value: object) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str(value)
