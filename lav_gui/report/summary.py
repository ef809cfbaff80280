"""The cover and the summary for the reader: one page in plain language."""

from lav_gui.report import formats, wording
from lav_gui.report.blocks import Block, Bullets, Callout, Fact, Facts, Heading, Paragraph, Section
from lav_gui.report.record import Report
from lav_gui.settings import Sampling, SamplingMode

FINDINGS_SHOWN = 2
_REASONS_SHOWN = 2
_NAME_SHOWN = 100
QUESTION_SHOWN = 600
"""Letters of the request on the summary's page; a longer one stands in full before the examiner's boxes."""


def cover_facts(report: Report) -> tuple[Fact, ...]:
    """What stands on the cover; what only people know is a line to be filled in."""
    people = report.examination
    return (
        Fact("Report", report.report_id, "mono"),
        Fact("Status", report.status.upper()),
        _filled("Case number", people.case_number),
        _filled("Exhibit number", people.exhibit_number),
        _filled("Laboratory", people.laboratory),
        _filled("Requested by", people.requested_by),
        _filled("Examiner", people.examiner),
        _filled("Reviewer", people.reviewer),
        _filled("Received", people.received),
        _filled("Classification", people.classification),
        Fact("Analyzed", formats.moment(report.run.finished or report.run.started)),
        Fact("Issued", formats.moment(report.created)),
        Fact("Language", "English"),
    )


def summary(report: Report) -> Section:
    """The summary for the reader."""
    verdict = report.verdict
    question = _shortened(formats.one_line(report.examination.question), QUESTION_SHOWN)
    blocks: list[Block] = [
        Heading("Question"),
        Paragraph(question or wording.DEFAULT_QUESTION),
        Heading("Answer of the software"),
        Callout(wording.STATE_TITLES[verdict.state], _reasons(tuple(reason.text for reason in verdict.reasons))),
        Paragraph(wording.STATE_MEANINGS[verdict.state]),
        Paragraph(f"{wording.video_score(verdict, report.weights)} {wording.SCORE_IS_NO_SHARE}"),
        Paragraph(wording.NO_OPINION, "strong"),
        Heading("Most important limitation"),
        Paragraph(wording.main_limitation(verdict, report.weights)),
        Heading("Findings that speak for manipulation"),
        _findings(tuple(reason.text for reason in verdict.speaks_for)),
        Heading("Findings that speak against it"),
        _findings(tuple(reason.text for reason in verdict.speaks_against)),
        Heading("What was examined"),
        Facts(_scope(report)),
    ]
    return Section("Summary for the reader", tuple(blocks), one_page=True)


def _reasons(sentences: tuple[str, ...]) -> str:
    rest = len(sentences) - _REASONS_SHOWN
    more = (f"{rest} more under Results.",) if rest > 0 else ()
    return " ".join(sentences[:_REASONS_SHOWN] + more)


def _shortened(text: str, length: int) -> str:
    """Return at most so many letters, and a mark where some are left out."""
    return text if len(text) <= length else f"{text[:length]}…"


def _filled(label: str, text: str) -> Fact:
    return Fact(label, formats.visible(text)) if text else Fact(label, "", "blank")


def _findings(sentences: tuple[str, ...]) -> Block:
    if not sentences:
        return Paragraph("None.")
    rest = len(sentences) - FINDINGS_SHOWN
    more = (f"{rest} more under Results.",) if rest > 0 else ()
    return Bullets(sentences[:FINDINGS_SHOWN] + more)


def _scope(report: Report) -> tuple[Fact, ...]:
    media, run = report.evidence.media, report.run
    cut_off = cut_off_words(report)
    return (
        Fact("File", _shortened(formats.visible(report.evidence.file_name), _NAME_SHOWN)),
        Fact(
            "Length",
            f"{formats.timecode(media.duration_seconds)}, {formats.count(media.frame_count_from_content)} frames",
        ),
        Fact(
            "Analyzed",
            f"{formats.count(run.frames_analyzed)} frames ({sampling_words(report.settings.sampling)}),"
            f" {formats.count(run.frames_without_face)} of them without a face{'. ' if cut_off else ''}{cut_off}",
        ),
        Fact("Faces followed", formats.count(len(report.verdict.tracks))),
    )


def cut_off_words(report: Report) -> str:
    """That a run was stopped before its end, and how much of it is missing; empty for a whole run."""
    run = report.run
    missing = run.frames_planned - run.frames_analyzed - len(report.gaps)
    if missing <= 0:
        return ""
    return (
        f"The run is not complete ({run.state}): {formats.count(missing)} of {formats.count(run.frames_planned)}"
        " planned frames were not analyzed"
    )


def sampling_words(sampling: Sampling | None) -> str:
    """Which frames were analyzed, in words."""
    if sampling is None:
        return "as the device decided"
    if sampling.mode is SamplingMode.FPS:
        return f"about {sampling.value:g} per second"
    return "every frame" if sampling.value == 1 else f"every {formats.ordinal(int(sampling.value))} frame"
