import cv2
import numpy as np

from lav_gui.training.sets.pair_masks import derive_mask

BOX = (50.0, 40.0, 130.0, 140.0)
SIZE = (180, 180)


def _scene(seed: int) -> np.ndarray:
    """A smooth picture with noise of its own, as from a coder."""
    coarse = np.random.default_rng(0).integers(60, 190, (6, 6, 3), dtype=np.uint8)
    smooth = cv2.resize(coarse, SIZE, interpolation=cv2.INTER_CUBIC).astype(float)
    return np.clip(smooth + np.random.default_rng(seed).normal(0, 2, (*SIZE, 3)), 0, 255).astype(np.uint8)


def _forged() -> tuple[np.ndarray, np.ndarray]:
    fake, truth = _scene(2), np.zeros(SIZE, np.uint8)
    cv2.ellipse(truth, (90, 95), (30, 40), 0, 0, 360, 255, -1)
    shifted = np.clip(fake.astype(int) + np.array([25, 5, -15]), 0, 255).astype(np.uint8)
    return np.where(truth[..., None] > 0, shifted, fake), truth > 0


def test_the_forged_part_is_found_with_good_figures() -> None:
    fake, truth = _forged()
    found = derive_mask(_scene(1), fake, BOX)
    mask = found.mask > 0
    assert (mask & truth).sum() / (mask | truth).sum() > 0.85
    assert found.is_good
    assert found.contrast > 5
    assert found.cover > 0.3
    assert found.spill == 0


def test_where_nothing_was_forged_nothing_is_found_and_it_is_not_good() -> None:
    found = derive_mask(_scene(1), _scene(2), BOX)
    assert not found.mask.any()
    assert not found.is_good


def test_a_change_outside_of_the_face_is_not_taken_for_it() -> None:
    fake = _scene(2)
    fake[5:25, 5:25] = 255
    assert not derive_mask(_scene(1), fake, BOX).mask.any()


def test_a_change_that_runs_out_of_the_face_is_poor() -> None:
    fake = _scene(2)
    fake[60:120, :] = 255
    assert not derive_mask(_scene(1), fake, BOX).is_good


def test_the_mask_has_the_size_of_the_fake_though_the_original_is_smaller() -> None:
    fake, _ = _forged()
    found = derive_mask(_scene(1)[:-1, :-3], fake, BOX)
    assert found.mask.shape == SIZE
    assert found.is_good
