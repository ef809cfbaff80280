from pathlib import Path

import numpy as np
import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.sets.masks import MaskReader, fit_mask
from lav_gui.training.sets.sources import NO_MASK, MaskKind, MaskRule

SIZE = (60, 80)


def _gray(left: int, value: int = 255) -> np.ndarray:
    gray = np.zeros(SIZE, np.uint8)
    gray[:, left:] = value
    return gray


def test_a_pattern_gives_masks_of_its_frames_only(tmp_path: Path, world) -> None:
    world.picture(tmp_path / "a_0004.png", _gray(30))
    with MaskReader(MaskRule.parse("a_{frame:04d}.png", tmp_path), 10, SIZE) as reader:
        assert reader.mask(3) is None
        mask = reader.mask(4)
    assert mask is not None
    np.testing.assert_array_equal(mask, _gray(30))


def test_a_video_gives_the_mask_of_each_frame_at_the_threshold(tmp_path: Path, world) -> None:
    images = [np.repeat(_gray(10 * n, 128 if n % 2 else 127)[..., None], 3, axis=2) for n in range(4)]
    world.film(tmp_path / "m.mkv", images)
    with MaskReader(MaskRule(MaskKind.VIDEO, str(tmp_path / "m.mkv")), 5, SIZE) as reader:
        masks = [reader.mask(n) for n in range(5)]
    assert [None if mask is None else int((mask > 0).sum()) for mask in masks] == [0, 60 * 70, 0, 60 * 50, None]


def test_no_rule_gives_no_mask() -> None:
    with MaskReader(NO_MASK, 3, SIZE) as reader:
        assert reader.mask(0) is None


@pytest.mark.parametrize(("height", "width"), [(60, 78), (61, 80), (64, 84), (57, 79)])
def test_a_mask_of_few_pixels_more_or_less_is_laid_at_the_upper_left_corner(height: int, width: int) -> None:
    gray = np.full((height, width), 255, np.uint8)
    mask = fit_mask(gray, SIZE, "m")
    assert mask.shape == SIZE
    assert (mask[: min(height, 60), : min(width, 80)] == 255).all()
    assert int((mask > 0).sum()) == min(height, 60) * min(width, 80)


def test_a_mask_of_another_size_is_refused_by_name() -> None:
    with pytest.raises(TrainingError, match="The mask m is 100 x 60, its frame 80 x 60"):
        fit_mask(np.zeros((60, 100), np.uint8), SIZE, "m")


def test_a_mask_video_of_another_length_is_refused(tmp_path: Path, world) -> None:
    world.film(tmp_path / "m.mkv", [np.zeros((*SIZE, 3), np.uint8)] * 3)
    with pytest.raises(TrainingError, match="has 3 frames, its fake 9"):
        MaskReader(MaskRule(MaskKind.VIDEO, str(tmp_path / "m.mkv")), 9, SIZE)


def test_one_picture_is_no_mask_of_a_video(tmp_path: Path, world) -> None:
    place = world.picture(tmp_path / "m.png", _gray(5))
    with MaskReader(MaskRule(MaskKind.PICTURE, str(place)), 1, SIZE) as reader:
        assert reader.mask(0) is not None
    with pytest.raises(TrainingError, match="one mask for 7 frames"):
        MaskReader(MaskRule(MaskKind.PICTURE, str(place)), 7, SIZE)


def test_masks_that_are_gone_or_damaged_are_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="No mask fits"):
        MaskReader(MaskRule.parse("x_{frame}.png", tmp_path), 7, SIZE)
    with pytest.raises(TrainingError, match=r"gone\.mp4 cannot be read"):
        MaskReader(MaskRule(MaskKind.VIDEO, str(tmp_path / "gone.mp4")), 7, SIZE)
    (tmp_path / "x_1.png").write_text("no picture")
    with (
        MaskReader(MaskRule.parse("x_{frame}.png", tmp_path), 7, SIZE) as reader,
        pytest.raises(TrainingError, match="damaged"),
    ):
        reader.mask(1)
    with (
        MaskReader(MaskRule(MaskKind.PICTURE, str(tmp_path / "no.png")), 1, SIZE) as reader,
        pytest.raises(TrainingError, match="cannot be read"),
    ):
        reader.mask(0)
