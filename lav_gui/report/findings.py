"""Suitability and results: what was measured, without what it means."""

from collections.abc import Iterator

import numpy as np

from lav_gui.records import EnvelopeCheck, EnvelopeStatus, TrackSeries, TrackVerdict
from lav_gui.report import cards, formats, wording
from lav_gui.report.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    Figure,
    Heading,
    Paragraph,
    Section,
    Table,
)
from lav_gui.report.record import Report
from model_zoo.weights_record import Envelope

TRACKS_SHOWN = 40
SEGMENTS_SHOWN = 60
FIGURE_TRACKS = 6
"""Tracks that get a panel in the figures; the others are in the tables and the attached files."""

_CONDITIONS = {
    "face_px": "Face size (median of the highest face)",
    "sharpness": "Sharpness (variance of the Laplacian, median)",
    "bits_per_pixel": "Compressed bits per pixel and frame",
    "codec": "Codec",
}
_STATUS = {
    EnvelopeStatus.INSIDE: "✓ inside",
    EnvelopeStatus.OUTSIDE: "× OUTSIDE",
    EnvelopeStatus.UNTESTED: "? not tested",
}


def suitability(report: Report) -> Section:
    """The conditions of this video beside those under which the weights were tested."""
    checks = report.verdict.envelope
    rows = tuple(_check_row(check, report.weights.envelope) for check in checks)
    columns = (
        Column("Condition", width=2.4),
        Column("This video", "right", 1),
        Column("Tested", "right", 1.2),
        Column("Status", width=1),
    )
    bold = tuple(at for at, check in enumerate(checks) if check.status is EnvelopeStatus.OUTSIDE)
    return Section(
        "Suitability of the material", (Table(columns, rows, bold_rows=bold), Paragraph(_conclusion(report)))
    )


def _check_row(check: EnvelopeCheck, envelope: Envelope | None) -> tuple[str, ...]:
    unit = f" {check.unit}" if check.unit else ""
    tested = formats.ABSENT
    if check.low is not None and check.high is not None:
        tested = f"{formats.measured(check.low)} to {formats.measured(check.high)}{unit}"
    elif check.name == "codec" and envelope is not None:
        tested = formats.visible(", ".join(envelope.codecs))
    name = _CONDITIONS.get(check.name, formats.visible(check.name))
    return name, f"{formats.measured(check.value)}{unit}", tested, _STATUS[check.status]


def _conclusion(report: Report) -> str:
    if not report.verdict.tracks:
        return "No face was measured, so the conditions of a face could not be compared with the tested ones."
    statuses = {check.status for check in report.verdict.envelope}
    if report.weights.envelope is None:
        return (
            "The weights record does not state the conditions under which the weights were tested. Whether this"
            " video is suitable is therefore not known."
        )
    if EnvelopeStatus.OUTSIDE in statuses:
        return "At least one condition lies outside the tested range: the error rates of the weights do not apply."
    if EnvelopeStatus.UNTESTED in statuses:
        return "No condition lies outside the tested range, but not all could be compared with it."
    return "All conditions lie inside the tested range."


def results(report: Report) -> Section:
    """Scores, tracks, timeline, segments, strongest frames, stream contributions."""
    verdict, weights = report.verdict, report.weights
    blocks: list[Block] = [
        Heading("Overall"),
        Callout(wording.STATE_TITLES[verdict.state], wording.video_score(verdict, weights)),
        Bullets(tuple(reason.text for reason in verdict.reasons)),
        Paragraph(wording.error_rates(verdict, weights)),
    ]
    if verdict.tracks:
        blocks += [Heading("Faces"), _tracks(report), Heading("Timeline"), *_timeline(report)]
        blocks += [Heading("Segments"), *_segments(report), *_arguments(report)]
        blocks += [Heading("Strongest frames"), *cards.strongest_frames(report)]
        blocks += [Heading("Stream contributions"), *_contributions(report)]
    return Section("Results", tuple(blocks))


def by_score(report: Report) -> tuple[TrackVerdict, ...]:
    """The tracks, highest first."""
    return tuple(sorted(report.verdict.tracks, key=lambda track: (-track.track_logit, track.track_id)))


def figure_tracks(report: Report) -> tuple[TrackVerdict, ...]:
    """The tracks that get a panel: the highest ones, in order of their number."""
    return tuple(sorted(by_score(report)[:FIGURE_TRACKS], key=lambda track: track.track_id))


