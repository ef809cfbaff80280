import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.sets.adapters import dfdc


def test_a_fake_belongs_to_its_original(tree: Callable[..., Path]) -> None:
    root = tree("part_0/a.mp4", "part_0/b.mp4", "part_0/c.mp4", "part_0/unlisted.mp4")
    listed = {
        "a.mp4": {"label": "REAL", "split": "train", "original": None},
        "b.mp4": {"label": "FAKE", "split": "train", "original": "a.mp4"},
        "c.mp4": {"label": "FAKE", "split": "train", "original": "elsewhere.mp4"},
        "d.mp4": {"label": "FAKE", "original": "a.mp4"},
    }
    (root / "part_0" / "metadata.json").write_text(json.dumps(listed))
    found = dfdc.find(root)
    real, fake, alone = found.sources
    assert (real.label, fake.label) == (0, 1)
    assert fake.pair == real.key
    assert fake.identity == real.identity == "a"
    assert (alone.pair, alone.identity) == ("", "elsewhere")
    assert [Path(problem.where).name for problem in found.problems] == ["d.mp4", "unlisted.mp4"]
    assert dfdc.detect(root)


def test_the_published_test_set_writes_is_fake(tree: Callable[..., Path]) -> None:
    root = tree("a.mp4", "b.mp4", "c.mp4")
    (root / "metadata.json").write_text(json.dumps({"a.mp4": {"is_fake": 0}, "b.mp4": {"is_fake": 1}, "c.mp4": {}}))
    found = dfdc.find(root)
    assert [source.label for source in found.sources] == [0, 1]
    assert "no label" in found.problems[0].what


def test_the_preview_names_people_and_its_test_set(tree: Callable[..., Path]) -> None:
    root = tree("original_videos/1/1_A.mp4", "method_A/1_2/1_2_A.mp4")
    listed = {
        "original_videos/1/1_A.mp4": {"label": "real", "set": "train", "target_id": 1, "swapped_id": None},
        "method_A/1_2/1_2_A.mp4": {"label": "fake", "set": "test", "target_id": 1, "swapped_id": 2},
    }
    (root / "dataset.json").write_text(json.dumps(listed))
    fake, real = dfdc.find(root).sources
    assert (real.identity, real.other_identity, real.split) == ("1", "", "")
    assert (fake.identity, fake.other_identity, fake.split, fake.method) == ("1", "2", "test", "method_A")


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1}'])
def test_a_list_that_is_not_understood_is_refused(tree: Callable[..., Path], text: str) -> None:
    root = tree("a.mp4")
    (root / "metadata.json").write_text(text)
    with pytest.raises(TrainingError, match=r"metadata\.json"):
        dfdc.find(root)


def test_a_folder_without_a_list_is_not_dfdc(tree: Callable[..., Path]) -> None:
    assert not dfdc.detect(tree("a.mp4"))
