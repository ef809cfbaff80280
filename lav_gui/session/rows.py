"""Results to rows of the case file and back, exactly."""

import math
import sqlite3
from fractions import Fraction

import numpy as np

from lav_gui.records import Contributions, FaceResult, FrameResult, Gap
from lav_gui.session.codec import heatmap_from_bytes, heatmap_to_bytes
from lav_gui.session.database import Row

FRAME_COLUMNS = "frame_index, pts, time_base_numerator, time_base_denominator, picture_type, digest, too_small"
FACE_COLUMNS = (
    "track_id, box_left, box_top, box_right, box_bottom, detection_score, xx, xy, x0, yx, yy, y0, "
    "face_px, sharpness, logit, fake_prob, rgb, noise, interaction, baseline"
)

_ADD_FRAME = f"INSERT INTO frame (run_id, {FRAME_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_ADD_FACE = f"INSERT INTO face (run_id, frame_index, place, {FACE_COLUMNS}) VALUES ({', '.join('?' * 23)})"
_ADD_HEATMAP = "INSERT INTO heatmap (face_id, grid, data) VALUES (?, ?, ?)"
_ADD_GAP = "INSERT INTO gap (run_id, frame_index, pts, reason) VALUES (?, ?, ?, ?)"


def insert(connection: sqlite3.Connection, run_id: int, result: FrameResult | Gap) -> None:
    """Write one frame result with its faces and heatmaps, or one gap, inside a write transaction of the caller."""
    if isinstance(result, Gap):
        connection.execute(_ADD_GAP, (run_id, int(result.index), int(result.pts), result.reason))
        return
    base = result.time_base
    frame = (int(result.index), int(result.pts), base.numerator, base.denominator, result.picture_type, result.digest)
    connection.execute(_ADD_FRAME, (run_id, *frame, int(result.faces_too_small)))
    for place, face in enumerate(result.faces):
        added = connection.execute(_ADD_FACE, (run_id, int(result.index), place, *_face_row(face)))
        data = heatmap_to_bytes(face.heatmap)
        connection.execute(_ADD_HEATMAP, (added.lastrowid, face.heatmap.shape[0], data))


def frame_from_row(row: Row, faces: tuple[FaceResult, ...]) -> FrameResult:
    """A frame result of its `FRAME_COLUMNS` and its faces in order.

    Raises
    ------
    ValueError, TypeError
        If the row is damaged.
    """
    index, pts, numerator, denominator, picture_type, digest, too_small = row
    return FrameResult(index, pts, Fraction(numerator, denominator), picture_type, digest, faces, too_small)


def face_from_row(row: Row) -> FaceResult:
    """A face result of its `FACE_COLUMNS`, then the heatmap's grid and data.

    Raises
    ------
    ValueError, TypeError
        If the row is damaged.
    """
    left, top, right, bottom = (float(value) for value in row[1:5])
    face_px, sharpness, logit, fake_prob = (float(value) for value in row[12:16])
    grid, data = row[20:]
    return FaceResult(
        track_id=row[0],
        box_xyxy=(left, top, right, bottom),
        detection_score=None if row[5] is None else float(row[5]),
        frame_from_crop=np.array([float(value) for value in row[6:12]], dtype=np.float64).reshape(2, 3),
        face_px=face_px,
        sharpness=sharpness,
        logit=logit,
        fake_prob=fake_prob,
        heatmap=heatmap_from_bytes(data, grid),
        contributions=None if row[16] is None else Contributions(*(float(value) for value in row[16:20])),
    )


def _face_row(face: FaceResult) -> Row:
    shares = face.contributions
    measured = (None,) * 4 if shares is None else (shares.rgb, shares.noise, shares.interaction, shares.baseline)
    numbers = (
        *face.box_xyxy,
        face.detection_score,
        *face.frame_from_crop.ravel().tolist(),
        face.face_px,
        face.sharpness,
        face.logit,
        face.fake_prob,
        *measured,
    )
    return (int(face.track_id), *(_stored(number) for number in numbers))


def _stored(number: float | None) -> float | str | None:
    """A float as SQLite keeps it: NaN, which it would turn into NULL, as text; `float` reads both."""
    if number is None:
        return None
    return "nan" if math.isnan(number) else float(number)
