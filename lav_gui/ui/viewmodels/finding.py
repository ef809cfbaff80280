"""Where the videos of a case lie now: looked for beside the window, as a file that moved may have to be hashed."""

from collections.abc import Generator
from pathlib import Path

from lav_gui.session.case import Case
from lav_gui.session.evidences import EvidenceRow


def find_steps(case: Case, row: EvidenceRow) -> Generator[None, None, Path | None]:
    """Look where the evidence lies now; None where it is not found."""
    yield None
    return (yield from case.finding(row.evidence_id))


def relink_steps(case: Case, row: EvidenceRow, path: Path) -> Generator[None, None, Path]:
    """Note in the case where the evidence lies now, after checking that it is the same file."""
    yield None
    yield from case.relinking(row.evidence_id, path)
    return path
