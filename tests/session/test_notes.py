"""Notes and markers are kept, changed, removed and brought back, each logged."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lav_gui.errors import SessionError
from lav_gui.records import Evidence
from lav_gui.session import Case, NoteCategory, NoteKind


def _log(case: Case) -> list[tuple[str, dict]]:
    return [(entry.action, entry.details) for entry in case.audit_log() if entry.action.startswith("note.")]


def test_a_note_comes_back_in_another_session(case: Case, evidence_id: int) -> None:
    whole = case.add_note(None, "of the case as a whole")
    span = case.add_note(evidence_id, "Nguyễn\nсмотри\x00сюда", 10, 20, category="finding", color="#E69F00")
    case.close()
    with Case.open(case.path, read_only=True) as again:
        assert again.notes() == (whole, span)
        assert again.notes(evidence_id) == (span,)
    assert (span.frame_index, span.last_frame, span.category, span.color) == (10, 20, "finding", "#E69F00")
    assert "@" in span.author
    assert span.created.utcoffset().total_seconds() == 0


def test_markers_and_notes_are_told_apart(case: Case, evidence_id: int) -> None:
    marker = case.add_marker(evidence_id, 5, text="cut", category="cut", color="#56B4E9")
    note = case.add_note(evidence_id, "text")
    assert (case.markers(), case.notes()) == ((marker,), (note,))
    assert marker.kind is NoteKind.MARKER
    assert case.markers(99) == ()


def test_an_edit_replaces_the_content_and_keeps_id_author_and_first_time(case: Case, evidence_id: int) -> None:
    note = case.add_note(evidence_id, "before", 3)
    edited = case.edit_note(replace(note, text="after", last_frame=9, author="somebody else"))
    assert (edited.note_id, edited.text, edited.last_frame) == (note.note_id, "after", 9)
    assert (edited.author, edited.created) == (note.author, note.created)
    assert edited.changed > note.changed
    assert case.notes() == (edited,)


def test_an_undone_edit_is_an_edit_of_its_own(case: Case, evidence_id: int) -> None:
    note = case.add_note(evidence_id, "before", 3)
    case.edit_note(replace(note, text="after"))
    case.edit_note(note)
    assert case.notes()[0].text == "before"
    assert [action for action, _ in _log(case)] == ["note.add", "note.edit", "note.edit"]
    assert [(d["before"]["text"], d["after"]["text"]) for _, d in _log(case)[1:]] == [
        ("before", "after"),
        ("after", "before"),
    ]


def test_a_removed_note_comes_back_under_its_id_and_in_its_place(case: Case, evidence_id: int) -> None:
    first, second = case.add_note(evidence_id, "first"), case.add_note(evidence_id, "second")
    case.remove_note(first.note_id)
    assert case.notes() == (second,)
    assert case.restore_note(first.note_id) == first
    assert case.notes() == (first, second)
    assert [action for action, _ in _log(case)] == ["note.add", "note.add", "note.remove", "note.restore"]
    assert _log(case)[2][1]["text"] == "first", "what was removed stays in the log"


def test_a_note_that_is_not_there_is_told(case: Case) -> None:
    note = case.add_note(None, "x")
    with pytest.raises(SessionError, match="has no removed note 1"):
        case.restore_note(note.note_id)
    case.remove_note(note.note_id)
    for work in (lambda: case.remove_note(1), lambda: case.edit_note(note)):
        with pytest.raises(SessionError, match="has no note 1"):
            work()


@pytest.mark.parametrize(
    ("evidence", "first", "last"), [(1, -1, None), (1, None, 3), (1, 5, 4), (None, 5, None), (None, None, 2)]
)
def test_a_place_that_makes_no_sense_is_refused(
    case: Case, evidence_id: int, evidence: int | None, first: int | None, last: int | None
) -> None:
    with pytest.raises(ValueError, match="a note on a"):
        case.add_note(evidence, "x", first, last)
    assert case.notes() == ()


def test_a_marker_needs_a_frame(case: Case, evidence_id: int) -> None:
    with pytest.raises(ValueError, match="a marker needs a frame"):
        case.add_note(evidence_id, "x", kind=NoteKind.MARKER)


def test_a_note_on_evidence_that_is_not_there_is_refused_and_not_logged(case: Case) -> None:
    with pytest.raises(SessionError):
        case.add_note(77, "x")
    assert _log(case) == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text())
def test_any_text_comes_back(case: Case, text: str) -> None:
    assert case.add_note(None, text).text == text
    assert case.notes()[-1].text == text


def test_halves_of_a_surrogate_pair_are_joined_or_replaced(case: Case) -> None:
    assert case.add_note(None, "\ud83d\ude00 \ud83d x").text == "😀 \ufffd x"


def test_a_note_says_what_it_is_about(case: Case, evidence_id: int) -> None:
    about = case.add_note(evidence_id, "x", category=NoteCategory.QUESTION)
    assert (about.subject, about.frames) == ("question", (None, None))
    assert case.add_note(evidence_id, "x").subject == "note"
    marker = case.add_marker(evidence_id, 3, 7, category=NoteCategory.OTHER)
    assert (marker.subject, marker.frames) == ("marker", (3, 7))


def test_notes_beside_a_video_are_its_own_and_those_of_the_case(
    case: Case, evidence_id: int, make_evidence: Callable[..., Evidence], tmp_path: Path
) -> None:
    other = case.add_evidence(make_evidence(tmp_path / "other.mp4", sha256="ab" * 32))
    marker = case.add_marker(evidence_id, 3)
    case.add_note(other, "of another video")
    general = case.add_note(None, "of the case")
    gone = case.add_note(evidence_id, "removed")
    case.remove_note(gone.note_id)
    assert case.notes_beside(evidence_id) == (marker, general)
    assert case.notes_beside(None) == (general,)
