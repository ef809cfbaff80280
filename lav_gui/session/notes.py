"""Notes and markers: what the analyst writes on the case, a video, a frame or a span."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from lav_gui.errors import SessionError
from lav_gui.session.audit import add_entry
from lav_gui.session.base import CasePart
from lav_gui.session.codec import utc_text
from lav_gui.session.database import Row
from lav_gui.session.identity import actor

_COLUMNS = "note_id, evidence_id, kind, category, text, color, frame_index, last_frame, author, created, changed"
_CONTENT = ("evidence_id", "kind", "category", "text", "color", "frame_index", "last_frame")


class NoteKind(StrEnum):
    """A note is text; a marker is a place on the timeline, with or without text."""

    NOTE = "note"
    MARKER = "marker"


class NoteCategory(StrEnum):
    """What a note is about, in the words that the window offers."""

    OBSERVATION = "observation"
    QUESTION = "question"
    ARTIFACT = "artifact"
    EXHIBIT = "exhibit"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Note:
    """One note or marker.

    `evidence_id` None: of the case as a whole. `frame_index` None: of the whole video; `last_frame` None: of one
    frame, otherwise of the span up to it, both ends inclusive. `category` is one of `NoteCategory` or a word of another
    writer, `color` hexadecimal; "" where there is none. `author` wrote it at `created`; `changed` is when it was last
    edited (both UTC).
    """

    note_id: int
    evidence_id: int | None
    kind: NoteKind
    category: str
    text: str
    color: str
    frame_index: int | None
    last_frame: int | None
    author: str
    created: datetime
    changed: datetime

    def __post_init__(self) -> None:
        first, last = self.frame_index, self.last_frame
        if first is not None and (first < 0 or self.evidence_id is None):
            raise ValueError("a note on a frame needs a video and a frame index of at least 0")
        if last is not None and (first is None or last < first):
            raise ValueError("a note on a span must end at or after the frame where it begins")
        if self.kind is NoteKind.MARKER and first is None:
            raise ValueError("a marker needs a frame")

    @property
    def frames(self) -> tuple[int | None, int | None]:
        """First and last frame, as `frame_index` and `last_frame`."""
        return self.frame_index, self.last_frame

    @property
    def subject(self) -> str:
        """What it is about: its category; "note" or "marker" where it is about nothing named."""
        return str(self.kind) if self.category in ("", NoteCategory.OTHER) else self.category


class NotePart(CasePart):
    """Adding, editing, removing and restoring notes and markers. Each is saved and logged at once."""

    def add_note(
        self,
        evidence_id: int | None,
        text: str,
        frame_index: int | None = None,
        last_frame: int | None = None,
        *,
        kind: NoteKind = NoteKind.NOTE,
        category: str = "",
        color: str = "",
    ) -> Note:
        """Add a note or marker; see `Note` for the meaning of the fields.

        Raises
        ------
        SessionError
            If there is no such evidence, or the case cannot be written.
        ValueError
            If frame and span do not fit together.
        """
        now = utc_text()
        place = (
            _whole(evidence_id),
            NoteKind(kind),
            category,
            _valid(text),
            color,
            _whole(frame_index),
            _whole(last_frame),
        )
        when = datetime.fromisoformat(now)
        draft = Note(0, *place, actor(), when, when)
        with self._database.write() as connection:
            added = connection.execute(
                f"INSERT INTO note ({_COLUMNS}) VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*_content(draft).values(), draft.author, now, now),
            )
            note = Note(int(added.lastrowid or 0), *place, draft.author, when, when)
            add_entry(connection, "note.add", {"note_id": note.note_id, **_content(note)})
        return note

    def add_marker(
        self,
        evidence_id: int,
        frame_index: int,
        last_frame: int | None = None,
        *,
        text: str = "",
        category: str = "",
        color: str = "",
    ) -> Note:
        """Add a marker on a frame or span; as `add_note`."""
        kind = NoteKind.MARKER
        return self.add_note(evidence_id, text, frame_index, last_frame, kind=kind, category=category, color=color)

    def notes(self, evidence_id: int | None = None) -> tuple[Note, ...]:
        """All notes but removed ones, in the order in which they were added; or those of one evidence."""
        return self._select(NoteKind.NOTE, evidence_id)

    def markers(self, evidence_id: int | None = None) -> tuple[Note, ...]:
        """All markers but removed ones, in the order in which they were added; or those of one evidence."""
        return self._select(NoteKind.MARKER, evidence_id)

    def notes_beside(self, evidence_id: int | None) -> tuple[Note, ...]:
        """Notes and markers of one evidence and of the case as a whole, in the order in which they were added."""
        found = self._database.rows(
            f"SELECT {_COLUMNS} FROM note WHERE removed IS NULL AND (evidence_id IS NULL OR evidence_id = ?)"
            " ORDER BY note_id",
            (evidence_id,),
        )
        with self._decoding():
            return tuple(_from_row(row) for row in found)

    def edit_note(self, note: Note) -> Note:
        """Replace the content of a note or marker by that of `note`, which has its id (`dataclasses.replace`).

        An undo hands in the note as it was before; that is logged as an edit of its own.

        Raises
        ------
        SessionError
            If it was removed or never was, or the case cannot be written.
        """
        now = utc_text()
        after = {**_content(note), "text": _valid(note.text)}
        with self._database.write() as connection, self._decoding():
            before = _content(self._note(connection, note.note_id, removed=False))
            connection.execute(
                f"UPDATE note SET {', '.join(f'{name} = ?' for name in _CONTENT)}, changed = ? WHERE note_id = ?",
                (*after.values(), now, note.note_id),
            )
            add_entry(connection, "note.edit", {"note_id": note.note_id, "before": before, "after": after})
            return self._note(connection, note.note_id, removed=False)

    def remove_note(self, note_id: int) -> None:
        """Take a note or marker away; `restore_note` brings it back.

        Raises
        ------
        SessionError
            If it was removed or never was, or the case cannot be written.
        """
        with self._database.write() as connection, self._decoding():
            note = self._note(connection, note_id, removed=False)
            connection.execute("UPDATE note SET removed = ? WHERE note_id = ?", (utc_text(), note_id))
            add_entry(connection, "note.remove", {"note_id": note_id, **_content(note)})

    def restore_note(self, note_id: int) -> Note:
        """Bring a removed note or marker back, under its id and in its place.

        Raises
        ------
        SessionError
            If it was not removed, or the case cannot be written.
        """
        with self._database.write() as connection, self._decoding():
            note = self._note(connection, note_id, removed=True)
            connection.execute("UPDATE note SET removed = NULL WHERE note_id = ?", (note_id,))
            add_entry(connection, "note.restore", {"note_id": note_id, **_content(note)})
            return note

    def _select(self, kind: NoteKind, evidence_id: int | None) -> tuple[Note, ...]:
        found = self._database.rows(
            f"SELECT {_COLUMNS} FROM note WHERE removed IS NULL AND kind = ?1 AND (?2 IS NULL OR evidence_id = ?2)"
            " ORDER BY note_id",
            (str(kind), evidence_id),
        )
        with self._decoding():
            return tuple(_from_row(row) for row in found)

    def _note(self, connection: sqlite3.Connection, note_id: int, removed: bool) -> Note:
        row = connection.execute(
            f"SELECT {_COLUMNS} FROM note WHERE note_id = ? AND (removed IS NOT NULL) = ?", (note_id, removed)
        ).fetchone()
        if row is None:
            kind = "removed note" if removed else "note"
            raise SessionError(f"{self._database.path.name} has no {kind} {note_id}; open the case again.")
        return _from_row(row)


def _content(note: Note) -> dict[str, Any]:
    """What the analyst chose of a note, as plain values in the order of the columns."""
    plain = {name: getattr(note, name) for name in _CONTENT}
    plain["kind"] = str(note.kind)
    return plain


def _from_row(row: Row) -> Note:
    *plain, created, changed = row
    note_id, evidence_id, kind, category, text, color, frame_index, last_frame, author = plain
    times = datetime.fromisoformat(created), datetime.fromisoformat(changed)
    place = frame_index, last_frame
    return Note(note_id, evidence_id, NoteKind(kind), category, text, color, *place, author, *times)


def _whole(number: int | None) -> int | None:
    return None if number is None else int(number)


def _valid(text: str) -> str:
    """Text that can be stored: halves of surrogate pairs, as a paste may leave them, are joined or replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
