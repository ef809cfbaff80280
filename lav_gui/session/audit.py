"""The audit log: who did what and when, append-only, each entry chained to the one before by SHA-256.

The digest of an entry is ``sha256(previous + line)`` with `previous` the digest of the entry before it (64 zeros for
the first) and `line` the canonical JSON of number, time, actor, action and details; both as ASCII. Anyone can repeat
it. The chain shows any change by somebody who does not write the whole log anew; a digest printed in a report holds
against that, too.
"""

import hashlib
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lav_gui.session.base import CasePart
from lav_gui.session.codec import canonical_json, parse_json, utc_text
from lav_gui.session.identity import actor
from lav_gui.session.schema import GENESIS


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry. `number` counts from 1; `time` is UTC in ISO 8601; `details_json` is canonical JSON."""

    number: int
    time: str
    actor: str
    action: str
    details_json: str
    previous: str
    digest: str

    @property
    def details(self) -> dict[str, Any]:
        """The details as plain values."""
        return dict(parse_json(self.details_json))

    @property
    def line(self) -> str:
        """Canonical JSON of the entry: what is hashed, and the line of an exported log."""
        return _line(self.number, self.time, self.actor, self.action, self.details_json)

    @property
    def is_whole(self) -> bool:
        """Whether the digest fits the content."""
        try:
            return self.digest == _digest(self.previous, self.line)
        except (ValueError, TypeError):  # made unreadable
            return False


@dataclass(frozen=True, slots=True)
class LogCheck:
    """What a check of the log found. `broken_entry` is the number of the first entry at fault, or None."""

    entries: int
    head: str
    broken_entry: int | None
    finding: str

    @property
    def is_intact(self) -> bool:
        """Whether nothing was changed, taken out or cut off."""
        return self.broken_entry is None


class LogPart(CasePart):
    """Writing and checking the audit log of a case."""

    def log(self, action: str, details: Mapping[str, Any] | None = None) -> None:
        """Append an entry, such as ``report.export`` with the file written.

        Parameters
        ----------
        action : str
            ``thing.verb``.
        details : mapping or None
            Plain values: text, numbers, truth values, None, lists and mappings of these.

        Raises
        ------
        SessionError
            If the case cannot be written.
        TypeError
            If a detail is not a plain value.
        """
        with self._database.write() as connection:
            add_entry(connection, action, details or {})

    def audit_log(self, actions: tuple[str, ...] = (), *, after: int = 0) -> tuple[AuditEntry, ...]:
        """All entries, oldest first; or those of some actions, or with numbers above `after`."""
        of_actions = f" AND action IN ({', '.join('?' * len(actions))})" if actions else ""
        rows = self._database.rows(
            "SELECT number, time, actor, action, details, previous, digest FROM log"
            f" WHERE number > ?{of_actions} ORDER BY number",
            (after, *actions),
        )
        return tuple(AuditEntry(*row) for row in rows)

    def verify_log(self) -> bool:
        """Whether the audit log is intact; `check_log` tells where it is not."""
        return self.check_log().is_intact

    def check_log(self) -> LogCheck:
        """Check every link of the audit log, and say at which entry it was tampered with."""
        with self._database.snapshot():
            entries = self.audit_log()
            heads = self._database.rows("SELECT entries, digest FROM log_head")
        previous = GENESIS
        for number, entry in enumerate(entries, start=1):
            finding = _fault(number, previous, entry)
            if finding is not None:
                return LogCheck(len(entries), previous, number, finding)
            previous = entry.digest
        if heads != [(len(entries), previous)]:
            broken = len(entries) + 1
            return LogCheck(len(entries), previous, broken, f"Entries from number {broken} on were cut off.")
        return LogCheck(len(entries), previous, None, f"All {len(entries)} entries are intact.")


def add_entry(connection: sqlite3.Connection, action: str, details: Mapping[str, Any]) -> None:
    """Append an entry inside a write transaction of the caller, so that no change is kept without its entry."""
    entries, previous = connection.execute("SELECT entries, digest FROM log_head").fetchone()
    number, time, who, plain = entries + 1, utc_text(), actor(), canonical_json(details)
    digest = _digest(previous, _line(number, time, who, action, plain))
    connection.execute(
        "INSERT INTO log (number, time, actor, action, details, previous, digest) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, time, who, action, plain, previous, digest),
    )


def _fault(number: int, previous: str, entry: AuditEntry) -> str | None:
    if entry.number != number:
        return f"Entry {number} was taken out."
    if not entry.is_whole:
        return f"Entry {number} was changed after it was written."
    if entry.previous != previous:
        return f"Entry {number} does not follow the entry before it: one of them was replaced."
    return None


def _line(number: int, time: str, who: str, action: str, details_json: str) -> str:
    return canonical_json(
        {"number": number, "time": time, "actor": who, "action": action, "details": parse_json(details_json)}
    )


def _digest(previous: str, line: str) -> str:
    return hashlib.sha256((previous + line).encode("ascii")).hexdigest()
