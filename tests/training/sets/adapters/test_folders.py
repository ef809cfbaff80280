from collections.abc import Callable
from pathlib import Path

from lav_gui.training.sets.adapters import folders


def test_videos_and_pictures_at_any_depth_are_found(tree: Callable[..., Path]) -> None:
    root = tree("real/a.mp4", "real/deep/b.jpg", "fake/c.png", "fake/stylegan/d.png", "fake/e.docx", "fake/notes.txt")
    found = folders.find(root)
    assert [(source.name, source.label, source.method) for source in found.sources] == [
        ("real/a", 0, "real"), ("real/deep/b", 0, "real"), ("fake/c", 1, "fake"), ("fake/stylegan/d", 1, "stylegan"),
    ]  # fmt: skip
    assert len({source.identity for source in found.sources}) == 4
    assert [Path(problem.where).name for problem in found.problems] == ["e.docx"]


def test_names_that_differ_in_the_suffix_only_stay_two(tree: Callable[..., Path]) -> None:
    found = folders.find(tree("real/a.mp4", "real/a.jpg"))
    assert sorted(source.name for source in found.sources) == ["real/a.jpg", "real/a.mp4"]


def test_one_of_the_folders_is_enough_to_be_detected(tree: Callable[..., Path]) -> None:
    assert folders.detect(tree("real/a.mp4"))
    assert not folders.detect(tree("others/a.mp4", root="more"))
