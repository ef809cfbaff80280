"""The queue of a case: which of its videos are to be analyzed, in which order, with which settings."""

from collections.abc import Sequence
from dataclasses import dataclass

from lav_gui.session.base import CasePart
from lav_gui.session.codec import settings_from_text, settings_to_text
from lav_gui.settings import AnalysisSettings

WAITING, FAILED = "waiting", "failed"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One video that is to be analyzed. `reason` says why it failed; "" while it waits."""

    evidence_id: int
    settings: AnalysisSettings
    reason: str = ""


class QueuePart(CasePart):
    """Keeping the queue, so that it outlives the window. It is a plan, not a finding: the runs have the log."""

    def queue(self) -> tuple[QueueRow, ...]:
        """The queue in its order."""
        found = self._database.rows("SELECT evidence_id, settings, reason FROM queue ORDER BY place")
        with self._decoding():
            return tuple(QueueRow(row[0], settings_from_text(row[1]), row[2]) for row in found)

    def set_queue(self, rows: Sequence[QueueRow]) -> None:
        """Replace the queue.

        Raises
        ------
        SessionError
            If a video is not of this case or stands in it twice, or the case cannot be written.
        """
        plain = [
            (row.evidence_id, place, settings_to_text(row.settings), FAILED if row.reason else WAITING, row.reason)
            for place, row in enumerate(rows)
        ]
        with self._database.write() as connection:
            connection.execute("DELETE FROM queue")
            connection.executemany("INSERT INTO queue VALUES (?, ?, ?, ?, ?)", plain)
