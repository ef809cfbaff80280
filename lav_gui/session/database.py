"""The connection to a case file: opened, read, written in short transactions, and left as one file."""

import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lav_gui.errors import SessionError
from lav_gui.session import schema
from lav_gui.session.paths import is_network_path

logger = logging.getLogger(__name__)

BUSY_SECONDS = 10.0
"""How long a transaction waits for another process to end its own."""

Row = tuple[Any, ...]
Guard = Callable[[sqlite3.Connection], None]


class Database:
    """One open case file. Any thread may use it; statements and transactions take turns.

    On a local disk it works in WAL, so that readers never wait for writers. On a network drive, or where WAL cannot be
    set, it works with a rollback journal. `close` empties and removes the WAL as the last one out; while another
    process still has the file open, that process will do it.

    On POSIX systems a process loses all its locks on a file when it closes any handle on it; a file dialog that looks
    into the case to choose an icon does so. Another process then thinks it is the last one out and removes the WAL, and
    what is written to the removed file is lost. So before each transaction the WAL is looked for, and the file is
    connected to anew where it has gone.

    Attributes
    ----------
    path : Path
    wal : bool
    read_only_reason : str or None
        Sentence that tells why nothing may be written; None where writing is allowed.
    guard : callable or None
        Called with the connection at the start of each write transaction; raises to forbid it.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, wal: bool) -> None:
        self._connection: sqlite3.Connection | None = connection
        self.path = path
        self.wal = wal
        self.read_only_reason: str | None = None
        self.guard: Guard | None = None
        self.lock = threading.RLock()
        self._writing = False
        self._wal_file = _wal_identity(path) if wal else None

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._connection is None

    def rows(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[Row]:
        """All rows of one query.

        Raises
        ------
        SessionError
            If the file cannot be read.
        """
        with self.lock, translated(self.path):
            return self._live().execute(sql, parameters).fetchall()

    def pieces(self, sql: str, parameters: tuple[Any, ...], size: int) -> Iterator[list[Row]]:
        """The rows of one query in lists of up to `size`; to be used up at once, for others wait meanwhile.

        Raises
        ------
        SessionError
            If the file cannot be read.
        """
        with self.lock, translated(self.path):
            cursor = self._live().execute(sql, parameters)
            while rows := cursor.fetchmany(size):
                yield rows

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several queries that see one and the same state, whatever other processes write meanwhile."""
        with self.lock, translated(self.path):
            connection = self._live()
            connection.execute("BEGIN")
            try:
                yield
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """One write transaction: all of it is kept, or nothing. Inside another one of its thread it is a part of that.

        Parameters
        ----------
        durable : bool
            True waits until the disk has it (it outlives a power cut). False outlives a kill of the process only,
            and costs a fraction of a millisecond; without WAL every transaction is durable.

        Raises
        ------
        SessionError
            If the case is read-only, busy for longer than `BUSY_SECONDS`, the disk is full or fails.
        """
        with self.lock, translated(self.path):
            connection = self._live()
            if self._writing:
                yield connection
                return
            self.require_writable()
            connection.execute(f"PRAGMA synchronous = {'FULL' if durable or not self.wal else 'NORMAL'}")
            connection.execute("BEGIN IMMEDIATE")
            self._writing = True
            try:
                if self.guard is not None:
                    self.guard(connection)
                yield connection
                connection.execute("COMMIT")
            finally:
                self._writing = False
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def require_writable(self) -> None:
        """Raise `SessionError` with the reason if nothing may be written."""
        if self.read_only_reason is not None:
            raise SessionError(self.read_only_reason)

    def forbid_writing(self, reason: str) -> None:
        """Make the case read-only from now on; `reason` is the sentence for the user."""
        with self.lock, translated(self.path):
            self._live().execute("PRAGMA query_only = ON")
            self.read_only_reason = reason

    def close(self) -> None:
        """Leave the file, as one file if nobody else has it open. A second call does nothing."""
        with self.lock:
            if self._connection is None:
                return
            connection, self._connection = self._connection, None
            try:
                connection.execute("PRAGMA busy_timeout = 0")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.execute("PRAGMA journal_mode = DELETE")
            except (
                sqlite3.Error
            ) as error:  # in use elsewhere, full or write-protected: nothing is lost, SQLite recovers
                logger.info("%s stays in WAL for now: %s", self.path.name, error)
            finally:
                connection.close()

    def _live(self) -> sqlite3.Connection:
        if self._connection is None:
            raise SessionError(f"{self.path.name} is closed; open it again.")
        lost = self._wal_file is not None and self._wal_file != _wal_identity(self.path)
        if lost and not self._connection.in_transaction:
            self._connect_anew(self._connection)
        return self._connection

    def _connect_anew(self, old: sqlite3.Connection) -> None:
        logger.warning("%s: another process removed the WAL in use; connecting anew", self.path.name)
        old.close()
        self._connection = connection = _connect(self.path, "rw")
        self.wal = _set_journal(connection, self.path)
        self._wal_file = _wal_identity(self.path) if self.wal else None
        if self.read_only_reason is not None:
            connection.execute("PRAGMA query_only = ON")


