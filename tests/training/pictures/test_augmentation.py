import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lav_gui.errors import TrainingError
from lav_gui.training.pictures.augmentation import PaperAugmentation, augment, random_affine

NOTHING = PaperAugmentation(resized_crop=0.0, move=0.0, mirror=0.0)


def _picture() -> tuple[np.ndarray, np.ndarray]:
    image = np.full((60, 60, 3), 20, np.uint8)
    mask = np.zeros((60, 60), np.uint8)
    mask[15:35, 25:40] = 255
    image[mask > 0] = 220
    return image, mask


def test_without_any_change_the_pixels_are_untouched() -> None:
    image, mask = _picture()
    same, (kept,) = augment(image, (mask,), np.random.default_rng(0), NOTHING)
    np.testing.assert_array_equal(same, image)
    np.testing.assert_array_equal(kept, mask)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_masks_move_with_the_picture(seed: int) -> None:
    image, mask = _picture()
    everything = PaperAugmentation(1.0, 0.5, move=1.0, mirror=0.5, vertical_flip=0.5, quarter_turns=0.5)
    moved, (first, second) = augment(image, (mask, mask), np.random.default_rng(seed), everything)
    assert set(np.unique(first)) <= {0, 255}
    np.testing.assert_array_equal(first, second)
    assert np.mean((moved[..., 0] > 120) != (first > 0)) < 0.03


def test_mirroring_and_turning_are_exact() -> None:
    image = np.random.default_rng(0).integers(0, 256, (31, 31, 3)).astype(np.uint8)
    mirrored, _ = augment(image, (), np.random.default_rng(0), PaperAugmentation(0.0, move=0.0, mirror=1.0))
    np.testing.assert_array_equal(mirrored, image[:, ::-1])
    flipped, _ = augment(
        image, (), np.random.default_rng(0), PaperAugmentation(0.0, move=0.0, mirror=0.0, vertical_flip=1)
    )
    np.testing.assert_array_equal(flipped, image[::-1])
    turns = PaperAugmentation(0.0, move=0.0, mirror=0.0, quarter_turns=1.0)
    turned = [augment(image, (), np.random.default_rng(seed), turns)[0] for seed in range(12)]
    quarters = [np.rot90(image, k) for k in (1, 2, 3)]
    assert all(any(np.array_equal(picture, quarter) for quarter in quarters) for picture in turned)


def test_the_defaults_never_stand_a_face_on_its_head() -> None:
    for seed in range(200):
        affine = random_affine(np.random.default_rng(seed), 100, PaperAugmentation())
        assert affine[1, 1] > 0.4


def test_a_resized_crop_shows_a_part_of_the_picture() -> None:
    for seed in range(100):
        affine = random_affine(np.random.default_rng(seed), 100, PaperAugmentation(1.0, 0.5, move=0.0, mirror=0.0))
        corners = affine @ np.array([[-0.5, 99.5], [-0.5, 99.5], [1, 1]])
        assert corners.min() >= -0.5 - 1e-9
        assert corners.max() <= 99.5 + 1e-9
        assert 0.4 < affine[0, 0] * affine[1, 1] <= 1 + 1e-9


def test_augmentation_repeats_with_the_seed() -> None:
    image, mask = _picture()
    pictures = [augment(image, (mask,), np.random.default_rng(8))[0] for _ in range(2)]
    np.testing.assert_array_equal(*pictures)


@pytest.mark.parametrize(
    "wrong", [{"move": 1.5}, {"crop_area": 0.0}, {"crop_aspect": 0.9}, {"scale": 1.0}, {"rotation": float("nan")}]
)
def test_impossible_settings_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(TrainingError, match="ugmentation"):
        PaperAugmentation(**wrong)
