"""Notes by keys, and through the window."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from lav_gui.errors import LavError
from lav_gui.session.notes import NoteCategory, NoteKind
from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.note_actions import place_of_note
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.notes import NoteDraft
from lav_gui.ui.viewmodels.selection import Marks
from lav_gui.ui.views.note_dialog import NoteDialog, NoteText


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[..., MainWindow], opened: Desk) -> MainWindow:
    made = make_window(opened)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=5000)
    return made


def write(qtbot: QtBot, window: MainWindow, words: str) -> None:
    """Write on the open sheet, and save it."""
    (sheet,) = [each for each in window.findChildren(NoteDialog) if each.isVisible()]
    text = sheet.findChild(NoteText)
    qtbot.keyClicks(text, words)
    qtbot.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)


def mark(qtbot: QtBot, window: MainWindow, desk: Desk, frame: int) -> None:
    count = len(desk.notes.notes)
    desk.playback.seek(frame)
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: len(desk.notes.notes) == count + 1, timeout=5000)


@pytest.mark.parametrize(
    ("marks", "position", "place"),
    [
        (Marks(), 7, (7, None)),
        (Marks(5, 9), 7, (5, 9)),
        (Marks(5, 9), 10, (10, None)),
        (Marks(5, None), 7, (5, 99)),
        (Marks(None, 9), 7, (0, 9)),
        (Marks(7, 7), 7, (7, None)),
    ],
)
def test_a_note_lies_on_this_frame_or_on_the_marks_around_it(
    marks: Marks, position: int, place: tuple[int, int | None]
) -> None:
    assert place_of_note(position, marks, 100) == place


def test_a_note_is_added_edited_undone_and_done_again_by_keys(qtbot: QtBot, window: MainWindow, opened: Desk) -> None:
    opened.playback.seek(12)
    qtbot.keyClick(window, Qt.Key.Key_N)
    write(qtbot, window, "hair line")
    qtbot.waitUntil(lambda: len(opened.notes.notes) == 1, timeout=5000)
    assert (opened.notes.notes[0].text, opened.notes.notes[0].frames) == ("hair line", (12, None))
    opened.notes.select(1)
    window.named_actions["notes.edit"].trigger()
    write(qtbot, window, "The ")
    assert opened.notes.notes[0].text == "The hair line"
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    assert window.named_actions["edit.undo"].text() == "Undo: change note at frame 12"
    qtbot.keyClick(window, Qt.Key.Key_Z, control)
    assert opened.notes.notes[0].text == "hair line"
    assert window.statusBar().currentMessage() == "Undone: change note at frame 12"
    qtbot.keyClick(window, Qt.Key.Key_Z, control | shift)
    assert opened.notes.notes[0].text == "The hair line"


def test_a_marker_is_dropped_at_once_and_found_again(qtbot: QtBot, window: MainWindow, opened: Desk) -> None:
    mark(qtbot, window, opened, 30)
    opened.selection.mark_in(5)
    opened.selection.mark_out(15)
    mark(qtbot, window, opened, 10)
    assert [note.frames for note in opened.notes.notes] == [(30, None), (5, 15)]
    assert {note.kind for note in opened.notes.notes} == {NoteKind.MARKER}
    assert window.statusBar().currentMessage() == "Marker on frames 5–15"
    opened.playback.seek(50)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_PageUp, control)
    assert (opened.playback.position, opened.notes.selected) == (30, opened.notes.notes[0])
    qtbot.keyClick(window, Qt.Key.Key_PageUp, control)
    assert opened.playback.position == 5
    qtbot.keyClick(window, Qt.Key.Key_PageDown, control)
    assert opened.playback.position == 30


def test_the_panel_goes_to_copies_and_deletes_a_note(qtbot: QtBot, window: MainWindow, opened: Desk) -> None:
    mark(qtbot, window, opened, 30)
    opened.playback.seek(0)
    view = window.views.notes
    view.table.selectRow(0)
    assert opened.notes.selected == opened.notes.notes[0]
    view.note_entered.emit(1)
    assert opened.playback.position == 30
    view.copy_asked.emit()
    assert QGuiApplication.clipboard().text().startswith("frame 30 · 00:00:02.500 · Marker · ")
    view.delete_asked.emit()
    assert opened.notes.notes == ()
    assert not window.named_actions["notes.delete"].isEnabled()


def test_a_lost_text_can_be_copied_from_the_message(window: MainWindow, opened: Desk) -> None:
    opened.notes.failed.emit(LavError("The disk is full; free some space."), "precious words")
    assert [(each.text, each.details) for each in opened.messages.shown] == [
        ("The disk is full; free some space.", "precious words")
    ]


def test_what_is_not_selected_is_not_touched(window: MainWindow, opened: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(opened.notes.changed, timeout=5000):
        opened.notes.add(NoteDraft(text="of the video", category=NoteCategory.QUESTION))
    for name in ("notes.edit", "notes.copy", "notes.delete"):
        assert not window.named_actions[name].isEnabled()
    window.views.notes.note_entered.emit(1)
    assert opened.playback.position == 0
