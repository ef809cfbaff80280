"""The results of a run: written as they come, read back one by one, as a stream, or as columns."""

import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lav_gui.errors import SessionError
from lav_gui.records import FaceResult, FrameResult, Gap, TrackSeries
from lav_gui.records.arrays import frozen_array
from lav_gui.session.base import CasePart
from lav_gui.session.codec import heatmap_from_bytes, utc_text
from lav_gui.session.database import Database, Row
from lav_gui.session.rows import FACE_COLUMNS, FRAME_COLUMNS, face_from_row, frame_from_row, insert
from lav_gui.steps import run_to_end

_COMMIT_SECONDS = 1.0
_CHUNK_FRAMES = 256
PIECE_ROWS = 500  # small enough that Python reuses their memory: faster than all at once
_PIECE_INDICES = 20_000
_EXACT = float(1 << 53)
_VALUES = ("logit", "face_px", "sharpness", "rgb", "noise", "interaction")


@dataclass(frozen=True, slots=True, eq=False)
class SeriesRows:
    """All faces of a run as columns of length N, ordered by track, then frame.

    Attributes
    ----------
    track_id, frame_index : ndarray of shape (N,), int64
    seconds, logit, face_px, sharpness : ndarray of shape (N,), float64
    rgb, noise, interaction : ndarray of shape (N,), float64
        In logit units; NaN where not measured.
    """

    track_id: NDArray[np.int64]
    frame_index: NDArray[np.int64]
    seconds: NDArray[np.float64]
    logit: NDArray[np.float64]
    face_px: NDArray[np.float64]
    sharpness: NDArray[np.float64]
    rgb: NDArray[np.float64]
    noise: NDArray[np.float64]
    interaction: NDArray[np.float64]

    def __post_init__(self) -> None:
        n = len(self.track_id)
        for name in ("track_id", "frame_index"):
            object.__setattr__(self, name, frozen_array(name, getattr(self, name), (n,), np.int64))
        for name in ("seconds", *_VALUES):
            object.__setattr__(self, name, frozen_array(name, getattr(self, name), (n,), np.float64))

    def __len__(self) -> int:
        return len(self.track_id)


