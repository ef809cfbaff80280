"""What the report does not say: gaps, what was not judged, limitations; and the examiner's own page."""

from lav_gui.report import formats, wording
from lav_gui.report.blocks import Blank, Block, Bullets, Column, Heading, Paragraph, Section, Table
from lav_gui.report.record import Report
from lav_gui.report.summary import QUESTION_SHOWN, cut_off_words

GAPS_SHOWN = 60

_LIMITATIONS = (
    "Absence of detection does not show authenticity. The network knows the kinds of manipulation it was trained on.",
    "A high score does not establish manipulation. Strong compression, scaling, beauty filters, make-up, occlusion,"
    " re-recording, upscaling, frame interpolation, denoising and low light can change scores; none of them was"
    " tested on this video.",
    "A heatmap shows where the network sees its own traces, in patches. It is no outline of a manipulated area.",
    "Stream contributions explain the network’s score, not the origin of the video.",
    "Neighboring frames show nearly the same picture; they are no independent confirmations of each other.",
    "A face that is followed is no proven identity: one person may appear as several faces, and a face may change hands"
    " where people cross.",
    "Only faces were examined: not the sound, not the rest of the picture, not the origin of the file, not whether the"
    " scene was staged.",
    wording.SCORE_IS_NO_SHARE,
)


def gaps(report: Report) -> Section:
    """Gaps of the file and all that was not judged, and why."""
    blocks: list[Block] = []
    not_judged = tuple(reason.text for reason in report.verdict.not_judged)
    cut_off = cut_off_words(report)
    if cut_off:
        not_judged = (f"{cut_off}.", *not_judged)
    blocks.append(Bullets(not_judged) if not_judged else Paragraph("Everything that was found was judged."))
    if report.notices:
        blocks += [Heading("Notices"), Bullets(tuple(formats.visible(text) for text in report.notices))]
    blocks.append(Heading("Gaps"))
    if not report.gaps:
        blocks.append(Paragraph("Every analyzed packet of the stream yielded a picture."))
    else:
        blocks += _gaps(report)
    return Section("Gaps and what was not judged", tuple(blocks))


def _gaps(report: Report) -> tuple[Block, ...]:
    base = float(report.evidence.media.time_base)
    rows = tuple(
        (str(gap.index), str(gap.pts), formats.timecode(gap.pts * base), formats.visible(gap.reason))
        for gap in report.gaps[:GAPS_SHOWN]
    )
    caption = "Packets that yield no picture. They keep their frame number."
    if len(report.gaps) > GAPS_SHOWN:
        caption += f" {len(report.gaps) - GAPS_SHOWN} more are in the attached result.json."
    columns = (Column("Frame", "right"), Column("PTS", "right"), Column("Time", "right"), Column("Reason", width=1))
    return (Table(columns, rows, caption, small=True),)


def limitations(report: Report) -> Section:
    """Limitations and error rates, the weightiest first."""
    verdict, weights = report.verdict, report.weights
    return Section(
        "Limitations and error rates",
        (
            Paragraph(wording.main_limitation(verdict, weights), "strong"),
            Paragraph(wording.error_rates(verdict, weights)),
            Paragraph(wording.NO_OPINION),
            Bullets(_LIMITATIONS),
        ),
    )


def examiner(report: Report) -> Section:
    """The examiner's page: empty boxes, places to sign, and the notes taken during the work."""
    question = report.examination.question
    blocks: list[Block] = []
    if len(question) > QUESTION_SHOWN:
        blocks += [Heading("The request in full"), *map(Paragraph, formats.paragraphs(question))]
    blocks += [
        Paragraph(
            "The software states observations. Their interpretation and any opinion are the examiner’s, and belong"
            " here."
        ),
        Blank("Observations of the examiner", 45),
        Blank("Opinion of the examiner", 45, formats.paragraphs(report.examination.opinion)),
        Blank("Examiner: name, place, date, signature", 18),
        Blank("Reviewer: name, place, date, signature", 18),
    ]
    if report.notes:
        columns = (
            Column("Frames", "right"),
            Column("Kind"),
            Column("Note", width=1),
            Column("Author"),
            Column("Written"),
        )
        rows = tuple(
            (
                _frames(note.first_frame, note.last_frame),
                formats.one_line(note.kind),
                formats.one_line(note.text),
                formats.visible(note.author),
                note.created,
            )
            for note in report.notes
        )
        blocks += [Heading("Notes taken during the examination"), Table(columns, rows, small=True)]
    return Section("Examiner’s observations and opinion", tuple(blocks))


def _frames(first: int | None, last: int | None) -> str:
    if first is None:
        return formats.ABSENT
    return str(first) if last is None or last == first else f"{first}–{last}"
