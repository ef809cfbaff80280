"""Which frames a report shows: for each face those that are high, in a high stretch, and spread in time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lav_gui.records import TrackVerdict

TRACKS_SHOWN = 4
FACES_SHOWN = 8
_MOST_PER_TRACK = 4
_SPREAD = 8
"""Two shown frames of a track are at least this part of its time apart."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One face to show; `smoothed` is the track's smoothed curve there."""

    track_id: int
    frame_index: int
    smoothed: float


def strongest(tracks: Sequence[TrackVerdict], least_seconds: float) -> tuple[Chosen, ...]:
    """The faces to show: the highest tracks first, each with its strongest frames in order of time.

    A frame is as strong as the lower one of its own value and the smoothed curve there: a single outlier in a low
    stretch is not shown as the strongest, nor a weak frame in a high stretch.

    Parameters
    ----------
    tracks : sequence of TrackVerdict
    least_seconds : float
        Least distance in time between two shown frames of a track.

    Returns
    -------
    tuple of Chosen
        At most 8 faces of at most 4 tracks; at least one of each of these.
    """
    highest = sorted(tracks, key=lambda track: (-track.track_logit, track.track_id))[:TRACKS_SHOWN]
    chosen: list[Chosen] = []
    for track in highest:
        rows = _spread_rows(track, least_seconds)[: min(_MOST_PER_TRACK, FACES_SHOWN // len(highest))]
        chosen += [
            Chosen(track.track_id, int(track.frame_index[row]), float(track.smoothed[row])) for row in sorted(rows)
        ]
    return tuple(chosen)


def _spread_rows(track: TrackVerdict, least_seconds: float) -> list[int]:
    """Rows of a track, strongest first, none nearer to another than allowed; at most four."""
    strength: NDArray[np.float64] = np.minimum(track.curve, track.smoothed)
    apart = max(least_seconds, float(track.seconds[-1] - track.seconds[0]) / _SPREAD)
    free = np.ones(len(strength), dtype=bool)
    rows: list[int] = []
    while free.any() and len(rows) < _MOST_PER_TRACK:
        row = int(np.argmax(np.where(free, strength, -1.0)))
        rows.append(row)
        free &= np.abs(track.seconds - track.seconds[row]) >= apart
        free[row] = False
    return rows
