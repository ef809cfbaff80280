"""Results <-> disk: the case file (SQLite). It never touches the evidence.

`case.Case` is the door; its parts are one file per concern:
`evidences`, `runs`, `results`, `notes`, `track_edits`, `details`, `queue`, `copies`, `audit`, and `history` over them.
Below them: `database` (the connection), `schema` (tables and versions), `window_lock`, `codec` and `rows` (records <->
text and rows), `identity`, `paths`.
"""

from lav_gui.session.audit import AuditEntry, LogCheck
from lav_gui.session.case import Case
from lav_gui.session.details import CaseDetails
from lav_gui.session.evidences import EvidenceRow
from lav_gui.session.history import History
from lav_gui.session.notes import Note, NoteCategory, NoteKind
from lav_gui.session.paths import default_case_path
from lav_gui.session.queue import QueueRow
from lav_gui.session.results import SeriesRows
from lav_gui.session.runs import RunRow, RunState
from lav_gui.session.track_edits import TrackEditRow

__all__ = [
    "AuditEntry",
    "Case",
    "CaseDetails",
    "EvidenceRow",
    "History",
    "LogCheck",
    "Note",
    "NoteCategory",
    "NoteKind",
    "QueueRow",
    "RunRow",
    "RunState",
    "SeriesRows",
    "TrackEditRow",
    "default_case_path",
]
