from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lav_gui.errors import TrainingError
from lav_gui.faces import geometry
from lav_gui.training.sets.patches import Cut, cut_window, patch_window, write_png

HEIGHT, WIDTH = 120, 160
NOISE = np.random.default_rng(5).integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)


@settings(max_examples=60)
@given(
    st.floats(-10, 150), st.floats(-10, 110), st.floats(16, 90), st.floats(16, 90),
    st.sampled_from([Fraction(1), Fraction(16, 15), Fraction(2), Fraction(1, 2)]), st.sampled_from([32, 112, 299]),
)  # fmt: skip
def test_the_analysis_crop_of_a_patch_is_that_of_the_whole_frame(
    left: float, top: float, width: float, height: float, ratio: Fraction, size: int
) -> None:
    box = (left, top, left + width, top + height)
    window = patch_window(box, (HEIGHT, WIDTH), ratio)
    if window is None:
        return
    from_frame = geometry.cut_crop(NOISE, geometry.crop_affine(box, size, 1.35, ratio), size)
    inside = (box[0] - window[0], box[1] - window[1], box[2] - window[0], box[3] - window[1])
    affine = geometry.crop_affine(inside, size, 1.35, ratio)
    from_patch = geometry.cut_crop(cut_window(NOISE, window), affine, size)
    assert np.abs(from_frame.astype(int) - from_patch).max() <= 1


def test_a_patch_is_square_on_the_display_and_twice_the_longer_side_of_the_box() -> None:
    assert patch_window((50, 40, 70, 64), (HEIGHT, WIDTH), Fraction(1)) == (36, 28, 84, 76)
    assert patch_window((50, 40, 70, 64), (HEIGHT, WIDTH), Fraction(2)) == (40, 12, 80, 92)


def test_a_patch_ends_with_the_frame() -> None:
    assert patch_window((-5, -5, 60, 60), (HEIGHT, WIDTH), Fraction(1)) == (0, 0, 93, 93)


def test_a_face_outside_of_the_frame_has_no_patch() -> None:
    assert patch_window((400, 10, 420, 30), (HEIGHT, WIDTH), Fraction(1)) is None


def test_box_and_points_are_told_in_patch_pixels() -> None:
    window = (40, 30, 80, 70)
    cut = Cut(0, 1, (50, 40, 70, 60), np.full((68, 2), 55.0), window, cut_window(NOISE, window), None)
    assert cut.patch_box == (10, 10, 30, 30)
    np.testing.assert_array_equal(cut.patch_points, np.tile([15.0, 25.0], (68, 1)))
    np.testing.assert_array_equal(cut.image, NOISE[30:70, 40:80])


def test_png_keeps_every_pixel_in_rgb_order(tmp_path: Path) -> None:
    write_png(tmp_path / "a.png", NOISE)
    np.testing.assert_array_equal(cv2.imread(str(tmp_path / "a.png"))[:, :, ::-1], NOISE)


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="cannot be written"):
        write_png(tmp_path / "gone" / "a.png", NOISE)
