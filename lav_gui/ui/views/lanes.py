"""The lanes of the timeline. A new lane is a subclass of `Lane` and one more entry in `timeline.LANES`."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsRectItem

from lav_gui.records import FrameIndex, TrackSeries, TrackVerdict
from lav_gui.ui.colors import NOISE_COLOR, RGB_COLOR, UNTRAINED_COLOR, Theme, face_dash, line_color
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.ui.wording import say

HEADROOM = 1.36
"""Top of the scale from 0 to 1, with room for the heading and the bars of the spans."""

BREAK_STRIDES = 3.0
"""A curve is broken where a face is not seen for more than this many strides of the analysis."""

RAW_SHARE, FADED_SHARE = 0.5, 0.35
"""Strength of raw curves, and of faces that are not selected while one is. Mixed with the ground, not transparent: Qt
draws thick opaque solid lines many times faster than others."""

DASHED_POINTS = 1_000
"""Longer curves are drawn solid and unfilled, for the same reason."""

Curve = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True, slots=True, eq=False)
class TimelineState:
    """Everything the lanes paint from."""

    index: FrameIndex | None
    judged: Judged | None
    selected: int | None
    theme: Theme


class Lane(ABC):
    """One plot of the timeline; x is the frame index.

    Parameters
    ----------
    plot : pyqtgraph.PlotItem
        Empty; its x axis is linked and its cursor drawn by the timeline.
    """

    title: ClassVar[str]
    stretch: ClassVar[int] = 1

    def __init__(self, plot: Any) -> None:
        self.plot = plot
        self._items: list[Any] = []
        self._lines: list[Any] = []
        self._lines_used = 0
        self._heading = pg.TextItem()
        self._heading.setParentItem(plot.vb)
        self._heading.setPos(2, 0)
        self._heading.setZValue(30)

    def entitle(self, state: TimelineState) -> str:  # noqa: ARG002  other lanes look at it
        """The lane's heading."""
        return say(self.title)

    def renew(self, state: TimelineState) -> None:
        """Paint the state; what was painted before is gone."""
        for item in self._items:
            self.plot.removeItem(item)
        self._items, self._lines_used = [], 0
        self._heading.setText(self.entitle(state), color=state.theme.muted)
        self._paint(state)
        for line in self._lines[self._lines_used :]:
            line.setData([], [])

    @abstractmethod
    def _paint(self, state: TimelineState) -> None:
        """Draw what this lane is for."""

    def _add(self, item: Any) -> None:
        self.plot.addItem(item, ignoreBounds=True)
        self._items.append(item)

    def _line(self, curve: Curve, pen: QPen, fill: QColor | None = None) -> None:
        """Draw a curve, with a line that was there before if there is one: lines are costly to make."""
        if self._lines_used == len(self._lines):
            made = pg.PlotDataItem(connect="finite")
            self.plot.addItem(made, ignoreBounds=True)  # which sets the plot's own downsampling
            made.setDownsampling(auto=True, method="peak")
            made.setClipToView(True)
            made.setZValue(self._lines_used)
            self._lines.append(made)
        line = self._lines[self._lines_used]
        self._lines_used += 1
        line.setData(*curve, pen=pen, fillLevel=None if fill is None else 0, fillBrush=fill)


class ScoreLane(Lane):
    """Fake probability per face: raw thin, smoothed thick; threshold; the spans that stay high as bars on top."""

    title = "Fake probability"
    stretch = 3

    def __init__(self, plot: Any) -> None:
        super().__init__(plot)
        plot.setYRange(-0.04, HEADROOM, padding=0)
        plot.getAxis("left").setTicks([[(0.0, "0"), (0.5, "0.5"), (1.0, "1")]])

    def _paint(self, state: TimelineState) -> None:
        if state.judged is None:
            return
        verdict, trained = state.judged.verdict, state.judged.facts.weights.trained
        if trained and verdict.false_positive_rate is not None:
            pen = pen_of(state.theme.text, 1, dash=(4, 4))
            label = say("threshold {value:.2f}", value=verdict.threshold)
            options = {"position": 0.98, "color": state.theme.muted, "anchors": [(1, 1), (1, 1)]}
            self._add(pg.InfiniteLine(verdict.threshold, angle=0, pen=pen, label=label, labelOpts=options))
        tracks = sorted(verdict.tracks, key=lambda track: track.track_id == state.selected)
        for track in tracks:
            self._paint_track(track, state, trained)

    def _paint_track(self, track: TrackVerdict, state: TimelineState, trained: bool) -> None:
        faded = state.selected is not None and track.track_id != state.selected
        color = QColor(line_color(track.track_id, state.theme) if trained else UNTRAINED_COLOR)
        strength = FADED_SHARE if faded else 1.0
        thin = mixed(color, state.theme.plot, strength * RAW_SHARE)
        thick = mixed(color, state.theme.plot, strength)
        self._line(broken(track.frame_index, track.curve), pen_of(thin, 1))
        dash = face_dash(track.track_id) if track.frame_count <= DASHED_POINTS else ()
        self._line(broken(track.frame_index, track.smoothed), pen_of(thick, 2 if faded else 2.5, dash=dash))
        if track.frame_count == 1:
            self._add(pg.ScatterPlotItem(track.frame_index, track.smoothed, brush=thick, pen=None, size=7))
        if trained and not faded:
            for segment in track.segments:
                self._bar(segment.first_frame, segment.last_frame, color)
        self._label(track, thick)

    def _bar(self, first: int, last: int, color: QColor) -> None:
        bar = QGraphicsRectItem(QRectF(first - 0.5, 1.03, last - first + 1, 0.05))
        bar.setPen(QPen(Qt.PenStyle.NoPen))
        bar.setBrush(color)
        self._add(bar)

    def _label(self, track: TrackVerdict, color: QColor) -> None:
        label = pg.TextItem(str(track.track_id), color=color, anchor=(0, 0.5))
        label.setPos(float(track.frame_index[-1]), float(track.smoothed[-1]))
        self._add(label)


