from collections.abc import Callable
from pathlib import Path

import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.sets import checks
from lav_gui.training.sets.index import FaceRow
from lav_gui.training.sets.records import Face
from lav_gui.training.sets.sources import Problem, Source


def test_one_class_only_is_refused_for_supervised_recipes(make_row: Callable[..., FaceRow]) -> None:
    real, fake = make_row(), make_row(label=1)
    checks.check_classes([real, fake], supervised=True)
    checks.check_classes([real], supervised=False)
    with pytest.raises(TrainingError, match="All faces are real"):
        checks.check_classes([real], supervised=True)
    for supervised in (True, False):
        with pytest.raises(TrainingError, match="All faces are fake"):
            checks.check_classes([fake], supervised=supervised)
        with pytest.raises(TrainingError, match="no face"):
            checks.check_classes([], supervised=supervised)


def _source(identity: str, split: str, other: str = "", group: str = "") -> Source:
    return Source(Path("a"), 0, "d", "m", "", "n", identity, other, group=group or identity, split=split)


def test_people_and_groups_in_two_splits_are_named() -> None:
    sources = [
        _source("a", "train"),
        _source("b", "test", "a"),
        _source("c", "val", group="g"),
        _source("d", "test", group="g"),
    ]
    assert [str(problem) for problem in checks.crossings(sources)] == [
        "g: this group is in the splits test and val",
        "d/a: this identity is in the splits test and train",
    ]


def test_splits_that_keep_people_apart_are_fine() -> None:
    assert checks.crossings([_source("a", "train"), _source("a", "train"), _source("b", "test")]) == ()


def _face(make_row: Callable[..., FaceRow], source: str, split: str, value: int) -> Face:
    return Face(make_row(source=source, split=split, patch=f"{source}.png"), (0, 0, 1, 1), f"{value:016x}")


def test_nearly_the_same_picture_in_two_splits_is_found(make_row: Callable[..., FaceRow]) -> None:
    value = 0xF0F0_1234_5678_9ABC
    faces = [
        _face(make_row, "a", "train", value),
        _face(make_row, "b", "test", value ^ 0x0001_0000_0100_0001),
        _face(make_row, "c", "test", value ^ 0x0001_0001_0100_0001),
        _face(make_row, "d", "train", value),
    ]
    found = checks.near_duplicates(faces)
    assert [problem.where for problem in found] == ["d/real//a", "d/real//b"]
    assert "a.png (train) and b.png (test)" in found[0].what


def test_many_near_duplicates_are_counted(make_row: Callable[..., FaceRow]) -> None:
    faces = [_face(make_row, f"s{n:02}", "test" if n else "train", 7) for n in range(checks.NAMED_MOST + 6)]
    found = checks.near_duplicates(faces)
    assert len(found) == checks.NAMED_MOST + 1
    assert found[-1].what.startswith("5 more")


def test_leaks_are_refused_unless_allowed() -> None:
    leaks = (Problem("d/a", "this identity is in two splits"), Problem("d/b", "also"))
    checks.refuse_leaks(leaks, allowed=True)
    checks.refuse_leaks((), allowed=False)
    with pytest.raises(TrainingError, match="d/a: this identity is in two splits and 1 more"):
        checks.refuse_leaks(leaks, allowed=False)
