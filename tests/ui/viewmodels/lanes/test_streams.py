"""Contributions stacked, and where the streams contradict each other."""

from dataclasses import replace

import numpy as np
import pytest

from lav_gui.records import TrackSeries
from lav_gui.ui.viewmodels.lanes.scale import Axis, Scale
from lav_gui.ui.viewmodels.lanes.streams import contribution_series, disagreement_of, stack, stream_lines, streams_of
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.verdict.edits import EditKind, TrackEdit


def test_contributions_are_those_of_the_selected_else_of_the_highest_face(judged: Judged) -> None:
    for selected, shown in ((None, 1), (1, 1), (2, 2)):
        series = contribution_series(judged, selected)
        assert series is not None
        assert series.track_id == shown
    assert contribution_series(judged, 9) is None
    assert contribution_series(None, None) is None


def test_the_streams_of_all_faces_are_those_of_each(judged: Judged) -> None:
    streams = streams_of(judged)
    for selected in (None, 1, 2, 9):
        series = contribution_series(judged, selected)
        found = streams.of(selected)
        assert (found is None) == (series is None)
        if found is not None and series is not None:
            found.prepare()
            expected = stream_lines(series)
            assert expected is not None
            assert found.track_id == series.track_id
            np.testing.assert_array_equal(found.disagreement.values, expected.disagreement.values)


def test_a_higher_face_that_was_never_measured_does_not_empty_the_lane(judged: Judged) -> None:
    first, second = judged.measured
    blank = np.full(len(first), np.nan)
    unmeasured = replace(first, rgb=blank, noise=blank, interaction=blank)
    shown = contribution_series(replace(judged, measured=(unmeasured, second)), None)
    assert shown is not None
    assert shown.track_id == 2
    assert stream_lines(unmeasured) is None


def test_faces_that_are_one_are_shown_as_one(judged: Judged) -> None:
    apart = replace(judged.measured[1], frame_index=judged.measured[1].frame_index + 101)
    facts = replace(judged.facts, edits=(TrackEdit(EditKind.MERGE, 1, 2),))
    shown = contribution_series(replace(judged, measured=(judged.measured[0], apart), facts=facts), 1)
    assert shown is not None
    assert len(shown) == len(judged.measured[0]) + len(apart)


def test_the_parts_add_up_to_the_margin_of_both_streams(judged: Judged) -> None:
    series = judged.measured[0]
    lines = stream_lines(series)
    assert lines is not None
    measured = ~np.isnan(series.rgb)
    total = sum(part.values for part in lines.parts)
    assert total == pytest.approx(series.rgb[measured] + series.noise[measured])
    assert lines.parts[2].values == pytest.approx(series.interaction[measured])


def test_the_stack_grows_upward_and_downward_from_zero(judged: Judged) -> None:
    lines = stream_lines(judged.measured[0])
    assert lines is not None
    shown = stack(lines, Scale(Axis(56), -0.5, 55.5, 560))
    assert shown is not None
    at = 45 - shown.first  # frame 4, where both streams are positive
    assert shown.up[:, at] == pytest.approx([2.9, 4.3, 4.5], abs=0.7)
    assert np.all(np.diff(shown.up[:, ~np.isnan(shown.up[0])], axis=0) >= 0)
    assert np.nanmin(shown.down) < 0
    assert stack(lines, Scale(Axis(5600), 2000, 3000, 100)) is None


def test_a_single_frame_among_a_million_is_not_averaged_away() -> None:
    count = 1_000_000
    rgb = np.zeros(count)
    rgb[654_321] = 6.0
    zero = np.zeros(count)
    lines = stream_lines(TrackSeries(1, np.arange(count), zero, zero, zero, zero, rgb, zero, zero))
    assert lines is not None
    shown = stack(lines, Scale(Axis(count), -0.5, count - 0.5, 800))
    assert shown is not None
    assert np.nanmax(shown.total.high) < 0.1
    assert np.nanmax(shown.extremes.high) == 6.0
    assert abs(int(np.nanargmax(shown.extremes.high)) + shown.first - 654_321 * 800 // count) <= 1


def test_streams_that_point_the_same_way_agree() -> None:
    rgb, noise = np.array([1.0, 2.0, -3.0, 0.0]), np.array([1.0, -0.5, 4.0, -9.0])
    assert disagreement_of(rgb, noise).tolist() == [0, 0.5, 3, 0]


def test_notable_disagreements_are_places_to_go_to(judged: Judged) -> None:
    lines = stream_lines(judged.measured[0])
    assert lines is not None
    assert lines.notable.first.tolist() == [0, 8, 16, 32, 40]
