"""The end of the report: the case record, the frame table, the glossary."""

import json

from lav_gui.report import formats, wording
from lav_gui.report.blocks import Block, Bullets, Column, Fact, Facts, Heading, Paragraph, Section, Table
from lav_gui.report.record import EditLine, FrameRow, Report

_DETAILS_SHOWN = 300
_DIGITS_SHOWN = 32

GLOSSARY = (
    ("Block bootstrap", "Drawing whole stretches of time again and again to see how much a mean varies."),
    ("Crop", "The square picture of one face that the network sees."),
    ("Digest, SHA-256, MD5", "A number made from data such that any change of the data shows."),
    ("Envelope", "The range of conditions under which the weights were tested."),
    ("Fake probability", "The calibrated score in [0, 1]. It refers to the videos of the calibration, not to a case."),
    ("Frame", "One picture of the video; frames are counted from 0 in order of presentation."),
    ("Heatmap", "A value in [0, 1] for each patch of the crop: where the network sees its traces."),
    ("Interaction", "What both streams together add beyond what each adds alone."),
    ("Logit", "The network’s fake value less its real value, before it is brought to the range from 0 to 1."),
    ("Noise residual", "What high-pass filters leave of a picture: fine noise instead of shapes and colors."),
    ("Operating point", "A threshold with its measured error rates."),
    ("PTS", "Presentation time stamp: when the file says that a frame is to be shown."),
    ("Score", "The network’s number for a frame, a face or the video, between 0 and 1."),
    ("Segment", "A span of time in which the smoothed curve of a face stays high."),
    ("Track", "One face, followed from frame to frame."),
    ("Weights", "The numbers that a network learned; they decide what it finds."),
)


def case_record(report: Report) -> Section:
    """Changes by hand, the run, and the newest entries of the audit log."""
    run, audit = report.run, report.audit
    finding = audit.finding if audit.is_intact else f"BROKEN: {audit.finding}"
    blocks: list[Block] = [
        Facts(
            (
                Fact("Case file", formats.visible(report.case_name)),
                Fact("Run", f"{run.run_id} ({run.state})"),
                Fact("Run started", formats.moment(run.started)),
                Fact("Run finished", formats.moment(run.finished)),
                Fact("Audit log", f"{formats.count(audit.total)} entries. {formats.visible(finding)}"),
                Fact("Head of chain", audit.head, "mono"),
            )
        ),
        Heading("Changes of the faces by hand"),
        Bullets(tuple(edit_sentence(edit) for edit in report.edits)) if report.edits else Paragraph("None."),
        Heading("Audit log"),
    ]
    rows = tuple(
        (
            str(line.number),
            line.time[:19].replace("T", " "),
            formats.visible(line.actor),
            formats.visible(line.action),
            formats.visible(details_text(line.details)),
        )
        for line in audit.lines
    )
    columns = (
        Column("No.", "right"),
        Column("Time, UTC"),
        Column("Who"),
        Column("Action"),
        Column("Details", width=1),
    )
    caption = "All entries." if len(rows) == audit.total else f"The newest {len(rows)}; all are in audit.jsonl."
    blocks.append(Table(columns, rows, caption, small=True))
    return Section("Case record", tuple(blocks))


def edit_sentence(edit: EditLine) -> str:
    """One change of the tracks in words."""
    if edit.kind == "exclude":
        return f"Face {edit.track_id} was left out."
    if edit.kind == "merge":
        return f"Face {edit.other} was joined to face {edit.track_id}."
    part = "a new face" if edit.other is None else f"face {edit.other}"
    return f"Face {edit.track_id} was split: from frame {edit.frame_index} on it is {part}."


def frame_table(report: Report) -> Section:
    """A limited table of single frames with their digests."""
    table = report.frame_table
    if table.stride > 1:
        every = formats.ordinal(table.stride)
        extent = f"every {every} of {formats.count(table.frames)} analyzed frames; the whole is too long to print"
    else:
        extent = f"all {formats.count(table.frames)} analyzed frames"
    columns = (
        Column("Frame", "right", 1),
        Column("PTS", "right", 1.3),
        Column("Time, s", "right", 1.1),
        Column("Type", "center", 0.7),
        Column("Face", "right", 0.7),
        Column("Logit", "right", 1),
        Column("Score", "right", 0.9),
        Column(f"SHA-256 of the frame, first {_DIGITS_SHOWN} digits", mono=True),
    )
    return Section(
        "Frames",
        (
            Paragraph(
                f"This table shows {extent}. The attached frames.csv and result.json hold all of them, with whole"
                f" digests, boxes and contributions. Score: {wording.score_name(report.weights)} of the single frame."
            ),
            Table(columns, tuple(_frame_row(row) for row in table.rows), small=True),
        ),
        appendix=True,
    )


def _frame_row(row: FrameRow) -> tuple[str, ...]:
    return (
        str(row.index),
        str(row.pts),
        formats.number(row.seconds, 3),
        row.picture_type,
        "none" if row.track_id is None else str(row.track_id),
        formats.signed(row.logit, 3),
        formats.score(row.fake_prob),
        row.digest[:_DIGITS_SHOWN],
    )


def glossary() -> Section:
    """Words of the report."""
    return Section("Glossary", (Table((Column("Word"), Column("Meaning", width=1)), GLOSSARY),), appendix=True)


def details_text(details: str) -> str:
    """Details of a log entry, JSON text, as name and value pairs of limited length."""
    try:
        plain = json.loads(details)
    except json.JSONDecodeError:
        plain = None
    pairs = plain.items() if isinstance(plain, dict) else ()
    text = "; ".join(f"{name}: {_value(value)}" for name, value in pairs) or details
    return text if len(text) <= _DETAILS_SHOWN else f"{text[:_DETAILS_SHOWN]}…"


def _value(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
