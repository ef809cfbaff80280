"""The case file: one SQLite file that holds everything about an examination but the evidence itself."""

import logging
import os
from pathlib import Path
from types import TracebackType
from typing import Self

import lav_gui
from lav_gui.errors import SessionError
from lav_gui.session import window_lock
from lav_gui.session.audit import add_entry
from lav_gui.session.copies import CopyPart
from lav_gui.session.database import Database, open_database
from lav_gui.session.history import HistoryPart
from lav_gui.session.queue import QueuePart
from lav_gui.session.runs import RunPart, RunState, mark_interrupted

__all__ = ["Case", "RunState"]

logger = logging.getLogger(__name__)


class Case(RunPart, HistoryPart, QueuePart, CopyPart):
    """One open case; a context manager. Any thread may use it.

    Two processes may write at a time: the window (notes, edits, log) and an analysis (results). A second window gets
    the case read-only, and `read_only_reason` says why.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._token: str | None = None

    @classmethod
    def open(
        cls,
        path: Path,
        create: bool = False,
        read_only: bool = False,
        *,
        window: bool = False,
        take_over: bool = False,
    ) -> Self:
        """Open a case file, or make one.

        Parameters
        ----------
        path : Path
            The case file (.lav).
        create : bool
            Make it if it is not there; its folder must be.
        read_only : bool
            Write nothing, and leave the file as it is.
        window : bool
            The caller is a window. Only one at a time may write; another gets the case read-only.
        take_over : bool
            Take the case from another window, which then cannot write any more: for a window on another computer
            that is known to be dead.

        Raises
        ------
        SessionError
            If there is no such file, or it is a folder, damaged, foreign, of a newer version, busy or write-protected.
        """
        path = Path(path).absolute()
        database = open_database(path, create, read_only)
        case = cls(database)
        if read_only:
            return case
        try:
            case._enter(window, take_over)
        except BaseException:
            case._leave_lock()
            database.close()
            raise
        return case

    @property
    def path(self) -> Path:
        """The case file."""
        return self._database.path

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written."""
        return self._database.read_only_reason is not None

    @property
    def read_only_reason(self) -> str | None:
        """A sentence that tells why nothing may be written; None where writing is allowed."""
        return self._database.read_only_reason

    def close(self) -> None:
        """Write what is left, mark runs that were not ended as interrupted, and leave one file. Twice does no harm.

        Raises
        ------
        SessionError
            If what is left cannot be written, as on a full disk; the file is closed all the same.
        """
        if self._database.closed:
            return
        try:
            if not self.read_only:
                self.flush()
                for run_id in sorted(self._held):
                    self.finish_run(run_id, RunState.INTERRUPTED)
        finally:
            self._leave_lock()
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.close()
        except SessionError as at_close:
            if error is None:
                raise
            logger.warning("%s: %s", self.path.name, at_close)  # the first error is the one to tell

    def _enter(self, window: bool, take_over: bool) -> None:
        """Take the lock if a window asks, note dead runs, and log who opened the case."""
        held_elsewhere = None
        with self._database.write() as connection, self._decoding():
            if window:
                self._token = window_lock.acquire(connection, take_over)
            if window and self._token is None:
                held_elsewhere = window_lock.holder_sentence(connection, self.path)
            else:
                mark_interrupted(connection)
                details = {
                    "program": "window" if window else "command",
                    "version": lav_gui.__version__,
                    "process": os.getpid(),
                    "took_over": take_over,
                }
                add_entry(connection, "case.open", details)
        if held_elsewhere is not None:
            self._database.forbid_writing(held_elsewhere)
        elif self._token is not None:
            self._database.guard = window_lock.guard_for(self._token, self.path)

    def _leave_lock(self) -> None:
        if self._token is None:
            return
        token, self._token = self._token, None
        self._database.guard = None
        try:
            with self._database.write() as connection:
                window_lock.release(connection, token)
        except SessionError as error:  # a full disk; the row counts as a leftover from here on
            logger.warning("%s: the lock stays in the file: %s", self.path.name, error)
        finally:
            window_lock.forget(token)
