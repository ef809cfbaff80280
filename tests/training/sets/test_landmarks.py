import numpy as np
import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.sets import landmarks as lm


def test_the_canonical_shape_has_eyes_one_apart_around_the_origin_and_is_mirror_symmetric() -> None:
    shape = lm.solid_shape()
    np.testing.assert_array_equal(shape[:, :2], lm.canonical_shape())
    five = lm.five_of(shape)
    np.testing.assert_allclose(five[:2, :2], [[-0.5, 0], [0.5, 0]], atol=1e-12)
    mirrored = shape[lm.mirror_order()] * [-1, 1, 1]
    np.testing.assert_allclose(mirrored, shape, atol=1e-12)


def test_mirroring_twice_changes_nothing() -> None:
    order = lm.mirror_order()
    np.testing.assert_array_equal(order[order], np.arange(68))


def test_the_parts_of_a_face_lie_where_a_face_has_them() -> None:
    shape = lm.canonical_shape()
    assert shape[lm.BROWS, 1].max() < shape[lm.EYES, 1].min()
    assert shape[lm.EYES, 1].max() < shape[lm.NOSTRILS, 1].min()
    assert shape[lm.NOSE, 1].max() < shape[lm.MOUTH, 1].min()
    assert shape[8, 1] == shape[:, 1].max()
    for inner in (lm.BROWS, lm.EYES, lm.MOUTH):
        assert np.abs(shape[inner, 0]).max() < np.abs(shape[lm.JAW, 0]).max()
    assert shape[lm.INNER_LIPS, 0].min() > shape[lm.OUTER_LIPS, 0].min()


def _turned(degrees: float) -> np.ndarray:
    """The shape as a distant camera sees it with the head turned, (68, 2)."""
    angle = np.deg2rad(degrees)
    x, y, z = lm.solid_shape().T
    return np.column_stack([x * np.cos(angle) + z * np.sin(angle), y]) * 40 + [120, 90]


@pytest.mark.parametrize("degrees", [-60, -20, 0, 35, 70])
def test_five_points_of_a_turned_head_give_all_points_of_it(degrees: float) -> None:
    np.testing.assert_allclose(lm.fit_shape(lm.five_of(_turned(degrees))), _turned(degrees), atol=1e-9)


def test_the_far_cheek_of_a_turned_head_goes_behind_the_face() -> None:
    turned = lm.fit_shape(lm.five_of(_turned(50)))
    assert turned[lm.JAW, 0].max() < turned[lm.RIGHT_EYE, 0].max() + 20


def test_a_tilted_and_sheared_view_of_the_five_points_gives_the_same_view_of_the_flat_shape() -> None:
    view = np.array([[40.0, 6.0], [-5.0, 52.0]])
    flat = lm.canonical_shape()
    fitted = lm.fit_shape(lm.five_of(flat) @ view + [120, 90])
    np.testing.assert_allclose(fitted, flat @ view + [120, 90], atol=1e-9)


def test_points_nearly_on_a_line_are_laid_without_shear() -> None:
    five = lm.five_of(lm.canonical_shape()) * [0.05, 1.0] * 50
    fitted = lm.fit_shape(five)
    shape = lm.canonical_shape()
    scale = np.linalg.norm(fitted[0] - fitted[16]) / np.linalg.norm(shape[0] - shape[16])
    np.testing.assert_allclose(np.linalg.norm(fitted[8] - fitted[27]), scale * 1.8, rtol=1e-9)


def test_points_in_mirrored_order_are_not_fitted_by_a_mirrored_face() -> None:
    five = lm.five_of(lm.canonical_shape())[[1, 0, 2, 4, 3]] * 50
    fitted = lm.fit_shape(five)
    left, right = fitted[lm.LEFT_EYE].mean(axis=0), fitted[lm.RIGHT_EYE].mean(axis=0)
    down = fitted[8] - fitted[27]
    across = right - left
    assert across[0] * down[1] - across[1] * down[0] > 0


@pytest.mark.parametrize("points", [np.zeros((5, 2)), np.full((5, 2), np.nan), np.ones((4, 2))])
def test_five_points_that_make_no_face_are_refused(points: np.ndarray) -> None:
    with pytest.raises(TrainingError, match="make no face"):
        lm.fit_shape(points)


def test_the_canonical_landmarker_fits_the_shape() -> None:
    five = lm.five_of(lm.canonical_shape()) * 40 + 80
    picture = np.zeros((160, 160, 3), np.uint8)
    np.testing.assert_array_equal(lm.CanonicalLandmarker().landmarks(picture, five), lm.fit_shape(five))
