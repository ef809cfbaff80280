from fractions import Fraction

import numpy as np
import pytest

from lav_gui.records import Detection, FaceCrop, face_px

AFFINE = np.array([[1.0, 0, 0], [0, 1, 0]])


def test_an_empty_box_is_no_detection() -> None:
    with pytest.raises(ValueError, match="empty face box"):
        Detection((10, 10, 10, 20), 0.9)


def test_landmarks_are_five_points() -> None:
    with pytest.raises(ValueError, match="landmarks"):
        Detection((0, 0, 10, 10), 0.9, np.zeros((4, 2)))


def test_a_crop_is_square() -> None:
    with pytest.raises(ValueError, match="image must be"):
        FaceCrop(0, 1, (0, 0, 9, 9), 0.9, np.zeros((8, 9, 3), np.uint8), AFFINE)


def test_a_crop_keeps_its_arrays_from_change() -> None:
    crop = FaceCrop(0, 1, (0, 0, 9, 9), None, np.zeros((8, 8, 3), np.uint8), AFFINE)
    assert not crop.image.flags.writeable
    assert not crop.frame_from_crop.flags.writeable


def test_face_px_is_the_shorter_display_side() -> None:
    assert face_px((0, 0, 30, 50)) == 30
    assert face_px((0, 0, 30, 50), Fraction(2)) == 50
