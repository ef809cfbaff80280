"""A case is saved as another file, also while it is written to."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lav_gui.errors import SessionError
from lav_gui.records import FrameResult
from lav_gui.session import Case, RunRow, RunState


def test_the_copy_holds_everything_and_nobody_is_at_work_on_it(
    case: Case, run: RunRow, make_frame: Callable[..., FrameResult], tmp_path: Path
) -> None:
    for index in range(3):
        case.append(run.run_id, make_frame(index))
    case.add_note(run.evidence_id, "seen", 1)
    target = tmp_path / "copy 副本.lav"
    assert case.save_copy(target)
    assert sorted(path.name for path in tmp_path.glob("copy*")) == [target.name]
    case.append(run.run_id, make_frame(3))
    with Case.open(target, window=True) as copy:
        assert not copy.read_only
        assert copy.run(run.run_id).state is RunState.INTERRUPTED
        assert copy.done_indices(run.run_id).tolist() == [0, 1, 2]
        assert [note.text for note in copy.notes()] == ["seen"]
        assert copy.verify_log()
        actions = [entry.action for entry in copy.audit_log()]
        assert actions[-3:] == ["case.save_as", "case.copied", "case.open"]
    assert case.run(run.run_id).state is RunState.RUNNING
    assert case.done_indices(run.run_id).tolist() == [0, 1, 2, 3]
    assert case.verify_log()


def test_a_copy_of_an_open_window_s_case_can_be_written_at_once(case_path: Path, tmp_path: Path) -> None:
    with Case.open(case_path, create=True, window=True) as case:
        assert case.save_copy(tmp_path / "copy.lav")
        with Case.open(tmp_path / "copy.lav", window=True) as copy:
            assert copy.read_only_reason is None


def test_a_file_that_is_there_is_left_alone(case: Case, tmp_path: Path) -> None:
    target = tmp_path / "letter.lav"
    target.write_text("not a case")
    with pytest.raises(SessionError, match="already; choose another name"):
        case.save_copy(target)
    assert target.read_text() == "not a case"


def test_a_copy_that_is_not_wanted_any_more_leaves_nothing(case: Case, tmp_path: Path) -> None:
    assert not case.save_copy(tmp_path / "copy.lav", lambda _: True)
    assert not list(tmp_path.glob("copy*"))


def test_what_is_written_meanwhile_does_not_begin_the_copy_anew(
    case: Case, run: RunRow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lav_gui.session.copies.PAGES", 4)
    asked: list[int] = []
    fractions: list[float] = []

    def write_a_note(fraction: float) -> bool:
        fractions.append(fraction)
        asked.append(len(asked))
        case.add_note(run.evidence_id, "written meanwhile", len(asked))
        return len(asked) > 200

    assert case.save_copy(tmp_path / "copy.lav", write_a_note)
    with Case.open(tmp_path / "copy.lav", read_only=True) as copy:
        assert copy.notes() == ()
        assert copy.verify_log()
    assert len(case.notes()) == len(asked) > 1
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0


def test_a_folder_that_is_not_there_is_a_sentence(case: Case, tmp_path: Path) -> None:
    with pytest.raises(SessionError):
        case.save_copy(tmp_path / "nowhere" / "copy.lav")


def test_a_case_that_may_only_be_read_can_be_copied(case: Case, case_path: Path, tmp_path: Path) -> None:
    with Case.open(case_path, read_only=True) as reading:
        assert reading.save_copy(tmp_path / "copy.lav")
    with Case.open(tmp_path / "copy.lav") as copy:
        assert copy.verify_log()
