from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from lav_gui.records import EnvelopeStatus, Verdict
from lav_gui.report.blocks import FaceCard, Figure, Heading, Paragraph, Table
from lav_gui.report.findings import FIGURE_TRACKS, TRACKS_SHOWN, by_score, figure_tracks, pts, results, suitability
from lav_gui.report.record import Report


def _tables(report: Report) -> list[Table]:
    return [block for block in results(report).blocks if isinstance(block, Table)]


@pytest.fixture
def crowded(report: Report) -> Report:
    """A report on fifty faces."""
    tracks = tuple(
        replace(report.verdict.tracks[0], track_id=n, track_logit=float((n * 7) % 50), segments=())
        for n in range(1, 51)
    )
    series = tuple(replace(report.series[0], track_id=n) for n in range(1, 51))
    return replace(report, verdict=replace(report.verdict, tracks=tracks), series=series)


def test_each_track_has_a_row_with_score_interval_and_span(report: Report) -> None:
    faces = _tables(report)[0]
    assert [row[0] for row in faces.rows] == ["1", "2"]
    assert faces.rows[0][1:6] == ("0–195", "0.00–7.80", "40", "0.884", "0.822 to 0.907")
    median = float(np.median(report.verdict.tracks[0].curve))
    assert faces.rows[0][6] == f"{median:.3f}"


def test_a_segment_names_frames_times_and_time_stamps(report: Report) -> None:
    segment = report.verdict.tracks[0].segments[0]
    row = _tables(report)[1].rows[0]
    assert row[1:3] == (str(segment.first_frame), str(segment.last_frame))
    assert row[5] == f"{segment.first_frame * 512}–{segment.last_frame * 512}"
    assert pts(report, segment.last_seconds) == segment.last_frame * 512


def test_no_segment_is_told_as_such(report: Report, make_verdict: Callable[..., Verdict]) -> None:
    low = replace(report, verdict=make_verdict(report.series[1:]))
    assert any("No face has a segment" in block.text for block in results(low).blocks if isinstance(block, Paragraph))


def test_all_findings_for_and_against_are_listed(report: Report) -> None:
    text = [block for block in results(report).blocks if isinstance(block, Paragraph)]
    assert Paragraph("All findings that speak for manipulation:") in text
    assert Paragraph("All findings that speak against manipulation:") in text


def test_a_crowd_is_cut_in_tables_and_figures_and_the_cut_is_told(crowded: Report) -> None:
    faces = _tables(crowded)[0]
    assert len(faces.rows) == TRACKS_SHOWN
    assert "10 lower faces are in the attached result.json" in faces.caption
    assert len(figure_tracks(crowded)) == FIGURE_TRACKS
    assert {track.track_id for track in figure_tracks(crowded)} == {t.track_id for t in by_score(crowded)[:6]}
    timeline = next(block for block in results(crowded).blocks if isinstance(block, Figure))
    assert "44 faces with the lowest scores have no panel" in timeline.caption


def test_stream_contributions_are_tabled_with_their_signs(report: Report) -> None:
    table = _tables(report)[2]
    track = report.verdict.tracks[0]
    assert track.rgb is not None
    assert table.rows[0][1] == f"+{track.rgb:.3f}"
    assert table.rows[0][4] == "10"


def test_without_contributions_none_are_shown(report: Report) -> None:
    tracks = tuple(replace(track, rgb=None, noise=None, interaction=None) for track in report.verdict.tracks)
    blocks = results(replace(report, verdict=replace(report.verdict, tracks=tracks))).blocks
    assert Paragraph("Stream contributions were not measured in this run.") in blocks
    assert [block.file for block in blocks if isinstance(block, Figure)] == ["timeline.svg"]


def test_no_face_is_a_result_without_tables(faceless_report: Report) -> None:
    conclusion = suitability(faceless_report).blocks[-1]
    assert isinstance(conclusion, Paragraph)
    assert conclusion.text.startswith("No face was measured")
    blocks = results(faceless_report).blocks
    assert [block.text for block in blocks if isinstance(block, Heading)] == ["Overall"]
    assert not any(isinstance(block, FaceCard | Table) for block in blocks)


def test_suitability_says_in_words_what_lies_outside(report: Report) -> None:
    first, *rest = report.verdict.envelope
    outside = replace(report.verdict, envelope=(replace(first, value=31.0, status=EnvelopeStatus.OUTSIDE), *rest))
    table = next(block for block in suitability(replace(report, verdict=outside)).blocks if isinstance(block, Table))
    assert table.rows[0][1:] == ("31 px", "60 to 400 px", "× OUTSIDE")
    assert table.rows[3][1:] == ("h264", "h264, hevc", "✓ inside")
    assert table.bold_rows == (0,)


@pytest.mark.parametrize(
    ("statuses", "part"),
    [
        ({EnvelopeStatus.INSIDE}, "All conditions lie inside"),
        ({EnvelopeStatus.INSIDE, EnvelopeStatus.UNTESTED}, "not all could be compared"),
        ({EnvelopeStatus.OUTSIDE, EnvelopeStatus.UNTESTED}, "error rates of the weights do not apply"),
    ],
)
def test_suitability_is_concluded_in_one_sentence(report: Report, statuses: set[EnvelopeStatus], part: str) -> None:
    envelope = tuple(replace(report.verdict.envelope[0], status=status) for status in sorted(statuses))
    conclusion = suitability(replace(report, verdict=replace(report.verdict, envelope=envelope))).blocks[-1]
    assert isinstance(conclusion, Paragraph)
    assert part in conclusion.text
