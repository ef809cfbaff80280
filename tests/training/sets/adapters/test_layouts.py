from collections.abc import Callable
from pathlib import Path

import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.sets.adapters.layouts import ADAPTERS, detect_layout, find_sources


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("ffpp", "ffpp_c40/original/183.mp4"),
        ("celebdf", "Celeb-synthesis/id0_id1_0000.mp4"),
        ("celebdf", "deepfake/id0_id1_0000_c.mp4"),
        ("dfdc", "dfdc_train_part_0/metadata.json"),
        ("dfd", "dfd_c40/06__outside.mp4"),
        ("deeperforensics", "manipulated_videos/end_to_end/000_W101.mp4"),
        ("folders", "real/a.mp4"),
    ],
)
def test_each_layout_is_known_by_its_files(tree: Callable[..., Path], name: str, file: str) -> None:
    assert detect_layout(tree(file)) == name


def test_a_csv_is_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("path,label\n")
    assert detect_layout(tmp_path / "a.csv") == "table"


def test_what_cannot_be_used_is_refused_with_what_to_do(tree: Callable[..., Path]) -> None:
    root = tree("others/a.txt")
    with pytest.raises(TrainingError, match="none of the known layouts"):
        find_sources(root, "auto")
    with pytest.raises(TrainingError, match="does not exist"):
        find_sources(root / "gone", "auto")
    with pytest.raises(TrainingError, match="does not exist"):
        find_sources(root / "gone", "ffpp")
    with pytest.raises(TrainingError, match="no adapter 'ff'"):
        find_sources(root, "ff")
    with pytest.raises(TrainingError, match="holds nothing that the adapter folders can use"):
        find_sources(root, "folders")


def test_the_adapter_that_was_used_is_named(tree: Callable[..., Path]) -> None:
    name, found = find_sources(tree("real/a.mp4"), "auto")
    assert name == "folders"
    assert len(found.sources) == 1


def test_every_adapter_states_terms_of_use() -> None:
    assert all(adapter.license_note.endswith(".") for adapter in ADAPTERS.values())
