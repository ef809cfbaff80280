"""The whole report as plain values and pictures: what the page template gets."""

from dataclasses import asdict
from typing import Any

import numpy as np

from lav_gui.report import (
    appendix,
    caveats,
    figures,
    findings,
    formats,
    items,
    pictures,
    reproduce,
    summary,
    wording,
)
from lav_gui.report.apparatus import software_and_models
from lav_gui.report.blocks import Section, plain
from lav_gui.report.method import Citations, method
from lav_gui.report.record import Report, ReportStatus

TITLE = "Examination report"
SUBTITLE = "Search for traces of face manipulation in one video file"
_DIGEST_PREFIX = 16


def page_data(report: Report) -> dict[str, Any]:
    """The report in words: plain values (text, numbers, lists, mappings) for the template."""
    banner = wording.banner(report.weights)
    return {
        "title": TITLE,
        "subtitle": SUBTITLE,
        "file_name": formats.visible(report.evidence.file_name),
        "report_id": report.report_id,
        "status": report.status.upper(),
        "draft": report.status is ReportStatus.DRAFT,
        "exhibit": report.evidence.hashes.sha256[:_DIGEST_PREFIX],
        "banner": None if banner is None else asdict(banner),
        "cover": [asdict(fact) for fact in summary.cover_facts(report)],
        "sections": [plain(section) for section in sections(report)],
        "attachments": [
            {"name": file.name, "media_type": file.media_type, "description": formats.visible(file.description)}
            for file in report.attachments
        ],
    }


def sections(report: Report) -> tuple[Section, ...]:
    """All sections in their order."""
    cite = Citations()
    methods = method(report, cite)
    return (
        summary.summary(report),
        items.items_examined(report),
        software_and_models(report),
        methods,
        findings.suitability(report),
        findings.results(report),
        caveats.gaps(report),
        caveats.limitations(report),
        caveats.examiner(report),
        appendix.case_record(report),
        reproduce.reproduction(report),
        appendix.frame_table(report),
        appendix.glossary(),
        Section("References", (cite.references(),), appendix=True),
    )


def page_pictures(report: Report) -> dict[str, bytes]:
    """All pictures, as files by the names that the words use."""
    muted = not report.weights.trained
    banner = wording.banner(report.weights)
    stamp = "" if banner is None else banner.title
    files = {"scale.png": pictures.png(pictures.scale_picture(muted))}
    shown = findings.figure_tracks(report)
    if shown:
        marks = _marks(report)
        files["timeline.svg"] = figures.timeline(shown, report.verdict.threshold, marks, stamp, muted=muted)
        by_id = {series.track_id: series for series in report.series}
        series = [by_id[track.track_id] for track in shown]
        files["contributions.svg"] = figures.contributions(series, (marks.first, marks.last), stamp, muted=muted)
    ratio = report.evidence.media.sample_aspect_ratio
    for number, face in enumerate(report.faces, start=1):
        files |= pictures.face_files(number, face, ratio, stamp, muted=muted)
    return files


def _marks(report: Report) -> figures.TimelineMarks:
    media, settings = report.evidence.media, report.settings
    begin = media.start_seconds if settings.from_seconds is None else settings.from_seconds
    end = media.start_seconds + media.duration_seconds
    end = end if settings.to_seconds is None else min(settings.to_seconds, end)
    first = min([begin, *(float(series.seconds[0]) for series in report.series)])
    last = max([end, *(float(series.seconds[-1]) for series in report.series)])
    keys = report.keyframe_seconds
    gaps = np.array([gap.pts * float(media.time_base) for gap in report.gaps])
    return figures.TimelineMarks(first, last, keys[(keys >= first) & (keys <= last)], gaps)
