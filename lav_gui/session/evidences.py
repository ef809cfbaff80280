"""The files under examination: recorded by content, and found again by content when they moved. Never written to."""

import hashlib
import logging
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lav_gui.errors import SessionError
from lav_gui.records import Evidence
from lav_gui.session.audit import add_entry
from lav_gui.session.base import CasePart
from lav_gui.session.codec import evidence_from_text, evidence_to_text, utc_text

logger = logging.getLogger(__name__)


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

        If that one lay elsewhere before, its path becomes the new one, and the log says so.

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
        """All evidence, in the order in which it was added."""
        found = self._database.rows("SELECT evidence_id, record, exhibit_number FROM evidence ORDER BY evidence_id")
        with self._decoding():
            return tuple(EvidenceRow(row[0], evidence_from_text(row[1]), row[2]) for row in found)

    def evidence(self, evidence_id: int) -> EvidenceRow:
        """One evidence.

        Raises
        ------
        SessionError
            If there is none of that id.
        """
        for row in self.evidences():
            if row.evidence_id == evidence_id:
                return row
        raise SessionError(f"{self._database.path.name} has no evidence {evidence_id}.")

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
        """Note where the file lies now; its content must be the one that was examined.

        Raises
        ------
        SessionError
            If the file is another one or cannot be read, or the case cannot be written.
        """
        evidence = self.evidence(evidence_id).evidence
        if not _is_same_file(path, evidence):
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
        evidence = self.evidence(evidence_id).evidence
        if _is_untouched(evidence) or _is_same_file(evidence.path, evidence, quiet=True):
            return evidence.path
        for folder in (self._database.path.parent, *folders):
            for candidate in sorted(_files(folder), key=lambda path: (path.name != evidence.file_name, path.name)):
                if _is_same_file(candidate, evidence, quiet=True):
                    return candidate.absolute()
        return None


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


def _is_same_file(path: Path, evidence: Evidence, quiet: bool = False) -> bool:
    """Whether size and then SHA-256 are those of the evidence; `quiet` counts an unreadable file as another one."""
    try:
        if not path.is_file() or path.stat().st_size != evidence.bytes:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == evidence.hashes.sha256
    except OSError as error:
        if quiet:
            logger.info("%s cannot be read: %s", path, error)
            return False
        raise SessionError(f"{path.name} cannot be read; check that you may read it.") from error
