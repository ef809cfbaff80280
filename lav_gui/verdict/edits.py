"""What an examiner may do to the tracks by hand: leave a person out, join two tracks, cut one in two.

Edits change nothing of what was measured: they are a list beside the results, kept and logged in the case, and applied
in their order whenever curves and verdict are made.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

import numpy as np

from lav_gui.errors import SettingsError
from lav_gui.records import TrackSeries


class EditKind(StrEnum):
    """What is done to a track."""

    EXCLUDE = "exclude"
    MERGE = "merge"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class TrackEdit:
    """One edit.

    Attributes
    ----------
    kind : EditKind
        EXCLUDE leaves `track_id` out. MERGE gives the frames of `other` to `track_id`.
        SPLIT gives the frames of `track_id` from `frame_index` on to `other`.
    track_id : int
        The track that is changed.
    other : int or None
        Second track of a merge; id of the new track of a split, None for the lowest number above all ids in use.
    frame_index : int or None
        First frame of the new track of a split.
    """

    kind: EditKind
    track_id: int
    other: int | None = None
    frame_index: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", EditKind(self.kind))
        if self.kind is EditKind.MERGE and (self.other is None or self.other == self.track_id):
            raise SettingsError(f"Merging face {self.track_id} needs a second, different face; choose one.")
        if self.kind is EditKind.SPLIT and self.frame_index is None:
            raise SettingsError(
                f"Splitting face {self.track_id} needs the frame at which its new part begins; name it."
            )


def apply_edits(series: Sequence[TrackSeries], edits: Sequence[TrackEdit]) -> tuple[TrackSeries, ...]:
    """The tracks after all edits, by track id. The input is not changed.

    Parameters
    ----------
    series : sequence of TrackSeries
        Tracks as they were measured.
    edits : sequence of TrackEdit
        Applied in order; a later edit sees the tracks as the earlier ones left them.

    Returns
    -------
    tuple of TrackSeries

    Raises
    ------
    SettingsError
        If an edit names a face that is not there, merges two faces seen in the same frame (they are two people, or
        one of them is cut wrongly), splits at a frame that leaves one part empty, or gives a new face a number in use.
    """
    tracks = {track.track_id: track for track in series}
    used = set(tracks)
    for edit in edits:
        _require(tracks, edit.track_id, edit.kind)
        if edit.kind is EditKind.EXCLUDE:
            del tracks[edit.track_id]
        elif edit.kind is EditKind.MERGE and edit.other is not None:
            _require(tracks, edit.other, edit.kind)
            tracks[edit.track_id] = _merged(tracks[edit.track_id], tracks.pop(edit.other))
        elif edit.frame_index is not None:
            new_id = max(used) + 1 if edit.other is None else edit.other
            if new_id in used:
                raise SettingsError(
                    f"Face {edit.track_id} cannot be split into face {new_id}: that number is in use; name another."
                )
            used.add(new_id)
            tracks[edit.track_id], tracks[new_id] = _split(tracks[edit.track_id], edit.frame_index, new_id)
    return tuple(tracks[track_id] for track_id in sorted(tracks))


def _require(tracks: dict[int, TrackSeries], track_id: int, kind: EditKind) -> None:
    if track_id not in tracks:
        there = ", ".join(str(known) for known in sorted(tracks)) or "none"
        raise SettingsError(f"There is no face {track_id} to {kind}; the faces are: {there}.")


def _merged(kept: TrackSeries, other: TrackSeries) -> TrackSeries:
    shared = np.intersect1d(kept.frame_index, other.frame_index)
    if len(shared):
        raise SettingsError(
            f"Faces {kept.track_id} and {other.track_id} are both seen in frame {shared[0]}, so they cannot be one"
            " person; split one of them there first, or leave one out."
        )
    order = np.argsort(np.concatenate([kept.frame_index, other.frame_index]))
    columns = {name: np.concatenate([getattr(kept, name), getattr(other, name)])[order] for name in _columns()}
    return TrackSeries(track_id=kept.track_id, **columns)


def _split(track: TrackSeries, frame_index: int, new_id: int) -> tuple[TrackSeries, TrackSeries]:
    at = int(np.searchsorted(track.frame_index, frame_index))
    if not 0 < at < len(track):
        raise SettingsError(
            f"Face {track.track_id} cannot be split at frame {frame_index}: one part would be empty;"
            f" it is seen from frame {track.frame_index[0]} to {track.frame_index[-1]}."
        )
    before = {name: getattr(track, name)[:at] for name in _columns()}
    after = {name: getattr(track, name)[at:] for name in _columns()}
    return TrackSeries(track_id=track.track_id, **before), TrackSeries(track_id=new_id, **after)


def _columns() -> tuple[str, ...]:
    return tuple(field.name for field in fields(TrackSeries) if field.name != "track_id")
