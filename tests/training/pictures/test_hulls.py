import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lav_gui.errors import TrainingError
from lav_gui.training.pictures.hulls import HULLS, HullWeights, deform, draw_hull, face_size, random_hull, soften
from lav_gui.training.sets.landmarks import MOUTH, NOSE_TIP, canonical_shape

SHAPE = (120, 100)
POINTS = canonical_shape() * 30 + (50, 45)


@pytest.mark.parametrize("name", HULLS)
def test_every_outline_is_filled_and_leaves_most_of_the_picture_alone(name: str) -> None:
    for seed in range(8):
        mask = draw_hull(name, POINTS, SHAPE, np.random.default_rng(seed))
        assert mask.shape == SHAPE
        assert set(np.unique(mask)) == {0, 255}
        assert 20 < np.count_nonzero(mask) < 0.7 * mask.size


def _covered(name: str, point: np.ndarray) -> float:
    x, y = np.rint(point).astype(int)
    return float(np.mean([draw_hull(name, POINTS, SHAPE, np.random.default_rng(s))[y, x] > 0 for s in range(30)]))


def test_part_outlines_lie_on_their_part_and_not_on_others() -> None:
    mouth, eye, nose = POINTS[MOUTH].mean(axis=0), POINTS[36:42].mean(axis=0), POINTS[NOSE_TIP]
    assert _covered("mouth", mouth) > 0.9
    assert _covered("mouth", eye) == 0
    assert _covered("lower_face", mouth) > 0.9
    assert _covered("lower_face", eye) == 0
    assert _covered("eyes", eye) > 0.9
    assert _covered("eyes", mouth) == 0
    assert _covered("nose", nose) > 0.9
    for whole in ("face", "inner_face", "box"):
        assert min(_covered(whole, mouth), _covered(whole, nose)) > 0.9


def test_an_unknown_outline_is_refused() -> None:
    with pytest.raises(ValueError, match="no outline beard"):
        draw_hull("beard", POINTS, SHAPE, np.random.default_rng(0))


def test_outlines_are_drawn_by_their_weights() -> None:
    only = HullWeights(**dict.fromkeys(HULLS, 0.0) | {"nose": 2.0})
    assert {random_hull(np.random.default_rng(seed), only) for seed in range(20)} == {"nose"}
    rng = np.random.default_rng(0)
    assert {random_hull(rng, HullWeights()) for _ in range(400)} == set(HULLS)


@pytest.mark.parametrize("wrong", [{"face": -1.0}, {"mouth": float("nan")}, dict.fromkeys(HULLS, 0.0)])
def test_impossible_weights_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(TrainingError, match="weights of the outlines"):
        HullWeights(**wrong)


def test_the_same_generator_draws_the_same_outline() -> None:
    first, second = (draw_hull("union", POINTS, SHAPE, np.random.default_rng(4)) for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_deforming_by_nothing_changes_nothing_and_by_more_bends_the_outline() -> None:
    mask = draw_hull("box", POINTS, SHAPE, np.random.default_rng(0))
    np.testing.assert_array_equal(deform(mask, 0.0, np.random.default_rng(0)), mask)
    bent = deform(mask, 3.0, np.random.default_rng(0))
    assert set(np.unique(bent)) == {0, 255}
    assert 0 < np.count_nonzero(bent != mask) < 0.3 * mask.size


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 40), st.integers(0, 1000), st.sampled_from(HULLS))
def test_soft_masks_reach_from_0_to_1(radius: float, seed: int, name: str) -> None:
    rng = np.random.default_rng(seed)
    soft = soften(draw_hull(name, POINTS, SHAPE, rng), radius, rng)
    assert soft.dtype == np.float32
    assert soft.min() >= 0
    assert soft.max() == 1


def test_a_wider_radius_makes_a_longer_slope() -> None:
    mask = draw_hull("face", POINTS, SHAPE, np.random.default_rng(0))

    def slope(radius: float) -> float:
        drawn = [soften(mask, radius, np.random.default_rng(seed)) for seed in range(5)]
        return float(np.mean([(soft > 0.02) & (soft < 0.98) for soft in drawn]))

    slopes = [slope(radius) for radius in (1, 6, 20)]
    assert slopes == sorted(slopes)
    assert slopes[2] > 3 * slopes[0]


def test_softening_an_empty_mask_leaves_it_empty() -> None:
    assert not soften(np.zeros((20, 20), np.uint8), 3.0, np.random.default_rng(0)).any()


def test_the_size_of_a_face_is_the_mean_of_its_sides_but_never_tiny() -> None:
    assert face_size(POINTS) == pytest.approx(float(np.ptp(POINTS, axis=0).mean()))
    assert face_size(POINTS * 0.001) == 8.0
