from collections.abc import Callable
from pathlib import Path

import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.sets.adapters import deeperforensics


def test_a_fake_shares_the_group_of_its_target_in_faceforensics(tree: Callable[..., Path]) -> None:
    root = tree(
        "manipulated_videos/end_to_end/000_W101.mp4",
        "manipulated_videos/end_to_end_level_1/000_W101.mp4",
        "manipulated_videos/end_to_end/odd.mp4",
        "source_videos/W101/light_uniform/camera_front.mp4",
    )
    (root / "lists" / "splits").mkdir(parents=True)
    (root / "lists" / "splits" / "val.txt").write_text("000_W101.mp4\n")
    found = deeperforensics.find(root)
    real, fake, leveled = found.sources
    assert (real.label, real.identity, real.name) == (0, "W101", "W101/light_uniform/camera_front")
    assert (fake.group, fake.identity, fake.other_identity, fake.split) == ("FaceForensics++/000", "000", "W101", "val")
    assert [fake.method, leveled.method] == ["end_to_end", "end_to_end_level_1"]
    assert "odd.mp4" in found.problems[0].where
    assert deeperforensics.detect(root)
    assert not deeperforensics.detect(root / "source_videos")


def test_a_fake_that_no_list_names_is_a_problem(tree: Callable[..., Path]) -> None:
    root = tree("manipulated_videos/end_to_end/000_W101.mp4")
    (root / "lists" / "splits").mkdir(parents=True)
    (root / "lists" / "splits" / "train.txt").write_text("001_M101.mp4\n")
    found = deeperforensics.find(root)
    assert found.sources[0].split == ""
    assert "no list" in found.problems[0].what


def test_a_list_that_is_no_text_is_refused(tree: Callable[..., Path]) -> None:
    root = tree("manipulated_videos/end_to_end/000_W101.mp4", "lists/splits/train.txt")
    (root / "lists" / "splits" / "train.txt").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(TrainingError, match=r"train\.txt cannot be read"):
        deeperforensics.find(root)
