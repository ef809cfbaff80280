from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lav_gui.errors import TrainingError
from lav_gui.faces.geometry import crop_affine, cut_crop, invert_affine, map_points
from lav_gui.settings import AnalysisSettings
from lav_gui.training.pictures.view import (
    MARGIN,
    View,
    ViewRange,
    cut_alpha,
    cut_canvas,
    cut_mask,
    cut_view,
    mirror_points,
    open_canvas,
    random_view,
)
from lav_gui.training.sets.landmarks import LEFT_EYE, RIGHT_EYE
from lav_gui.training.sets.store import Patch

views = st.builds(View, st.floats(1.1, 1.7), st.floats(-0.1, 0.1), st.floats(-0.1, 0.1), st.booleans())


@pytest.mark.parametrize("size", [96, 224])
def test_the_plain_view_is_bit_equal_with_the_analysis_crop(patch: Patch, size: int) -> None:
    affine = crop_affine(patch.row.box_xyxy, size, MARGIN, Fraction(1))
    np.testing.assert_array_equal(cut_view(patch, size, View()).image, cut_crop(patch.image, affine, size))


def test_the_plain_margin_is_that_of_the_analysis() -> None:
    assert AnalysisSettings().crop_margin == MARGIN


def test_a_view_obeys_the_sample_aspect_ratio(patch_of: Callable[..., Patch]) -> None:
    patch = patch_of(200, aspect="4/3")
    affine = crop_affine(patch.row.box_xyxy, 64, MARGIN, Fraction(4, 3))
    np.testing.assert_array_equal(cut_view(patch, 64, View()).image, cut_crop(patch.image, affine, 64))


def test_a_mirrored_view_is_the_view_mirrored(patch: Patch) -> None:
    plain, mirrored = cut_view(patch, 96, View()), cut_view(patch, 96, View(flip=True))
    assert plain.mask is not None
    assert mirrored.mask is not None
    np.testing.assert_array_equal(mirrored.image, plain.image[:, ::-1])
    np.testing.assert_array_equal(mirrored.mask, plain.mask[:, ::-1])


def test_mirroring_swaps_left_and_right_landmarks(patch: Patch) -> None:
    points = cut_view(patch, 96, View(flip=True)).landmarks
    assert points[LEFT_EYE, 0].mean() < points[RIGHT_EYE, 0].mean()
    plain = cut_view(patch, 96, View()).landmarks
    np.testing.assert_allclose(points[LEFT_EYE].mean(axis=0), (95, 0) + plain[RIGHT_EYE].mean(axis=0) * (-1, 1))


def test_mirroring_landmarks_twice_gives_them_back(patch: Patch) -> None:
    points = patch.row.points
    np.testing.assert_allclose(mirror_points(mirror_points(points, 200), 200), points)


def test_a_shift_moves_the_crop_by_that_share_of_the_box(patch: Patch) -> None:
    plain, shifted = cut_view(patch, 135, View()), cut_view(patch, 135, View(shift_x=0.1, shift_y=-0.05))
    np.testing.assert_allclose(shifted.landmarks, plain.landmarks - (10, -5))


def test_a_mask_is_cut_by_the_nearest_pixel_and_stays_binary() -> None:
    mask = np.zeros((8, 8), np.uint8)
    mask[2:5, 3:6] = 200
    mask[5, 5] = 127
    cut = cut_mask(mask, np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 2.0]]), 4)
    expected = np.zeros((4, 4), np.uint8)
    expected[0:3, 2:4] = 255
    np.testing.assert_array_equal(cut, expected)


def test_a_face_without_a_known_mask_gives_a_view_without_one(patch: Patch) -> None:
    assert cut_view(Patch(patch.row, patch.image, None), 64, View(flip=True)).mask is None


@settings(max_examples=25, deadline=None)
@given(view=views)
def test_landmarks_lie_where_the_crop_shows_them(patch_of: Callable[..., Patch], view: View) -> None:
    patch = patch_of(80, 40.0)
    canvas = open_canvas(patch, 48, view)
    on_crop = map_points(invert_affine(canvas.canvas_from_crop), canvas.landmarks)
    np.testing.assert_allclose(on_crop, cut_view(patch, 48, view).landmarks, atol=1e-9)


@pytest.mark.parametrize("flip", [False, True])
def test_a_small_face_is_cut_from_its_canvas_as_from_the_patch(patch: Patch, flip: bool) -> None:
    view = View(1.5, 0.05, -0.03, flip)
    canvas = open_canvas(patch, 224, view)
    apart = cut_canvas(canvas.image, canvas, 224).astype(int) - cut_view(patch, 224, view).image
    assert np.abs(apart).max() <= (1 if flip else 0)


@pytest.mark.parametrize("flip", [False, True])
def test_a_large_face_has_a_canvas_of_the_crops_scale(large_patch: Patch, flip: bool) -> None:
    view = View(1.3, 0.05, -0.03, flip)
    canvas = open_canvas(large_patch, 64, view, border=10)
    assert canvas.image.shape == (84, 84, 3)
    apart = cut_canvas(canvas.image, canvas, 64).astype(int) - cut_view(large_patch, 64, view).image
    assert np.abs(apart).max() <= 1


def test_a_canvas_never_leaves_the_patch(patch: Patch) -> None:
    canvas = open_canvas(patch, 224, View(margin=2.2, shift_x=0.5))
    assert canvas.image.shape[0] <= 200
    assert canvas.image.shape[1] <= 200


def test_a_soft_mask_is_cut_with_its_canvas(large_patch: Patch) -> None:
    canvas = open_canvas(large_patch, 64, View(), border=10)
    alpha = np.zeros(canvas.image.shape[:2], np.float32)
    alpha[30:40, 20:50] = 0.5
    np.testing.assert_array_equal(cut_alpha(alpha, canvas, 64), alpha[10:74, 10:74])


def test_random_views_stay_in_their_range_and_repeat_with_the_seed() -> None:
    wanted = ViewRange(1.2, 1.3, 0.02, 0.5)
    drawn = [random_view(np.random.default_rng(seed), wanted) for seed in range(50)]
    assert all(1.2 <= view.margin <= 1.3 and max(abs(view.shift_x), abs(view.shift_y)) <= 0.02 for view in drawn)
    assert {view.flip for view in drawn} == {False, True}
    assert drawn[3] == random_view(np.random.default_rng(3), wanted)


@pytest.mark.parametrize("wrong", [{"margin_low": 0.9}, {"margin_low": 1.7}, {"shift": -1.0}, {"flip": 2.0}])
def test_an_impossible_range_of_views_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(TrainingError, match="A view needs"):
        ViewRange(**wrong)
