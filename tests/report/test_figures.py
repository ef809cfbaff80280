import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import matplotlib
import numpy as np
import pytest

from lav_gui.records import TrackSeries, TrackVerdict
from lav_gui.report import figures
from lav_gui.report.figures import TimelineMarks, contributions, timeline
from lav_gui.report.record import Report

MARKS = TimelineMarks(0.0, 8.0, np.array([0.0, 2.0, 4.0]), np.array([5.5]))


def _svg(content: bytes) -> ET.Element:
    return ET.parse(io.BytesIO(content)).getroot()


def _long(track: TrackVerdict, n: int) -> TrackVerdict:
    seconds = np.arange(n) * 0.04
    curve = 0.2 + 0.1 * np.sin(seconds)
    curve[n // 3] = 0.987
    return replace(
        track, frame_count=n, last_frame=n - 1, frame_index=np.arange(n, dtype=np.int64), seconds=seconds, curve=curve,
        smoothed=curve, low=curve, high=curve, segments=(),
    )  # fmt: skip


def test_a_timeline_is_an_svg_as_wide_as_the_text(report: Report) -> None:
    root = _svg(timeline(report.verdict.tracks, 0.71, MARKS))
    assert root.tag.endswith("svg")
    assert float(str(root.get("width")).removesuffix("pt")) == pytest.approx(170 / 25.4 * 72, abs=0.1)


def test_letters_are_outlines_so_that_no_other_font_is_needed(report: Report) -> None:
    content = timeline(report.verdict.tracks, 0.71, MARKS, "UNTRAINED")
    assert b"<text" not in content
    assert b"font-family" not in content


def test_the_same_tracks_give_the_same_drawing(report: Report) -> None:
    assert timeline(report.verdict.tracks, 0.71, MARKS) == timeline(report.verdict.tracks, 0.71, MARKS)


def test_a_muted_drawing_has_no_color(report: Report) -> None:
    def colors(content: bytes) -> set[str]:
        return set(re.findall(r"#[0-9a-f]{6}", content.decode()))

    def is_gray(color: str) -> bool:
        return color[1:3] == color[3:5] == color[5:7]

    drawn = (
        timeline(report.verdict.tracks, 0.5, MARKS, "UNTRAINED", muted=True),
        contributions(report.series, (0, 8), "UNTRAINED", muted=True),
    )
    assert all(is_gray(color) for content in drawn for color in colors(content))
    assert not all(is_gray(color) for color in colors(timeline(report.verdict.tracks, 0.5, MARKS)))


def test_a_stamp_is_printed_across_each_panel(report: Report) -> None:
    plain = len(timeline(report.verdict.tracks, 0.5, MARKS))
    assert len(timeline(report.verdict.tracks, 0.5, MARKS, "UNCALIBRATED")) > plain + 500


def test_segments_are_hatched_so_that_color_is_not_needed(report: Report) -> None:
    assert b"<pattern" in timeline(report.verdict.tracks[:1], 0.71, MARKS)
    assert b"<pattern" not in timeline(report.verdict.tracks[1:], 0.71, MARKS)


def test_a_hundred_thousand_frames_give_a_small_drawing(report: Report) -> None:
    long = _long(report.verdict.tracks[0], 100_000)
    assert len(timeline([long], 0.71, TimelineMarks(0, 4000, np.arange(2000.0), np.empty(0)))) < 1_000_000


def test_thinning_a_curve_loses_no_peak() -> None:
    x = np.arange(100_000.0)
    y = 0.1 * np.sin(x)
    y[[12_345, 77_777]] = 0.9, -0.9
    thin_x, thin_y = figures._envelope(x, y)
    assert len(thin_x) <= 3 * 1200
    assert thin_y.max() == 0.9
    assert thin_y.min() == -0.9
    assert bool((np.diff(thin_x) > 0).all())


def test_a_curve_is_broken_where_the_face_was_out_of_sight() -> None:
    x = np.array([0.0, 0.2, 0.4, 3.0, 3.2])
    broken_x, broken_y = figures._broken(x, x)
    np.testing.assert_array_equal(np.isnan(broken_x), [False, False, False, True, False, False])
    np.testing.assert_array_equal(np.isnan(broken_y), np.isnan(broken_x))


def test_a_single_frame_and_a_track_without_contributions_can_be_drawn(report: Report) -> None:
    one = _long(report.verdict.tracks[0], 1)
    timeline([one], 0.5, TimelineMarks(0, 0, np.empty(0), np.empty(0)))
    series: TrackSeries = replace(report.series[0], rgb=np.full(40, np.nan), noise=np.full(40, np.nan))
    contributions([series], (0, 8))


def test_drawing_leaves_the_librarys_settings_alone(report: Report) -> None:
    before = dict(matplotlib.rcParams)
    timeline(report.verdict.tracks, 0.71, MARKS)
    assert dict(matplotlib.rcParams) == before


@pytest.mark.parametrize(
    ("span", "step"), [(0.05, 0.01), (4.7, 0.5), (8.0, 1), (90.0, 10), (200.0, 30), (3600.0, 600), (90_000.0, 72_000)]
)
def test_ticks_stand_at_round_times(span: float, step: float) -> None:
    assert figures._tick_step(span) == step


def test_long_videos_have_a_clock_under_the_timeline() -> None:
    assert figures._tick_text(5400.0, clock=True) == "1:30:00"
    assert figures._tick_text(2.5, clock=False) == "2.5"
