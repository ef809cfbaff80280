"""What the actions on notes do, and where the panel of notes meets its view-models."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from lav_gui.errors import LavError
from lav_gui.session.notes import NoteCategory
from lav_gui.ui.action_table import NOTE_BUTTONS, NOTE_MENU
from lav_gui.ui.actions import Actions, Commands
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.messages import Message, MessageKind
from lav_gui.ui.viewmodels.notes import USUAL_COLORS, NoteDraft, category_of, color_of
from lav_gui.ui.viewmodels.selection import Marks
from lav_gui.ui.views.note_dialog import NoteDialog
from lav_gui.ui.views.notes_view import NotesView
from lav_gui.ui.wording import say

TOLD_MILLISECONDS = 5000


class NoteDoer(QObject):
    """Carries out the actions on notes; it lives as long as the window, for signals hold their receivers weakly.

    Parameters
    ----------
    window : QMainWindow
        Parent of the sheet on which a note is written; its status bar tells what was done.
    desk : Desk
    """

    def __init__(self, window: QMainWindow, desk: Desk) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk

    def add(self) -> None:
        """Ask for a note on this frame, or on the marked part around it."""
        first, last = self._place()
        sheet = self._sheet(say("New note"), NoteDraft(first, last))
        sheet.written.connect(self._desk.notes.add)
        sheet.open()

    def mark(self) -> None:
        """Drop a marker on this frame, or on the marked part around it."""
        first, last = self._place()
        category = NoteCategory.OTHER
        self._desk.notes.add(NoteDraft(first, last, category, USUAL_COLORS[category]))
        place = (
            say("frame {index}", index=first) if last is None else say("frames {first}–{last}", first=first, last=last)
        )
        self._window.statusBar().showMessage(say("Marker on {place}", place=place), TOLD_MILLISECONDS)

    def edit(self) -> None:
        """Ask how the selected note is to read."""
        note = self._desk.notes.selected
        if note is None:
            return
        draft = NoteDraft(note.frame_index, note.last_frame, category_of(note), color_of(note), note.text)
        sheet = self._sheet(say("Edit note"), draft)
        sheet.written.connect(lambda changed: self._desk.notes.edit(note.note_id, changed))
        sheet.open()

    def delete(self) -> None:
        """Take the selected note away."""
        note = self._desk.notes.selected
        if note is not None:
            self._desk.notes.remove(note.note_id)

    def copy(self) -> None:
        """Put the selected note on the clipboard."""
        note = self._desk.notes.selected
        if note is not None:
            QGuiApplication.clipboard().setText(self._desk.notes.words(note.note_id))
            self._window.statusBar().showMessage(say("Note copied"), TOLD_MILLISECONDS)

    def go(self, note_id: int) -> None:
        """Go to the first frame of a note."""
        mark = next((mark for mark in self._desk.notes.marks if mark.note_id == note_id), None)
        if mark is not None:
            self._desk.playback.pause()
            self._desk.playback.seek(mark.frame_first)

    def step(self, step: int) -> None:
        """Go to the next (1) or previous (-1) note or marker, and select it."""
        mark = self._desk.notes.nearest(self._desk.playback.position, step)
        if mark is not None:
            self._desk.notes.select(mark.note_id)
            self.go(mark.note_id)

    def tell_lost(self, error: LavError, text: str) -> None:
        """Show why something was not kept; what was written can be copied from the message."""
        details = text or str(error)
        self._desk.messages.show(Message(f"note {text[:40]}", MessageKind.ERROR, str(error), details, stays=True))

    def _sheet(self, title: str, draft: NoteDraft) -> NoteDialog:
        self._desk.playback.pause()
        index = self._desk.playback.index
        count = (draft.last or draft.first or 0) + 1 if index is None else len(index)
        return NoteDialog(self._window, title, draft, count)

    def _place(self) -> tuple[int, int | None]:
        index = self._desk.playback.index
        return place_of_note(
            self._desk.playback.position, self._desk.selection.marks, 0 if index is None else len(index)
        )


def place_of_note(position: int, marks: Marks, frame_count: int) -> tuple[int, int | None]:
    """First and last frame of a new note: the marked part if this frame lies in it, else this frame (last None)."""
    if marks.set:
        first = 0 if marks.first is None else marks.first
        last = frame_count - 1 if marks.last is None else marks.last
        if first <= position <= last and first < last:
            return first, last
    return position, None


def note_commands(doer: NoteDoer) -> Commands:
    """One callable per action on notes."""
    return {
        "notes.add": doer.add,
        "notes.mark": doer.mark,
        "notes.edit": doer.edit,
        "notes.copy": doer.copy,
        "notes.delete": doer.delete,
        "notes.next": lambda: doer.step(1),
        "notes.previous": lambda: doer.step(-1),
    }


def follow_notes(window: QMainWindow, actions: Actions, view: NotesView, desk: Desk) -> None:
    """Join the panel of notes, the menu's words for undo and redo, and what is told of them."""
    doer = NoteDoer(window, desk)
    view.set_actions([actions[name] for name in NOTE_BUTTONS], [actions[name] for name in NOTE_MENU])
    view.note_picked.connect(desk.notes.select)
    view.note_entered.connect(doer.go)
    view.edit_asked.connect(actions["notes.edit"].trigger)
    view.delete_asked.connect(actions["notes.delete"].trigger)
    view.copy_asked.connect(actions["notes.copy"].trigger)
    desk.notes.selected_changed.connect(view.show_selected)
    desk.notes.failed.connect(doer.tell_lost)
    desk.history.stepped.connect(lambda text: window.statusBar().showMessage(text, TOLD_MILLISECONDS))

    def retitle() -> None:
        actions.retitle("edit.undo", desk.history.undo_title)
        actions.retitle("edit.redo", desk.history.redo_title)

    desk.history.changed.connect(retitle)
    retitle()
