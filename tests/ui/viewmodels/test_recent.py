"""The cases that were open lately."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from lav_gui.ui.jobs import Jobs
from lav_gui.ui.viewmodels.recent import KEPT, RecentModel, load_recent, recent_path


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    assert made.stop_all(3)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "recent.json"


def names(model: RecentModel) -> list[str]:
    return [case.path.name for case in model.cases]


def test_the_latest_comes_first_and_the_list_is_kept(jobs: Jobs, file: Path, tmp_path: Path) -> None:
    model = RecentModel(jobs, file)
    for name in ("a.lav", "Nguyễn 案.lav", "a.lav"):
        model.note(tmp_path / name, ("x.mp4", "y.mp4"))
    assert names(model) == ["a.lav", "Nguyễn 案.lav"]
    again = RecentModel(jobs, file)
    assert again.cases == model.cases
    assert again.cases[0].videos == ("x.mp4", "y.mp4")


def test_only_so_many_are_kept_and_one_can_be_taken_off(jobs: Jobs, file: Path, tmp_path: Path) -> None:
    model = RecentModel(jobs, file)
    for number in range(KEPT + 3):
        model.note(tmp_path / f"{number}.lav", ())
    assert len(model.cases) == len(load_recent(file)) == KEPT
    gone = model.cases[0].path
    model.forget(gone)
    assert gone not in [case.path for case in RecentModel(jobs, file).cases]


def test_what_another_window_noted_is_kept_too(jobs: Jobs, file: Path, tmp_path: Path) -> None:
    first, second = RecentModel(jobs, file), RecentModel(jobs, file)
    first.note(tmp_path / "a.lav", ())
    second.note(tmp_path / "b.lav", ())
    assert [case.path.name for case in load_recent(file)] == ["b.lav", "a.lav"]


def test_missing_files_are_told(qtbot: QtBot, jobs: Jobs, file: Path, tmp_path: Path) -> None:
    model = RecentModel(jobs, file)
    (tmp_path / "a.lav").touch()
    model.note(tmp_path / "a.lav", ())
    model.note(tmp_path / "b.lav", ())
    with qtbot.waitSignal(model.changed, timeout=5000):
        model.look()
    assert [case.is_missing for case in model.cases] == [True, False]


@pytest.mark.parametrize("text", ["", "[]", '{"cases": [{"path": 1}]}', "\x00"])
def test_a_list_that_is_not_readable_counts_as_empty(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text)
    assert load_recent(file) == ()


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(jobs: Jobs, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in the way")
    model = RecentModel(jobs, tmp_path / "data" / "recent.json")
    model.note(tmp_path / "a.lav", ())
    assert names(model) == ["a.lav"]


def test_it_lies_in_the_user_s_data_folder() -> None:
    assert recent_path().name == "recent.json"
