"""The printed part of the frame results: so many rows that the table stays readable, evenly over the video."""

from collections.abc import Iterable

from lav_gui.records import FrameResult
from lav_gui.report.record import FrameRow, FrameTable

ROWS_PRINTED = 150


def frame_table(results: Iterable[FrameResult], rows_in_all: int, frames_in_all: int) -> FrameTable:
    """Rows of every n-th analyzed frame, n such that about 150 are left; only these are held.

    Parameters
    ----------
    results : iterable of FrameResult
        All frames of the run.
    rows_in_all : int
        How many rows the whole table would have: one per face, one per frame without a face.
    frames_in_all : int
    """
    stride = max(1, -(-rows_in_all // ROWS_PRINTED))
    rows: list[FrameRow] = []
    for at, result in enumerate(results):
        if at % stride == 0:
            rows += _rows(result)
    return FrameTable(tuple(rows), stride, frames_in_all)


def _rows(result: FrameResult) -> list[FrameRow]:
    frame = (result.index, result.pts, result.seconds, result.picture_type, result.digest)
    if not result.faces:
        return [FrameRow(*frame, None, None, None, None)]
    return [FrameRow(*frame, face.track_id, face.face_px, face.logit, face.fake_prob) for face in result.faces]
