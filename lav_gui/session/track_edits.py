"""Edits of face tracks by hand: a person left out, two tracks that are one, one track that is two."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lav_gui.errors import SessionError
from lav_gui.session.audit import add_entry
from lav_gui.session.base import CasePart
from lav_gui.session.codec import utc_text
from lav_gui.session.database import Row
from lav_gui.session.identity import actor

EditKey = tuple[tuple[Any, ...], ...]
"""The edits of a run as plain values: (kind, track_id, other, frame_index) of each."""

_COLUMNS = "edit_id, run_id, kind, track_id, other, frame_index, author, created"


@dataclass(frozen=True, slots=True)
class TrackEditRow:
    """One edit of the tracks of a run; edits are applied in the order of `edit_id`.

    `kind` is "exclude", "merge" or "split". `other` is the second track of a merge (or the new one of a split),
    `frame_index` the first frame after a split; None where the kind has no use for them. `created` is UTC.
    """

    edit_id: int
    run_id: int
    kind: str
    track_id: int
    other: int | None
    frame_index: int | None
    author: str
    created: datetime


class TrackEditPart(CasePart):
    """Adding, removing and restoring track edits. Each is saved and logged at once."""

    def add_track_edit(
        self, run_id: int, kind: str, track_id: int, other: int | None = None, frame_index: int | None = None
    ) -> TrackEditRow:
        """Add an edit; see `TrackEditRow` for the meaning of the fields.

        Raises
        ------
        SessionError
            If there is no such run, or the case cannot be written.
        ValueError
            If the kind is unknown, or lacks what it needs.
        """
        needs = {"exclude": (), "merge": (other,), "split": (frame_index,)}
        if kind not in needs or None in needs[kind]:
            raise ValueError(f"a track edit is exclude, merge (with other) or split (with frame_index), not {kind!r}")
        now = utc_text()
        plain = {
            "run_id": int(run_id),
            "kind": str(kind),
            "track_id": int(track_id),
            "other": None if other is None else int(other),
            "frame_index": None if frame_index is None else int(frame_index),
        }
        with self._database.write() as connection:
            added = connection.execute(
                f"INSERT INTO track_edit ({_COLUMNS}) VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
                (*plain.values(), actor(), now),
            )
            edit_id = int(added.lastrowid or 0)
            add_entry(connection, "track_edit.add", {"edit_id": edit_id, **plain})
            return self._edit(connection, edit_id, removed=False)

    def track_edits(self, run_id: int) -> tuple[TrackEditRow, ...]:
        """The edits of a run but removed ones, in the order in which they apply."""
        found = self._database.rows(
            f"SELECT {_COLUMNS} FROM track_edit WHERE run_id = ? AND removed IS NULL ORDER BY edit_id", (run_id,)
        )
        with self._decoding():
            return tuple(_from_row(row) for row in found)

    def edits_by_run(self) -> dict[int, EditKey]:
        """What stands of the edits of each run that has any, in the order in which they apply."""
        found = self._database.rows(
            "SELECT run_id, kind, track_id, other, frame_index FROM track_edit WHERE removed IS NULL ORDER BY edit_id"
        )
        by_run: dict[int, list[tuple[Any, ...]]] = {}
        for run_id, *edit in found:
            by_run.setdefault(run_id, []).append(tuple(edit))
        return {run_id: tuple(edits) for run_id, edits in by_run.items()}

    def remove_track_edit(self, edit_id: int) -> None:
        """Take an edit back; `restore_track_edit` brings it back in its place.

        Raises
        ------
        SessionError
            If it was removed or never was, or the case cannot be written.
        """
        with self._database.write() as connection, self._decoding():
            edit = self._edit(connection, edit_id, removed=False)
            connection.execute("UPDATE track_edit SET removed = ? WHERE edit_id = ?", (utc_text(), edit_id))
            add_entry(connection, "track_edit.remove", _plain(edit))

    def restore_track_edit(self, edit_id: int) -> TrackEditRow:
        """Bring a removed edit back.

        Raises
        ------
        SessionError
            If it was not removed, or the case cannot be written.
        """
        with self._database.write() as connection, self._decoding():
            edit = self._edit(connection, edit_id, removed=True)
            connection.execute("UPDATE track_edit SET removed = NULL WHERE edit_id = ?", (edit_id,))
            add_entry(connection, "track_edit.restore", _plain(edit))
            return edit

    def _edit(self, connection: sqlite3.Connection, edit_id: int, removed: bool) -> TrackEditRow:
        row = connection.execute(
            f"SELECT {_COLUMNS} FROM track_edit WHERE edit_id = ? AND (removed IS NOT NULL) = ?", (edit_id, removed)
        ).fetchone()
        if row is None:
            kind = "removed track edit" if removed else "track edit"
            raise SessionError(f"{self._database.path.name} has no {kind} {edit_id}; open the case again.")
        return _from_row(row)


def _from_row(row: Row) -> TrackEditRow:
    edit_id, run_id, kind, track_id, other, frame_index, author, created = row
    return TrackEditRow(edit_id, run_id, kind, track_id, other, frame_index, author, datetime.fromisoformat(created))


def _plain(edit: TrackEditRow) -> dict[str, Any]:
    return {name: getattr(edit, name) for name in ("edit_id", "run_id", "kind", "track_id", "other", "frame_index")}
