"""Undo and redo: the audit log itself tells which change comes next to be taken back, whoever wrote it and when.

An undo is one transaction of two entries: ``history.undo`` with the number of the entry that it takes back, and right
after it the change that does so. So the log shows both, and the history outlives the window. Runs, their results and
what was exported have no place in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from lav_gui.session.audit import AuditEntry, LogPart, add_entry
from lav_gui.session.database import Database
from lav_gui.session.details import DetailPart
from lav_gui.session.evidences import EvidencePart
from lav_gui.session.notes import NoteKind, NotePart
from lav_gui.session.schema import GENESIS
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

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._log_read = _LogRead()

    def history(self) -> History:
        """What can be taken back or made again now; the log is read only from where it was read before.

        Raises
        ------
        SessionError
            If the log cannot be read.
        """
        with self._database.lock, self._decoding():
            read = self._log_read
            ((head, digest, known),) = self._database.rows(
                "SELECT entries, digest, (SELECT digest FROM log WHERE number = ?) FROM log_head", (read.last,)
            )
            if known != read.digest and read.last:  # what was read last was never kept: its transaction failed
                read = _LogRead()
            if head != read.last:
                self._log_read = _LogRead()  # stays, where an entry cannot be read
                entries = self.audit_log((*CHANGES, UNDO, REDO, VIDEO_REMOVED), after=read.last)
                read.take((entry for entry in entries if entry.number <= head), head, digest)
                self._log_read = read
            return read.history

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


class _LogRead:
    """The log as far as it was read, entry after entry; `last` is the number of its last entry, `digest` its digest.

    A change that belongs to an undo or redo is no change of its own. What concerned a video that was taken out of the
    case is gone with it.
    """

    def __init__(self) -> None:
        self.last, self.digest = 0, GENESIS
        self.history = History()
        self._done: list[AuditEntry] = []
        self._undone: list[AuditEntry] = []
        self._part_of_step = 0

    def take(self, entries: Iterable[AuditEntry], last: int, digest: str) -> None:
        """Go on with the entries that were written since, up to `last`."""
        for entry in entries:
            if entry.action in (UNDO, REDO):
                self._step(entry)
            elif entry.action == VIDEO_REMOVED:
                gone = entry.details["evidence_id"]
                for stack in (self._done, self._undone):
                    stack[:] = [change for change in stack if evidence_of(change) != gone]
            elif entry.number != self._part_of_step:
                self._done.append(entry)
                self._undone.clear()
        self.last, self.digest = last, digest
        self.history = History(tuple(self._done), tuple(self._undone))

    def _step(self, entry: AuditEntry) -> None:
        """Move the change that an undo or redo names from one stack to the other; nearly always it lies on top."""
        source, target = (self._done, self._undone) if entry.action == UNDO else (self._undone, self._done)
        number = int(entry.details["entry"])
        place = next((n for n in reversed(range(len(source))) if source[n].number == number), None)
        if place is not None:
            target.append(source.pop(place))
        self._part_of_step = entry.number + 1
