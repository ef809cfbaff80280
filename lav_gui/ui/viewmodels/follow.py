"""Where a face is at a moment, smoothed over time: what keeps it large and still while the video moves."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lav_gui.records import FaceResult, Frame, FrameResult
from lav_gui.ui.viewmodels.results import ResultsModel
from lav_gui.ui.viewmodels.tracks import name_at

HALF_WIDTH_SECONDS = 0.4
"""Places of the face are averaged over at least this long before and after a moment."""

FARTHEST_SECONDS = 5.0
"""A place farther off tells nothing of where the face is."""

MOST_SIDE = 12
"""Analyzed frames looked at on each side, at most."""

SIDE_OVER_BOX = 1.8
"""What fills the pane is a square of this many times the longer side of the face's box."""


@dataclass(frozen=True, slots=True)
class Follow:
    """A square of the frame about a face: its middle in frame pixels, its side in pixel rows.

    `seen` tells whether the face is there at this moment; else its nearest known place is shown.
    """

    track_id: int
    x: float
    y: float
    side: float
    seen: bool


def follow_face(results: ResultsModel, track_id: int, frame: Frame, aspect: float) -> Follow | None:
    """Where a face is in a frame; None where it is nowhere near.

    The middle and the logarithm of the side are each a line, fitted by least squares to the face's boxes about the
    moment and weighted by their distance in presentation time (Cleveland 1979); so analyzed and other frames are
    treated alike, and a frame rate that varies does no harm.

    Parameters
    ----------
    results : ResultsModel
    track_id : int
        The face, after the examiner's edits.
    frame : Frame
        On screen.
    aspect : float
        Width of a stored pixel over its height.

    Raises
    ------
    LavError
        If the case cannot be read.
    """
    before = list(_places(results, track_id, frame, aspect, -1))
    after = list(_places(results, track_id, frame, aspect, 1))
    places = np.array(before + after, dtype=np.float64).reshape(-1, 4)  # seconds from now, x, y, log side
    if not len(places):
        return None
    seen = bool(before and after) or float(np.abs(places[:, 0]).min()) == 0.0
    if not seen:
        _, x, y, log_side = places[np.abs(places[:, 0]).argmin()]
    else:
        x, y, log_side = _value_now(places)
    return Follow(track_id, float(x), float(y), float(np.exp(log_side)) * SIDE_OVER_BOX, seen)


def _value_now(places: np.ndarray) -> np.ndarray:
    """The fitted lines' values at time 0, of shape (3,)."""
    times, values = places[:, 0], places[:, 1:]
    nearest = [np.abs(side).min() for side in (times[times <= 0], times[times >= 0]) if len(side)]
    reach = max(HALF_WIDTH_SECONDS, 1.2 * max(nearest))
    weights = (1 - np.minimum(np.abs(times) / reach, 1) ** 3) ** 3
    mean = weights @ values / weights.sum()
    middle = weights @ times / weights.sum()
    spread = weights @ (times - middle) ** 2
    if spread < 1e-9:
        return np.asarray(mean)
    slope = (weights * (times - middle)) @ values / spread
    return np.asarray(mean - slope * middle)


def _places(
    results: ResultsModel, track_id: int, frame: Frame, aspect: float, step: int
) -> Iterator[tuple[float, float, float, float]]:
    """The face's places before (-1, with the frame itself) or after (1) a frame, nearest first."""
    index = results.analyzed_before(frame.index) if step < 0 else results.analyzed_after(frame.index)
    found = 0
    for _ in range(MOST_SIDE):
        result = None if index is None else results.find(index)
        if index is None or result is None:
            return
        seconds = result.seconds - frame.seconds
        if abs(seconds) > (HALF_WIDTH_SECONDS if found else FARTHEST_SECONDS):
            return
        face = _face_in(results, result, track_id)
        if face is not None:
            found += 1
            left, top, right, bottom = face.box_xyxy
            side = max((right - left) * aspect, bottom - top)
            yield seconds, (left + right) / 2, (top + bottom) / 2, float(np.log(side))
        index = results.analyzed_before(index - 1) if step < 0 else results.analyzed_after(index)


def _face_in(results: ResultsModel, result: FrameResult, track_id: int) -> FaceResult | None:
    edits = () if results.facts is None else results.facts.edits
    of_track = (face for face in result.faces if name_at(face.track_id, result.index, edits) == track_id)
    return next(of_track, None)