class ContributionLane(Lane):
    """What each stream adds to the logit of the selected face (Shapley values), on the frames where it was measured."""

    title = "Streams"
    stretch = 2

    def __init__(self, plot: Any) -> None:
        super().__init__(plot)
        plot.setYRange(-1, 1, padding=0)
        plot.getAxis("left").setTicks([[]])

    def entitle(self, state: TimelineState) -> str:
        """The lane's heading, naming the face it shows and the two lines."""
        series = contribution_series(state)
        if series is None:
            return say(self.title)
        return say("What RGB (solid) and noise (dashed) add to the logit of face {number}", number=series.track_id)

    def _paint(self, state: TimelineState) -> None:
        series = contribution_series(state)
        if series is None:
            return
        measured = ~np.isnan(series.rgb)
        index = series.frame_index[measured]
        trained = state.judged is not None and state.judged.facts.weights.trained
        for values, color in ((series.rgb, RGB_COLOR), (series.noise, NOISE_COLOR)):
            tint = QColor(color if trained else UNTRAINED_COLOR)
            fill = QColor(tint)
            fill.setAlpha(60)
            is_short = len(index) <= DASHED_POINTS
            dash = (4, 2) if color == NOISE_COLOR and is_short else ()
            self._line(broken(index, values[measured]), pen_of(tint, 2, dash=dash), fill if is_short else None)
            if len(index) == 1:
                self._add(pg.ScatterPlotItem(index, values[measured], brush=tint, pen=None, size=7))
        self._add(pg.InfiniteLine(0, angle=0, pen=pen_of(state.theme.grid, 1)))
        largest = max(1.0, float(np.max(np.abs([series.rgb[measured], series.noise[measured]]), initial=0.0)))
        self.plot.setYRange(-1.1 * largest, 2.4 * largest, padding=0)
        bound = f"{largest:.0f}" if largest >= 10 else f"{largest:.1f}"
        ticks = [(-largest, f"−{bound}"), (0.0, "0"), (largest, f"+{bound}")]
        self.plot.getAxis("left").setTicks([ticks])


def contribution_series(state: TimelineState) -> TrackSeries | None:
    """The track whose contributions are shown: the selected one, else the highest of those that were measured."""
    if state.judged is None or not state.judged.measured:
        return None
    measured = [series for series in state.judged.measured if not np.all(np.isnan(series.rgb))]
    if state.selected is not None:
        return next((series for series in measured if series.track_id == state.selected), None)
    scores = {track.track_id: track.fake_prob for track in state.judged.verdict.tracks}
    return max(measured, key=lambda series: scores.get(series.track_id, -1.0), default=None)


def broken(frame_index: NDArray[np.int64], values: NDArray[np.float64]) -> Curve:
    """A curve with a NaN where the face was away for long."""
    x = frame_index.astype(np.float64)
    if len(x) < 3:
        return x, values
    steps = np.diff(x)
    breaks = np.flatnonzero(steps > BREAK_STRIDES * np.median(steps)) + 1
    return np.insert(x, breaks, x[breaks - 1] + 0.5), np.insert(values, breaks, np.nan)


def mixed(color: QColor, ground: str, share: float) -> QColor:
    """A color as it looks on a ground when it covers a share of it; opaque."""
    below = QColor(ground)
    pairs = ((color.red(), below.red()), (color.green(), below.green()), (color.blue(), below.blue()))
    return QColor(*(round(share * own + (1 - share) * other) for own, other in pairs))


def pen_of(color: str | QColor, width: float, dash: tuple[float, ...] = ()) -> QPen:
    """A pen of constant width on the screen."""
    pen = QPen(QColor(color), width)
    pen.setCosmetic(True)
    if dash:
        pen.setDashPattern(list(dash))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen
