"""A case opens and closes cleanly, in any order of failures."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

import pytest

import lav_gui
from lav_gui.errors import MediaError, SessionError
from lav_gui.session import Case, RunRow, default_case_path


def test_opening_for_writing_is_logged_with_program_version_and_process(case: Case) -> None:
    (entry,) = case.audit_log()
    assert entry.action == "case.open"
    assert entry.details == {
        "program": "command",
        "version": lav_gui.__version__,
        "process": os.getpid(),
        "took_over": False,
    }
    assert not case.read_only
    assert case.read_only_reason is None


def test_a_relative_path_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Case.open(Path("a b.lav"), create=True) as case:
        assert case.path == tmp_path / "a b.lav"


def test_the_default_place_works_from_end_to_end(make_evidence: Callable) -> None:
    evidence = make_evidence(Path("/v/李小龙 «1».mp4"))
    for count in (1, 2):
        with Case.open(default_case_path(evidence), create=True) as case:
            assert case.add_evidence(evidence) == 1
            assert len(case.runs()) == 0
            assert [entry.action for entry in case.audit_log()].count("case.open") == count


def test_the_first_error_is_the_one_that_is_told(
    case_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Case, "flush", lambda self: _raise(SessionError("the disk is full")))
    with caplog.at_level(logging.WARNING), pytest.raises(MediaError), Case.open(case_path, create=True):
        raise MediaError("clip.mp4 broke off.")
    assert "the disk is full" in caplog.text
    with pytest.raises(SessionError, match="the disk is full"), Case.open(case_path):
        pass
    assert [path.name for path in case_path.parent.iterdir()] == [case_path.name]


def _raise(error: Exception) -> None:
    raise error


def test_a_case_that_cannot_be_entered_is_closed_again(case_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Case.open(case_path, create=True).close()
    monkeypatch.setattr("lav_gui.session.case.add_entry", lambda *_: _raise(SessionError("no entry")))
    with pytest.raises(SessionError, match="no entry"):
        Case.open(case_path, window=True)
    assert [path.name for path in case_path.parent.iterdir()] == [case_path.name]
    monkeypatch.undo()
    with Case.open(case_path, window=True) as case:
        assert not case.read_only


def test_a_case_holds_several_videos_with_several_runs(
    case: Case, run: RunRow, start: Callable, make_evidence: Callable, make_frame: Callable
) -> None:
    other = case.add_evidence(make_evidence(Path("/v/b.mp4"), "bc" * 32))
    second = start(case, run.evidence_id, min_face_px=64)
    third = start(case, other)
    for row, tracks in ((run, (1,)), (second, (1, 2)), (third, ())):
        case.append(row.run_id, make_frame(0, tracks))
    assert [len(case.series(row.run_id)) for row in case.runs()] == [1, 2, 0]
    assert [len(case.runs(evidence)) for evidence in (run.evidence_id, other)] == [2, 1]
