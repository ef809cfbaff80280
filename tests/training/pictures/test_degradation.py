import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lav_gui.errors import TrainingError
from lav_gui.training.pictures.degradation import (
    DEEPER_FORENSICS,
    KINDS,
    SWEEP,
    Degradation,
    apply,
    enlarged,
    reduced,
)
from lav_gui.training.sets.store import Patch

WORSE = {
    "jpeg": (95, 60, 20, 5),
    "h264": (15, 28, 40, 51),
    "h265": (15, 34, 50),
    "palette": (256, 64, 16, 4),
    "resize": (1, 0.6, 0.3, 0.1),
    "pixelate": (1, 2, 4, 8),
    "noise": (0, 3, 10, 30),
    "color_noise": (0, 3, 10, 30),
    "blur": (0, 0.7, 2, 5),
    "brightness": (0, 10, 30, 90),
    "exposure": (1, 0.8, 0.5, 0.2),
    "contrast": (1, 0.8, 0.5, 0.2),
    "gamma": (1, 1.2, 1.6, 2.5),
    "saturation": (1, 0.7, 0.4, 0),
    "blocks": (0, 20, 60, 150),
}
IDENTITY = {
    "resize",
    "pixelate",
    "noise",
    "color_noise",
    "blur",
    "brightness",
    "exposure",
    "contrast",
    "gamma",
    "blocks",
}


@pytest.fixture(scope="module")
def image(patch: Patch) -> np.ndarray:
    return np.ascontiguousarray(patch.image[20:148, 30:190])


def _apart(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.abs(a.astype(int) - b).mean())


@pytest.mark.parametrize("kind", KINDS)
def test_a_worse_level_takes_the_picture_further_away(image: np.ndarray, kind: str) -> None:
    before = image.copy()
    damaged = [apply(image, Degradation(kind, level), np.random.default_rng(0)) for level in WORSE[kind]]
    apart = [_apart(picture, image) for picture in damaged]
    assert all(picture.shape == image.shape and picture.dtype == np.uint8 for picture in damaged)
    assert apart == sorted(apart)
    assert len(set(apart)) == len(apart)
    np.testing.assert_array_equal(image, before)


@pytest.mark.parametrize("kind", sorted(IDENTITY))
def test_the_mildest_level_changes_nothing(image: np.ndarray, kind: str) -> None:
    damaged = apply(image, Degradation(kind, WORSE[kind][0]), np.random.default_rng(0))
    np.testing.assert_array_equal(damaged, image)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_generator_does_the_same_damage(image: np.ndarray, kind: str) -> None:
    degradation = Degradation(kind, WORSE[kind][1])
    first, second = (apply(image, degradation, np.random.default_rng(9)) for _ in range(2))
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("kind", ["jpeg", "h264", "h265", "resize", "blur", "noise"])
def test_red_stays_red(kind: str) -> None:
    red = np.full((96, 96, 3), (200, 40, 60), np.uint8)
    damaged = apply(red, Degradation(kind, WORSE[kind][1]), np.random.default_rng(0))
    np.testing.assert_allclose(damaged.mean((0, 1)), (200, 40, 60), atol=4)


def test_noise_has_the_deviation_that_was_asked_for() -> None:
    gray = np.full((128, 128, 3), 128, np.uint8)
    noisy = apply(gray, Degradation("noise", 8), np.random.default_rng(0)).astype(float)
    assert noisy.std() == pytest.approx(8, rel=0.03)


def test_saturation_0_is_gray() -> None:
    colored = np.full((8, 8, 3), (200, 40, 60), np.uint8)
    gray = apply(colored, Degradation("saturation", 0), np.random.default_rng(0))
    assert (gray == gray[..., :1]).all()


def test_blocks_are_counted_by_the_shorter_side() -> None:
    white = np.full((256, 600, 3), 255, np.uint8)
    damaged = apply(white, Degradation("blocks", 4), np.random.default_rng(0))
    assert np.count_nonzero(damaged[..., 0] == 128) == 4 * 64


@settings(max_examples=20, deadline=None)
@given(st.integers(16, 90), st.integers(16, 90), st.floats(0.05, 1))
def test_reducing_and_enlarging_bring_the_size_back(height: int, width: int, share: float) -> None:
    image = np.zeros((height, width, 3), np.uint8)
    small = reduced(image, share)
    assert small.shape[0] == max(1, round(height * share))
    assert enlarged(small, (height, width)).shape == image.shape


def test_all_levels_of_the_tables_are_valid_and_grow_worse(image: np.ndarray) -> None:
    for levels in DEEPER_FORENSICS.values():
        assert len(levels) == 5
        apart = [_apart(apply(image, level, np.random.default_rng(0)), image) for level in levels]
        assert apart == sorted(apart)
    assert {level.kind for levels in SWEEP.values() for level in levels} <= set(KINDS)


@pytest.mark.parametrize(("kind", "level"), [("jpeg", 0), ("h264", 52), ("resize", 1.5), ("blur", float("nan"))])
def test_levels_out_of_range_are_refused(kind: str, level: float) -> None:
    with pytest.raises(TrainingError, match=f"{kind} takes levels from"):
        Degradation(kind, level)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(TrainingError, match="no degradation rust"):
        Degradation("rust", 1)