def open_database(path: Path, create: bool, read_only: bool) -> Database:
    """Open a case file after making sure that it is one; a file that is none is left as it is, byte for byte.

    Raises
    ------
    SessionError
        If there is no such file, or it is a folder, damaged, foreign, of a newer version, busy or write-protected.
    """
    is_new = _check_place(path, create and not read_only)
    with translated(path):
        connection = _connect_to_read(path) if read_only else _connect(path, "rwc" if is_new else "rw")
    try:
        with translated(path):
            version = schema.identify(connection, path.name)
            if version == 0 and not (create and not read_only):
                raise SessionError(f"{path.name} is empty, not a LAV case; choose a case file (.lav).")
            if read_only:
                if version < schema.SCHEMA_VERSION and not schema.lend_tables(connection, version):
                    raise SessionError(
                        f"{path.name} is of an older LAV; open it once for writing to bring it up to date."
                    )
                database = Database(connection, path, wal=False)
                database.forbid_writing(f"{path.name} is open for reading only; open it for writing to change it.")
                return database
            if version < schema.SCHEMA_VERSION:
                _bring_up(connection, path.name)
            return Database(connection, path, _set_journal(connection, path))
    except BaseException:
        connection.close()
        if is_new and path.exists() and path.stat().st_size == 0:  # nobody could write the tables
            path.unlink()
        raise


def _check_place(path: Path, create: bool) -> bool:
    """Whether the file is to be made; raises where it cannot be."""
    if path.is_dir():
        raise SessionError(f"{path.name} is a folder, not a case file; choose a file (.lav).")
    if path.exists():
        return False
    if not create:
        raise SessionError(f"There is no case file {path.name} in {path.parent}; look for it elsewhere.")
    if not path.parent.is_dir():
        raise SessionError(
            f"{path.name} cannot be made, for there is no folder {path.parent}; make it, or choose another."
        )
    return True


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    place = quote(os.fsencode(path.as_posix()))
    root = "" if place.startswith("/") else "/"  # C:/..., after which a host must stand empty
    choice = "immutable=1" if mode == "immutable" else f"mode={mode}"
    connection = sqlite3.connect(
        f"file://{root}{place}?{choice}", BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=True
    )
    # a case comes from strangers, too: its schema may call no function, and its pages are checked
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """Connect for reading; where the disk allows it such that the last one out can still remove the WAL."""
    connection = _connect(path, "rw")  # SQLite makes it read-only by itself on a write-protected file
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        connection.close()
        if primary_code(error) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        left = [path.name + end for end in ("-wal", "-journal") if path.with_name(path.name + end).exists()]
        if left:
            raise SessionError(
                f"{path.name} was not closed properly, and its folder is write-protected; copy it together with "
                f"{left[0]} to another folder, and open it there."
            ) from error
        # marked as WAL, but complete without one: SQLite would need to make files here, unless told that nobody writes
        return _connect(path, "immutable")
    return connection


def _set_journal(connection: sqlite3.Connection, path: Path) -> bool:
    """Set WAL on a local disk, a rollback journal elsewhere; whether it is WAL now."""
    if is_network_path(path):
        return _journal(connection, "DELETE") == "wal"
    try:
        if _journal(connection, "WAL") == "wal":
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the index is made at the first read
            return True
    except sqlite3.OperationalError as error:
        logger.warning("%s works without WAL: %s", path.name, error)
    return _journal(connection, "DELETE") == "wal"


def _journal(connection: sqlite3.Connection, mode: str) -> str:
    try:
        return str(connection.execute(f"PRAGMA journal_mode = {mode}").fetchone()[0])
    except sqlite3.OperationalError as error:
        if mode == "WAL" or primary_code(error) != sqlite3.SQLITE_BUSY:
            raise
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


def _wal_identity(path: Path) -> tuple[int, int] | None:
    """Which file the WAL is on the disk; None where there is none."""
    try:
        status = os.stat(f"{path}-wal")
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _bring_up(connection: sqlite3.Connection, name: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = schema.identify(connection, name)  # another process may have done it since
        schema.bring_up(connection, version)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors, and numbers too large for it, into a `SessionError` with one sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise SessionError(_sentence(path, error)) from error
    except OverflowError as error:
        raise SessionError(f"A number is too large for {path.name}: {error}; enter a smaller one.") from error


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's primary result code of an error."""
    if hasattr(error, "sqlite_errorcode"):
        return int(error.sqlite_errorcode) & 0xFF
    # raised by Python's module itself: text that is not UTF-8, which no writer of a case leaves there
    return sqlite3.SQLITE_CORRUPT if isinstance(error, sqlite3.OperationalError) else sqlite3.SQLITE_ERROR


def _sentence(path: Path, error: sqlite3.Error) -> str:
    name = path.name
    sentences = {
        sqlite3.SQLITE_FULL: f"{name} cannot grow, for the disk is full; free some space. What was saved is kept.",
        sqlite3.SQLITE_BUSY: f"{name} is in use by another program; wait until it is done, and try again.",
        sqlite3.SQLITE_LOCKED: f"{name} is in use by another program; wait until it is done, and try again.",
        sqlite3.SQLITE_READONLY: f"{name} or its folder {path.parent} is write-protected; copy it elsewhere, "
        "or open it for reading only.",
        sqlite3.SQLITE_CANTOPEN: f"{name} cannot be opened in the folder {path.parent}; check that you may read "
        "and write there, or copy it elsewhere.",
        sqlite3.SQLITE_PERM: f"You may not open {name}; ask its owner for the right to.",
        sqlite3.SQLITE_NOTADB: f"{name} is not a LAV case, or its beginning is damaged; choose a case file (.lav).",
        sqlite3.SQLITE_CORRUPT: f"{name} is damaged; open a backup copy of it.",
        sqlite3.SQLITE_IOERR: f"The disk reports an error or is full at {name}; check it. What was saved is kept.",
    }
    return sentences.get(
        primary_code(error), f"{name} cannot be read or written: {error}; copy it to another disk and try again."
    )
