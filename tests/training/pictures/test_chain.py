from collections import Counter

import numpy as np
import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.pictures.chain import CLEAN, Chain, DegradationSettings, random_chain
from lav_gui.training.pictures.degradation import Degradation
from lav_gui.training.sets.store import Patch


@pytest.fixture(scope="module")
def image(patch: Patch) -> np.ndarray:
    return np.ascontiguousarray(patch.image[10:150, 30:150])


@pytest.mark.parametrize("seed", range(15))
def test_a_chain_does_the_same_to_equal_pictures_and_keeps_their_size(image: np.ndarray, seed: int) -> None:
    chain = random_chain(np.random.default_rng(seed), DegradationSettings(clean=0.0))
    first, second = chain.apply(image), chain.apply(image.copy())
    assert first.shape == image.shape
    np.testing.assert_array_equal(first, second)


def test_the_clean_chain_returns_the_picture(image: np.ndarray) -> None:
    np.testing.assert_array_equal(CLEAN.apply(image), image)


def test_the_mixture_is_as_the_settings_ask() -> None:
    rng = np.random.default_rng(0)
    chains = [random_chain(rng, DegradationSettings()) for _ in range(2000)]
    worn = [chain for chain in chains if chain != CLEAN]
    assert len(worn) / 2000 == pytest.approx(0.75, abs=0.04)
    kinds = Counter(step.kind for chain in worn for step in chain.steps)
    assert kinds["h264"] / len(worn) == pytest.approx(0.55, abs=0.05)
    assert kinds["jpeg"] / len(worn) == pytest.approx(0.35, abs=0.05)
    assert np.mean([chain.side > 0 for chain in worn]) == pytest.approx(0.55, abs=0.05)


def test_levels_stay_in_their_ranges() -> None:
    every = dict.fromkeys(("h264", "jpeg", "palette", "blur", "noise", "reduce", "last_jpeg"), 1.0)
    settings = DegradationSettings(clean=0.0, **every)
    rng = np.random.default_rng(1)
    ranges = {"h264": (18, 42), "jpeg": (30, 95), "blur": (0.3, 2.0), "noise": (0.7, 6.0), "palette": (24, 160)}
    for chain in (random_chain(rng, settings) for _ in range(100)):
        assert 56 <= chain.side <= 224
        for step in (*chain.steps, *chain.last):
            if step.kind in ranges:
                low, high = ranges[step.kind]
                assert low <= step.level <= high


def test_a_picture_smaller_than_the_drawn_side_keeps_its_size_through_the_steps(image: np.ndarray) -> None:
    np.testing.assert_array_equal(Chain(500, (), (), 0).apply(image), image)
    assert (Chain(60, (), (), 0).apply(image) != image).any()


def test_steps_happen_at_the_reduced_size(image: np.ndarray) -> None:
    noise = (Degradation("noise", 20.0),)
    at_small, at_full = Chain(35, noise, (), 3).apply(image), Chain(0, noise, (), 3).apply(image)
    grain = [np.abs(np.diff(picture.astype(int), axis=1)).mean() for picture in (at_small, at_full)]
    assert grain[0] < 0.7 * grain[1]
    np.testing.assert_array_equal(Chain(0, (), noise, 3).apply(image), at_full)


@pytest.mark.parametrize(
    "wrong",
    [
        {"clean": 1.2},
        {"crf": (30, 20)},
        {"crf": (30, 60)},
        {"quality": (0, 50)},
        {"quality": (50, 101)},
        {"colors": (1, 20)},
        {"colors": (20, 300)},
        {"h264": -0.1},
    ],
)
def test_impossible_settings_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(TrainingError, match="Degradation needs"):
        DegradationSettings(**wrong)
