"""A cut is another place, not other light, and not a step to the side."""

from fractions import Fraction

import numpy as np
import pytest

from lav_gui.faces.scenes import is_cut, view_scene
from lav_gui.records import Frame


def scenery(seed, height=90, width=160):
    rng = np.random.default_rng(seed)
    coarse = rng.integers(20, 220, (5, 8, 3)).astype(float)
    return np.kron(coarse, np.ones((height // 5, width // 8, 1))).astype(np.uint8)


def view(image, seconds):
    return view_scene(Frame(0, round(seconds * 1000), Fraction(1, 1000), image))


@pytest.mark.parametrize("gap", [0.04, 1.0])
def test_another_place_is_a_cut(gap) -> None:
    assert is_cut(view(scenery(1), 0), view(scenery(2), gap))


@pytest.mark.parametrize("gap", [0.04, 1.0])
def test_the_same_place_is_none(gap) -> None:
    noise = np.random.default_rng(0).integers(-8, 9, (90, 160, 3))
    noisy = np.clip(scenery(1).astype(int) + noise, 0, 255).astype(np.uint8)
    assert not is_cut(view(scenery(1), 0), view(noisy, gap))
    assert not is_cut(view(scenery(1), 0), view(np.roll(scenery(1), 6, axis=1), gap))


def test_a_flash_is_no_cut() -> None:
    bright = np.clip(scenery(1).astype(int) + 70, 0, 255).astype(np.uint8)
    assert not is_cut(view(scenery(1), 0), view(bright, 0.04))


def test_the_same_colors_elsewhere_are_a_cut_only_in_frames_that_follow_closely() -> None:
    moved = scenery(1)[::-1, ::-1].copy()
    moved[:, :40] = (120, 60, 30)
    assert is_cut(view(scenery(1), 0), view(moved, 0.04))
    assert not is_cut(view(scenery(1), 0), view(scenery(1)[::-1, ::-1], 2))


def test_another_picture_size_is_a_cut() -> None:
    assert is_cut(view(scenery(1), 0), view(scenery(1, 45, 80), 0.04))


def test_a_plain_picture_can_be_measured() -> None:
    plain = np.full((90, 160, 3), 128, np.uint8)
    assert not np.isnan(view(plain, 0).layout).any()
    assert is_cut(view(scenery(1), 0), view(plain, 0.04))
