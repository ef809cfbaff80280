"""What is painted of a heatmap: its patches by the crop's own affine, their edges, and the line of a value."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QTransform

from lav_gui.ui.colors import inferno
from lav_gui.ui.viewmodels.scene import FaceMark, Scene

LEAST_VEIL = 0.1
"""Opacity of a patch of value 0, of the whole; it grows with the value."""

CONTOUR_VALUE = 0.5
"""The line is drawn around patches that the network calls more likely forged than not."""


@lru_cache(maxsize=2)
def color_scale(meaningful: bool) -> NDArray[np.uint8]:
    """The colors of values from 0 to 1, (256, 3) RGB; gray where the numbers mean nothing."""
    return inferno() if meaningful else np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)


def heatmap_image(heatmap: NDArray[np.float16], *, meaningful: bool, veil: bool = False) -> QImage:
    """A heatmap on the fixed 0 to 1 scale, one pixel per patch; as a veil, low values let the picture through."""
    values = np.clip(heatmap.astype(np.float32), 0, 1)
    steps = (values * 255 + 0.5).astype(np.uint8)
    alpha = 255 * (LEAST_VEIL + (1 - LEAST_VEIL) * values) if veil else np.full_like(values, 255)
    colored = np.ascontiguousarray(np.dstack([color_scale(meaningful)[steps], alpha.astype(np.uint8)]))
    height, width = steps.shape
    return QImage(colored.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()


def qt_transform(affine: NDArray[np.float64]) -> QTransform:
    """A (2, 3) affine as Qt's transform."""
    (a, b, c), (d, e, f) = affine.tolist()
    return QTransform(a, d, b, e, c, f)


def draw_heatmaps(painter: QPainter, scene: Scene, view_from_frame: QTransform) -> None:
    """Lay each face's heatmap over the frame, then the lines; patches stay patches, nothing is interpolated."""
    display = scene.display
    if scene.heatmap_opacity <= 0 and not (display.contours or display.patches):
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    height, width = (0, 0) if scene.frame is None else scene.frame.image.shape[:2]
    painter.setTransform(view_from_frame, combine=True)
    painter.setClipRect(QRectF(0, 0, width, height), Qt.ClipOperation.IntersectClip)
    for mark in scene.marks:
        if mark.included:
            painter.save()
            painter.setTransform(qt_transform(mark.frame_from_heatmap), combine=True)
            _draw_one(painter, scene, mark)
            painter.restore()
    painter.restore()


def _draw_one(painter: QPainter, scene: Scene, mark: FaceMark) -> None:
    """Paint in the heatmap's own coordinates: a patch is a unit square."""
    grid = mark.heatmap.shape[0]
    if scene.heatmap_opacity > 0:
        painter.setOpacity(scene.heatmap_opacity)
        image = heatmap_image(mark.heatmap, meaningful=scene.meaningful, veil=True)
        painter.drawImage(QRectF(0, 0, grid, grid), image)
        painter.setOpacity(1.0)
    if scene.display.patches:
        _draw_lines(painter, grid_lines(grid), 1.0, (90, 80))
    if scene.display.contours:
        _draw_lines(painter, contour_lines(mark.heatmap), 2.0, (220, 255))


def _draw_lines(painter: QPainter, lines: list[QLineF], width: float, strengths: tuple[int, int]) -> None:
    """Draw light lines with dark edges, to be seen on any ground."""
    ratio = painter.device().devicePixelRatioF()  # cosmetic pens count pixels of the screen
    for color, strength, broader in ((0, strengths[0], 2.0), (255, strengths[1], 0.0)):
        pen = QPen(QColor(color, color, color, strength), ratio * (width + broader))
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawLines(lines)


def grid_lines(grid: int) -> list[QLineF]:
    """The edges of grid x grid patches."""
    upright = [QLineF(x, 0, x, grid) for x in range(grid + 1)]
    return upright + [QLineF(0, y, grid, y) for y in range(grid + 1)]


def contour_lines(heatmap: NDArray[np.float16], value: float = CONTOUR_VALUE) -> list[QLineF]:
    """The edges between patches at or above a value and those below; outside the heatmap counts as below."""
    high = np.pad(heatmap.astype(np.float32) >= value, 1)
    upright = np.argwhere(high[1:-1, 1:] != high[1:-1, :-1]).tolist()
    flat = np.argwhere(high[1:, 1:-1] != high[:-1, 1:-1]).tolist()
    return [QLineF(x, y, x, y + 1) for y, x in upright] + [QLineF(x, y, x + 1, y) for y, x in flat]


def patch_at(mark: FaceMark, place: QPointF) -> tuple[int, int, float] | None:
    """Column, row and value of the patch at a point of the frame; None outside the heatmap."""
    back, possible = qt_transform(mark.frame_from_heatmap).inverted()
    cell = back.map(place)
    grid = mark.heatmap.shape[0]
    if not possible or not (0 <= cell.x() < grid and 0 <= cell.y() < grid):
        return None
    column, row = int(cell.x()), int(cell.y())
    return column, row, float(mark.heatmap[row, column])
