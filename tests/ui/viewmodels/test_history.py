"""Undo and redo in words, over sessions."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from lav_gui.session.audit import AuditEntry
from lav_gui.session.codec import canonical_json
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.history import change_words
from lav_gui.ui.viewmodels.notes import NoteDraft


@pytest.fixture
def noted(qtbot: QtBot, opened: Desk) -> Desk:
    with qtbot.waitSignal(opened.notes.changed, timeout=5000):
        opened.notes.add(NoteDraft(12, text="Look"))
    return opened


def test_the_menu_says_what_will_be_taken_back(noted: Desk) -> None:
    history = noted.history
    assert (history.undo_title, history.redo_title) == ("Undo: add note at frame 12", "Redo")
    noted.notes.remove(1)
    assert history.undo_title == "Undo: delete note at frame 12"
    assert (history.can_undo, history.can_redo) == (True, False)


def test_steps_are_told_and_logged(qtbot: QtBot, noted: Desk) -> None:
    history, case = noted.history, noted.casefile.case
    assert case is not None
    with qtbot.waitSignal(history.stepped, timeout=1000) as told:
        history.undo()
    assert told.args == ["Undone: add note at frame 12"]
    assert noted.notes.notes == ()
    assert history.redo_title == "Redo: add note at frame 12"
    with qtbot.waitSignal(history.stepped, timeout=1000) as told:
        history.redo()
    assert told.args == ["Done again: add note at frame 12"]
    assert [entry.action for entry in case.audit_log()][-4:] == [
        "history.undo",
        "note.remove",
        "history.redo",
        "note.restore",
    ]


def test_there_is_no_step_where_there_is_nothing(qtbot: QtBot, opened: Desk) -> None:
    with qtbot.assertNotEmitted(opened.history.stepped):
        opened.history.undo()
        opened.history.redo()
    assert (opened.history.undo_title, opened.history.redo_title) == ("Undo", "Redo")
    assert opened.messages.shown == ()


def test_another_session_takes_back_what_this_one_did(
    qtbot: QtBot, noted: Desk, make_desk: Callable[..., Desk], analysis: object
) -> None:
    case = noted.casefile.case
    assert case is not None
    noted.opening.close()
    assert not noted.history.can_undo
    desk = make_desk(analysis)
    with qtbot.waitSignal(desk.notes.changed, timeout=10_000):
        desk.open(case.path)
    assert desk.history.undo_title == "Undo: add note at frame 12"
    desk.history.undo()
    assert desk.notes.notes == ()
    qtbot.waitUntil(lambda: desk.document.evidence is not None, timeout=10_000)


def test_a_change_by_somebody_who_does_not_tell_is_seen_when_asked_for(noted: Desk) -> None:
    case = noted.casefile.case
    assert case is not None
    case.set_exhibit_number(1, "A-7")
    noted.history.refresh()
    assert noted.history.undo_title == "Undo: change exhibit number"


def test_a_change_of_another_video_is_told_as_such(noted: Desk) -> None:
    noted.casefile.choose_evidence(99)
    assert noted.history.undo_title == "Undo: add note at frame 12 of another video"


def note(kind: str = "note", first: int | None = 3, last: int | None = None) -> dict[str, object]:
    return {"kind": kind, "frame_index": first, "last_frame": last}


def face(kind: str) -> dict[str, object]:
    return {"kind": kind, "track_id": 2, "other": 3, "frame_index": 20, "run_id": 1}


@pytest.mark.parametrize(
    ("action", "details", "words"),
    [
        ("note.add", note(last=9), "add note on frames 3–9"),
        ("note.add", note("marker"), "add marker at frame 3"),
        ("note.edit", {"before": note(first=None), "after": note()}, "change note on the whole video"),
        ("note.remove", note("marker", last=3), "delete marker at frame 3"),
        ("note.restore", note(), "bring back note at frame 3"),
        ("track_edit.add", face("exclude"), "leave out face 2 (run 1)"),
        ("track_edit.remove", face("exclude"), "take in face 2 (run 1)"),
        ("track_edit.add", face("merge"), "merge faces 2 and 3 (run 1)"),
        ("track_edit.restore", face("split"), "split face 2 at frame 20 (run 1)"),
        ("track_edit.remove", face("split"), "rejoin face 2 at frame 20 (run 1)"),
        ("case.details", {"examiner": ["", "a"]}, "change details of the case"),
        ("evidence.exhibit_number", {"evidence_id": 1}, "change exhibit number"),
    ],
)
def test_changes_in_words(action: str, details: dict[str, object], words: str) -> None:
    assert change_words(AuditEntry(1, "", "", action, canonical_json(details), "", "")) == words