class ResultPart(CasePart):
    """Writing and reading frame results.

    With WAL each result is committed as it comes, which outlives a kill of the process, and at least once a second
    the disk is waited for, which outlives a power cut. Without WAL, where each commit waits for the disk, results are
    gathered for up to a second; `flush` writes them at once.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._pending: dict[tuple[int, int], FrameResult | Gap] = {}
        self._commit_due = 0.0
        self._sync_due = 0.0

    def append(self, run_id: int, result: FrameResult | Gap) -> None:
        """Write one result of a run that this case started.

        Raises
        ------
        SessionError
            If the run was not started here, the frame has its result, or the disk is full. After a full disk the
            results that were not written yet are kept in memory and tried again with the next call.
        """
        with self._database.lock:
            self._database.require_writable()
            if run_id not in self._held:
                raise SessionError(f"Run {run_id} of {self._database.path.name} is not running here; start it first.")
            key = (run_id, int(result.index))
            if key in self._pending or self._is_done(*key):
                raise SessionError(
                    f"Frame {key[1]} has its result in run {run_id} of {self._database.path.name} already;"
                    " start another run."
                )
            self._pending[key] = result
            if time.monotonic() >= self._commit_due:
                self.flush()

    def flush(self) -> None:
        """Write what was appended and is not in the file yet.

        Raises
        ------
        SessionError
            If the file cannot be written.
        """
        with self._database.lock:
            if not self._pending:
                return
            now = time.monotonic()
            durable = now >= self._sync_due
            with self._database.write(durable=durable) as connection:
                for (run_id, _), result in self._pending.items():
                    insert(connection, run_id, result)
                if durable:
                    stamp = utc_text()
                    for run_id in {run_id for run_id, _ in self._pending}:
                        connection.execute("UPDATE run SET touched = ? WHERE run_id = ?", (stamp, run_id))
            self._pending.clear()
            if durable:
                self._sync_due = now + _COMMIT_SECONDS
            if not self._database.wal:
                self._commit_due = now + _COMMIT_SECONDS

    def done_indices(self, run_id: int) -> NDArray[np.int64]:
        """Frame indices that have a result or are a gap, shape (D,), int64, increasing."""
        return run_to_end(self.done_index_steps(run_id))

    def done_index_steps(self, run_id: int) -> Generator[None, None, NDArray[np.int64]]:
        """`done_indices` step by step, as `series_row_steps`."""
        return (
            yield from self._index_steps(
                "SELECT frame_index FROM frame WHERE run_id = ?1"
                " UNION SELECT frame_index FROM gap WHERE run_id = ?1 ORDER BY frame_index",
                run_id,
            )
        )

    def frame_result(self, run_id: int, index: int) -> FrameResult | None:
        """The result of one frame, or None where there is none (not analyzed yet, or a gap)."""
        return next(self._results(run_id, int(index), int(index)), None)

    def results(self, run_id: int) -> Iterator[FrameResult]:
        """All results of a run by increasing frame index, read in pieces: memory stays bounded, nobody is held up.

        Raises
        ------
        SessionError
            If the file is damaged.
        """
        return self._results(run_id, 0, np.iinfo(np.int64).max)

    def gaps(self, run_id: int) -> tuple[Gap, ...]:
        """The packets of a run that yield no picture, by increasing frame index."""
        found = self._read("SELECT frame_index, pts, reason FROM gap WHERE run_id = ? ORDER BY frame_index", (run_id,))
        return tuple(Gap(*row) for row in found)

    def frames_with_small_faces(self, run_id: int) -> tuple[int, ...]:
        """Analyzed frames that show a face below the smallest size that is analyzed, increasing."""
        return tuple(run_to_end(self.small_face_steps(run_id)).tolist())

    def small_face_steps(self, run_id: int) -> Generator[None, None, NDArray[np.int64]]:
        """`frames_with_small_faces` step by step, shape (S,), int64; as `series_row_steps`."""
        sql = "SELECT frame_index FROM frame WHERE run_id = ?1 AND too_small > 0 ORDER BY frame_index"
        return (yield from self._index_steps(sql, run_id))

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several readings that see one and the same state of a run, whatever another process writes meanwhile."""
        with self._database.lock:
            self.flush()
            with self._database.snapshot():
                yield

    def face_count(self, run_id: int) -> int:
        """How many rows `series_rows` has."""
        return int(self._read("SELECT count(*) FROM face WHERE run_id = ?", (run_id,))[0][0])

    def heatmap(self, run_id: int, frame_index: int, track_id: int) -> NDArray[np.float16] | None:
        """The heatmap of one face, shape (G, G), float16, in [0, 1]; None where there is no such face."""
        found = self._read(
            "SELECT heatmap.data, grid FROM face JOIN heatmap USING (face_id)"
            " WHERE run_id = ? AND frame_index = ? AND track_id = ?",
            (run_id, int(frame_index), int(track_id)),
        )
        with self._decoding():
            return heatmap_from_bytes(*found[0]) if found else None

    def series_rows(self, run_id: int) -> SeriesRows:
        """All faces of a run as columns, without heatmaps, in one query."""
        return run_to_end(self.series_row_steps(run_id))

    def series_row_steps(self, run_id: int) -> Generator[None, None, SeriesRows]:
        """`series_rows` step by step: reading a long run can be stopped at each yield.

        Until the end nobody else can use this case object; use one of its own for it.
        """
        sql = (
            f"SELECT track_id, frame_index, pts, time_base_numerator, time_base_denominator, {', '.join(_VALUES)}"
            " FROM face JOIN frame USING (run_id, frame_index) WHERE run_id = ?"
        )
        with self._database.lock, self._decoding():
            self.flush()
            pieces = []
            for rows in self._database.pieces(sql, (run_id,), PIECE_ROWS):
                pieces.append(_columns(rows))
                yield None
            track_id, frame_index, seconds, *values = (
                np.concatenate(column) for column in zip(_columns([]), *pieces, strict=True)
            )
            order = np.lexsort((frame_index, track_id))
            named = {name: column[order] for name, column in zip(_VALUES, values, strict=True)}
            return SeriesRows(track_id[order], frame_index[order], seconds[order], **named)

    def series(self, run_id: int) -> tuple[TrackSeries, ...]:
        """One series per track of a run, ordered by track id."""
        return run_to_end(self.series_steps(run_id))

    def series_steps(self, run_id: int) -> Generator[None, None, tuple[TrackSeries, ...]]:
        """`series` step by step, as `series_row_steps`."""
        rows = yield from self.series_row_steps(run_id)
        tracks, starts = np.unique(rows.track_id, return_index=True)
        bounds = [*starts.tolist(), len(rows)]
        return tuple(
            TrackSeries(
                int(track),
                rows.frame_index[start:end],
                rows.seconds[start:end],
                **{name: getattr(rows, name)[start:end] for name in _VALUES},
            )
            for track, (start, end) in zip(tracks, pairwise(bounds), strict=True)
        )

    def _read(self, sql: str, parameters: tuple[int, ...]) -> list[Row]:
        """Rows of a query that also sees what was appended here a moment ago."""
        with self._database.lock:
            self.flush()
            return self._database.rows(sql, parameters)

    def _index_steps(self, sql: str, run_id: int) -> Generator[None, None, NDArray[np.int64]]:
        with self._database.lock:
            self.flush()
            pieces = [np.empty(0, np.int64)]
            for rows in self._database.pieces(sql, (run_id,), _PIECE_INDICES):
                pieces.append(np.fromiter((index for (index,) in rows), dtype=np.int64, count=len(rows)))
                yield None
            return np.concatenate(pieces)

    def _is_done(self, run_id: int, index: int) -> bool:
        tables = ("frame", "gap")
        found = (f"SELECT 1 FROM {table} WHERE run_id = ?1 AND frame_index = ?2" for table in tables)
        return bool(self._database.rows(" UNION ALL ".join(found), (run_id, index)))

    def _results(self, run_id: int, first: int, last: int) -> Iterator[FrameResult]:
        while first <= last:
            frames = self._read(
                f"SELECT {FRAME_COLUMNS} FROM frame WHERE run_id = ? AND frame_index BETWEEN ? AND ?"
                " ORDER BY frame_index LIMIT ?",
                (run_id, first, last, _CHUNK_FRAMES),
            )
            if not frames:
                return
            end = frames[-1][0]
            faces = self._faces(run_id, first, end)
            with self._decoding():
                chunk = [frame_from_row(row, tuple(faces.get(row[0], ()))) for row in frames]
            yield from chunk
            first = end + 1

    def _faces(self, run_id: int, first: int, last: int) -> dict[int, list[FaceResult]]:
        found = self._read(
            f"SELECT frame_index, {FACE_COLUMNS}, grid, data FROM face JOIN heatmap USING (face_id)"
            " WHERE run_id = ? AND frame_index BETWEEN ? AND ? ORDER BY frame_index, place",
            (run_id, first, last),
        )
        faces: dict[int, list[FaceResult]] = {}
        with self._decoding():
            for index, *row in found:
                faces.setdefault(index, []).append(face_from_row(tuple(row)))
        return faces


def _columns(rows: list[Row]) -> tuple[NDArray[Any], ...]:
    """Rows of the query of `series_rows` as columns: track, frame, seconds, then `_VALUES`. NULL becomes NaN."""
    whole = 5
    columns = tuple(zip(*rows, strict=True)) or ((),) * (whole + len(_VALUES))
    track_id, frame_index, *time_facts = (np.array(column, dtype=np.int64) for column in columns[:whole])
    values = (np.array(column, dtype=np.float64) for column in columns[whole:])
    return track_id, frame_index, _seconds(*time_facts), *values


def _seconds(
    pts: NDArray[np.int64], numerator: NDArray[np.int64], denominator: NDArray[np.int64]
) -> NDArray[np.float64]:
    """``float(pts * Fraction(numerator, denominator))`` of each row, rounded in the same way, shape (N,)."""
    product = pts.astype(np.float64) * numerator
    if np.all(np.abs(product) < _EXACT) and np.all(denominator < _EXACT):  # then one rounding, in the division
        return np.asarray(product / denominator)
    rows = zip(pts.tolist(), numerator.tolist(), denominator.tolist(), strict=True)
    return np.array([float(p * Fraction(n, d)) for p, n, d in rows], dtype=np.float64)
