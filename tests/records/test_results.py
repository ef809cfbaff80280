from fractions import Fraction

import numpy as np
import pytest

from lav_gui.records import FaceResult, FrameResult, TrackSeries


def _series(frames: list[int]) -> TrackSeries:
    n = len(frames)
    return TrackSeries(1, np.array(frames, np.int64), *(np.zeros(n) for _ in range(7)))


def test_a_series_runs_forward() -> None:
    assert len(_series([1, 4, 9])) == 3
    with pytest.raises(ValueError, match="must increase strictly"):
        _series([1, 4, 4])


def test_a_heatmap_is_square_and_half_precision() -> None:
    with pytest.raises(ValueError, match="heatmap"):
        FaceResult(1, (0, 0, 9, 9), None, np.zeros((2, 3)), 9.0, 1.0, 0.0, 0.5, np.zeros((19, 18), np.float16), None)


def test_a_frame_without_faces_is_a_result() -> None:
    result = FrameResult(7, 175, Fraction(1, 25), "P", "ab", ())
    assert result.seconds == 7.0
    assert result.faces == ()
