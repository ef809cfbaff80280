"""Undo and redo: the audit log itself tells which change comes next to be taken back, whoever wrote it and when.

An undo is one transaction of two entries: ``history.undo`` with the number of the entry that it takes back, and right
after it the change that does so. So the log shows both, and the history outlives the window. Runs, their results and
what was exported have no place in it.
"""

from dataclasses import dataclass, replace
from typing import Any

from lav_gui.session.audit import AuditEntry, LogPart, add_entry
from lav_gui.session.details import DetailPart
from lav_gui.session.evidences import EvidencePart
from lav_gui.session.notes import NoteKind, NotePart
from lav_gui.session.track_edits import TrackEditPart

UNDO, REDO = "history.undo", "history.redo"
VIDEO_REMOVED = "evidence.remove"

CHANGES = (
    "note.add", "note.edit", "note.remove", "note.restore", "track_edit.add", "track_edit.remove", "track_edit.restore",
    "case.details", "evidence.exhibit_number",
)  # fmt: skip
"""Actions of the audit log that can be taken back."""


@dataclass(frozen=True, slots=True)
class History:
    """Changes that stand, and changes that were taken back and can be made again; in both the next one is the last."""

    done: tuple[AuditEntry, ...] = ()
    undone: tuple[AuditEntry, ...] = ()


class HistoryPart(NotePart, TrackEditPart, DetailPart, EvidencePart, LogPart):
    """Taking changes of notes, track edits and details of the case back, and making them again."""

    def history(self) -> History:
        """What can be taken back or made again now.

        Raises
        ------
        SessionError
            If the log cannot be read.
        """
        entries = self.audit_log((*CHANGES, UNDO, REDO, VIDEO_REMOVED))
        with self._decoding():
            return _history_of(entries)

    def undo(self) -> AuditEntry | None:
        """Take the latest change back, and return it; None where there is none.

        Raises
        ------
        SessionError
            If the case cannot be written, or does not hold any more what was changed.
        """
        return self._step(UNDO)

    def redo(self) -> AuditEntry | None:
        """Make the change again that was taken back last, and return it; None where there is none.

        Raises
        ------
        SessionError
            If the case cannot be written, or does not hold any more what was changed.
        """
        return self._step(REDO)

    def _step(self, step: str) -> AuditEntry | None:
        with self._database.write() as connection:
            history = self.history()
            stack = history.done if step == UNDO else history.undone
            if not stack:
                return None
            change = stack[-1]
            with self._decoding():
                add_entry(connection, step, {"entry": change.number})
                self._put(change, forth=step == REDO)
        return change

    def _put(self, change: AuditEntry, *, forth: bool) -> None:
        """Bring about the state after a change (`forth`) or before it."""
        details = change.details
        thing, _, verb = change.action.partition(".")
        if change.action == "note.edit":
            self._rewrite_note(details["note_id"], details["after" if forth else "before"])
        elif change.action == "case.details":
            self.set_details(replace(self.details(), **{name: pair[forth] for name, pair in details.items()}))
        elif change.action == "evidence.exhibit_number":
            self.set_exhibit_number(details["evidence_id"], details["after" if forth else "before"])
        elif thing == "note":
            put = self.restore_note if (verb == "remove") != forth else self.remove_note
            put(details["note_id"])
        else:
            place = self.restore_track_edit if (verb == "remove") != forth else self.remove_track_edit
            place(details["edit_id"])

    def _rewrite_note(self, note_id: int, content: dict[str, Any]) -> None:
        with self._database.write() as connection:
            found = self._note(connection, note_id, removed=False)
        self.edit_note(replace(found, **{**content, "kind": NoteKind(content["kind"])}))


def evidence_of(change: AuditEntry) -> int | None:
    """Id of the video that a change concerns; None for one of the whole case, or of the faces of a run."""
    details = change.details["before"] if change.action == "note.edit" else change.details
    found: int | None = details.get("evidence_id")
    return found


def _history_of(entries: tuple[AuditEntry, ...]) -> History:
    """Read the entries one after another: a change that belongs to an undo or redo is no change of its own.

    What concerned a video that was taken out of the case is gone with it.
    """
    done: list[AuditEntry] = []
    undone: list[AuditEntry] = []
    part_of_step = 0
    for entry in entries:
        if entry.action in (UNDO, REDO):
            source, target = (done, undone) if entry.action == UNDO else (undone, done)
            number = int(entry.details["entry"])
            moved = [change for change in source if change.number == number]
            source[:] = [change for change in source if change.number != number]
            target += moved
            part_of_step = entry.number + 1
        elif entry.action == VIDEO_REMOVED:
            for stack in (done, undone):
                stack[:] = [change for change in stack if evidence_of(change) != entry.details["evidence_id"]]
        elif entry.number != part_of_step:
            done.append(entry)
            undone.clear()
    return History(tuple(done), tuple(undone))
