"""Changes are taken back and made again, in any session, and the log tells of both."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lav_gui.errors import SessionError
from lav_gui.records import Evidence
from lav_gui.session import Case, CaseDetails, History, RunRow
from lav_gui.session.audit import AuditEntry


def actions(case: Case) -> list[str]:
    return [entry.action for entry in case.audit_log()]


def names(history: History) -> tuple[list[str], list[str]]:
    return [entry.action for entry in history.done], [entry.action for entry in history.undone]


def test_nothing_is_taken_back_where_nothing_was_done(case: Case) -> None:
    assert (case.undo(), case.redo()) == (None, None)
    assert actions(case) == ["case.open"]


def test_an_added_note_goes_and_comes_back(case: Case, evidence_id: int) -> None:
    note = case.add_note(evidence_id, "text", 3)
    undone = case.undo()
    assert undone is not None
    assert (undone.action, undone.details["text"]) == ("note.add", "text")
    assert case.notes() == ()
    redone = case.redo()
    assert redone == undone
    assert case.notes() == (note,)
    assert actions(case)[-5:] == ["note.add", "history.undo", "note.remove", "history.redo", "note.restore"]
    assert case.audit_log()[-2].details == {"entry": undone.number}
    assert case.verify_log()


def test_an_edit_and_a_removal_are_taken_back_in_turn(case: Case, evidence_id: int) -> None:
    note = case.add_marker(evidence_id, 3)
    case.edit_note(replace(note, text="after", frame_index=5, last_frame=9, color="#E69F00"))
    case.remove_note(note.note_id)
    case.undo()
    assert case.markers()[0].text == "after"
    case.undo()
    (before,) = case.markers()
    assert replace(before, changed=note.changed) == note
    case.redo()
    assert (case.markers()[0].frames, case.markers()[0].color) == ((5, 9), "#E69F00")
    case.redo()
    assert case.markers() == ()


def test_track_edits_and_details_are_taken_back(case: Case, evidence_id: int, run: RunRow) -> None:
    case.add_track_edit(run.run_id, "split", 1, 4, 20)
    edit = case.add_track_edit(run.run_id, "exclude", 4)
    case.remove_track_edit(edit.edit_id)
    case.set_details(CaseDetails(examiner="A. Nguyễn"))
    case.set_exhibit_number(evidence_id, "X-1")
    for _ in range(2):
        case.undo()
    assert case.details() == CaseDetails()
    assert case.evidence(evidence_id).exhibit_number == ""
    case.undo()
    assert [row.kind for row in case.track_edits(run.run_id)] == ["split", "exclude"]
    for _ in range(2):
        case.undo()
    assert case.track_edits(run.run_id) == ()
    assert case.undo() is None
    for _ in range(5):
        case.redo()
    assert case.redo() is None
    assert (case.details().examiner, case.evidence(evidence_id).exhibit_number) == ("A. Nguyễn", "X-1")
    assert [row.kind for row in case.track_edits(run.run_id)] == ["split"]


def test_a_new_change_ends_what_could_be_made_again(case: Case, evidence_id: int) -> None:
    case.add_note(evidence_id, "first")
    case.add_note(evidence_id, "second")
    case.undo()
    case.add_note(evidence_id, "third")
    assert case.redo() is None
    assert names(case.history()) == (["note.add", "note.add"], [])
    case.undo()
    case.undo()
    assert case.notes() == ()


def test_another_session_goes_on_with_the_history(case: Case, evidence_id: int) -> None:
    case.add_note(evidence_id, "first")
    case.add_note(evidence_id, "second")
    case.undo()
    case.close()
    with Case.open(case.path) as again:
        assert names(again.history()) == (["note.add"], ["note.add"])
        again.redo()
        assert [note.text for note in again.notes()] == ["first", "second"]


def test_runs_and_exports_are_never_taken_back(case: Case, evidence_id: int, start: Callable[..., RunRow]) -> None:
    start(case, evidence_id)
    case.log("report.export", {"file": "x.pdf"})
    before = actions(case)
    assert case.history() == History()
    assert case.undo() is None
    assert actions(case) == before


def test_a_step_that_fails_leaves_everything_as_it_was(
    case: Case, evidence_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.add_note(evidence_id, "text")

    def fail(_: int) -> None:
        raise SessionError("The disk is full.")

    monkeypatch.setattr(case, "remove_note", fail)
    with pytest.raises(SessionError, match="disk is full"):
        case.undo()
    assert actions(case)[-1] == "note.add"
    assert len(case.history().done) == 1


def test_a_case_open_for_reading_only_takes_nothing_back(case: Case, evidence_id: int) -> None:
    case.add_note(evidence_id, "text")
    case.close()
    with Case.open(case.path, read_only=True) as again:
        assert names(again.history()) == (["note.add"], [])
        with pytest.raises(SessionError, match="reading only"):
            again.undo()


def test_what_concerned_a_video_that_was_taken_out_is_gone_with_it(
    case: Case, evidence_id: int, make_evidence: Callable[..., Evidence], tmp_path: Path
) -> None:
    other = case.add_evidence(make_evidence(tmp_path / "other.mp4", sha256="ab" * 32))
    case.add_note(evidence_id, "kept")
    note = case.add_note(other, "gone", 3)
    case.edit_note(replace(note, text="gone too"))
    case.set_exhibit_number(other, "X")
    case.remove_note(note.note_id)
    case.remove_evidence(other)
    assert [entry.details["text"] for entry in case.history().done] == ["kept"]
    case.undo()
    assert (case.notes(), case.undo()) == ((), None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12, deadline=None)
@given(steps=st.lists(st.sampled_from(["add", "edit", "remove", "undo", "redo"]), max_size=14))
def test_undoing_everything_and_redoing_it_ends_where_it_was(case: Case, evidence_id: int, steps: list[str]) -> None:
    for number, step in enumerate(steps):
        notes = case.notes()
        if step == "add":
            case.add_note(evidence_id, str(number), number)
        elif step == "edit" and notes:
            case.edit_note(replace(notes[0], text=str(number)))
        elif step == "remove" and notes:
            case.remove_note(notes[-1].note_id)
        elif step in ("undo", "redo"):
            getattr(case, step)()
    seen = [(note.note_id, note.text) for note in case.notes()]
    count = 0
    while case.undo() is not None:
        count += 1
    assert case.notes() == ()
    for _ in range(count):
        case.redo()
    assert [(note.note_id, note.text) for note in case.notes()] == seen
    assert case.verify_log()


def test_what_was_read_of_the_log_is_not_read_again(
    case: Case, evidence_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    audit_log = Case.audit_log

    def counted(self: Case, *given: Any, **named: Any) -> tuple[AuditEntry, ...]:
        entries = audit_log(self, *given, **named)
        read.append(len(entries))
        return entries

    monkeypatch.setattr(Case, "audit_log", counted)
    for number in range(20):
        case.add_note(evidence_id, str(number))
    assert len(case.history().done) == 20
    case.add_note(evidence_id, "one more")
    assert len(case.history().done) == 21
    case.history()
    case.undo()
    assert names(case.history()) == (["note.add"] * 20, ["note.add"])
    assert read == [20, 1, 2]


def test_what_another_connection_wrote_is_read_too(case: Case, evidence_id: int) -> None:
    case.add_note(evidence_id, "first")
    assert len(case.history().done) == 1
    with Case.open(case.path) as other:
        other.add_note(evidence_id, "second")
    assert [entry.details["text"] for entry in case.history().done] == ["first", "second"]


def test_what_was_read_in_a_change_that_failed_is_forgotten(case: Case, evidence_id: int) -> None:
    def change() -> None:
        with case._database.write():
            case.add_note(evidence_id, "lost")
            assert len(case.history().done) == 2
            raise SessionError("The disk is full.")

    case.add_note(evidence_id, "kept")
    with pytest.raises(SessionError, match="disk is full"):
        change()
    case.add_note(evidence_id, "in its place")
    assert [entry.details["text"] for entry in case.history().done] == ["kept", "in its place"]


def test_a_log_that_cannot_be_read_says_so_each_time(case: Case, evidence_id: int) -> None:
    case.add_note(evidence_id, "text")
    assert len(case.history().done) == 1
    case.log("history.undo", {"entry": "no number"})
    for _ in range(2):
        with pytest.raises(SessionError, match="damaged"):
            case.history()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8, deadline=None)
@given(steps=st.lists(st.sampled_from(["add", "remove", "undo", "redo", "look"]), max_size=20))
def test_a_log_that_is_read_bit_by_bit_tells_the_same_as_one_that_is_read_at_once(
    case: Case, evidence_id: int, steps: list[str]
) -> None:
    for number, step in enumerate(steps):
        notes = case.notes()
        if step == "add":
            case.add_note(evidence_id, str(number))
        elif step == "remove" and notes:
            case.remove_note(notes[0].note_id)
        elif step in ("undo", "redo"):
            getattr(case, step)()
        elif step == "look":
            case.history()
    with Case.open(case.path, read_only=True) as afresh:
        assert afresh.history() == case.history()
