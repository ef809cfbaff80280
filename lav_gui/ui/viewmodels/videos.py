"""The list of the case's videos, for Qt's tables: name, state in words, faces, verdict, progress."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from lav_gui.records import VerdictState
from lav_gui.ui.viewmodels.headed_table import HeadedTable, Index
from lav_gui.ui.wording import NOTHING, say, verdict_title


class VideoColumn(IntEnum):
    """Columns of the list."""

    NAME = 0
    STATE = 1
    FACES = 2
    VERDICT = 3


class VideoState(StrEnum):
    """How far a video of the case is."""

    NEW = "new"
    READING = "reading"
    WAITING = "waiting"
    PREPARING = "preparing"
    RUNNING = "running"
    STOPPING = "stopping"
    ELSEWHERE = "elsewhere"
    PARTIAL = "partial"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class VideoRow:
    """One video.

    Attributes
    ----------
    evidence_id : int or None
        None while it is read, and for the video on screen that has no case yet.
    name : str
    state : VideoState
    is_shown : bool
        It is on screen.
    fraction : float or None
        Progress of what is going on, or how far it came, in [0, 1].
    place : int
        Among those that wait, from 1; 0 where it does not wait.
    faces : int or None
        Faces in its latest run; None where that is not known yet.
    verdict : VerdictState or None
    reason : str
        Why it failed.
    detail : str
        Where it lies, its hash: for the tool tip.
    """

    evidence_id: int | None
    name: str
    state: VideoState
    is_shown: bool = False
    fraction: float | None = None
    place: int = 0
    faces: int | None = None
    verdict: VerdictState | None = None
    reason: str = ""
    detail: str = ""


_HEADINGS = {
    VideoColumn.NAME: ("Video", "The videos of this case; drop files here to add some."),
    VideoColumn.STATE: ("State", "How far its analysis is."),
    VideoColumn.FACES: ("Faces", "Faces found in its latest run."),
    VideoColumn.VERDICT: ("Verdict", "Of its latest run; the reasons stand beside the video once it is on screen."),
}


class VideosModel(HeadedTable):
    """One row per video, in the order in which they were added."""

    headings = tuple(_HEADINGS[column] for column in VideoColumn)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[VideoRow, ...] = ()

    @property
    def rows(self) -> tuple[VideoRow, ...]:
        """The videos."""
        return self._rows

    @property
    def shown_row(self) -> int | None:
        """Row of the video on screen."""
        return next((number for number, row in enumerate(self._rows) if row.is_shown), None)

    def show(self, rows: Sequence[VideoRow]) -> None:
        """Show these videos; the same ones keep their rows."""
        before = self._rows
        if tuple(rows) == before:
            return
        if [row.evidence_id for row in rows] == [row.evidence_id for row in before]:
            self._rows = tuple(rows)
            others = [place for place, (row, known) in enumerate(zip(rows, before, strict=True)) if row != known]
            self.dataChanged.emit(self.index(others[0], 0), self.index(others[-1], len(VideoColumn) - 1))
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of videos."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one property of a cell."""
        row, column = self._rows[index.row()], VideoColumn(index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and column is VideoColumn.FACES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        text = _text(row, column)
        spoken = say("{name}, on screen", name=text) if row.is_shown and column is VideoColumn.NAME else text
        answers: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: text,
            Qt.ItemDataRole.ToolTipRole: _tip(row, column),
            Qt.ItemDataRole.AccessibleTextRole: f"{say(_HEADINGS[column][0])}: {spoken}",
        }
        return answers.get(role)


def state_words(row: VideoRow) -> str:
    """How far a video is, in a few words."""
    percent = round(100 * (row.fraction or 0.0))
    words = {
        VideoState.NEW: say("Not analyzed"),
        VideoState.READING: say("Reading, {percent} %", percent=percent),
        VideoState.WAITING: say("Waiting, no. {place}", place=row.place),
        VideoState.PREPARING: say("Preparing…"),
        VideoState.RUNNING: say("Analyzing, {percent} %", percent=percent),
        VideoState.STOPPING: say("Stopping…"),
        VideoState.ELSEWHERE: say("In another process"),
        VideoState.PARTIAL: say("Stopped at {percent} %", percent=percent),
        VideoState.DONE: say("Analyzed"),
        VideoState.FAILED: say("Failed"),
    }
    return words[row.state]


def _text(row: VideoRow, column: VideoColumn) -> str:
    if column is VideoColumn.NAME:
        return row.name
    if column is VideoColumn.STATE:
        return state_words(row)
    if column is VideoColumn.FACES:
        return NOTHING if row.faces is None else str(row.faces)
    if row.verdict is None:
        return NOTHING
    title = verdict_title(row.verdict)
    return title if row.state is VideoState.DONE else say("{verdict}, so far", verdict=title)


def _tip(row: VideoRow, column: VideoColumn) -> str:
    if column is VideoColumn.STATE and row.reason:
        return say("Failed: {reason}", reason=row.reason)
    return row.detail if column is VideoColumn.NAME else _text(row, column)
