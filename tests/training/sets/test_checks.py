from collections.abc import Callable
from pathlib import Path

import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.sets import checks
from lav_gui.training.sets.index import FaceRow
from lav_gui.training.sets.records import Face
from lav_gui.training.sets.sources import Problem, Source


def _source(identity: str, split: str, other: str = "", group: str = "") -> Source:
    return Source(Path("a"), 0, "d", "m", "", "n", identity, other, group=group or identity, split=split)


def test_people_and_groups_in_two_splits_are_named() -> None:
    sources = [
        _source("a", "train", group="d/a"),
        _source("a", "val", group="d/a"),
        _source("b", "val", group="x"),
        _source("b", "test", "a", group="x"),
        _source("c", "val", group="g"),
        _source("d", "test", group="g"),
    ]
    assert [str(problem) for problem in checks.crossings(sources)] == [
        "d/a: this group is in the splits train and val",
        "g: this group is in the splits test and val",
        "x: this group is in the splits test and val",
        "d/b: this identity is in the splits test and val",
    ]
    assert checks.borrowed(sources) == ()


def test_a_test_list_that_shares_people_is_told_as_the_cause() -> None:
    sources = [_source("a", "train", group="d/a"), _source("a", "test", group="d/a")]
    (found,) = checks.crossings(sources, {"d"})
    assert found.what.endswith("train, since the test list of d shares people with its other videos by design")
    assert "since" not in str(checks.crossings(sources, {"e"}))


def test_a_face_that_is_only_borrowed_across_splits_is_a_note() -> None:
    sources = [_source("a", "train"), _source("b", "test", "a"), _source("c", "test", "b"), _source("d", "val", "a")]
    assert checks.crossings(sources) == ()
    assert checks.borrowed(sources) == (
        "d is divided by who is seen, since borrowed faces tie its people together: 1 of them, as a, also lend their "
        "face to fakes of another split.",
    )


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
    with pytest.raises(TrainingError, match=r"d/a: this identity is in two splits \(and 1 more\); .*--allow-leaks"):
        checks.refuse_leaks(leaks, allowed=False)
