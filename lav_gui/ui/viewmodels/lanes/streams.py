"""What each stream of the network adds to the logit of one face over time, and where the two contradict each other."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lav_gui.records import TrackSeries
from lav_gui.steps import run_to_end
from lav_gui.ui.viewmodels.lanes.envelope import Columns, Places, Series, as_line
from lav_gui.ui.viewmodels.lanes.scale import Scale
from lav_gui.ui.viewmodels.lanes.spans import Spans, spans_where
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.verdict.edits import apply_edits

Array = NDArray[np.float64]

NOTABLE_LOGIT = 0.5
"""A disagreement of at least this much is a place to go to."""


@dataclass(frozen=True, slots=True, eq=False)
class StreamLines:
    """One face's contributions, ready to be cut into columns; all in logit units.

    Attributes
    ----------
    track_id : int
    places : Places
        The frames on which contributions were measured.
    parts : tuple of 3 Series
        RGB alone, noise alone, interaction; their sum is the margin of both streams minus that of none.
    total : Series
        Their sum.
    disagreement : Series
        As `disagreement_of` tells.
    notable : Spans
        Where the disagreement is at least `NOTABLE_LOGIT`.
    largest : float
        Largest height of the stack, upward or downward, at least 1.
    """

    track_id: int
    places: Places
    parts: tuple[Series, Series, Series]
    total: Series
    disagreement: Series
    notable: Spans
    largest: float

    def prepare(self) -> None:
        """Find what drawing needs now, rather than when they are first drawn."""
        self.places.prepare()
        self.total.prepare()
        self.disagreement.prepare()
        for part in self.parts:
            part.prepare_means()


@dataclass(frozen=True, slots=True, eq=False)
class Streams:
    """The contributions of all faces of which they were measured; `highest` is shown while no face is selected."""

    lines: tuple[StreamLines, ...] = ()
    highest: int | None = None

    def of(self, selected: int | None) -> StreamLines | None:
        """Those of the selected face, else of the highest; None where there are none."""
        wanted = self.highest if selected is None else selected
        return next((lines for lines in self.lines if lines.track_id == wanted), None)


NO_STREAMS = Streams()


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """The stack in pixel columns from `first` on.

    Attributes
    ----------
    first : int
    up, down : ndarray of shape (3, C), float64
        Ends of RGB, noise and interaction, one on top of the other, upward and downward from 0; NaN where broken.
    total : Columns
        The sum, as a line.
    extremes : Columns
        From the lowest to the highest sum of any frame: means alone would hide a single one among many.
    """

    first: int
    up: Array
    down: Array
    total: Columns
    extremes: Columns


def streams_of(judged: Judged) -> Streams:
    """The contributions of all faces of a run."""
    return run_to_end(stream_steps(judged))


def stream_steps(judged: Judged) -> Generator[StreamLines, None, Streams]:
    """`streams_of` face by face; yields each, which may be made ready."""
    highest = contribution_series(judged, None)
    lines = []
    for series in apply_edits(judged.measured, judged.facts.edits):
        made = stream_lines(series)
        if made is not None:
            yield made
            lines.append(made)
    return Streams(tuple(lines), None if highest is None else highest.track_id)


def contribution_series(judged: Judged | None, selected: int | None) -> TrackSeries | None:
    """The face whose contributions are shown: the selected one, else the highest of those that were measured."""
    if judged is None or not judged.measured:
        return None
    edited = apply_edits(judged.measured, judged.facts.edits)
    measured = [series for series in edited if not np.all(np.isnan(series.rgb))]
    if selected is not None:
        return next((series for series in measured if series.track_id == selected), None)
    scores = {track.track_id: track.fake_prob for track in judged.verdict.tracks}
    return max(measured, key=lambda series: scores.get(series.track_id, -1.0), default=None)


def disagreement_of(rgb: Array, noise: Array) -> Array:
    """How much evidence of the streams cancels out: the smaller of both where their signs differ, else 0."""
    return np.where(rgb * noise < 0, np.minimum(np.abs(rgb), np.abs(noise)), 0.0)


def stream_lines(series: TrackSeries | None) -> StreamLines | None:
    """The contributions of one face; None where none was measured."""
    if series is None:
        return None
    measured = ~np.isnan(series.rgb)
    if not measured.any():
        return None
    frames = series.frame_index[measured]
    rgb, noise, interaction = (column[measured] for column in (series.rgb, series.noise, series.interaction))
    parts = np.stack([rgb - 0.5 * interaction, noise - 0.5 * interaction, interaction])
    disagreement = disagreement_of(rgb, noise)
    heights = np.maximum(np.maximum(parts, 0).sum(axis=0), -np.minimum(parts, 0).sum(axis=0))
    return StreamLines(
        track_id=series.track_id,
        places=Places(frames),
        parts=(Series(parts[0]), Series(parts[1]), Series(parts[2])),
        total=Series(parts.sum(axis=0)),
        disagreement=Series(disagreement),
        notable=spans_where(frames, disagreement >= NOTABLE_LOGIT),
        largest=max(1.0, float(heights.max())),
    )


def stack(lines: StreamLines, scale: Scale) -> Stack | None:
    """The stack on the screen, from the mean of each part in each column; None where nothing is on it."""
    cut = lines.places.cut(scale)
    if cut is None:
        return None
    parts = np.stack([cut.means(part) for part in lines.parts])
    up, down = (np.cumsum(reduce(parts, 0), axis=0) for reduce in (np.maximum, np.minimum))
    return Stack(cut.first, up, down, as_line(cut.first, parts.sum(axis=0)), cut.columns(lines.total))
