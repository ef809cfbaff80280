"""What the cover of a report asks: case number, laboratory, who asked, who examines."""

from dataclasses import asdict, dataclass

from lav_gui.session.audit import add_entry
from lav_gui.session.base import CasePart


@dataclass(frozen=True, slots=True)
class CaseDetails:
    """The facts of the case that no program can know; "" where they are not given.

    `received` is a date as the analyst writes it; `question` the request and its propositions; `opinion` the
    examiner's own text. The exhibit number belongs to each evidence.
    """

    case_number: str = ""
    laboratory: str = ""
    requested_by: str = ""
    examiner: str = ""
    reviewer: str = ""
    received: str = ""
    classification: str = ""
    question: str = ""
    opinion: str = ""


class DetailPart(CasePart):
    """Reading and writing the details of a case."""

    def details(self) -> CaseDetails:
        """The details as they are now."""
        with self._decoding():
            return CaseDetails(**dict(self._database.rows("SELECT name, value FROM detail")))

    def set_details(self, details: CaseDetails) -> None:
        """Replace the details; the log tells what was changed.

        Raises
        ------
        SessionError
            If the case cannot be written.
        """
        before, after = asdict(self.details()), asdict(details)
        changed = {name: [before[name], value] for name, value in after.items() if before[name] != value}
        if not changed:
            return
        with self._database.write() as connection:
            connection.executemany("INSERT OR REPLACE INTO detail (name, value) VALUES (?, ?)", after.items())
            add_entry(connection, "case.details", changed)
