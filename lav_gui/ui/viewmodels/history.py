"""Undo and redo for the screen: what comes next, in words."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from lav_gui.errors import LavError
from lav_gui.session.audit import AuditEntry
from lav_gui.session.history import History, evidence_of
from lav_gui.ui.viewmodels.casefile import CaseModel
from lav_gui.ui.wording import say


class HistoryModel(QObject):
    """What can be taken back in the open case, and what can be made again.

    Parameters
    ----------
    casefile : CaseModel
        Its case keeps the history, over sessions too.
    """

    changed = Signal()
    stepped = Signal(str)
    """A sentence that tells what was just taken back or made again."""

    def __init__(self, casefile: CaseModel) -> None:
        super().__init__(casefile)
        self._casefile = casefile
        self._history = History()
        for signal in (casefile.opened, casefile.closed, casefile.edited, casefile.runs_changed):
            signal.connect(self.refresh)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back, and the case can be written."""
        return bool(self._history.done) and self._casefile.can_write

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to make again, and the case can be written."""
        return bool(self._history.undone) and self._casefile.can_write

    @property
    def undo_title(self) -> str:
        """The menu's text."""
        return say("Undo: {what}", what=self._words(self._history.done[-1])) if self._history.done else say("Undo")

    @property
    def redo_title(self) -> str:
        """The menu's text."""
        undone = self._history.undone
        return say("Redo: {what}", what=self._words(undone[-1])) if undone else say("Redo")

    def undo(self) -> None:
        """Take the latest change back."""
        change = self._casefile.undo()
        if change is not None:
            self.stepped.emit(say("Undone: {what}", what=self._words(change)))

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        change = self._casefile.redo()
        if change is not None:
            self.stepped.emit(say("Done again: {what}", what=self._words(change)))

    def _words(self, change: AuditEntry) -> str:
        elsewhere = evidence_of(change) not in (None, self._casefile.evidence_id)
        words = change_words(change)
        return say("{what} of another video", what=words) if elsewhere else words

    def refresh(self) -> None:
        """Read the history anew, as after a change by somebody who does not tell."""
        case = self._casefile.case
        try:
            history = History() if case is None else case.history()
        except LavError as error:
            self._casefile.failed.emit(error)
            history = History()
        self._history = history
        self.changed.emit()


def change_words(change: AuditEntry) -> str:
    """What a change was, in a few words, as in "delete note at frame 12"."""
    thing, _, verb = change.action.partition(".")
    details = change.details
    if thing == "note":
        return _note_words(verb, details)
    if thing == "track_edit":
        return _edit_words(details, is_made=verb != "remove")
    return say("change exhibit number") if thing == "evidence" else say("change details of the case")


def _note_words(verb: str, details: dict[str, Any]) -> str:
    content = details["before"] if verb == "edit" else details
    is_marker = content["kind"] == "marker"
    words = {
        "add": ("add note {where}", "add marker {where}"),
        "edit": ("change note {where}", "change marker {where}"),
        "remove": ("delete note {where}", "delete marker {where}"),
        "restore": ("bring back note {where}", "bring back marker {where}"),
    }
    return say(words[verb][is_marker], where=_where(content["frame_index"], content["last_frame"]))


def _where(first: int | None, last: int | None) -> str:
    if first is None:
        return say("on the whole video")
    if last is None or last == first:
        return say("at frame {index}", index=first)
    return say("on frames {first}–{last}", first=first, last=last)


def _edit_words(details: dict[str, Any], *, is_made: bool) -> str:
    words = {
        "exclude": ("take in face {face}", "leave out face {face}"),
        "merge": ("separate faces {face} and {other}", "merge faces {face} and {other}"),
        "split": ("rejoin face {face} at frame {index}", "split face {face} at frame {index}"),
    }
    text = words[details["kind"]][is_made]
    run = say(" (run {number})", number=details["run_id"])
    return say(text, face=details["track_id"], other=details["other"], index=details["frame_index"]) + run
