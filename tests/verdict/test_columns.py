import time
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.records import Contributions, FaceResult, FrameResult
from lav_gui.verdict.columns import SeriesBuilder, series_from

AFFINE = np.eye(2, 3)
HEATMAP = np.zeros((2, 2), np.float16)


def _face(track_id: int, logit: float = 0.0, contributions: Contributions | None = None) -> FaceResult:
    return FaceResult(track_id, (0, 0, 9, 9), 0.9, AFFINE, 50.0, 120.0, logit, 0.5, HEATMAP, contributions)


def _frame(index: int, *faces: FaceResult) -> FrameResult:
    return FrameResult(index, index * 10, Fraction(1, 100), "P", "0" * 64, faces)


def test_each_track_becomes_columns_ordered_by_frame() -> None:
    parts = Contributions(1.0, 2.0, 0.5, -1.0)
    frames = [_frame(0, _face(2, 1.5), _face(1, -1.0)), _frame(1), _frame(2, _face(2, 2.5, parts))]
    one, two = series_from(frames)
    assert (one.track_id, two.track_id) == (1, 2)
    np.testing.assert_array_equal(two.frame_index, [0, 2])
    np.testing.assert_allclose(two.seconds, [0.0, 0.2])
    np.testing.assert_array_equal(two.logit, [1.5, 2.5])
    np.testing.assert_array_equal(two.face_px, [50, 50])
    np.testing.assert_array_equal(two.sharpness, [120, 120])
    np.testing.assert_array_equal([two.rgb, two.noise, two.interaction], [[np.nan, 1], [np.nan, 2], [np.nan, 0.5]])


@given(st.permutations(range(12)))
def test_the_order_in_which_frames_come_does_not_matter(order: list[int]) -> None:
    frames = [_frame(i, _face(1 + i % 2, float(i))) for i in order]
    for track, expected in zip(series_from(frames), ([0, 2, 4, 6, 8, 10], [1, 3, 5, 7, 9, 11]), strict=True):
        np.testing.assert_array_equal(track.frame_index, expected)
        np.testing.assert_array_equal(track.logit, expected)


def test_a_frame_that_comes_again_replaces_its_earlier_row() -> None:
    (track,) = series_from([_frame(3, _face(1, 1.0)), _frame(5, _face(1, 2.0)), _frame(3, _face(1, 9.0))])
    np.testing.assert_array_equal(track.frame_index, [3, 5])
    np.testing.assert_array_equal(track.logit, [9.0, 2.0])


def test_a_series_taken_early_does_not_change_when_more_comes() -> None:
    builder = SeriesBuilder()
    builder.append(_frame(0, _face(1, 1.0)))
    (early,) = builder.series()
    builder.append(_frame(1, _face(1, 2.0)))
    assert len(early) == 1
    assert len(builder.series()[0]) == 2


def test_a_copy_does_not_change_when_more_comes() -> None:
    builder = SeriesBuilder()
    builder.append(_frame(0, _face(1, 1.0)))
    early = builder.copy()
    builder.append(_frame(1, _face(1, 2.0), _face(2, 3.0)))
    assert [len(track) for track in early.series()] == [1]
    assert [len(track) for track in builder.series()] == [2, 1]


def test_one_track_cannot_have_two_faces_in_a_frame() -> None:
    with pytest.raises(ValueError, match="frame 7 has two faces"):
        SeriesBuilder().append(_frame(7, _face(1), _face(1)))


def test_no_frames_give_no_tracks() -> None:
    assert series_from([]) == ()


def test_appending_stays_cheap_as_the_table_grows() -> None:
    builder = SeriesBuilder()
    face = _face(1)
    times = []
    for part in range(3):
        start = time.perf_counter()
        for i in range(10_000):
            builder.append(_frame(part * 10_000 + i, face))
        times.append(time.perf_counter() - start)
    assert times[2] < 5 * times[0] + 0.05
