"""The crop and the way back: affine and pixels must tell the same story."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lav_gui.faces import geometry

WIDTH, HEIGHT = 240, 160

centers = st.tuples(st.floats(0, WIDTH), st.floats(0, HEIGHT))
sides = st.tuples(st.floats(12, 90), st.floats(12, 90))
ratios = st.sampled_from([Fraction(1), Fraction(4, 3), Fraction(16, 11), Fraction(3, 4), Fraction(2)])
sizes = st.sampled_from([32, 61, 128])
margins = st.floats(1, 2)


def box_around(center: tuple[float, float], side: tuple[float, float]) -> tuple[float, float, float, float]:
    return (center[0] - side[0] / 2, center[1] - side[1] / 2, center[0] + side[0] / 2, center[1] + side[1] / 2)


def position_picture() -> NDArray[np.uint8]:
    """Red tells the column, green the row: value = position, so a wrong place shows as a wrong value."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    return np.stack([columns, rows, np.full_like(rows, 77)], axis=2).astype(np.uint8)


@given(centers, sides, ratios, sizes, margins)
@settings(max_examples=150, deadline=None)
def test_each_crop_pixel_shows_the_place_its_affine_names(center, side, ratio, size, margin) -> None:
    affine = geometry.crop_affine(box_around(center, side), size, margin, ratio)
    crop = geometry.cut_crop(position_picture(), affine, size).astype(float)
    rows, columns = np.mgrid[0:size, 0:size]
    places = geometry.map_points(affine, np.column_stack([columns.ravel(), rows.ravel()]).astype(float))
    x, y = places.reshape(size, size, 2).transpose(2, 0, 1)
    reach_x, reach_y = 2 * max(affine[0, 0], 1) + 1, 2 * max(affine[1, 1], 1) + 1
    inside = (x > reach_x) & (x < WIDTH - 1 - reach_x) & (y > reach_y) & (y < HEIGHT - 1 - reach_y)
    assert np.all(np.abs(crop[..., 0] - x)[inside] <= 0.75)  # half a level of rounding, and Pillow's fixed point
    assert np.all(np.abs(crop[..., 1] - y)[inside] <= 0.75)
    assert np.all(crop[..., 2] == 77)


def test_the_crop_is_not_shifted_by_a_tenth_of_a_pixel() -> None:
    affine = geometry.crop_affine((60.3, 40.7, 131.9, 127.2), 128, 1.35)
    crop = geometry.cut_crop(position_picture(), affine, 128).astype(float)
    rows, columns = np.mgrid[0:128, 0:128]
    places = geometry.map_points(affine, np.column_stack([columns.ravel(), rows.ravel()]).astype(float))
    error = crop[..., :2].reshape(-1, 2) - places
    assert np.abs(error.mean(axis=0)).max() < 0.02


def test_a_crop_of_the_whole_square_picture_is_the_picture() -> None:
    picture = np.random.default_rng(3).integers(0, 256, (48, 48, 3), dtype=np.uint8)
    affine = geometry.crop_affine((0.0, 0.0, 48.0, 48.0), 48, 1.0)
    np.testing.assert_array_equal(affine, [[1, 0, 0], [0, 1, 0]])
    np.testing.assert_array_equal(geometry.cut_crop(picture, affine, 48), picture)


def test_outside_the_frame_the_edge_pixels_repeat() -> None:
    picture = position_picture()
    affine = geometry.crop_affine((-60.0, 40.0, -20.0, 80.0), 40, 1.0)
    crop = geometry.cut_crop(picture, affine, 40)
    assert np.all(crop[..., 0] == 0)
    np.testing.assert_array_equal(crop[:, 0, 1], np.arange(40, 80))
    corner = geometry.cut_crop(picture, geometry.crop_affine((230.0, 150.0, 250.0, 170.0), 40, 1.0), 40)
    np.testing.assert_array_equal(corner[-1, -1], [WIDTH - 1, HEIGHT - 1, 77])


def test_shrinking_is_antialiased() -> None:
    checks = np.zeros((160, 160, 3), np.uint8)
    checks[::2, ::2] = checks[1::2, 1::2] = 255
    crop = geometry.cut_crop(checks, geometry.crop_affine((8.0, 8.0, 152.0, 152.0), 36, 1.0), 36)
    assert np.abs(crop.astype(int) - 127).max() <= 3


