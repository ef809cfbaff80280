"""A drawn face as a patch, for all tests of the folder."""

from collections.abc import Callable

import numpy as np
import pytest

from lav_gui.training.sets.index import FaceRow
from lav_gui.training.sets.landmarks import fit_shape
from lav_gui.training.sets.store import Patch

FIVE = np.array([[0.3, 0.38], [0.7, 0.38], [0.5, 0.6], [0.35, 0.78], [0.65, 0.78]])
"""The detector's five points over the box."""


def make_patch(side: int, face: float = 100.0, label: int = 0, aspect: str = "1/1") -> Patch:
    """A square patch with a smooth random picture and a box of `face` pixels a little off its center."""
    rng = np.random.default_rng(7)
    coarse = rng.uniform(0, 255, (12, 12, 3))
    steps = np.linspace(0, 11, side)
    low = np.minimum(steps.astype(int), 10)
    part = (steps - low)[:, None, None]
    rows = coarse[low] * (1 - part) + coarse[low + 1] * part
    part = (steps - low)[None, :, None]
    smooth = rows[:, low] * (1 - part) + rows[:, low + 1] * part
    image = np.clip(smooth + rng.normal(0, 6, (side, side, 3)), 0, 255).astype(np.uint8)
    left, top = (side - face) / 2 + 1.3, (side - face) / 2 - 0.6
    box = (left, top, left + face * 0.8, top + face)
    points = fit_shape(FIVE * (face * 0.8, face) + (left, top))
    mask = np.zeros((side, side), np.uint8)
    mask[side // 3 : side // 2, side // 3 : side // 2] = 255
    row = FaceRow(
        patch="patches/a.png", mask="", label=label, split="train", dataset="d", method="real", compression="",
        source="s", identity="i", group="g", pair="", frame_index=0, track_id=1, box_xyxy=box,
        landmarks=tuple(points.ravel()), sample_aspect_ratio=aspect, face_px=face * 0.8,
        codec="h264", bits_per_pixel=0.1,
    )  # fmt: skip
    return Patch(row, image, mask)


@pytest.fixture(scope="session")
def patch_of() -> Callable[..., Patch]:
    return make_patch


@pytest.fixture(scope="session")
def patch() -> Patch:
    """A face of 100 pixels in a patch of 200."""
    return make_patch(200)


@pytest.fixture(scope="session")
def large_patch() -> Patch:
    """A face of 300 pixels in a patch of 600."""
    return make_patch(600, 300.0)
