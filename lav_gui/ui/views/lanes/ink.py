"""Draws arrays that are already reduced to pixel columns: no loop over samples, few calls of Qt."""

from math import floor
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QImage, QPainter, QPen

from lav_gui.ui.colors import Theme
from lav_gui.ui.viewmodels.lanes.envelope import Columns
from lav_gui.ui.viewmodels.lanes.scale import NUDGE, Scale
from lav_gui.ui.viewmodels.lanes.spans import Spans, runs
from lav_gui.ui.viewmodels.lanes.ticks import Ticks

Array = NDArray[np.float64]
Values = NDArray[Any]
Paint = QColor | QBrush | str

STEEP = 6.0
"""A steep line is at most this many times as high in a column as it is thick."""

DOT = 3.0
"""Half the side of a value that stands alone, in pixels."""

LEVEL = 0.05
"""Dashed curves, whose values are in [0, 1], have gaps only where a column's values differ by no more."""

FONT_PIXELS = 11

HATCH_PIXELS = 6
"""Distance of the lines of a pattern."""

DENSE_PIXELS = 3.0


class Ink:
    """Draws one lane; lengths are in pixels of the window, columns in those of the screen.

    Parameters
    ----------
    painter : QPainter
    scale : Scale
        Which part of the video is shown.
    size : tuple of float
        Width and height of the lane.
    theme : Theme
    ticks : Ticks
        Of the axis, for the lines of the grid.
    """

    def __init__(self, painter: QPainter, scale: Scale, size: tuple[float, float], theme: Theme, ticks: Ticks) -> None:
        self.painter, self.scale, self.theme = painter, scale, theme
        self.width, self.height = size
        self._ticks = ticks
        self._ratio = painter.device().devicePixelRatioF()
        self._column = 1 / self._ratio
        self._rects = PrimitiveArray(QRectF, 4)

    @property
    def column(self) -> float:
        """Width of a column: a pixel of the screen."""
        return self._column

    def ground(self) -> None:
        """Fill the lane and draw the grid."""
        self.painter.fillRect(QRectF(0, 0, self.width, self.height), QColor(self.theme.plot))
        pen = QPen(mixed(self.theme.grid, self.theme.plot, 0.45), 1)
        pen.setCosmetic(True)
        self.painter.setPen(pen)
        middles = (np.floor(self._ticks.pixels + NUDGE) + 0.5) * self._column
        lines = [QLineF(x, 0, x, self.height) for x in middles.tolist()]
        self.painter.drawLines([*lines, QLineF(0, self.height - 1, self.width, self.height - 1)])

    def cover(self, paint: Paint) -> None:
        """Fill the whole lane."""
        self.painter.fillRect(QRectF(0, 0, self.width, self.height), QBrush(QColor(paint)))

    def upright(self, place: float, top: float, bottom: float, paint: Paint) -> None:
        """Draw an upright line in the column at a distance from the left end, in columns."""
        left = floor(place + NUDGE) * self._column
        self.painter.fillRect(QRectF(left, top, self._column, bottom - top), QBrush(QColor(paint)))

    def level(self, y: float, paint: Paint, dash: tuple[float, ...] = ()) -> None:
        """Draw a line across the lane."""
        pen = QPen(QColor(paint), 1)
        if dash:
            pen.setDashPattern(list(dash))
        self.painter.setPen(pen)
        self.painter.drawLine(QLineF(0, round(y), self.width, round(y)))

    def bars(self, first: int, top: Array, bottom: Array, paint: Paint) -> None:
        """Fill one upright bar in each column from `first` on, to whole pixels; NaN leaves a column empty.

        They are drawn as one picture, which is several times as fast as rectangles, and much more so for patterns.
        """
        mask, above = self._mask(top, bottom)
        if not mask.size:
            return
        brush = paint if isinstance(paint, QBrush) else QBrush(QColor(paint))
        if brush.style() is not Qt.BrushStyle.SolidPattern:
            mask &= _pattern(brush.style(), mask.shape, (first, above), self._ratio)
        rows, columns = mask.shape
        image = QImage(mask.view(np.uint8).data, columns, rows, columns, QImage.Format.Format_Indexed8)
        image.setColorTable([0, brush.color().rgba()])
        image.setDevicePixelRatio(self._ratio)
        self.painter.drawImage(QPointF(first * self._column, above / self._ratio), image)

    def curve(self, top: Array, bottom: Array, columns: Columns, paint: Paint, width: float) -> None:
        """Draw a curve of some width whose columns reach from `top` to `bottom`; single values become squares."""
        slope = (bottom - top) / self._column
        half = 0.5 * width * np.minimum(np.sqrt(1 + slope**2), STEEP) if width > 1 else 0.5 * width
        if width <= 1 and _is_dense(bottom - top):
            self.bars(columns.first, top - half, bottom + half, paint)
        else:
            kept = np.flatnonzero(bottom >= top)
            left, high = (columns.first + kept) * self._column, (bottom - top + 2 * half)[kept]
            self._fill(left, (top - half)[kept], np.full(len(kept), self._column), high, paint)
        alone = np.flatnonzero(columns.alone)
        if len(alone):
            side = np.full(len(alone), 2 * DOT)
            left = (columns.first + alone + 0.5) * self._column - DOT
            self._fill(left, 0.5 * (top + bottom)[alone] - DOT, side, side, paint)

    def spans(self, spans: Spans, top: float, height: float, paint: Paint) -> None:
        """Fill stretches of frames; each is at least a pixel wide."""
        if len(spans):
            begins, ends = runs(spans.columns(self.scale))
            count = len(begins)
            left, width = begins * self._column, (ends - begins) * self._column
            self._fill(left, np.full(count, top), width, np.full(count, height), paint)

    def text(
        self, place: tuple[float, float], words: str, paint: Paint, *, right: bool = False, ground: str = ""
    ) -> None:
        """Write words whose left (or right) end and middle are at a place, on a ground of their own if given."""
        font = QFont(self.painter.font())
        font.setPixelSize(FONT_PIXELS)
        self.painter.setFont(font)
        metrics = self.painter.fontMetrics()
        long = metrics.horizontalAdvance(words)
        x = place[0] - (long if right else 0)
        if ground:
            half = 0.5 * FONT_PIXELS + 1
            self.painter.fillRect(QRectF(x - 2, place[1] - half, long + 4, 2 * half), QColor(ground))
        self.painter.setPen(QColor(paint))
        self.painter.drawText(QPointF(x, place[1] + 0.5 * (metrics.ascent() - metrics.descent())), words)

    def pixel(self, frame: float) -> float:
        """Distance of a frame from the left end."""
        return self.scale.pixel(frame) * self._column

    def dashed(self, columns: Columns, dash: tuple[float, ...]) -> Columns:
        """The columns with gaps after a pattern of on and off lengths, which moves with the video.

        A column in which the curve rises or falls is kept: no gap hides a peak.
        """
        if not dash or not len(columns):
            return columns
        ends = np.cumsum(dash)
        at = (columns.first + np.arange(len(columns)) - self.scale.pixel(0)) * self._column % ends[-1]
        off = (np.searchsorted(ends, at, side="right") % 2 == 1) & ~(columns.high - columns.low > LEVEL)
        return Columns(
            columns.first, np.where(off, np.nan, columns.low), np.where(off, np.nan, columns.high), columns.alone
        )

    def _mask(self, top: Array, bottom: Array) -> tuple[NDArray[np.bool_], int]:
        """Which pixels lie in the bars, shape (rows, columns), and how many rows of the lane lie above them."""
        seen = bottom > top
        if not seen.any():
            return np.empty((0, 0), np.bool_), 0
        high, low = float(top[seen].min()) * self._ratio, float(bottom[seen].max()) * self._ratio
        above, below = max(int(high), 0), min(int(np.ceil(low)), round(self.height * self._ratio))
        begin = np.where(seen, np.rint(top * self._ratio), 0).astype(np.int16)
        end = np.where(seen, np.maximum(np.rint(bottom * self._ratio), begin + 1), 0).astype(np.int16)
        rows = np.arange(above, max(below, above), dtype=np.int16)[:, np.newaxis]
        mask = rows >= begin
        mask &= rows < end
        return mask, above

    def _fill(self, left: Values, top: Values, width: Values, height: Values, paint: Paint) -> None:
        if not len(left):
            return
        self._rects.resize(len(left))
        table = self._rects.ndarray()
        for place, column in enumerate((left, top, width, height)):
            table[:, place] = column
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(paint if isinstance(paint, QBrush) else QBrush(QColor(paint)))
        self.painter.drawRects(*self._rects.drawargs())


