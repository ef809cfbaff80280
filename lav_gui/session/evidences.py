"""The files under examination: recorded by content, and found again by content when they moved. Never written to."""

import hashlib
import logging
import sqlite3
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lav_gui.errors import SessionError
from lav_gui.records import Evidence
from lav_gui.session.audit import add_entry
from lav_gui.session.base import CasePart
from lav_gui.session.codec import evidence_from_text, evidence_to_text, utc_text
from lav_gui.steps import run_to_end

logger = logging.getLogger(__name__)

_PIECE_BYTES = 1 << 23


_TIES = (
    ("SELECT 1 FROM run WHERE evidence_id = ?", "results"),
    ("SELECT 1 FROM note WHERE evidence_id = ? AND removed IS NULL", "notes"),
)
"""What ties a video to its case: a query, and what it finds."""


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One evidence of a case. `exhibit_number` is the laboratory's own, "" where none was given."""

    evidence_id: int
    evidence: Evidence
    exhibit_number: str


class EvidencePart(CasePart):
    """Adding evidence to a case and finding it on the disk."""

    def add_evidence(self, evidence: Evidence) -> int:
        """Record a file and return its id; a file of the same SHA-256 keeps its id and first record.

        If that one lay elsewhere before, its path becomes the new one, and the log says so. If it was taken out of the
        case, it is back in it.

        Raises
        ------
        SessionError
            If the case cannot be written.
        """
        evidence = replace(evidence, path=evidence.path.absolute())
        with self._database.write() as connection, self._decoding():
            found = connection.execute(
                "SELECT evidence_id, record FROM evidence WHERE sha256 = ?", (evidence.hashes.sha256,)
            ).fetchone()
            if found is not None:
                _move(connection, found[0], evidence_from_text(found[1]), evidence.path)
                _bring_back(connection, found[0])
                return int(found[0])
            added = connection.execute(
                "INSERT INTO evidence (sha256, exhibit_number, record, added) VALUES (?, '', ?, ?)",
                (evidence.hashes.sha256, evidence_to_text(evidence), utc_text()),
            )
            evidence_id = int(added.lastrowid or 0)
            details = {
                "evidence_id": evidence_id,
                "path": str(evidence.path),
                "bytes": evidence.bytes,
                "sha256": evidence.hashes.sha256,
                "md5": evidence.hashes.md5,
            }
            add_entry(connection, "evidence.add", details)
            return evidence_id

    def evidences(self) -> tuple[EvidenceRow, ...]:
        """All evidence of the case, in the order in which it was added."""
        return self._evidences("evidence_id NOT IN (SELECT evidence_id FROM withdrawn)")

    def evidence(self, evidence_id: int) -> EvidenceRow:
        """One evidence, also one that was taken out of the case.

        Raises
        ------
        SessionError
            If there is none of that id.
        """
        for row in self._evidences("evidence_id = ?", (evidence_id,)):
            return row
        raise SessionError(f"{self._database.path.name} has no evidence {evidence_id}; open the case again.")

    def remove_evidence(self, evidence_id: int) -> None:
        """Take a video out of the case that has no results and no notes; its id stays its own.

        Raises
        ------
        SessionError
            If it has runs or notes, or is not in the case, or the case cannot be written.
        """
        name = self.evidence(evidence_id).evidence.file_name
        with self._database.write() as connection:
            for sql, what in _TIES:
                if connection.execute(sql, (evidence_id,)).fetchone() is not None:
                    raise SessionError(f"{name} has {what} in this case, so it stays; only a video without is removed.")
            connection.execute("DELETE FROM queue WHERE evidence_id = ?", (evidence_id,))
            connection.execute("INSERT INTO withdrawn VALUES (?, ?)", (evidence_id, utc_text()))
            add_entry(connection, "evidence.remove", {"evidence_id": evidence_id, "file_name": name})

    def set_exhibit_number(self, evidence_id: int, exhibit_number: str) -> None:
        """Give an evidence its exhibit number.

        Raises
        ------
        SessionError
            If there is no such evidence, or the case cannot be written.
        """
        before = self.evidence(evidence_id).exhibit_number
        with self._database.write() as connection:
            connection.execute(
                "UPDATE evidence SET exhibit_number = ? WHERE evidence_id = ?", (exhibit_number, evidence_id)
            )
            details = {"evidence_id": evidence_id, "before": before, "after": exhibit_number}
            add_entry(connection, "evidence.exhibit_number", details)

    def relink(self, evidence_id: int, path: Path) -> None:
        """Note where the file lies now; its content must be the one that was examined. See `relinking`.

        Raises
        ------
        SessionError
            If the file is another one or cannot be read, or the case cannot be written.
        """
        run_to_end(self.relinking(evidence_id, path))

    def relinking(self, evidence_id: int, path: Path) -> Generator[None, None, None]:
        """`relink` step by step: hashing a large file can be stopped at each yield, and nothing is changed then."""
        evidence = self.evidence(evidence_id).evidence
        if not (yield from _comparing(path, evidence)):
            raise SessionError(
                f"{path.name} is not the file that was examined ({evidence.file_name}, SHA-256 "
                f"{evidence.hashes.sha256[:8]}…); choose that one."
            )
        with self._database.write() as connection:
            _move(connection, evidence_id, evidence, path.absolute())

    def find_evidence(self, evidence_id: int, folders: Iterable[Path] = ()) -> Path | None:
        """Where the file lies now, or None where it is not found. The case is not changed: see `relink`.

        The stored path is taken if size and time of the file there are as recorded, or its SHA-256 is. Otherwise the
        folder of the case and then `folders` (not what lies below them) are searched for a file of the same size and
        then the same SHA-256, those of the same name first.

        Raises
        ------
        SessionError
            If there is no such evidence.
        """
        return run_to_end(self.finding(evidence_id, folders))

    def finding(self, evidence_id: int, folders: Iterable[Path] = ()) -> Generator[None, None, Path | None]:
        """`find_evidence` step by step: hashing a large file can be stopped at each yield."""
        evidence = self.evidence(evidence_id).evidence
        if _is_untouched(evidence) or (yield from _comparing(evidence.path, evidence, quiet=True)):
            return evidence.path
        for folder in (self._database.path.parent, *folders):
            for candidate in sorted(_files(folder), key=lambda path: (path.name != evidence.file_name, path.name)):
                if (yield from _comparing(candidate, evidence, quiet=True)):
                    return candidate.absolute()
        return None

    def _evidences(self, condition: str, parameters: tuple[int, ...] = ()) -> tuple[EvidenceRow, ...]:
        found = self._database.rows(
            f"SELECT evidence_id, record, exhibit_number FROM evidence WHERE {condition} ORDER BY evidence_id",
            parameters,
        )
        with self._decoding():
            return tuple(EvidenceRow(row[0], evidence_from_text(row[1]), row[2]) for row in found)


