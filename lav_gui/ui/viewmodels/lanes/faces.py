"""Where faces were seen: present, out of sight, too small to be analyzed, or none at all."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lav_gui.ui.viewmodels.lanes.spans import NO_SPANS, Mask, Spans, spans_where
from lav_gui.ui.viewmodels.results import Judged

Frames = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class FaceRowSpans:
    """One face: where it was seen, and where it was out of sight between its first and last frame."""

    track_id: int
    present: Spans
    lost: Spans


@dataclass(frozen=True, slots=True, eq=False)
class FaceSpans:
    """All faces by track id, and the analyzed frames that show none, or one that is too small."""

    rows: tuple[FaceRowSpans, ...] = ()
    empty: Spans = NO_SPANS
    small: Spans = NO_SPANS


NO_FACES = FaceSpans()


def face_spans(judged: Judged | None) -> FaceSpans:
    """Where the faces of a run were seen, told by its analyzed frames alone."""
    if judged is None:
        return NO_FACES
    tracks = [(track.track_id, track.frame_index) for track in judged.verdict.tracks]
    with_face = [frames for _, frames in tracks] + [series.frame_index for series in judged.measured]
    count = 1 + max(
        (int(frames[-1]) for frames in (judged.analyzed, judged.small, *with_face) if len(frames)), default=-1
    )
    shows_face, shows_small = _marked(count, with_face), _marked(count, [judged.small])
    is_analyzed = _marked(count, [judged.analyzed]) | shows_face | shows_small
    analyzed = np.flatnonzero(is_analyzed)
    small, empty = shows_small[analyzed], ~(shows_face | shows_small)[analyzed]
    rows = tuple(_row(track_id, frames, is_analyzed) for track_id, frames in tracks)
    return FaceSpans(rows, spans_where(analyzed, empty), spans_where(analyzed, small))


def _marked(count: int, lists: Iterable[Frames]) -> Mask:
    """Which of the first `count` frames are in one of some lists."""
    mask = np.zeros(count, np.bool_)
    for frames in lists:
        mask[frames] = True
    return mask


def _row(track_id: int, frames: Frames, is_analyzed: Mask) -> FaceRowSpans:
    first, last = int(frames[0]), int(frames[-1])
    here = first + np.flatnonzero(is_analyzed[first : last + 1])
    present = _marked(last - first + 1, [frames - first])[here - first]
    return FaceRowSpans(track_id, spans_where(here, present), spans_where(here, ~present))
