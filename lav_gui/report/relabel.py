"""Frame results under the numbers that the faces bear after the examiner's edits."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from lav_gui.records import FaceResult, FrameResult, TrackSeries


def relabeled(results: Iterable[FrameResult], series: Sequence[TrackSeries]) -> Iterator[FrameResult]:
    """Give each face the number of the track that it belongs to now; measurements stay as they are.

    Parameters
    ----------
    results : iterable of FrameResult
        As measured.
    series : sequence of TrackSeries
        After the edits. A face that is in none of them was left out and keeps its number.

    Yields
    ------
    FrameResult
    """
    for result in results:
        faces = tuple(_renumbered(result.index, face, series) for face in result.faces)
        yield result if faces == result.faces else replace(result, faces=faces)


def _renumbered(frame_index: int, face: FaceResult, series: Sequence[TrackSeries]) -> FaceResult:
    owners = [track.track_id for track in series if _holds(track, frame_index, face.logit)]
    if not owners or face.track_id in owners:
        return face
    return replace(face, track_id=owners[0])


def _holds(track: TrackSeries, frame_index: int, logit: float) -> bool:
    """Whether this very measurement is in a track: same frame, same logit to the last bit."""
    row = int(np.searchsorted(track.frame_index, frame_index))
    return row < len(track) and int(track.frame_index[row]) == frame_index and float(track.logit[row]) == logit
