from dataclasses import replace

import numpy as np

from lav_gui.training.sets.alignment import AROUND_MOST, difference_around, same_moment
from lav_gui.training.sets.patches import Cut

BOX = (30.0, 30.0, 70.0, 70.0)


def _cut(image: np.ndarray) -> Cut:
    window = (0, 0, image.shape[1], image.shape[0])
    return Cut(0, 1, BOX, np.zeros((68, 2)), window, image, None)


def _scene() -> np.ndarray:
    ramp = np.add.outer(np.arange(100), 2 * np.arange(100)) % 256
    return np.repeat(ramp.astype(np.uint8)[..., None], 3, axis=2)


def test_a_forged_face_does_not_count() -> None:
    fake = _scene()
    fake[30:70, 30:70] = 255
    assert difference_around(_scene(), fake, BOX) == 0
    assert same_moment(_cut(_scene()), _cut(fake))


def test_another_moment_shows_around_the_face() -> None:
    fake = np.roll(_scene(), 20, axis=1)
    assert difference_around(_scene(), fake, BOX) > 3 * AROUND_MOST
    assert not same_moment(_cut(_scene()), _cut(fake))


def test_the_noise_of_coding_does_not_count() -> None:
    noise = np.random.default_rng(0).normal(0, 6, (100, 100, 3))
    fake = np.clip(_scene() + noise, 0, 255).astype(np.uint8)
    assert same_moment(_cut(_scene()), _cut(fake))


def test_a_few_columns_more_are_allowed_and_many_are_not() -> None:
    wider = np.pad(_scene(), ((0, 0), (0, 2), (0, 0)), mode="edge")
    much_wider = np.pad(_scene(), ((0, 0), (0, 20), (0, 0)), mode="edge")
    assert same_moment(_cut(_scene()), _cut(wider))
    assert not same_moment(_cut(_scene()), _cut(much_wider))
    assert not same_moment(_cut(_scene()), _cut(much_wider.transpose(1, 0, 2)))


def test_a_face_that_fills_the_patch_is_compared_as_a_whole() -> None:
    full = replace(_cut(_scene()), box_xyxy=(0.0, 0.0, 100.0, 100.0))
    assert same_moment(full, full)
    assert not same_moment(full, replace(full, image=255 - full.image))