def test_a_circle_on_the_display_is_a_circle_in_the_crop() -> None:
    ratio = Fraction(2)
    rows, columns = np.mgrid[0:200, 0:200]
    disc = (((columns - 100) * 2.0) ** 2 + (rows - 100.0) ** 2 < 60**2).astype(np.uint8) * 255
    picture = np.repeat(disc[..., None], 3, axis=2)
    affine = geometry.crop_affine((70.5, 40.5, 130.5, 160.5), 100, 1.2, ratio)
    crop = geometry.cut_crop(picture, affine, 100)[..., 0] > 127
    assert abs(int(crop.any(axis=0).sum()) - int(crop.any(axis=1).sum())) <= 1
    assert affine[0, 0] * 2 == pytest.approx(affine[1, 1])


@given(centers, sides, ratios, sizes, margins)
def test_crop_to_frame_and_back_is_the_same_point(center, side, ratio, size, margin) -> None:
    affine = geometry.crop_affine(box_around(center, side), size, margin, ratio)
    points = np.array([[0.0, 0.0], [size - 1.0, 0.0], [3.25, size / 2], [-4.0, size + 9.5]])
    there = geometry.map_points(affine, points)
    np.testing.assert_allclose(geometry.map_points(geometry.invert_affine(affine), there), points, atol=1e-9)


@given(centers, sides, ratios, sizes, margins)
def test_the_crop_keeps_the_center_and_the_margin_of_the_box(center, side, ratio, size, margin) -> None:
    box = box_around(center, side)
    affine = geometry.crop_affine(box, size, margin, ratio)
    left, top, right, bottom = geometry.crop_box(affine, size)
    assert (left + right) / 2 == pytest.approx(center[0], abs=1e-9)
    assert (top + bottom) / 2 == pytest.approx(center[1], abs=1e-9)
    longer = max(side[0] * float(ratio), side[1])
    assert (right - left) * float(ratio) == pytest.approx(margin * longer)
    assert bottom - top == pytest.approx(margin * longer)


def test_a_moved_box_moves_the_crop_by_as_much() -> None:
    one = geometry.crop_affine((10.0, 20.0, 60.0, 80.0), 299, 1.35)
    two = geometry.crop_affine((10.3, 19.2, 60.3, 79.2), 299, 1.35)
    np.testing.assert_allclose(two - one, [[0, 0, 0.3], [0, 0, -0.8]], atol=1e-9)


@given(centers, sides, centers, sides)
def test_iou_is_symmetric_and_bounded(center_a, side_a, center_b, side_b) -> None:
    a, b = box_around(center_a, side_a), box_around(center_b, side_b)
    assert geometry.iou(a, b) == pytest.approx(geometry.iou(b, a))
    assert 0 <= geometry.iou(a, b) <= 1 + 1e-12
    assert geometry.iou(a, a) == pytest.approx(1)


def test_iou_of_half_shifted_boxes_is_a_third() -> None:
    assert geometry.iou((0, 0, 10, 10), (5, 0, 15, 10)) == pytest.approx(1 / 3)
    assert geometry.iou((0, 0, 10, 10), (10, 0, 20, 10)) == 0


def test_the_box_between_two_boxes_lies_on_the_straight_way() -> None:
    a, b = (0.0, 0.0, 10.0, 10.0), (8.0, 4.0, 22.0, 18.0)
    assert geometry.between(a, b, 0) == a
    assert geometry.between(a, b, 1) == b
    assert geometry.between(a, b, 0.25) == (2.0, 1.0, 13.0, 12.0)


@pytest.mark.parametrize(
    ("box", "size", "margin", "ratio"),
    [
        ((5.0, 5.0, 5.0, 9.0), 299, 1.35, Fraction(1)),
        ((5.0, 5.0, float("nan"), 9.0), 299, 1.35, Fraction(1)),
        ((0.0, 0.0, 9.0, 9.0), 1, 1.35, Fraction(1)),
        ((0.0, 0.0, 9.0, 9.0), 299, 0.5, Fraction(1)),
        ((0.0, 0.0, 9.0, 9.0), 299, 1.35, Fraction(0)),
    ],
)
def test_an_impossible_crop_is_refused(box, size, margin, ratio) -> None:
    with pytest.raises(ValueError, match=r"box|crop"):
        geometry.crop_affine(box, size, margin, ratio)


def test_a_map_that_turns_or_mirrors_is_no_crop() -> None:
    picture = position_picture()
    for bad in ([[1, 0.1, 0], [0, 1, 0]], [[-1, 0, 0], [0, 1, 0]]):
        with pytest.raises(ValueError, match="affine"):
            geometry.cut_crop(picture, np.array(bad, float), 32)
    with pytest.raises(ValueError, match="inverse"):
        geometry.invert_affine(np.zeros((2, 3)))
    with pytest.raises(ValueError, match="uint8"):
        geometry.cut_crop(picture[..., 0], geometry.crop_affine((0.0, 0.0, 9.0, 9.0), 32, 1.0), 32)
