"""Two parts of a run, joined."""

from array import array

import numpy as np

from lav_gui.records import TrackSeries
from lav_gui.ui.viewmodels.series import join_series, joined_frames


def series(track_id: int, frames: list[int], logit: float) -> TrackSeries:
    n = len(frames)
    column = np.full(n, logit)
    return TrackSeries(track_id, np.array(frames, np.int64), np.arange(n) / 25, *(column.copy() for _ in range(6)))


def test_a_part_alone_is_taken_as_it_is() -> None:
    part = (series(1, [0, 1], 1.0),)
    assert join_series(part, ()) == part
    assert join_series((), part) == part


def test_rows_are_ordered_by_frame_and_the_live_one_wins() -> None:
    (joined,) = join_series((series(1, [0, 2, 4], 1.0),), (series(1, [2, 3], 9.0),))
    assert joined.frame_index.tolist() == [0, 2, 3, 4]
    assert joined.logit.tolist() == [1.0, 9.0, 9.0, 1.0]


def test_tracks_of_either_part_are_there() -> None:
    joined = join_series((series(3, [0], 1.0),), (series(1, [5], 2.0),))
    assert [each.track_id for each in joined] == [1, 3]


def test_frames_of_both_parts_are_ordered_and_each_is_there_once() -> None:
    assert joined_frames([2, 0], array("q", [1, 2])).tolist() == [0, 1, 2]
    assert joined_frames(np.array([5, 7], np.int64), array("q")).tolist() == [5, 7]
    assert joined_frames((), array("q")).tolist() == []