def _is_dense(heights: Array) -> bool:
    """Whether most columns of a curve hold so many values that smoothing its edges would show nothing."""
    return bool(np.mean(np.nan_to_num(heights) > DENSE_PIXELS) > 0.5)


def _pattern(style: Qt.BrushStyle, shape: tuple[int, ...], corner: tuple[int, int], ratio: float) -> NDArray[np.bool_]:
    """Which pixels of slanted or crossed lines are filled; `corner` is the upper left one's, so that neighbors fit."""
    period, thick = round(HATCH_PIXELS * ratio), max(round(ratio), 1)
    columns = np.arange(corner[0], corner[0] + shape[1], dtype=np.int16)
    rows = np.arange(corner[1], corner[1] + shape[0], dtype=np.int16)[:, np.newaxis]
    hatch = (columns + rows) % period < thick
    return hatch if style is Qt.BrushStyle.BDiagPattern else hatch | ((columns - rows) % period < thick)


def mixed(color: str | QColor, ground: str, share: float) -> QColor:
    """A color as it looks on a ground when it covers a share of it; opaque."""
    own, below = QColor(color), QColor(ground)
    pairs = ((own.red(), below.red()), (own.green(), below.green()), (own.blue(), below.blue()))
    return QColor(*(round(share * one + (1 - share) * other) for one, other in pairs))


def hatched(color: str | QColor, style: Qt.BrushStyle = Qt.BrushStyle.BDiagPattern) -> QBrush:
    """A brush of slanted lines."""
    return QBrush(QColor(color), style)
