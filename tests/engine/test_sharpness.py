import cv2
import numpy as np
import pytest

from lav_gui.engine.sharpness import sharpness


def test_it_is_the_variance_of_the_laplacian_of_the_luma() -> None:
    image = np.random.default_rng(0).integers(0, 256, (40, 50, 3), dtype=np.uint8)
    luma = image.astype(np.float64) @ [0.299, 0.587, 0.114]
    expected = cv2.Laplacian(luma, cv2.CV_64F)[1:-1, 1:-1].var()
    assert sharpness(image) == pytest.approx(expected, rel=1e-5)


def test_a_flat_picture_has_none_and_a_ramp_has_none_either() -> None:
    assert sharpness(np.full((9, 9, 3), 77, np.uint8)) == pytest.approx(0, abs=1e-6)
    ramp = np.repeat(np.arange(0, 200, 2, dtype=np.uint8)[None, :, None], 20, axis=0).repeat(3, axis=2)
    assert sharpness(ramp) == pytest.approx(0, abs=1e-6)


def test_blur_lowers_it() -> None:
    image = np.random.default_rng(1).integers(0, 256, (60, 60, 3), dtype=np.uint8)
    assert sharpness(cv2.GaussianBlur(image, (0, 0), 1.0)) < 0.1 * sharpness(image)
