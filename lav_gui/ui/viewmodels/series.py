"""Tracks of one run that came in two parts, joined: what a case held, and what came since."""

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

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
