"""The analysis as CSV (RFC 4180, UTF-8): one row per face and frame, one for a frame without a face, one for a gap.

Columns
-------
row : "face", "no_face" or "gap"
frame_index, pts, pts_seconds : which frame, as in the packet index of the file
picture_type, frame_sha256 : type and digest of the decoded picture; empty for a gap
track_id : the face's number, after the examiner's edits
box_left, box_top, box_right, box_bottom : edges of the box in upright stored pixels
detection_score : the detector's confidence; empty where the box was carried on between detections
face_px, sharpness : shorter side of the box in display pixels; variance of the Laplacian of the crop
logit, fake_prob : raw logit; sigmoid of the calibrated one
rgb, noise, interaction, baseline : stream contributions in logit units; empty where not measured
reason : why a gap is one

Floats are written with all their digits: reading them gives the very numbers.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from fractions import Fraction
from heapq import merge
from typing import IO

from lav_gui.records import FaceResult, FrameResult, Gap

COLUMNS = (
    "row",
    "frame_index",
    "pts",
    "pts_seconds",
    "picture_type",
    "frame_sha256",
    "track_id",
    "box_left",
    "box_top",
    "box_right",
    "box_bottom",
    "detection_score",
    "face_px",
    "sharpness",
    "logit",
    "fake_prob",
    "rgb",
    "noise",
    "interaction",
    "baseline",
    "reason",
)
_FACE_CELLS = COLUMNS.index("reason") - COLUMNS.index("track_id")

Cell = str | int | float | None


def write_csv(stream: IO[bytes], results: Iterable[FrameResult], gaps: Iterable[Gap], time_base: Fraction) -> None:
    """Write the table, ordered by frame; rows are written as they come.

    Parameters
    ----------
    stream : binary file
    results : iterable of FrameResult
        In increasing order of frame index.
    gaps : iterable of Gap
        In increasing order of frame index.
    time_base : Fraction
        Seconds per unit of PTS, for the gaps.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    table = csv.writer(text)
    table.writerow(COLUMNS)
    items: Iterator[FrameResult | Gap] = merge(results, gaps, key=_index)
    for item in items:
        if isinstance(item, Gap):
            table.writerow(_gap_row(item, time_base))
        else:
            table.writerows(_frame_rows(item))
    text.detach()


def _index(item: FrameResult | Gap) -> int:
    return item.index


def _gap_row(gap: Gap, time_base: Fraction) -> tuple[Cell, ...]:
    return ("gap", gap.index, gap.pts, float(gap.pts * time_base), "", "", *("",) * _FACE_CELLS, gap.reason)


def _frame_rows(result: FrameResult) -> Iterator[tuple[Cell, ...]]:
    frame = (result.index, result.pts, result.seconds, result.picture_type, result.digest)
    if not result.faces:
        yield ("no_face", *frame, *("",) * _FACE_CELLS, "")
    for face in result.faces:
        yield ("face", *frame, *_face_cells(face), "")


def _face_cells(face: FaceResult) -> tuple[Cell, ...]:
    parts = face.contributions
    contributions = ("",) * 4 if parts is None else (parts.rgb, parts.noise, parts.interaction, parts.baseline)
    return (
        face.track_id,
        *face.box_xyxy,
        face.detection_score,
        face.face_px,
        face.sharpness,
        face.logit,
        face.fake_prob,
        *contributions,
    )
