"""The curves of the faces for the timeline: raw, smoothed, and the band around the smoothed one."""

from dataclasses import dataclass

import numpy as np

from lav_gui.records import TrackVerdict, Verdict
from lav_gui.ui.viewmodels.lanes.envelope import NO_COLUMNS, Columns, Cut, Places, Series
from lav_gui.ui.viewmodels.lanes.scale import Scale
from lav_gui.ui.viewmodels.lanes.spans import Spans, spans_of


@dataclass(frozen=True, slots=True, eq=False)
class TrackLines:
    """One face's curves, ready to be cut into columns; values are fake probabilities in [0, 1].

    Attributes
    ----------
    track_id, count : int
        Number of the face, and of its frames.
    places : Places
        The frames of all its curves.
    raw, smoothed, low, high : Series
    segments : Spans
        Where the smoothed curve stays high.
    """

    track_id: int
    count: int
    places: Places
    raw: Series
    smoothed: Series
    low: Series
    high: Series
    segments: Spans

    def prepare(self) -> None:
        """Find the extremes of all blocks now, rather than when they are first drawn."""
        self.places.prepare()
        for series in (self.raw, self.smoothed, self.low, self.high):
            series.prepare()

    def cut(self, scale: Scale) -> Cut | None:
        """How the columns of a scale cut the curves; None where the face is not on the screen."""
        return self.places.cut(scale)


def track_lines(track: TrackVerdict) -> TrackLines:
    """The curves of one judged face."""
    return TrackLines(
        track_id=track.track_id,
        count=track.frame_count,
        places=Places(track.frame_index),
        raw=Series(track.curve),
        smoothed=Series(track.smoothed),
        low=Series(track.low),
        high=Series(track.high),
        segments=spans_of([(segment.first_frame, segment.last_frame) for segment in track.segments]),
    )


def lines_of(verdict: Verdict | None) -> tuple[TrackLines, ...]:
    """The curves of all judged faces."""
    return () if verdict is None else tuple(track_lines(track) for track in verdict.tracks)


def band(cut: Cut, lines: TrackLines) -> Columns:
    """The band around the smoothed curve: from the lowest low to the highest high of each column."""
    low, high = cut.columns(lines.low), cut.columns(lines.high)
    return Columns(low.first, low.low, high.high, low.alone)


def highest(lines: tuple[TrackLines, ...], scale: Scale) -> Columns:
    """From 0 to the highest smoothed value of any face in each column."""
    found = [cut.columns(each.smoothed) for each in lines if (cut := each.cut(scale)) is not None]
    if not found:
        return NO_COLUMNS
    top = np.full(scale.columns, np.nan)
    for columns in found:
        part = slice(columns.first, columns.first + len(columns))
        top[part] = np.fmax(top[part], columns.high)
    return Columns(0, np.where(np.isnan(top), np.nan, 0.0), top, np.zeros(scale.columns, np.bool_))
