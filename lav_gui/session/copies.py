"""A case saved as another file: one consistent state of it, made whole or not at all."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from lav_gui.errors import SessionError
from lav_gui.replacing import replacing
from lav_gui.session.audit import add_entry
from lav_gui.session.codec import utc_text
from lav_gui.session.database import translated
from lav_gui.session.results import ResultPart

PAGES = 2048
"""Pages copied at a time, 8 MB; between them the copying can be stopped."""


class _Stopped(Exception):
    """The caller does not want the copy any more."""


class CopyPart(ResultPart):
    """Saving a case as another file."""

    def save_copy(self, target: Path, is_unwanted: Callable[[float], bool] = lambda _: False) -> bool:
        """Copy the case as it is now to a new file, also while a process writes results to it.

        Both logs say so. In the copy no window and no analysis is at work: what runs is there interrupted, and can
        go on.

        Parameters
        ----------
        target : Path
            A file that is not there yet; its folder must be.
        is_unwanted : callable
            Asked now and then, with the fraction that is copied; True gives up.

        Returns
        -------
        bool
            False if it was given up; nothing is left of it then.

        Raises
        ------
        SessionError
            If there is such a file, or it cannot be written.
        """
        target = target.absolute()
        if target.exists():
            raise SessionError(f"There is a file {target.name} in {target.parent} already; choose another name.")
        with self._database.lock:
            self.flush()
            if self._database.read_only_reason is None:
                with self._database.write() as connection:
                    add_entry(connection, "case.save_as", {"from": str(self._database.path), "to": str(target)})
        try:
            with replacing(target) as partial:
                partial.unlink(missing_ok=True)
                with translated(self._database.path):
                    _copy(self._database.path, partial, is_unwanted)
                with translated(target):
                    _set_free(partial, self._database.path)
        except _Stopped:
            return False
        except OSError as error:
            raise SessionError(f"{target.name} cannot be written to {target.parent}; choose another folder.") from error
        return True


def _copy(source: Path, partial: Path, is_unwanted: Callable[[float], bool]) -> None:
    def look(_: int, remaining: int, pages: int) -> None:
        if is_unwanted(1 - remaining / max(pages, 1)):
            raise _Stopped

    # a connection of its own: the window's may be used meanwhile
    with closing(sqlite3.connect(source)) as reading, closing(sqlite3.connect(partial)) as writing:
        reading.execute("PRAGMA query_only = ON")
        if reading.execute("PRAGMA journal_mode").fetchone() == ("wal",):
            # one state is held, or each write of others would begin the copy anew; without WAL that would shut them out
            reading.execute("BEGIN")
            reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
        reading.backup(writing, pages=PAGES, progress=look)


def _set_free(partial: Path, source: Path) -> None:
    """Nobody works on the copy yet."""
    with closing(sqlite3.connect(partial, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM window_lock")
        connection.execute(
            "UPDATE run SET state = 'interrupted', owner = NULL, finished = ? WHERE state = 'running'", (utc_text(),)
        )
        add_entry(connection, "case.copied", {"from": str(source)})
        connection.execute("COMMIT")
