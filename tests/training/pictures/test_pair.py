import numpy as np
import pytest

from lav_gui.training.pictures.chain import DegradationSettings
from lav_gui.training.pictures.pair import LEAST_SEEN, degraded_pair, seen
from lav_gui.training.pictures.self_blend import Blend, BlendSettings, self_blend
from lav_gui.training.pictures.view import View, open_canvas
from lav_gui.training.sets.store import Patch


def _blend(patch: Patch, seed: int) -> Blend:
    canvas = open_canvas(patch, 96, View())
    return self_blend(canvas.image, canvas.landmarks, np.random.default_rng(seed), BlendSettings())


@pytest.mark.parametrize("seed", range(10))
def test_without_a_blend_both_pictures_are_treated_alike(patch: Patch, seed: int) -> None:
    blend = _blend(patch, seed)
    twins = Blend(blend.real, blend.mask, blend.real.copy(), blend.hull, 0.0)
    real, fake = degraded_pair(twins, np.random.default_rng(seed), DegradationSettings(clean=0.0))
    np.testing.assert_array_equal(real, fake)


def test_a_clean_treatment_leaves_the_pair_as_it_is(patch: Patch) -> None:
    blend = _blend(patch, 0)
    real, fake = degraded_pair(blend, np.random.default_rng(0), DegradationSettings(clean=1.0))
    np.testing.assert_array_equal(real, blend.real)
    np.testing.assert_array_equal(fake, blend.image)


def test_no_treatment_hides_the_blend(patch: Patch) -> None:
    settings = DegradationSettings(clean=0.0, h264=1.0, crf=(44, 51), reduce=1.0, reduced_side=(40, 60))
    hidden, kept = 0, 0
    for seed in range(20):
        blend = _blend(patch, seed)
        real, fake = degraded_pair(blend, np.random.default_rng(seed), settings)
        untreated = np.array_equal(real, blend.real)
        assert untreated or seen(real, fake, blend.mask) >= LEAST_SEEN
        hidden, kept = hidden + untreated, kept + (not untreated)
    assert hidden > 0
    assert kept > 0


def test_what_differs_everywhere_is_not_seen() -> None:
    rng = np.random.default_rng(0)
    real = rng.integers(0, 200, (40, 40, 3)).astype(np.uint8)
    alpha = np.zeros((40, 40), np.float32)
    alpha[10:30, 10:30] = 1
    assert seen(real, real + np.uint8(5), alpha) < 0
    blended = real.copy()
    blended[10:30, 10:30] += 5
    assert seen(real, blended, alpha) == pytest.approx(5)
    assert seen(real, blended, np.zeros_like(alpha)) == 0
    assert seen(real, real + np.uint8(5), np.ones_like(alpha)) == pytest.approx(5)
