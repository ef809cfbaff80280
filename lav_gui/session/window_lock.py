"""One writing window per case: a row in the file that names the process, and counts only while that process lives.

A row leaves no stray file, works on network drives, and can say who holds it. A window that was killed frees it by
that. A window on another computer cannot be asked whether it lives; its row holds until it closes, or until the user
takes the case over (`take_over`): then the other window may write nothing more, for each write looks at the row first.
The analysis process needs no lock: it writes results beside the window.
"""

import sqlite3
import uuid
from datetime import datetime
from pathlib import Path

from lav_gui.errors import SessionError
from lav_gui.session.codec import utc_text
from lav_gui.session.database import Guard
from lav_gui.session.identity import ProcessMark, actor, own_mark

_own_tokens: set[str] = set()
"""Locks that cases of this very process hold: a row of this process with another token is a leftover."""


def acquire(connection: sqlite3.Connection, take_over: bool) -> str | None:
    """Take the lock inside a write transaction of the caller.

    Returns
    -------
    str or None
        The token that proves it; None if another living window holds it.
    """
    row = connection.execute("SELECT token, owner FROM window_lock").fetchone()
    if row is not None and not take_over and _holds(row[0], ProcessMark.from_text(row[1])):
        return None
    token = uuid.uuid4().hex
    connection.execute(
        "INSERT OR REPLACE INTO window_lock (only, token, owner, actor, since) VALUES (1, ?, ?, ?, ?)",
        (token, own_mark().to_text(), actor(), utc_text()),
    )
    _own_tokens.add(token)
    return token


def release(connection: sqlite3.Connection, token: str) -> None:
    """Give the lock back inside a write transaction of the caller."""
    connection.execute("DELETE FROM window_lock WHERE token = ?", (token,))


def forget(token: str) -> None:
    """The case is closed: if its row could not be removed (a full disk), it counts as a leftover."""
    _own_tokens.discard(token)


def guard_for(token: str, path: Path) -> Guard:
    """A check for each write transaction: the lock is still ours."""

    def check(connection: sqlite3.Connection) -> None:
        if connection.execute("SELECT token FROM window_lock").fetchone() != (token,):
            raise SessionError(f"{path.name} was taken over by another window; close it here, or open it again.")

    return check


def holder_sentence(connection: sqlite3.Connection, path: Path) -> str:
    """Who holds the lock, as a sentence for the user."""
    row = connection.execute("SELECT actor, since, owner FROM window_lock").fetchone()
    if row is None:  # released since
        return f"{path.name} was open in another window, so it is read-only here; open it again to write."
    since = datetime.fromisoformat(row[1]).astimezone()
    return (
        f"{path.name} is open in another window ({row[0]}, process {ProcessMark.from_text(row[2]).pid}, "
        f"since {since:%Y-%m-%d %H:%M}), so it is read-only here; close it there to write here."
    )


def _holds(token: str, owner: ProcessMark) -> bool:
    if owner == own_mark():
        return token in _own_tokens
    return owner.is_alive() is not False
