"""Which face a measured track is after the examiner's edits, and the table of faces."""

from collections.abc import Sequence
from dataclasses import dataclass

from lav_gui.records import Reason, Verdict
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.verdict.edits import EditKind, TrackEdit

LARGEST_TO_COME = 9_999
"""Largest number that the tracker of a run that goes on is thought to give."""


@dataclass(frozen=True, slots=True)
class FaceRow:
    """One face of the video as the table shows it.

    `fake_prob` and `interval` are None where the face is left out. `unjudged` is why it has no part in the verdict,
    None where it has.
    """

    track_id: int
    included: bool
    fake_prob: float | None
    interval: tuple[float, float] | None
    frame_count: int
    first_frame: int
    last_frame: int
    segment_count: int
    strongest_frame: int
    unjudged: Reason | None = None


def name_at(track_id: int, frame_index: int, edits: Sequence[TrackEdit]) -> int:
    """The face that a measured track is in a frame, after merges and splits."""
    name = track_id
    for edit in edits:
        if edit.kind is EditKind.MERGE and name == edit.other:
            name = edit.track_id
        elif edit.kind is EditKind.SPLIT and name == edit.track_id and edit.other is not None:
            name = edit.other if edit.frame_index is not None and frame_index >= edit.frame_index else name
    return name


def left_out(edits: Sequence[TrackEdit]) -> frozenset[int]:
    """Faces that the examiner left out."""
    return frozenset(edit.track_id for edit in edits if edit.kind is EditKind.EXCLUDE)


def free_name(judged: Judged, *, ended: bool = True) -> int:
    """The lowest face number above all that are in use; while the run can go on, above all that it may still give."""
    used = [series.track_id for series in judged.measured]
    used += [number for edit in judged.facts.edits for number in (edit.track_id, edit.other) if number is not None]
    return max(used + ([0] if ended else [LARGEST_TO_COME])) + 1


def chief_face(verdict: Verdict | None) -> int | None:
    """The face that is shown while none is selected: the judged one with the highest score; where none is, of all."""
    tracks = () if verdict is None else verdict.tracks
    silent = set() if verdict is None else {track_id for track_id, _ in verdict.unjudged}
    tracks = tuple(track for track in tracks if track.track_id not in silent) or tracks
    return max(tracks, key=lambda track: track.fake_prob).track_id if tracks else None


def face_rows(judged: Judged) -> tuple[FaceRow, ...]:
    """Every face, those left out too, by track id."""
    unjudged = dict(judged.verdict.unjudged)
    rows = [
        FaceRow(
            track_id=track.track_id,
            included=True,
            fake_prob=track.fake_prob,
            interval=track.interval,
            frame_count=track.frame_count,
            first_frame=track.first_frame,
            last_frame=track.last_frame,
            segment_count=len(track.segments),
            strongest_frame=track.strongest_frame,
            unjudged=unjudged.get(track.track_id),
        )
        for track in judged.verdict.tracks
    ]
    rows += _rows_left_out(judged)
    return tuple(sorted(rows, key=lambda row: row.track_id))


def _rows_left_out(judged: Judged) -> list[FaceRow]:
    edits, unjudged = judged.facts.edits, dict(judged.verdict.unjudged)
    frames: dict[int, list[int]] = {track_id: [] for track_id in left_out(edits)}
    for series in judged.measured if frames else ():
        for index in series.frame_index:
            name = name_at(series.track_id, int(index), edits)
            if name in frames:
                frames[name].append(int(index))
    return [
        FaceRow(
            track_id=track_id,
            included=False,
            fake_prob=None,
            interval=None,
            frame_count=len(seen),
            first_frame=min(seen),
            last_frame=max(seen),
            segment_count=0,
            strongest_frame=min(seen),
            unjudged=unjudged.get(track_id),
        )
        for track_id, seen in frames.items()
        if seen
    ]
