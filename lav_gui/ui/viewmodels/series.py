"""Tracks of one run that came in two parts, joined: what a case held, and what came since."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from lav_gui.records import TrackSeries

_COLUMNS = tuple(field.name for field in fields(TrackSeries) if field.name != "track_id")


def join_series(loaded: Sequence[TrackSeries], live: Sequence[TrackSeries]) -> tuple[TrackSeries, ...]:
    """All tracks of both parts, by track id; of two rows of the same frame the live one."""
    if not loaded or not live:
        return tuple(loaded or live)
    parts: dict[int, list[TrackSeries]] = {}
    for series in (*loaded, *live):
        parts.setdefault(series.track_id, []).append(series)
    return tuple(_joined(*parts[track_id]) for track_id in sorted(parts))


def joined_frames(loaded: Iterable[int] | NDArray[np.int64], live: "array[int]") -> "array[int]":
    """Frame indices of both parts, increasing, each once; of ordered parts a million take a few milliseconds."""
    first = loaded if isinstance(loaded, np.ndarray) else np.fromiter(loaded, np.int64)
    frames = np.sort(np.concatenate([first, np.array(live, np.int64)]), kind="stable")
    found = array("q")
    found.frombytes(frames[np.append(frames[1:] != frames[:-1], True)[: len(frames)]].tobytes())
    return found


def _joined(first: TrackSeries, second: TrackSeries | None = None) -> TrackSeries:
    if second is None:
        return first
    index = np.concatenate([first.frame_index, second.frame_index])
    order = np.argsort(index, kind="stable")
    rows = order[np.append(index[order][1:] != index[order][:-1], True)]
    columns = {
        name: np.ascontiguousarray(np.concatenate([getattr(first, name), getattr(second, name)])[rows])
        for name in _COLUMNS
    }
    return TrackSeries(track_id=first.track_id, **columns)
