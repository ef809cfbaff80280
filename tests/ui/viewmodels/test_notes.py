"""Notes and markers of the video on the desk."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lav_gui.errors import SessionError
from lav_gui.session.case import Case
from lav_gui.session.notes import Note, NoteCategory, NoteKind
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.notes import (
    LOOK_ROLE,
    NOTE_ROLE,
    SORT_ROLE,
    USUAL_COLORS,
    NoteColumn,
    NoteDraft,
    NotesModel,
)

ORANGE = "#E69F00"


@pytest.fixture
def notes(qtbot: QtBot, opened: Desk) -> NotesModel:
    """Three of them in a case that was made for the first."""
    with qtbot.waitSignal(opened.notes.changed, timeout=5000):
        opened.notes.add(NoteDraft(20, 30, NoteCategory.ARTIFACT, ORANGE, "The edge\nflickers."))
    opened.notes.add(NoteDraft(5))
    opened.notes.add(NoteDraft(text="Sound and lips fit."))
    return opened.notes


def cell(notes: NotesModel, row: int, column: NoteColumn, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
    return notes.data(notes.index(row, column), role)


def test_the_first_note_makes_the_case(opened: Desk, notes: NotesModel) -> None:
    case = opened.casefile.case
    assert case is not None
    assert [row.evidence for row in case.evidences()] == [opened.document.evidence]
    assert [note.text for note in case.notes()] == ["The edge\nflickers.", "Sound and lips fit."]
    assert [(note.frames, note.kind) for note in case.markers()] == [((5, None), NoteKind.MARKER)]
    assert [entry.action for entry in case.audit_log()].count("note.add") == 3


def test_two_notes_written_before_the_case_is_there_are_both_kept(qtbot: QtBot, opened: Desk) -> None:
    opened.notes.add(NoteDraft(1, text="one"))
    opened.notes.add(NoteDraft(2, text="two"))
    qtbot.waitUntil(lambda: [note.text for note in opened.notes.notes] == ["one", "two"], timeout=5000)


def test_marks_lie_on_the_timeline_by_frame(notes: NotesModel) -> None:
    marks = [(mark.frame_first, mark.frame_last, mark.kind, mark.color, mark.text) for mark in notes.marks]
    usual = USUAL_COLORS[NoteCategory.OBSERVATION]
    assert marks == [
        (5, 5, NoteCategory.OBSERVATION, usual, ""),
        (20, 30, NoteCategory.ARTIFACT, ORANGE, "The edge\nflickers."),
    ]
    assert notes.nearest(5, 1) == notes.marks[1]
    assert notes.nearest(20, 1) is None
    assert notes.nearest(20, -1) == notes.marks[0]


def test_a_row_tells_all_of_a_note(notes: NotesModel) -> None:
    assert notes.rowCount() == 3
    assert [cell(notes, 0, column) for column in list(NoteColumn)[:4]] == [
        "20–30",
        "Artifact",
        "The edge flickers.",
        "00:00:01.667",
    ]
    assert "@" in cell(notes, 0, NoteColumn.AUTHOR)
    assert cell(notes, 0, NoteColumn.TEXT, Qt.ItemDataRole.ToolTipRole) == "The edge\nflickers."
    assert cell(notes, 0, NoteColumn.KIND, LOOK_ROLE) == (NoteCategory.ARTIFACT, ORANGE)
    assert cell(notes, 0, NoteColumn.FRAMES, Qt.ItemDataRole.AccessibleTextRole) == "Frames: 20–30"
    assert [cell(notes, row, NoteColumn.FRAMES) for row in (1, 2)] == ["5", "—"]
    assert [cell(notes, row, NoteColumn.FRAMES, SORT_ROLE) for row in range(3)] == [20, 5, -1]
    assert notes.headerData(NoteColumn.TEXT, Qt.Orientation.Horizontal) == "Note"


def test_a_note_is_written_anew_and_taken_away(opened: Desk, notes: NotesModel) -> None:
    marker = notes.notes[1]
    notes.select(marker.note_id)
    notes.edit(marker.note_id, NoteDraft(6, 8, NoteCategory.QUESTION, ORANGE, "Why?"))
    assert notes.selected is not None
    assert (notes.selected.kind, notes.selected.category, notes.selected.frames) == (NoteKind.NOTE, "question", (6, 8))
    notes.remove(marker.note_id)
    assert len(notes.notes) == 2
    assert notes.selected is None
    opened.casefile.undo()
    assert [note.note_id for note in notes.notes] == [1, 2, 3]


def test_a_note_is_copied_in_one_line(notes: NotesModel) -> None:
    words = notes.words(1)
    assert words.startswith("frame 20–30 · 00:00:01.667 · Artifact · The edge\nflickers. · ")
    assert words.endswith("UTC")
    assert notes.words(3).startswith("whole video · Observation · Sound")
    assert notes.words(99) == ""


def test_notes_of_another_video_are_not_shown_but_those_of_the_case_are(opened: Desk, notes: NotesModel) -> None:
    opened.casefile.write(lambda case: case.add_note(None, "of the case", category="of my own"))
    assert [note.text for note in notes.notes][-1] == "of the case"
    assert cell(notes, 3, NoteColumn.KIND) == "of my own"
    assert cell(notes, 3, NoteColumn.KIND, LOOK_ROLE) == (NoteCategory.OTHER, USUAL_COLORS[NoteCategory.OTHER])
    opened.casefile.choose_evidence(99)
    assert [note.text for note in notes.notes] == ["of the case"]


def test_they_are_there_again_in_another_session(
    qtbot: QtBot, opened: Desk, notes: NotesModel, make_desk: Callable[..., Desk], analysis: object
) -> None:
    case, ids = opened.casefile.case, [cell(notes, row, NoteColumn.FRAMES, NOTE_ROLE) for row in range(3)]
    assert case is not None
    opened.opening.close()
    assert notes.notes == ()
    desk = make_desk(analysis)
    with qtbot.waitSignal(desk.notes.changed, timeout=10_000):
        desk.open(case.path)
    assert [note.note_id for note in desk.notes.notes] == ids
    qtbot.waitUntil(lambda: desk.document.evidence is not None, timeout=10_000)


def test_a_text_that_cannot_be_kept_is_handed_back(
    qtbot: QtBot, opened: Desk, notes: NotesModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise SessionError("The disk is full; free some space.")

    monkeypatch.setattr(Case, "add_note", fail)
    with qtbot.waitSignal(notes.failed, timeout=1000) as told:
        notes.add(NoteDraft(1, text="precious"))
    assert (str(told.args[0]), told.args[1]) == ("The disk is full; free some space.", "precious")
    assert len(notes.notes) == 3


def test_a_text_for_which_no_case_can_be_made_is_handed_back(
    qtbot: QtBot, opened: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise SessionError("The folder for cases cannot be created.")

    monkeypatch.setattr("lav_gui.ui.viewmodels.casefile.default_case_path", fail)
    handed_back: list[str] = []
    opened.notes.failed.connect(lambda _, text: handed_back.append(text))
    with qtbot.waitSignals([opened.notes.failed, opened.casefile.failed], timeout=5000):
        opened.notes.add(NoteDraft(1, text="precious"))
    assert handed_back == ["precious"]
    assert opened.notes.notes == ()


def test_without_a_video_nothing_is_kept(qtbot: QtBot, make_desk: Callable[..., Desk], analysis: object) -> None:
    desk = make_desk(analysis)
    with qtbot.waitSignal(desk.notes.failed, timeout=1000):
        desk.notes.add(NoteDraft(1, text="x"))
    assert "can_note" not in desk.conditions


def test_the_desk_tells_what_can_be_done_with_notes(qtbot: QtBot, opened: Desk) -> None:
    assert "can_note" in opened.conditions
    assert not {"marked", "note", "can_undo"} & opened.conditions
    with qtbot.waitSignal(opened.notes.changed, timeout=5000):
        opened.notes.add(NoteDraft(3))
    opened.notes.select(1)
    assert {"marked", "note", "can_edit_note", "can_undo"} <= opened.conditions


def test_only_the_notes_of_the_video_on_the_desk_are_read(
    qtbot: QtBot, gathered: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = gathered.casefile.case
    assert case is not None
    case.add_note(2, "of another video", 3)
    case.add_note(None, "of the case")
    made: list[int] = []
    read = Case.notes_beside

    def counted(self: Case, evidence_id: int | None) -> tuple[Note, ...]:
        found = read(self, evidence_id)
        made.append(len(found))
        return found

    for name in ("notes", "markers"):
        monkeypatch.setattr(Case, name, lambda *_: pytest.fail("all notes were read"))
    monkeypatch.setattr(Case, "notes_beside", counted)
    gathered.notes.add(NoteDraft(5, text="own"))
    assert [note.text for note in gathered.notes.notes] == ["of the case", "own"]
    assert [mark.frame_first for mark in gathered.notes.marks] == [5]
    assert set(made) == {2}
