"""The timeline: lanes over one axis of frames, a cursor through all of them, and the marked part."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lav_gui.records import FrameIndex
from lav_gui.ui.colors import LIGHT, Theme
from lav_gui.ui.style import current_theme
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.ui.viewmodels.selection import Marks
from lav_gui.ui.views.lanes import ContributionLane, Lane, ScoreLane, TimelineState, pen_of
from lav_gui.ui.wording import say, short_clock

LANES: tuple[type[Lane], ...] = (ScoreLane, ContributionLane)
"""From top to bottom."""

AXIS_WIDTH = 40
SMALLEST_SPAN = 10.0
WHEEL_STEP = 1.2

FINE_SECONDS = 2.0
"""Ticks nearer than this show tenths of a second."""


class TimeAxis(pg.AxisItem):  # type: ignore[misc]
    """The axis of frames; each tick tells the frame and its time."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self.index: FrameIndex | None = None

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Return the ticks' texts; between frames and outside the video there is none."""
        if self.index is None:
            return ["" for _ in values]
        count = len(self.index)
        fine = spacing * scale * self._frame_seconds() < FINE_SECONDS
        return [
            f"{int(v)} · {short_clock(self.index.seconds(int(v)), tenths=fine)}"
            if v == int(v) and 0 <= v < count
            else ""
            for v in values
        ]

    def _frame_seconds(self) -> float:
        index = self.index
        if index is None or len(index) < 2:
            return 0.0
        return (index.seconds(len(index) - 1) - index.seconds(0)) / (len(index) - 1)

    def tickSpacing(self, minimum: float, maximum: float, size: float) -> list[tuple[float, float]]:
        """Return tick distances in whole frames, as wide as the texts need."""
        wanted = max(1.0, (maximum - minimum) * 110 / max(size, 1))
        scale = 10 ** np.floor(np.log10(wanted))
        step = next(float(scale * m) for m in (1, 2, 5, 10) if scale * m >= wanted)
        return [(step, 0.0)]


class TimelineBox(pg.ViewBox):  # type: ignore[misc]
    """Left click or drag seeks, wheel zooms about the pointer, right or middle drag pans, double click shows all."""

    def __init__(self, timeline: "TimelineView") -> None:
        super().__init__(enableMenu=False)
        self.setMouseEnabled(x=True, y=False)
        self._timeline = timeline

    def mouseClickEvent(self, event: Any) -> None:
        """Seek; a double click shows all."""
        if event.button() == Qt.MouseButton.LeftButton:
            event.accept()
            if event.double():
                self._timeline.show_all()
            else:
                self._timeline.ask_seek(self.mapSceneToView(event.scenePos()).x())

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:  # noqa: ARG002  pyqtgraph's signature
        """Scrub with the left button, pan with the others."""
        event.accept()
        if event.button() == Qt.MouseButton.LeftButton:
            self._timeline.ask_seek(self.mapSceneToView(event.scenePos()).x())
        else:
            before, after = (self.mapSceneToView(place).x() for place in (event.lastScenePos(), event.scenePos()))
            self.translateBy(x=before - after)

    def wheelEvent(self, event: Any, axis: int | None = None) -> None:  # noqa: ARG002  pyqtgraph's signature
        """Zoom in time about the pointer."""
        factor = WHEEL_STEP ** (-event.delta() / 120)
        self.scaleBy(x=factor, center=self.mapSceneToView(event.scenePos()))
        event.accept()