def _bring_back(connection: sqlite3.Connection, evidence_id: int) -> None:
    gone = connection.execute("DELETE FROM withdrawn WHERE evidence_id = ?", (evidence_id,))
    if gone.rowcount:
        add_entry(connection, "evidence.return", {"evidence_id": evidence_id})


def _move(connection: sqlite3.Connection, evidence_id: int, evidence: Evidence, path: Path) -> None:
    if path == evidence.path:
        return
    record = evidence_to_text(replace(evidence, path=path))
    connection.execute("UPDATE evidence SET record = ? WHERE evidence_id = ?", (record, evidence_id))
    details = {"evidence_id": evidence_id, "before": str(evidence.path), "after": str(path)}
    add_entry(connection, "evidence.relink", details)


def _files(folder: Path) -> Iterator[Path]:
    """Files of one folder, but case files: to open and close one would drop SQLite's locks of this process on it."""
    try:
        yield from (path for path in folder.iterdir() if ".lav" not in path.suffix.lower() and path.is_file())
    except OSError as error:
        logger.info("%s cannot be searched: %s", folder, error)


def _is_untouched(evidence: Evidence) -> bool:
    try:
        facts = evidence.path.stat()
    except OSError:
        return False
    same_time = abs(facts.st_mtime - evidence.modified.timestamp()) < 1e-3
    return evidence.path.is_file() and facts.st_size == evidence.bytes and same_time


def _comparing(path: Path, evidence: Evidence, quiet: bool = False) -> Generator[None, None, bool]:
    """Whether size and then SHA-256 are those of the evidence; `quiet` counts an unreadable file as another one."""
    try:
        if not path.is_file() or path.stat().st_size != evidence.bytes:
            return False
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while piece := file.read(_PIECE_BYTES):
                digest.update(piece)
                yield None
        return digest.hexdigest() == evidence.hashes.sha256
    except OSError as error:
        if quiet:
            logger.info("%s cannot be read: %s", path, error)
            return False
        raise SessionError(f"{path.name} cannot be read; check that you may read it.") from error
