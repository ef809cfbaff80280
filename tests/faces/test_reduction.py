"""The reduced frame, the way back, and one box per face."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.faces import reduction
from lav_gui.records import Detection


@given(
    st.integers(30, 400),
    st.integers(30, 400),
    st.floats(0.1, 2),
    st.sampled_from([Fraction(1), Fraction(4, 3), Fraction(1, 2), Fraction(2)]),
)
def test_the_reduced_frame_has_display_shape_and_exact_steps(width, height, scale, ratio) -> None:
    reduced, steps = reduction.reduce_image(np.zeros((height, width, 3), np.uint8), scale, ratio)
    assert reduced.shape[1] * steps[0] == pytest.approx(width)
    assert reduced.shape[0] * steps[1] == pytest.approx(height)
    assert abs(reduced.shape[0] - height * min(1, scale)) <= 1
    assert abs(reduced.shape[1] - width * float(ratio) * min(1, scale)) <= 1


def test_a_frame_of_the_right_size_is_not_touched() -> None:
    image = np.random.default_rng(0).integers(0, 256, (40, 60, 3), dtype=np.uint8)
    reduced, steps = reduction.reduce_image(image, 1.7, Fraction(1))
    assert reduced is image
    assert steps == (1.0, 1.0)


def test_a_detection_comes_back_in_frame_pixels() -> None:
    points = np.array([[1.0, 2], [3, 2], [2, 3], [1, 4], [3, 4]])
    found = reduction.detection_in_frame((1.0, 2.0, 5.0, 8.0), 1.0000001, points, (4.0, 2.0))
    assert found.box_xyxy == (4.0, 4.0, 20.0, 16.0)
    assert found.score == 1.0
    np.testing.assert_allclose(found.landmarks, points * [4, 2] - 0.5)


def test_of_two_boxes_on_one_face_the_surer_stays_and_faces_come_from_the_left() -> None:
    right = Detection((100.0, 0.0, 140.0, 40.0), 0.9)
    weak = Detection((2.0, 2.0, 42.0, 42.0), 0.8)
    sure = Detection((0.0, 0.0, 40.0, 40.0), 0.99)
    assert reduction.distinct([right, weak, sure]) == (sure, right)
