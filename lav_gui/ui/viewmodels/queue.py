"""The queue: which videos are analyzed one after the other, in which order, and how long it takes; for Qt's tables."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from lav_gui.settings import AnalysisSettings
from lav_gui.ui.viewmodels.headed_table import HeadedTable, Index
from lav_gui.ui.wording import NOTHING, duration, say

KEY_ROLE = Qt.ItemDataRole.UserRole
"""SHA-256 of a row's video."""

FRACTION_ROLE = Qt.ItemDataRole.UserRole + 1
"""Progress of a row in [0, 1], or None."""


class QueueColumn(IntEnum):
    """Columns of the queue."""

    VIDEO = 0
    STATE = 1
    LEFT = 2


class TurnState(StrEnum):
    """How far one video of the queue is."""

    WAITING = "waiting"
    PREPARING = "preparing"
    RUNNING = "running"
    STOPPING = "stopping"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One video that is to be analyzed.

    `frames` are those still to be analyzed, about; None where that is not known. `reason` says why it failed; "" else.
    """

    sha256: str
    name: str
    settings: AnalysisSettings
    frames: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """How far the video is that is analyzed now; `fraction` in [0, 1] and `seconds_left` are None while unknown."""

    state: TurnState = TurnState.PREPARING
    fraction: float | None = None
    seconds_left: float | None = None


_HEADINGS = {
    QueueColumn.VIDEO: ("Video", "The videos that are analyzed one after the other, from top to bottom."),
    QueueColumn.STATE: ("State", "What is done with it, or why it failed."),
    QueueColumn.LEFT: ("Time left", "By the pace measured on this computer."),
}


class QueueModel(HeadedTable):
    """One row per video. The one that is analyzed now is the first; failed ones stay until they are taken away."""

    headings = tuple(_HEADINGS[column] for column in QueueColumn)

    changed = Signal()
    """Other videos, another order, another state: what is worth keeping, but not progress."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[QueueItem, ...] = ()
        self._current: str | None = None
        self._turn = Turn()
        self._paused = False
        self._pace = 1.0

    @property
    def items(self) -> tuple[QueueItem, ...]:
        """The queue in its order."""
        return self._items

    @property
    def current(self) -> QueueItem | None:
        """The video whose turn it is now."""
        return self.item(self._current)

    @property
    def waiting(self) -> tuple[QueueItem, ...]:
        """Videos whose turn will come."""
        return tuple(each for each in self._items if not each.reason and each.sha256 != self._current)

    @property
    def paused(self) -> bool:
        """Whether nothing new is begun."""
        return self._paused

    @property
    def turn(self) -> Turn:
        """How far the current video is."""
        return self._turn

    @property
    def seconds_left(self) -> float | None:
        """Until all is done, about; None where that cannot be told."""
        each = [self._seconds(item) for item in self._items if not item.reason]
        known = [seconds for seconds in each if seconds is not None]
        return sum(known) if known and len(known) == len(each) else None

    def item(self, sha256: str | None) -> QueueItem | None:
        """The entry of a video; None where it is not in the queue."""
        return next((each for each in self._items if each.sha256 == sha256), None)

    def place(self, sha256: str) -> int:
        """Place of a waiting video among those that wait, from 1; 0 where it does not wait."""
        return next((place for place, each in enumerate(self.waiting, 1) if each.sha256 == sha256), 0)

    def show(self, items: Iterable[QueueItem], *, paused: bool) -> None:
        """Take over a queue that was kept; what runs stays the first."""
        now = self.current
        kept = [] if now is None else [now]
        self._paused = paused and now is None
        self._set((*kept, *(each for each in items if each.sha256 != self._current)))

    def add(self, item: QueueItem, *, first: bool = False) -> None:
        """Put a video at the end, or before all that wait; an entry of the same video that does not run gives way."""
        if item.sha256 == self._current:
            return
        rest = [each for each in self._items if each.sha256 != item.sha256]
        place = (0 if self._current is None else 1) if first else len(rest) - sum(bool(each.reason) for each in rest)
        self._set((*rest[:place], item, *rest[place:]))

    def remove(self, sha256: str) -> None:
        """Take a video away that does not run."""
        if sha256 != self._current and self.item(sha256) is not None:
            self._set(each for each in self._items if each.sha256 != sha256)

    def move(self, sha256: str, step: int) -> None:
        """Move a waiting video up (-1) or down (1) among those that wait."""
        order = [each.sha256 for each in self.waiting]
        if sha256 not in order or not 0 <= order.index(sha256) + step < len(order):
            return
        other = order[order.index(sha256) + step]
        items = list(self._items)
        here, there = (next(i for i, each in enumerate(items) if each.sha256 == key) for key in (sha256, other))
        items[here], items[there] = items[there], items[here]
        self._set(items)

    def pause(self, paused: bool) -> None:
        """Begin nothing new, or go on."""
        if paused != self._paused:
            self._paused = paused
            self._set(self._items)

    def begin(self, sha256: str) -> None:
        """It is a video's turn now."""
        item = self.item(sha256)
        if item is not None and self._current is None:
            self._current, self._turn = sha256, Turn()
            self._set((replace(item, reason=""), *(each for each in self._items if each.sha256 != sha256)))

    def end(self, *, keep: bool = False, reason: str = "", frames: float | None = None) -> None:
        """The turn is over: the video leaves, stays as the first that waits, or, for a reason, as failed at the end.

        Parameters
        ----------
        keep : bool
            It stays.
        reason : str
            Why it failed.
        frames : float, optional
            How many frames of one that stays are still to be analyzed.
        """
        now, self._current = self.current, None
        rest = tuple(each for each in self._items if each is not now)
        if now is not None:
            failed = (replace(now, reason=reason),) if reason else ()
            left = now if frames is None else replace(now, frames=frames)
            rest = (left, *rest) if keep and not reason else (*rest, *failed)
        self._paused = self._paused and not all(each.reason for each in rest)
        self._set(rest)

    def amend(self, settings: AnalysisSettings) -> None:
        """Keep the settings that the analysis of now really has, so that it can be gone on with."""
        self._set(replace(each, settings=settings) if each.sha256 == self._current else each for each in self._items)

    def show_turn(self, turn: Turn) -> None:
        """Show how far the current video is."""
        self._turn = turn
        self._tell()

    def set_pace(self, seconds_per_frame: float) -> None:
        """Tell times by this pace."""
        if seconds_per_frame != self._pace:
            self._pace = seconds_per_frame
            self._tell()

    def clear(self) -> None:
        """Forget everything, as the case is closed."""
        self._current, self._paused = None, False
        self._set(())

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of videos."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one property of a cell."""
        item, column = self._items[index.row()], QueueColumn(index.column())
        text = self._text(item, column)
        answers: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: text,
            Qt.ItemDataRole.ToolTipRole: item.reason or item.name,
            Qt.ItemDataRole.AccessibleTextRole: f"{say(_HEADINGS[column][0])}: {text}",
            KEY_ROLE: item.sha256,
            FRACTION_ROLE: self._turn.fraction if item.sha256 == self._current else None,
        }
        return answers.get(role)

    def _tell(self) -> None:
        if self._items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._items) - 1, len(QueueColumn) - 1))

    def _set(self, items: Iterable[QueueItem]) -> None:
        self.beginResetModel()
        self._items = tuple(items)
        self.endResetModel()
        self.changed.emit()

    def _seconds(self, item: QueueItem) -> float | None:
        if item.sha256 == self._current and self._turn.seconds_left is not None:
            return self._turn.seconds_left
        return None if item.frames is None else item.frames * self._pace

    def _text(self, item: QueueItem, column: QueueColumn) -> str:
        if column is QueueColumn.VIDEO:
            return item.name
        if column is QueueColumn.STATE:
            return self._state(item)
        seconds = None if item.reason else self._seconds(item)
        return NOTHING if seconds is None else duration(seconds)

    def _state(self, item: QueueItem) -> str:
        if item.reason:
            return say("Failed: {reason}", reason=item.reason)
        if item.sha256 != self._current:
            return say("Paused") if self._paused else say("Waiting")
        return turn_words(self._turn)


def turn_words(turn: Turn) -> str:
    """What is done with the current video, in a few words."""
    if turn.state is TurnState.STOPPING:
        return say("Stopping…")
    if turn.state is TurnState.PREPARING or turn.fraction is None:
        return say("Preparing…")
    return say("Analyzing, {percent} %", percent=round(100 * turn.fraction))
