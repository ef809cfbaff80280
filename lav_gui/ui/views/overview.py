"""The whole video in one strip on top of the timeline, with a window over the part that the lanes show."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from lav_gui.ui.colors import LIGHT, UNTRAINED_COLOR, Theme
from lav_gui.ui.viewmodels.lanes.scale import Scale
from lav_gui.ui.viewmodels.lanes.spans import spans_of
from lav_gui.ui.viewmodels.lanes.ticks import NO_TICKS
from lav_gui.ui.viewmodels.lanes.tracks import highest
from lav_gui.ui.views.lanes.base import Lane
from lav_gui.ui.views.lanes.ink import Ink, mixed

OVERVIEW_HEIGHT = 24
GRIP = 6.0
"""An edge of the window can be taken this far from it, in pixels."""


class OverviewStrip(Lane):
    """The highest smoothed curve of the whole video, and the spans that stay high."""

    name = "overview"
    title = "Overview"
    hint = "The whole video. Drag the window or its edges, click to move it, double-click to see all."
    least = OVERVIEW_HEIGHT

    def show_whole(self, scale: Scale) -> None:
        """Show a whole axis; nothing is painted anew while it is the same."""
        known = self._scale
        if known is None or (known.axis, known.columns) != (scale.axis, scale.columns):
            self.show_scale(scale, NO_TICKS)

    def draw(self, ink: Ink) -> None:
        """Draw the silhouette and the spans."""
        state, theme = self.state, self.state.theme
        columns = highest(state.lines, ink.scale)
        floor = self.height - 2
        top = floor - columns.high * (floor - 8)
        color = mixed(theme.accent, theme.plot, 0.65) if state.trained else QColor(UNTRAINED_COLOR)
        ink.bars(columns.first, top, np.full(len(top), floor), color)
        if state.trained:
            pairs = [pair for line in state.lines for pair in zip(line.segments.first, line.segments.last, strict=True)]
            ink.spans(spans_of(pairs), 2, 4, theme.text)


class ZoomWindow(pg.GraphicsObject):  # type: ignore[misc]
    """A frame over the shown part; what lies beside it is dimmed."""

    def __init__(self) -> None:
        super().__init__()
        self._size = (0.0, 0.0)
        self._ends = (0.0, 0.0)
        self._theme = LIGHT

    @property
    def ends(self) -> tuple[float, float]:
        """Left and right edge in pixels."""
        return self._ends

    def place(self, size: tuple[float, float], theme: Theme) -> None:
        """Set the size of the whole strip, and the colors."""
        self.prepareGeometryChange()
        self._size, self._theme = size, theme
        self.update()

    def show_span(self, whole: Scale, low: float, high: float) -> None:
        """Show which part of the whole is seen; in units of the axis."""
        per_unit = self._size[0] / (whole.high - whole.low)
        self._ends = ((low - whole.low) * per_unit, (high - whole.low) * per_unit)
        self.update()

    def grip_at(self, x: float) -> str:
        """What is taken at a place: "low" or "high" edge, the "window", or nothing ("")."""
        left, right = self._ends
        if abs(x - left) <= GRIP and abs(x - left) <= abs(x - right):
            return "low"
        if abs(x - right) <= GRIP:
            return "high"
        return "window" if left < x < right else ""

    def boundingRect(self) -> QRectF:
        """Return its rectangle."""
        return QRectF(0, 0, *self._size)

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Dim what is outside and draw the frame."""
        (left, right), (width, height) = self._ends, self._size
        dim = QColor(self._theme.window)
        dim.setAlpha(150)
        painter.fillRect(QRectF(0, 0, max(left, 0), height), dim)
        painter.fillRect(QRectF(right, 0, max(width - right, 0), height), dim)
        painter.setPen(QPen(QColor(self._theme.accent), 1))
        painter.drawRect(QRectF(round(left), 0, max(round(right - left) - 1, 2), height - 1))
        for x in (left, right - 3):
            painter.fillRect(QRectF(round(x), 0, 3, height), QColor(self._theme.accent))
