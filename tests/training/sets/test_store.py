from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.sets.index import FaceRow, write_index
from lav_gui.training.sets.store import PreparedSet

IMAGE = np.random.default_rng(1).integers(0, 256, (40, 50, 3), dtype=np.uint8)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    cv2.imwrite(str(tmp_path / "a.png"), IMAGE[:, :, ::-1])
    mask = np.zeros((40, 50), np.uint8)
    mask[:, 20:], mask[:, 30:] = 127, 128
    cv2.imwrite(str(tmp_path / "a.mask.png"), mask)
    return tmp_path


def test_a_patch_comes_back_in_rgb_and_a_real_is_nowhere_forged(folder: Path, make_row: Callable[..., FaceRow]) -> None:
    write_index(folder / "index.csv", [make_row()])
    prepared = PreparedSet(folder)
    patch = prepared.patch(prepared.rows[0])
    np.testing.assert_array_equal(patch.image, IMAGE)
    assert patch.mask is not None
    assert not patch.mask.any()


def test_a_mask_is_forged_above_127(folder: Path, make_row: Callable[..., FaceRow]) -> None:
    write_index(folder / "index.csv", [make_row(label=1, mask="a.mask.png")])
    prepared = PreparedSet(folder)
    mask = prepared.patch(prepared.rows[0]).mask
    assert mask is not None
    assert sorted(np.unique(mask)) == [0, 255]
    assert not mask[:, :30].any()
    assert mask[:, 30:].all()


def test_a_fake_of_unknown_forged_part_has_no_mask(folder: Path, make_row: Callable[..., FaceRow]) -> None:
    write_index(folder / "index.csv", [make_row(label=1)])
    prepared = PreparedSet(folder)
    assert prepared.patch(prepared.rows[0]).mask is None


def test_a_member_of_a_shard_is_read_from_its_offset(folder: Path, make_row: Callable[..., FaceRow]) -> None:
    content = (folder / "a.png").read_bytes()
    (folder / "s.tar").write_bytes(b"x" * 33 + content + b"y")
    write_index(folder / "index.csv", [make_row(patch=f"s.tar:33:{len(content)}")])
    prepared = PreparedSet(folder)
    np.testing.assert_array_equal(prepared.patch(prepared.rows[0]).image, IMAGE)


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"patch": "gone.png"}, r"gone\.png"), ({"patch": "index.csv"}, "damaged"),
        ({"label": 1, "mask": "small.png"}, "does not fit"), ({"patch": "a.tar:x:y"}, "cannot be read"),
    ],
)  # fmt: skip
def test_a_file_that_is_gone_damaged_or_of_another_size_is_named(
    folder: Path, make_row: Callable[..., FaceRow], fields: dict[str, object], what: str
) -> None:
    cv2.imwrite(str(folder / "small.png"), np.zeros((4, 4), np.uint8))
    write_index(folder / "index.csv", [make_row(**fields)])
    prepared = PreparedSet(folder)
    with pytest.raises(TrainingError, match=what):
        prepared.patch(prepared.rows[0])


def test_a_folder_without_index_is_no_prepared_set(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="index"):
        PreparedSet(tmp_path)
