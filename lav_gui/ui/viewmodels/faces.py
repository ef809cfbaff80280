"""The gallery of faces, for Qt's table views: a row per face, with its picture and its state in words."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from lav_gui.ui.viewmodels.headed_table import HeadedTable, Index
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.ui.viewmodels.scene import Scene
from lav_gui.ui.viewmodels.thumbs import Thumb
from lav_gui.ui.viewmodels.tracks import FaceRow, face_rows
from lav_gui.ui.wording import NOTHING, interval, reason, say, score

SORT_ROLE = Qt.ItemDataRole.UserRole
TRACK_ROLE = Qt.ItemDataRole.UserRole + 1
"""Track id of a row."""
THUMB_ROLE = Qt.ItemDataRole.UserRole + 2
"""The face's `Thumb`, or None."""
STATE_ROLE = Qt.ItemDataRole.UserRole + 3
"""What is known of the face, in a few words."""


class Column(IntEnum):
    """Columns of the table."""

    FACE = 0
    SCORE = 1
    SEGMENTS = 2
    FRAMES = 3
    INTERVAL = 4
    SPAN = 5


_HEADINGS = {
    Column.FACE: ("Face", "Untick a face to leave it out of the analysis; this is logged in the case."),
    Column.SCORE: (
        "Score",
        "Fake probability of the face as a whole: its mean frame logit, calibrated. In brackets: not judged.",
    ),
    Column.INTERVAL: ("95 %", "Block-bootstrap interval of the score over time."),
    Column.FRAMES: ("Frames", "Analyzed frames in which the face was seen."),
    Column.SPAN: ("Seen in", "First and last analyzed frame."),
    Column.SEGMENTS: ("High", "Spans in which the smoothed curve stays high."),
}


class FacesModel(HeadedTable):
    """One row per face; the first column can be ticked."""

    headings = tuple(_HEADINGS[column] for column in Column)

    include_asked = Signal(int, bool)
    """Track id, and whether to include it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[FaceRow, ...] = ()
        self._editable = True
        self._meaningful = True
        self._thumbs: dict[int, Thumb] = {}
        self._here: frozenset[int] = frozenset()

    @property
    def rows(self) -> tuple[FaceRow, ...]:
        """The faces, by track id."""
        return self._rows

    def row_of(self, track_id: int | None) -> int | None:
        """Row of a face; None where it is not there."""
        return next((number for number, row in enumerate(self._rows) if row.track_id == track_id), None)

    def set_editable(self, editable: bool) -> None:
        """Whether faces may be left out."""
        self._editable = editable

    def show(self, judged: Judged | None) -> None:
        """Show the faces of a verdict."""
        rows = () if judged is None else face_rows(judged)
        self._meaningful = judged is not None and judged.facts.weights.trained
        if [row.track_id for row in rows] == [row.track_id for row in self._rows]:
            self._rows = rows
            self._tell_changed()
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def show_thumb(self, thumb: Thumb) -> None:
        """Show the picture of a face."""
        self._thumbs[thumb.track_id] = thumb
        self._tell_changed()

    def clear_thumbs(self) -> None:
        """Forget all pictures."""
        self._thumbs = {}
        self._tell_changed()

    def show_scene(self, scene: Scene) -> None:
        """Tell which faces are seen in the frame on screen."""
        here = frozenset(mark.track_id for mark in scene.marks)
        if here != self._here:
            self._here = here
            self._tell_changed()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of faces."""
        return 0 if parent.isValid() else len(self._rows)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's heading, which stands over its values, or its explanation."""
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Horizontal:
            return _alignment(Column(section))
        return super().headerData(section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == Column.FACE and self._editable:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one property of a cell."""
        row, column = self._rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == SORT_ROLE:
            return _sort_key(row, column)
        if role == TRACK_ROLE:
            return row.track_id
        if role == THUMB_ROLE:
            return self._thumbs.get(row.track_id)
        if role == STATE_ROLE:
            return self._state(row)
        if role == Qt.ItemDataRole.CheckStateRole and column is Column.FACE:
            return Qt.CheckState.Checked if row.included else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, column)
        return self._tip(row, column) if role == Qt.ItemDataRole.ToolTipRole else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask to include a face or to leave it out."""
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != Column.FACE:
            return False
        self.include_asked.emit(self._rows[index.row()].track_id, Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def _tell_changed(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(Column) - 1))

    def _spoken(self, row: FaceRow, column: Column) -> str:
        words = f"{say(_HEADINGS[column][0])}: {self._text(row, column)}"
        if column is Column.FACE:
            why = "" if row.unjudged is None else f". {reason(row.unjudged)}"
            return f"{words}, {self._state(row)}{why}"
        return f"{words}, {say('not judged')}" if column is Column.SCORE and row.unjudged is not None else words

    def _tip(self, row: FaceRow, column: Column) -> str | None:
        """The state and the picture of a face; in each column why it is not judged."""
        why = None if row.unjudged is None else reason(row.unjudged)
        if column is not Column.FACE:
            return why
        words, thumb = f"{self._text(row, column)}: {self._state(row)}", self._thumbs.get(row.track_id)
        if thumb is not None:
            words += f"; {say('picture of frame {index}', index=thumb.frame_index)}"
        return words if why is None else f"{words}\n{why}"

    def _state(self, row: FaceRow) -> str:
        words = [] if row.unjudged is None else [say("not judged")]
        if not row.included:
            words.append(say("left out"))
        elif row.unjudged is not None:
            pass
        elif not self._meaningful:
            words.append(say("untrained"))
        elif row.segment_count == 0:
            words.append(say("never high"))
        else:
            words.append(say("high once") if row.segment_count == 1 else say("high {n} times", n=row.segment_count))
        if row.track_id in self._here:
            words.append(say("here"))
        words.append(say("{count} frames", count=row.frame_count))
        return " · ".join(words)

    def _text(self, row: FaceRow, column: Column) -> str:
        if column is Column.FACE:
            return say("Face {number}", number=row.track_id)
        if column is Column.SCORE:
            return say("left out") if not row.included else _score_text(row)
        if column is Column.INTERVAL:
            return interval(row.interval if row.unjudged is None else None)
        if column is Column.FRAMES:
            return str(row.frame_count)
        if column is Column.SPAN:
            return f"{row.first_frame}–{row.last_frame}"
        return str(row.segment_count) if row.unjudged is None and row.included and self._meaningful else NOTHING


def _score_text(row: FaceRow) -> str:
    return score(row.fake_prob) if row.unjudged is None else f"({score(row.fake_prob)})"


def _alignment(column: Column) -> Qt.AlignmentFlag:
    """Numbers stand at the right."""
    side = Qt.AlignmentFlag.AlignLeft if column in (Column.FACE, Column.SPAN) else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


def _sort_key(row: FaceRow, column: Column) -> float:
    """What a column is sorted by: what is not judged comes below all that is, and what is left out below that."""
    low = 0.0 if row.unjudged is None else -2.0
    keys = {
        Column.FACE: row.track_id,
        Column.SCORE: -3.0 if row.fake_prob is None else low + row.fake_prob,
        Column.INTERVAL: -3.0 if row.interval is None else low + row.interval[0],
        Column.FRAMES: row.frame_count,
        Column.SPAN: row.first_frame,
        Column.SEGMENTS: row.segment_count if row.unjudged is None else low,
    }
    return float(keys[column])
