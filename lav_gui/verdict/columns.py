"""Frame results turned into columns, one table per face track."""

from array import array
from collections.abc import Iterable

import numpy as np

from lav_gui.records import FaceResult, FrameResult, TrackSeries

_COLUMNS = ("seconds", "logit", "face_px", "sharpness", "rgb", "noise", "interaction")


class _TrackTable:
    """Growing columns of one track; rows in the order in which they came."""

    __slots__ = ("frame_index", "values")

    def __init__(self, frame_index: "array[int] | None" = None, values: "array[float] | None" = None) -> None:
        self.frame_index = array("q") if frame_index is None else frame_index
        self.values = array("d") if values is None else values

    def copy(self) -> "_TrackTable":
        """The rows so far."""
        return _TrackTable(self.frame_index[:], self.values[:])

    def append(self, result: FrameResult, face: FaceResult) -> None:
        """Add one row."""
        parts = face.contributions
        measured = (np.nan, np.nan, np.nan) if parts is None else (parts.rgb, parts.noise, parts.interaction)
        self.frame_index.append(result.index)
        self.values.extend((result.seconds, face.logit, face.face_px, face.sharpness, *measured))

    def series(self, track_id: int) -> TrackSeries:
        """All rows by frame; of two rows of the same frame the later one."""
        index = np.array(self.frame_index, dtype=np.int64)
        table = np.array(self.values, dtype=np.float64).reshape(-1, len(_COLUMNS))
        order = np.argsort(index, kind="stable")
        is_last = np.append(index[order][1:] != index[order][:-1], True)
        rows = order[is_last]
        columns = {name: np.ascontiguousarray(table[rows, at]) for at, name in enumerate(_COLUMNS)}
        return TrackSeries(track_id=track_id, frame_index=index[rows], **columns)


class SeriesBuilder:
    """Collects frame results as they come and gives the tracks seen so far.

    Appending costs amortized O(faces) whatever came before; `series` costs O(rows), `copy` a hundredth of that.
    Frames may come in any order, as after a resume. A frame that comes again replaces its earlier rows of the
    same tracks.
    """

    def __init__(self, tables: dict[int, _TrackTable] | None = None) -> None:
        self._tables: dict[int, _TrackTable] = {} if tables is None else tables

    def copy(self) -> "SeriesBuilder":
        """What was collected so far, for another thread to make series of while this one goes on."""
        return SeriesBuilder({track_id: table.copy() for track_id, table in self._tables.items()})

    def append(self, result: FrameResult) -> None:
        """Take in one analyzed frame; one without a face changes nothing.

        Raises
        ------
        ValueError
            If one track has two faces in the frame.
        """
        ids = [face.track_id for face in result.faces]
        if len(set(ids)) != len(ids):
            raise ValueError(f"frame {result.index} has two faces of one track: {sorted(ids)}")
        for face in result.faces:
            self._tables.setdefault(face.track_id, _TrackTable()).append(result, face)

    def series(self) -> tuple[TrackSeries, ...]:
        """The tracks seen so far, by track id, each ordered by frame."""
        return tuple(self._tables[track_id].series(track_id) for track_id in sorted(self._tables))


def series_from(results: Iterable[FrameResult]) -> tuple[TrackSeries, ...]:
    """Columns of all tracks of a run.

    Parameters
    ----------
    results : iterable of FrameResult
        In any order.

    Returns
    -------
    tuple of TrackSeries
        By track id, each ordered by frame.
    """
    builder = SeriesBuilder()
    for result in results:
        builder.append(result)
    return builder.series()
