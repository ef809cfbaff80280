from collections.abc import Callable
from dataclasses import fields

import numpy as np
import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.pictures import layers
from lav_gui.training.pictures.layers import LayerSettings, clone, displaced, fitted, make_layers, match_color
from lav_gui.training.pictures.view import View, open_canvas
from lav_gui.training.sets.store import Patch

NOTHING = LayerSettings(**{field.name: 0.0 for field in fields(LayerSettings)})
CHANGES = (
    layers.shift_color,
    layers.change_shading,
    layers.change_contrast,
    layers.change_sharpness,
    layers.reduce_resolution,
    layers.change_noise,
    layers.change_compression,
)


def _face(patch: Patch) -> tuple[np.ndarray, np.ndarray]:
    canvas = open_canvas(patch, 96, View())
    return canvas.image, canvas.landmarks


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_every_change_alters_the_picture_a_little_and_leaves_the_source_alone(
    patch: Patch, change: Callable[..., np.ndarray]
) -> None:
    image, _ = _face(patch)
    before = image.copy()
    apart = []
    for seed in range(12):
        changed = change(image, np.random.default_rng(seed), LayerSettings())
        again = change(image, np.random.default_rng(seed), LayerSettings())
        assert changed.shape == image.shape
        assert changed.dtype == np.uint8
        np.testing.assert_array_equal(changed, again)
        apart.append(np.abs(changed.astype(int) - image).mean())
    np.testing.assert_array_equal(image, before)
    assert 1 < np.mean(apart) < 30


def test_without_differences_both_layers_are_the_picture(patch: Patch) -> None:
    image, points = _face(patch)
    inner, outer = make_layers(image, points, np.random.default_rng(0), NOTHING)
    np.testing.assert_array_equal(inner, image)
    np.testing.assert_array_equal(outer, image)


@pytest.mark.parametrize(("inner_share", "changed", "kept"), [(1.0, 0, 1), (0.0, 1, 0)])
def test_changes_fall_on_the_layer_they_are_drawn_for(
    patch: Patch, inner_share: float, changed: int, kept: int
) -> None:
    image, points = _face(patch)
    settings = LayerSettings(color=1.0, noise=1.0, geometry=0.0, inner=inner_share)
    both = make_layers(image, points, np.random.default_rng(1), settings)
    np.testing.assert_array_equal(both[kept], image)
    assert (both[changed] != image).any()


def test_only_the_inner_layer_is_displaced(patch: Patch) -> None:
    image, points = _face(patch)
    still = {field.name: 0.0 for field in fields(LayerSettings)}
    inner, outer = make_layers(image, points, np.random.default_rng(1), LayerSettings(**still | {"geometry": 1.0}))
    np.testing.assert_array_equal(outer, image)
    assert (inner != image).mean() > 0.5


@pytest.mark.parametrize("bend", [0.0, 1.0])
def test_a_displaced_layer_moves_by_a_few_percent_only(bend: float) -> None:
    grid = np.zeros((100, 100, 3), np.uint8)
    grid[..., 0], grid[..., 1] = np.arange(100) * 2, (np.arange(100) * 2)[:, None]
    points = np.random.default_rng(0).uniform(25, 75, (68, 2))
    for seed in range(20):
        moved = displaced(grid, points, np.random.default_rng(seed), bend).astype(float) / 2
        middle = moved[30:70, 30:70, :2] - grid[30:70, 30:70, :2] / 2.0
        assert 0.05 < np.abs(middle).mean() < 6


def test_colors_are_matched_under_the_mask() -> None:
    rng = np.random.default_rng(0)
    inner = rng.integers(100, 140, (20, 20, 3)).astype(np.uint8).repeat(2, axis=0).repeat(2, axis=1)
    outer = rng.integers(60, 140, (20, 20, 3)).astype(np.uint8).repeat(2, axis=0).repeat(2, axis=1)
    alpha = np.zeros((40, 40), np.float32)
    alpha[10:30, 10:30] = 1
    matched = match_color(inner, outer, alpha)[10:30, 10:30].astype(float)
    np.testing.assert_allclose(matched.mean((0, 1)), outer[10:30, 10:30].mean((0, 1)), atol=1)
    np.testing.assert_allclose(matched.std((0, 1)), outer[10:30, 10:30].std((0, 1)), rtol=0.05)


def test_where_no_mask_is_strong_enough_colors_stay() -> None:
    inner = np.full((10, 10, 3), 9, np.uint8)
    np.testing.assert_array_equal(match_color(inner, inner + 90, np.full((10, 10), 0.4, np.float32)), inner)


def test_another_face_is_laid_over_by_its_landmarks(patch: Patch, large_patch: Patch) -> None:
    _, points = _face(patch)
    donor = np.zeros((300, 300, 3), np.uint8)
    donor_points = points * 1.7 + 20
    x, y = np.rint(donor_points[30]).astype(int)
    donor[y - 4 : y + 5, x - 4 : x + 5] = 255
    laid = fitted(donor, donor_points, points, (120, 130))
    assert laid.shape == (120, 130, 3)
    found = np.argwhere(laid[..., 0] > 128).mean(axis=0)
    np.testing.assert_allclose(found[::-1], points[30], atol=0.8)


def test_a_donor_becomes_the_inner_layer(patch: Patch) -> None:
    image, points = _face(patch)
    inner, outer = make_layers(image, points, np.random.default_rng(0), NOTHING, image[::-1].copy())
    np.testing.assert_array_equal(inner, image[::-1])
    np.testing.assert_array_equal(outer, image)


def test_a_tiny_picture_is_not_reduced_to_nothing() -> None:
    tiny = np.zeros((20, 20, 3), np.uint8)
    assert layers.reduce_resolution(tiny, np.random.default_rng(0), LayerSettings()) is tiny


def test_probabilities_beyond_0_and_1_are_refused() -> None:
    with pytest.raises(TrainingError, match="within 0 and 1"):
        LayerSettings(noise=1.5)


def test_a_clone_keeps_the_edges_of_the_inner_layer_and_takes_the_color_of_the_outer() -> None:
    inner, outer = np.full((64, 64, 3), 200, np.uint8), np.full((64, 64, 3), 80, np.uint8)
    inner[28:36, 28:36] = 230
    alpha = np.zeros((64, 64), np.float32)
    alpha[16:48, 16:48] = 1
    cloned = clone(inner, outer, alpha)
    assert np.abs(cloned[18:26, 18:26].astype(int) - 80).max() <= 2
    assert 20 <= int(cloned[32, 32, 0]) - int(cloned[20, 20, 0]) <= 40


def test_nothing_is_cloned_where_the_mask_is_too_small_and_none_reaches_the_border() -> None:
    inner, outer = np.full((32, 32, 3), 200, np.uint8), np.full((32, 32, 3), 80, np.uint8)
    alpha = np.zeros((32, 32), np.float32)
    alpha[10:14, 10:14] = 1
    assert clone(inner, outer, alpha) is inner
    assert clone(inner, outer, np.ones((32, 32), np.float32)).shape == outer.shape