class TimelineView(QWidget):
    """Paints the lanes and asks for frames."""

    seek_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = TimelineState(None, None, None, LIGHT)
        self._marks = Marks()
        self._axis = TimeAxis()
        self.canvas = pg.GraphicsLayoutWidget()
        self.canvas.ci.layout.setSpacing(2)
        self.canvas.ci.layout.setContentsMargins(0, 4, 8, 0)
        self.canvas.setAcceptDrops(False)  # what is dropped here is for the window
        self.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.canvas.setAccessibleName(self.tr("Timeline"))
        self._lanes: list[Lane] = []
        self.cursors: list[Any] = []
        self.parts: list[Any] = []
        for row, kind in enumerate(LANES):
            self._lanes.append(self._make_lane(row, kind))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self.setMinimumHeight(150)
        self.setAccessibleName(self.tr("Timeline"))
        self._restyle(current_theme())

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes from top to bottom."""
        return tuple(self._lanes)

    def show_video(self, index: FrameIndex | None) -> None:
        """Show the time of a video, or of none."""
        self._axis.index = index
        self._change(TimelineState(index, self._state.judged, self._state.selected, self._state.theme))
        self.show_all()
        self.show_position(0)

    def show_judged(self, judged: Judged | None) -> None:
        """Show the curves of a verdict."""
        self._change(TimelineState(self._state.index, judged, self._state.selected, self._state.theme))

    def show_selected(self, track_id: int | None) -> None:
        """Bring a face out."""
        self._change(TimelineState(self._state.index, self._state.judged, track_id, self._state.theme))

    def show_position(self, frame_index: int) -> None:
        """Move the cursor; the view follows when it would leave it."""
        for cursor in self.cursors:
            cursor.setValue(frame_index)
            cursor.setVisible(self._state.index is not None)
        self._follow(frame_index)

    def show_marks(self, marks: Marks) -> None:
        """Shade the marked part."""
        self._marks = marks
        count = 0 if self._state.index is None else len(self._state.index)
        first = 0 if marks.first is None else marks.first
        last = count - 1 if marks.last is None else marks.last
        for part in self.parts:
            part.setRegion((first - 0.5, last + 0.5))
            part.setVisible(marks.set and count > 0)

    def show_all(self) -> None:
        """Show the whole video."""
        count = 0 if self._state.index is None else len(self._state.index)
        for lane in self._lanes:
            lane.plot.setLimits(xMin=-1, xMax=max(count, 2), minXRange=SMALLEST_SPAN if count > SMALLEST_SPAN else None)
        self._lanes[0].plot.setXRange(-0.5, max(count - 0.5, 1), padding=0.01)

    def ask_seek(self, x: float) -> None:
        """Ask for the frame at a place on the axis."""
        if self._state.index is not None:
            self.seek_asked.emit(min(max(round(x), 0), len(self._state.index) - 1))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_lanes"):
            self._restyle(current_theme())
        super().changeEvent(event)

    def _make_lane(self, row: int, kind: type[Lane]) -> Lane:
        is_last = row == len(LANES) - 1
        axes = {"bottom": self._axis} if is_last else None
        plot = self.canvas.addPlot(row=row, col=0, viewBox=TimelineBox(self), axisItems=axes)
        plot.hideButtons()
        plot.getAxis("left").setWidth(AXIS_WIDTH)
        plot.getAxis("left").setStyle(tickLength=-4, autoExpandTextSpace=False, hideOverlappingLabels=False)
        plot.getAxis("bottom").setStyle(tickLength=-4, showValues=is_last)
        self.canvas.ci.layout.setRowStretchFactor(row, kind.stretch)
        if row:
            plot.setXLink(self._lanes[0].plot)
        part = pg.LinearRegionItem(movable=False, pen=pg.mkPen(None))
        part.setZValue(-10)
        part.setVisible(False)
        plot.addItem(part, ignoreBounds=True)
        self.parts.append(part)
        cursor = pg.InfiniteLine(0, angle=90, movable=False)
        cursor.setZValue(20)
        cursor.setVisible(False)
        plot.addItem(cursor, ignoreBounds=True)
        self.cursors.append(cursor)
        return kind(plot)

    def _change(self, state: TimelineState) -> None:
        self._state = state
        for lane in self._lanes:
            lane.renew(state)
        self.setAccessibleDescription(describe(state))

    def _restyle(self, theme: Theme) -> None:
        self.canvas.setBackground(theme.plot)
        part = QColor(theme.accent)
        part.setAlpha(36)
        for lane, cursor, region in zip(self._lanes, self.cursors, self.parts, strict=True):
            for side in ("left", "bottom"):
                axis = lane.plot.getAxis(side)
                axis.setPen(pen_of(theme.grid, 1))
                axis.setTextPen(pen_of(theme.muted, 1))
            lane.plot.showGrid(x=True, y=True, alpha=0.18)
            cursor.setPen(pen_of(theme.accent, 2))
            region.setBrush(part)
        self._change(TimelineState(self._state.index, self._state.judged, self._state.selected, theme))

    def _follow(self, frame_index: int) -> None:
        (low, high), _ = self._lanes[0].plot.viewRange()
        if not low <= frame_index <= high and self._state.index is not None:
            half = (high - low) / 2
            self._lanes[0].plot.setXRange(frame_index - half, frame_index + half, padding=0)


def describe(state: TimelineState) -> str:
    """The curves in words, for screen readers; the table of faces tells more."""
    if state.judged is None:
        return say("No results yet")
    tracks = state.judged.verdict.tracks
    spans = sum(len(track.segments) for track in tracks)
    return say("{faces} faces, {spans} spans that stay high", faces=len(tracks), spans=spans)