def _tracks(report: Report) -> Table:
    tracks = by_score(report)
    rows = tuple(
        (
            str(track.track_id),
            f"{track.first_frame}–{track.last_frame}",
            f"{formats.number(float(track.seconds[0]), 2)}–{formats.number(float(track.seconds[-1]), 2)}",
            formats.count(track.frame_count),
            formats.score(track.fake_prob),
            formats.interval(track.interval),
            formats.score(float(np.median(track.curve))),
            formats.score(float(np.quantile(track.curve, 0.95))),
            str(len(track.segments)),
        )
        for track in tracks[:TRACKS_SHOWN]
    )
    columns = (
        Column("Face", "right"),
        Column("Frames", "right", 1.3),
        Column("Time, s", "right", 1.5),
        Column("Analyzed", "right", 1),
        Column("Score", "right", 0.8),
        Column("95 % interval", "right", 1.5),
        Column("Median", "right", 0.9),
        Column("95 % quantile", "right", 1.3),
        Column("Segments", "right", 1),
    )
    caption = (
        f"Highest first. Score: {wording.score_name(report.weights)} of the face as a whole; median and quantile are"
        " those of its frames. A face is one followed over time; one person may appear as several."
    )
    if len(tracks) > TRACKS_SHOWN:
        caption += f" {len(tracks) - TRACKS_SHOWN} lower faces are in the attached result.json."
    return Table(columns, rows, caption, small=True)


def _timeline(report: Report) -> Iterator[Block]:
    shown = figure_tracks(report)
    left_out = len(report.verdict.tracks) - len(shown)
    name = wording.score_name(report.weights)
    caption = (
        f"{wording.score_title(report.weights)} over presentation time, one panel per face. Thin: single frames."
        " Thick: smoothed. Band: spread of the frames in the smoothing window. Dashed:"
        f" {wording.threshold_name(report.verdict, report.weights)}. Hatched, with a bar above: segments. No line:"
        " face not seen. Bottom: key frames of the stream and gaps."
    )
    if report.keyframe_seconds.size == 0:
        caption += " Key frames are not marked, for the video was not at hand."
    if left_out:
        caption += f" The {left_out} faces with the lowest scores have no panel."
    description = "; ".join(f"face {track.track_id}: {name} {formats.score(track.fake_prob)}" for track in shown)
    yield Figure("timeline.svg", caption, f"Timeline. {description}")


def _segments(report: Report) -> Iterator[Block]:
    found = [(track, segment) for track in report.verdict.tracks for segment in track.segments]
    if not found:
        yield Paragraph("No face has a segment: no smoothed curve reaches the threshold for long enough.")
        return
    rows = tuple(
        (
            str(track.track_id),
            str(segment.first_frame),
            str(segment.last_frame),
            formats.timecode(segment.first_seconds),
            formats.timecode(segment.last_seconds),
            f"{pts(report, segment.first_seconds)}–{pts(report, segment.last_seconds)}",
            str(segment.peak_frame),
            formats.score(segment.peak_fake_prob),
        )
        for track, segment in found[:SEGMENTS_SHOWN]
    )
    columns = (
        Column("Face", "right"),
        Column("First frame", "right", 1),
        Column("Last frame", "right", 1),
        Column("From", "right", 1.2),
        Column("To", "right", 1.2),
        Column("PTS", "right", 1.5),
        Column("Peak frame", "right", 1),
        Column("Peak", "right", 0.7),
    )
    caption = (
        f"Segments at the {wording.threshold_name(report.verdict, report.weights)}. Both ends are inside the segment."
        " Peak: highest value of the smoothed curve."
    )
    if len(found) > SEGMENTS_SHOWN:
        caption += f" {len(found) - SEGMENTS_SHOWN} more are in the attached result.json."
    yield Table(columns, rows, caption, small=True)


def pts(report: Report, seconds: float) -> int:
    """The time stamp that a number of seconds was made from: the nearest whole unit of the time base."""
    return round(seconds / float(report.evidence.media.time_base))


def _arguments(report: Report) -> Iterator[Block]:
    for title, reasons in (("for", report.verdict.speaks_for), ("against", report.verdict.speaks_against)):
        if reasons:
            yield Paragraph(f"All findings that speak {title} manipulation:")
            yield Bullets(tuple(reason.text for reason in reasons))


def _contributions(report: Report) -> Iterator[Block]:
    if not any(track.rgb is not None for track in report.verdict.tracks):
        yield Paragraph("Stream contributions were not measured in this run.")
        return
    counted = {series.track_id: _measured(series) for series in report.series}
    rows = tuple(
        (
            str(track.track_id),
            formats.signed(track.rgb, 3),
            formats.signed(track.noise, 3),
            formats.signed(track.interaction, 3),
            formats.count(counted.get(track.track_id, 0)),
        )
        for track in by_score(report)[:TRACKS_SHOWN]
        if track.rgb is not None
    )
    yield Paragraph(
        "Means over the frames on which they were measured, in logit units. Positive: the stream moves the score toward"
        " fake; negative: toward real; near zero: it does not matter for the score. The values say on which stream the"
        " network’s score rests, not whether the score is right."
    )
    columns = (
        Column("Face", "right"),
        Column("Color stream", "right", 1),
        Column("Noise stream", "right", 1),
        Column("Interaction", "right", 1),
        Column("Frames measured", "right", 1),
    )
    yield Table(columns, rows)
    caption = (
        "Stream contributions over presentation time, in logit units. Solid line with dots: color stream. Dashed"
        " line with triangles: noise stream. Above zero: toward fake."
    )
    yield Figure("contributions.svg", caption, "Contributions of both streams over time, one panel per face")


def _measured(series: TrackSeries) -> int:
    return int(np.count_nonzero(~np.isnan(series.rgb)))
