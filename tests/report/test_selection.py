from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.records import TrackVerdict
from lav_gui.report.selection import FACES_SHOWN, strongest


def _track(curve: list[float], track_id: int = 1, smoothed: list[float] | None = None) -> TrackVerdict:
    n = len(curve)
    level = np.array(curve if smoothed is None else smoothed, dtype=np.float64)
    return TrackVerdict(
        track_id=track_id,
        first_frame=0,
        last_frame=10 * (n - 1),
        frame_count=n,
        track_logit=float(np.mean(curve)),
        fake_prob=0.5,
        interval=(0.4, 0.6),
        frame_index=np.arange(n, dtype=np.int64) * 10,
        seconds=np.arange(n) * 0.4,
        curve=np.array(curve, dtype=np.float64),
        smoothed=level,
        low=level,
        high=level,
        segments=(),
        rgb=None,
        noise=None,
        interaction=None,
        strongest_frame=0,
    )


def test_an_outlier_in_a_low_stretch_is_not_the_strongest() -> None:
    curve = [0.1, 0.99, 0.1, 0.1, 0.8, 0.8, 0.8, 0.1]
    smoothed = [0.1, 0.1, 0.1, 0.2, 0.8, 0.8, 0.6, 0.3]
    assert strongest([_track(curve, smoothed=smoothed)], 10.0)[0].frame_index == 40


def test_shown_frames_are_spread_over_time_and_in_its_order() -> None:
    chosen = strongest([_track([0.9, 0.95, 0.9] + [0.1] * 20 + [0.5, 0.6, 0.5])], 1.0)
    assert chosen[0].frame_index == 10
    assert 240 in [one.frame_index for one in chosen]
    assert [one.frame_index for one in chosen] == sorted(one.frame_index for one in chosen)


def test_the_highest_tracks_come_first_and_each_is_shown() -> None:
    tracks = [_track([level] * 30, number) for number, level in enumerate((0.2, 0.9, 0.4, 0.6, 0.1), start=1)]
    chosen = strongest(tracks, 1.0)
    assert list(dict.fromkeys(one.track_id for one in chosen)) == [2, 4, 3, 1]
    assert len(chosen) == FACES_SHOWN


def test_no_track_gives_nothing() -> None:
    assert strongest([], 1.0) == ()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.floats(0, 5))
def test_shown_frames_are_distinct_and_apart(curve: list[float], least: float) -> None:
    track = _track(curve)
    chosen = strongest([track, replace(track, track_id=2)], least)
    assert {one.track_id for one in chosen} == {1, 2}
    seconds = [one.frame_index / 10 * 0.4 for one in chosen if one.track_id == 1]
    assert all(later - earlier >= least - 1e-9 for earlier, later in pairwise(seconds))
    assert len(set(seconds)) == len(seconds)
