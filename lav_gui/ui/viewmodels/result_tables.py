"""The timeline as tables: every span that stays high, and every face; to sort, copy, and hear read out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from lav_gui.records import Segment, TrackVerdict
from lav_gui.ui.viewmodels.headed_table import HeadedTable, Index
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.ui.wording import NOTHING, interval, say, score, short_clock, signed

SORT_ROLE = Qt.ItemDataRole.UserRole
PLACE_ROLE = Qt.ItemDataRole.UserRole + 1
"""`Place` of a row."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a row stands for: a face, its first and last frame here, and the frame that is worth seeing."""

    track_id: int
    first: int
    last: int
    peak: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its place, and per column the text and what it is sorted by."""

    place: Place
    texts: tuple[str, ...]
    keys: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TableKind:
    """What a table holds: its title, its columns' headings and explanations, and how its rows are made."""

    title: str
    headings: tuple[tuple[str, str], ...]
    rows: Callable[[Judged], tuple[Row, ...]]


def segment_rows(judged: Judged) -> tuple[Row, ...]:
    """Every span in which a face stays high, in order of time; none where the weights are untrained."""
    tracks = judged.verdict.tracks if judged.facts.weights.trained else ()
    pairs = [(track, segment) for track in tracks for segment in track.segments]
    return tuple(_segment_row(*pair) for pair in sorted(pairs, key=lambda pair: pair[1].first_frame))


def _segment_row(track: TrackVerdict, segment: Segment) -> Row:
    length = segment.last_seconds - segment.first_seconds
    return Row(
        Place(track.track_id, segment.first_frame, segment.last_frame, segment.peak_frame),
        (
            str(track.track_id),
            f"{segment.first_frame}–{segment.last_frame}",
            score(segment.peak_fake_prob),
            str(segment.peak_frame),
            short_clock(segment.first_seconds, tenths=True),
            f"{length:.2f}",
        ),
        (
            track.track_id,
            segment.first_frame,
            segment.peak_fake_prob,
            segment.peak_frame,
            segment.first_seconds,
            length,
        ),
    )


def track_rows(judged: Judged) -> tuple[Row, ...]:
    """Every judged face, by number."""
    return tuple(_track_row(track) for track in judged.verdict.tracks)


def _track_row(track: TrackVerdict) -> Row:
    streams = (track.rgb, track.noise, track.interaction)
    return Row(
        Place(track.track_id, track.first_frame, track.last_frame, track.strongest_frame),
        (
            str(track.track_id),
            f"{track.first_frame}–{track.last_frame}",
            score(track.fake_prob),
            interval(track.interval),
            str(track.frame_count),
            str(len(track.segments)),
            str(track.strongest_frame),
            *(NOTHING if value is None else signed(value) for value in streams),
        ),
        (
            *(track.track_id, track.first_frame, track.fake_prob, track.interval[0], track.frame_count),
            *(len(track.segments), track.strongest_frame),
            *(float("-inf") if value is None else value for value in streams),
        ),
    )


SEGMENTS = TableKind(
    "Spans that stay high",
    (
        ("Face", "Number of the face."),
        ("Frames", "First and last frame of the span."),
        ("Peak", "Highest smoothed fake probability in it."),
        ("At", "Frame of the peak."),
        ("From", "Presentation time of its first frame."),
        ("Seconds", "How long it lasts."),
    ),
    segment_rows,
)

TRACKS = TableKind(
    "Faces over time",
    (
        ("Face", "Number of the face."),
        ("Frames", "First and last analyzed frame in which it is seen."),
        ("Score", "Fake probability of the face as a whole: its mean frame logit, calibrated."),
        ("95 %", "Block-bootstrap interval of the score over time."),
        ("Seen", "Analyzed frames in which it was seen."),
        ("High", "Spans in which the smoothed curve stays high."),
        ("Peak at", "Frame of the highest smoothed value."),
        ("RGB", "Mean contribution of the RGB stream, in logit units."),
        ("Noise", "Mean contribution of the noise stream, in logit units."),
        ("Together", "What only both streams together add, in logit units."),
    ),
    track_rows,
)


class ResultTable(HeadedTable):
    """The rows of one kind for the run on screen.

    Parameters
    ----------
    kind : TableKind
    parent : QObject, optional
    """

    filled = Signal()
    """Other rows."""

    def __init__(self, kind: TableKind, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kind, self.headings = kind, kind.headings
        self._rows: tuple[Row, ...] = ()

    def show_judged(self, judged: Judged | None) -> None:
        """Take the rows of a verdict; the same rows change nothing."""
        rows = () if judged is None else self.kind.rows(judged)
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            self.filled.emit()

    def words(self, rows: Sequence[int]) -> str:
        """Some rows as lines of tab-separated values under their headings, for a spreadsheet."""
        lines = [[say(heading) for heading, _ in self.headings]]
        lines += [list(self._rows[row].texts) for row in rows]
        return "\n".join("\t".join(line) for line in lines)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one property of a cell."""
        row, column = self._rows[index.row()], index.column()
        answers: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: row.texts[column],
            Qt.ItemDataRole.AccessibleTextRole: f"{say(self.headings[column][0])}: {row.texts[column]}",
            SORT_ROLE: row.keys[column],
            PLACE_ROLE: row.place,
        }
        return answers.get(role)
