from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.records import Segment
from lav_gui.verdict.segments import SegmentRule, find_segments, rule_for

RULE = SegmentRule(enter=0.6, leave=0.4, minimum_seconds=0.2, merge_seconds=0.5)

tracks = st.lists(st.tuples(st.floats(0, 1), st.floats(0.01, 1.5)), min_size=1, max_size=80)


def _find(curve: list[float], step: float = 0.1, rule: SegmentRule = RULE, first: int = 0) -> tuple[Segment, ...]:
    index = np.arange(first, first + len(curve), dtype=np.int64)
    return find_segments(np.array(curve), index, index * step, rule)


def _spans(segments: tuple[Segment, ...]) -> list[tuple[int, int]]:
    return [(segment.first_frame, segment.last_frame) for segment in segments]


def test_a_segment_begins_at_the_threshold_and_lasts_until_below_the_lower_level() -> None:
    curve = [0.1, 0.5, 0.7, 0.5, 0.45, 0.9, 0.5, 0.4, 0.3, 0.5, 0.1]
    (segment,) = _find(curve, first=20)
    assert _spans((segment,)) == [(22, 27)]
    assert (segment.peak_frame, segment.peak_fake_prob) == (25, 0.9)
    assert (segment.first_seconds, segment.last_seconds) == pytest.approx((2.2, 2.7))


def test_a_curve_between_the_two_levels_is_no_segment() -> None:
    assert _find([0.5] * 30) == ()


def test_a_curve_at_the_threshold_is_a_segment() -> None:
    assert _spans(_find([0.6] * 30)) == [(0, 29)]


def test_the_first_and_the_last_frame_can_be_in_a_segment() -> None:
    assert _spans(_find([0.9] * 5 + [0.1] * 20 + [0.9] * 5)) == [(0, 4), (25, 29)]


def test_short_gaps_are_bridged_and_long_ones_are_not() -> None:
    assert _spans(_find([0.9] * 5 + [0.1] * 4 + [0.9] * 5)) == [(0, 13)]
    assert _spans(_find([0.9] * 5 + [0.1] * 6 + [0.9] * 5)) == [(0, 4), (11, 15)]


def test_a_segment_that_stays_too_short_is_dropped() -> None:
    assert _find([0.1] * 9 + [0.9] + [0.1] * 9) == ()
    assert _spans(_find([0.1] * 9 + [0.9] * 2 + [0.1] * 9)) == [(9, 10)]


def test_with_sparse_frames_one_frame_stands_for_its_whole_step() -> None:
    assert _spans(_find([0.1, 0.9, 0.1], step=1.0)) == [(1, 1)]


def test_a_track_of_one_frame_can_be_a_segment() -> None:
    assert _spans(_find([0.9])) == [(0, 0)]
    assert _find([0.1]) == ()


def test_nothing_is_said_of_time_in_which_the_face_was_out_of_sight() -> None:
    seconds = np.array([0.0, 0.1, 0.2, 0.3, 9.0, 9.1, 9.2, 9.3])
    found = find_segments(np.full(8, 0.9), np.arange(8), seconds, RULE)
    assert _spans(found) == [(0, 3), (4, 7)]


def test_after_a_hole_the_threshold_must_be_reached_anew() -> None:
    seconds = np.array([0.0, 0.1, 0.2, 0.3, 9.0, 9.1, 9.2, 9.3])
    found = find_segments(np.array([0.9] * 4 + [0.5] * 4), np.arange(8), seconds, RULE)
    assert _spans(found) == [(0, 3)]


@given(tracks)
def test_segments_are_disjoint_in_order_and_true(rows: list[tuple[float, float]]) -> None:
    curve, gaps = np.array(rows).T
    seconds = np.cumsum(gaps)
    index = np.arange(5, 5 + 2 * len(curve), 2)
    segments = find_segments(curve, index, seconds, RULE)
    for segment in segments:
        inside = (index >= segment.first_frame) & (index <= segment.last_frame)
        assert segment.first_frame <= segment.peak_frame <= segment.last_frame
        assert curve[inside][0] >= RULE.enter
        assert curve[inside][-1] >= RULE.leave
        assert segment.peak_fake_prob == curve[inside].max()
    for one, next_one in pairwise(segments):
        assert one.last_frame < next_one.first_frame
        assert next_one.first_seconds - one.last_seconds > RULE.merge_seconds


@given(tracks)
def test_without_merging_and_dropping_segments_are_what_a_walk_finds(rows: list[tuple[float, float]]) -> None:
    curve = np.array(rows)[:, 0]
    index = np.arange(len(curve))
    bare = SegmentRule(enter=0.6, leave=0.4, minimum_seconds=0.0, merge_seconds=0.0)
    walked, inside = [], False
    for value in curve:
        inside = value >= (0.4 if inside else 0.6)
        walked.append(inside)
    found = np.zeros(len(curve), bool)
    for segment in find_segments(curve, index, index * 0.1, bare):
        found[segment.first_frame : segment.last_frame + 1] = True
    # two stretches that touch cannot arise: a stretch ends below the lower level
    np.testing.assert_array_equal(found, walked)


@given(st.floats(0.01, 0.99))
def test_a_segment_is_left_at_half_the_odds_of_the_threshold(threshold: float) -> None:
    rule = rule_for(threshold)
    assert rule.leave / (1 - rule.leave) == pytest.approx(0.5 * threshold / (1 - threshold))


def test_levels_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ValueError, match="leave <= enter"):
        SegmentRule(enter=0.4, leave=0.6)
