from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lav_gui.errors import TrainingError
from lav_gui.training.pictures.hulls import HULLS
from lav_gui.training.pictures.layers import LayerSettings
from lav_gui.training.pictures.self_blend import BlendSettings, composite, random_alpha, self_blend
from lav_gui.training.pictures.view import Canvas, View, open_canvas
from lav_gui.training.sets.store import Patch

BLEND = BlendSettings()


@pytest.fixture(scope="module")
def canvas(patch: Patch) -> Canvas:
    return open_canvas(patch, 96, View())


@pytest.mark.parametrize("seed", range(12))
def test_outside_the_mask_the_blend_is_the_real(canvas: Canvas, seed: int) -> None:
    blend = self_blend(canvas.image, canvas.landmarks, np.random.default_rng(seed), BLEND)
    outside = blend.mask == 0
    assert 0.05 < outside.mean() < 1
    np.testing.assert_array_equal(blend.image[outside], blend.real[outside])
    assert (blend.image != blend.real).any()


@pytest.mark.parametrize("seed", range(12))
def test_the_mask_is_a_soft_one_of_a_known_strength(canvas: Canvas, seed: int) -> None:
    blend = self_blend(canvas.image, canvas.landmarks, np.random.default_rng(seed), BLEND)
    assert blend.mask.dtype == np.float32
    assert blend.mask.shape == canvas.image.shape[:2]
    assert blend.mask.min() == 0
    assert float(blend.mask.max()) in BLEND.strengths
    assert blend.hull in HULLS


def test_the_same_generator_gives_the_same_blend_and_another_another(canvas: Canvas) -> None:
    first, second, third = (
        self_blend(canvas.image, canvas.landmarks, np.random.default_rng(seed), BLEND) for seed in (5, 5, 6)
    )
    np.testing.assert_array_equal(first.image, second.image)
    np.testing.assert_array_equal(first.mask, second.mask)
    np.testing.assert_array_equal(first.real, second.real)
    assert (first.image != third.image).any()


def test_the_source_is_not_changed(canvas: Canvas) -> None:
    before = canvas.image.copy()
    self_blend(canvas.image, canvas.landmarks, np.random.default_rng(0), BLEND)
    np.testing.assert_array_equal(canvas.image, before)


def test_a_blend_that_cannot_be_seen_is_drawn_again(canvas: Canvas) -> None:
    def changes(tries: int) -> list[float]:
        settings = replace(BLEND, least_change=2.5, tries=tries)
        seeds = (np.random.default_rng(seed) for seed in range(25))
        return [self_blend(canvas.image, canvas.landmarks, rng, settings).change for rng in seeds]

    assert min(changes(1)) < 2.5 <= min(changes(6))


def test_where_no_draw_can_be_seen_the_last_resort_is_the_most_visible(canvas: Canvas) -> None:
    nothing = LayerSettings(**{field.name: 0.0 for field in fields(LayerSettings)})
    settings = replace(BLEND, layers=nothing, color_match=0.0, cloned=0.0)
    blend = self_blend(canvas.image, canvas.landmarks, np.random.default_rng(0), settings)
    assert blend.change == 0
    np.testing.assert_array_equal(blend.image, canvas.image)


def test_the_inner_layer_can_be_another_face(canvas: Canvas) -> None:
    donor = Canvas(canvas.image[:, ::-1].copy(), canvas.landmarks, canvas.canvas_from_crop)
    own, other = (
        self_blend(canvas.image, canvas.landmarks, np.random.default_rng(3), BLEND, face) for face in (None, donor)
    )
    assert (own.image != other.image).any()
    outside = other.mask == 0
    np.testing.assert_array_equal(other.image[outside], other.real[outside])


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_a_composite_is_the_weighted_mean_of_its_layers(seed: int) -> None:
    rng = np.random.default_rng(seed)
    inner, outer = (rng.integers(0, 256, (9, 7, 3)).astype(np.uint8) for _ in range(2))
    alpha = rng.random((9, 7), np.float32) * (rng.random((9, 7)) < 0.5)
    expected = outer + (inner.astype(float) - outer) * alpha[..., None].astype(float)
    np.testing.assert_allclose(composite(inner, outer, alpha.astype(np.float32)), expected, atol=0.501)


def test_full_strength_shows_the_inner_layer_and_none_the_outer() -> None:
    inner, outer = np.full((4, 4, 3), 250, np.uint8), np.full((4, 4, 3), 3, np.uint8)
    alpha = np.zeros((4, 4), np.float32)
    np.testing.assert_array_equal(composite(inner, outer, alpha), outer)
    alpha[1, 2] = 1
    assert composite(inner, outer, alpha)[1, 2].tolist() == [250, 250, 250]


@pytest.mark.parametrize("hull", HULLS)
def test_every_hull_gives_a_mask_of_the_drawn_strength(canvas: Canvas, hull: str) -> None:
    half = replace(BLEND, strengths=(0.5,))
    alpha = random_alpha(hull, canvas.landmarks, canvas.image.shape[:2], np.random.default_rng(1), half)
    assert float(alpha.max()) == 0.5


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"softness_low": 0.5}, "softness_low"),
        ({"deformation": -1.0}, "deformation"),
        ({"strengths": ()}, "strengths"),
        ({"strengths": (1.5,)}, "strengths"),
        ({"color_match": 2.0}, "color_match"),
        ({"donor_color_match": 2.0}, "donor_color_match"),
        ({"tries": 0}, "tries"),
    ],
)
def test_impossible_settings_are_refused_by_name(wrong: dict[str, float], rule: str) -> None:
    with pytest.raises(TrainingError, match=f"The settings of the blend need .*{rule}"):
        BlendSettings(**wrong)
