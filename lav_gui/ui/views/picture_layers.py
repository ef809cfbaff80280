"""The pictures in the picture's place: which goes where, and how it comes on the screen pixel by pixel."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QTransform

from lav_gui.ui.viewmodels.display import View
from lav_gui.ui.viewmodels.scene import Scene
from lav_gui.ui.views.color_bar import GROUND, INK, bar_room, draw_color_bar
from lav_gui.ui.views.picture_words import caption, pair_words, view_words
from lav_gui.ui.views.viewport import NUDGE

Packed = NDArray[np.uint32]
"""Pixels of shape (H, W) as Qt packs them."""

GAP = 4
"""Between two pictures side by side."""

CHIP_MARGIN = 8
GRIP = 22
"""Size of the split line's handle."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the view: its picture fits into `pane` and is seen in `clip` alone; `processed` names which one."""

    pane: QRect
    clip: QRect
    processed: bool


def parts_of(view: View, split: float, area: QRect) -> tuple[Part, ...]:
    """How a view divides the picture's place."""
    if view is View.BESIDE:
        wide = (area.width() - GAP) // 2
        left = QRect(area.left(), area.top(), wide, area.height())
        right = QRect(area.right() + 1 - wide, area.top(), wide, area.height())
        return Part(left, left, False), Part(right, right, True)
    if view is View.SPLIT:
        line = area.left() + round(split * area.width())
        left = QRect(area.left(), area.top(), line - area.left(), area.height())
        right = QRect(line, area.top(), area.right() + 1 - line, area.height())
        return Part(area, left, False), Part(area, right, True)
    return (Part(area, area, view is not View.ORIGINAL),)


class Raster:
    """A picture that can be painted at any zoom: blocks of pixels from 100 % on, averages of pixels below.

    Every pixel of the screen shows the stored pixel under its center, so that what is seen there is what is told of
    it. Each direction is shrunk or enlarged on its own, as pixels need not be square.

    Parameters
    ----------
    pixels : ndarray of shape (H, W, 3), uint8
        RGB; kept.
    averaged : bool
        False takes single pixels below 100 %: averages would take the noise out of a noise residual.
    """

    def __init__(self, pixels: NDArray[np.uint8], *, averaged: bool = True) -> None:
        self._pixels = np.ascontiguousarray(pixels)
        self._is_averaged = averaged
        self._whole: Packed | None = None
        self._small: Packed | None = None

    @property
    def size(self) -> QSize:
        """Width and height in pixels."""
        height, width = self._pixels.shape[:2]
        return QSize(width, height)

    def draw(self, painter: QPainter, view_from_frame: QTransform) -> None:
        """Paint what lies in the painter's clip; the map neither turns nor mirrors."""
        screen_from_view = painter.deviceTransform()
        screen_from_frame = view_from_frame * screen_from_view
        seen = _seen(painter, screen_from_view)
        across = _Run(screen_from_frame.dx(), screen_from_frame.m11(), self.size.width(), self._is_averaged)
        down = _Run(screen_from_frame.dy(), screen_from_frame.m22(), self.size.height(), self._is_averaged)
        columns, left = across.taken(seen.left(), seen.right())
        rows, top = down.taken(seen.top(), seen.bottom())
        if not (len(columns) and len(rows)):
            return
        shown = _picked(self._packed(across.count, down.count), rows, columns)
        height, width = shown.shape
        image = QImage(shown.data, width, height, 4 * width, QImage.Format.Format_RGB32)
        view_from_screen, _ = screen_from_view.inverted()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(view_from_screen.mapRect(QRectF(left, top, width, height)), image)
        painter.restore()

    def _packed(self, width: int, height: int) -> Packed:
        """The picture, averaged down to a width and height where they are smaller."""
        if (width, height) == self.size.toTuple():
            if self._whole is None:
                self._whole = _packed(self._pixels)
            return self._whole
        if self._small is None or self._small.shape != (height, width):
            self._small = _packed(_shrunk(self._pixels, width, height))
        return self._small


class _Run:
    """One direction of a picture on the screen: which of its `count` pixels each pixel of the screen shows.

    A direction that is to be averaged below 100 % has as many pixels as the screen has for it, and begins and ends
    with whole ones.
    """

    def __init__(self, begin: float, scale: float, count: int, averaged: bool) -> None:
        self._begin, self._scale, self.count = begin, scale, count
        if averaged and scale < 1:
            self._begin, end = math.floor(begin + 0.5), math.floor(begin + count * scale + 0.5)
            self._scale, self.count = 1.0, max(end - self._begin, 1)

    def taken(self, low: float, high: float) -> tuple[NDArray[np.intp], int]:
        """The pixels shown from one place of the screen to another, and the screen's pixel where they begin."""
        first = max(math.ceil(self._begin - 0.5), math.floor(low))
        last = min(math.ceil(self._begin + self.count * self._scale - 0.5), math.ceil(high))
        centers = np.arange(first, max(last, first)) + 0.5
        taken = np.floor((centers - self._begin) / self._scale + NUDGE).astype(np.intp)
        return np.clip(taken, 0, self.count - 1), first


def _picked(packed: Packed, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Packed:
    """Rows and columns of a picture, neither list decreasing; a view where each is wanted once, which is faster."""
    top, left = int(rows[0]), int(columns[0])
    found = packed[top : int(rows[-1]) + 1, left : int(columns[-1]) + 1]
    if found.shape[1] != len(columns):
        found = np.take(found, columns - left, axis=1)
    if found.shape[0] != len(rows):
        found = np.take(found, rows - top, axis=0)
    return np.ascontiguousarray(found)


def _seen(painter: QPainter, screen_from_view: QTransform) -> QRectF:
    """The part of the screen that the painter's clip leaves, in pixels of the screen."""
    area = painter.clipBoundingRect() if painter.hasClipping() else QRectF(painter.viewport())
    return screen_from_view.mapRect(area)


def _shrunk(pixels: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """Averages of pixels, one direction after the other, each only where it becomes smaller."""
    shrunk = pixels
    for size in ((pixels.shape[1], height), (width, height)):
        before = shrunk.shape[1::-1]
        if size == before:
            continue
        # Down to a half the nearest pixels hold every pixel, and are ten times as fast as the exact average.
        is_coarse = 2 * size[0] < before[0] or 2 * size[1] < before[1]
        shrunk = np.asarray(cv2.resize(shrunk, size, interpolation=cv2.INTER_AREA if is_coarse else cv2.INTER_LINEAR))
    return shrunk


def _packed(pixels: NDArray[np.uint8]) -> Packed:
    """RGB as Qt packs it for the screen, a whole number for each pixel."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2BGRA).view(np.uint32)[..., 0])


def draw_gap(painter: QPainter, left: Part, right: Part) -> None:
    """Part two pictures side by side by a dark line."""
    between = QRect(left.pane.topRight(), right.pane.bottomLeft()).adjusted(1, 0, -1, 0)
    painter.fillRect(between, GROUND.darker())


def draw_split_line(painter: QPainter, clip: QRect) -> None:
    """Draw the line between two halves, at the left edge of the second, with a handle to drag it by."""
    x, middle = clip.left(), clip.center().y()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for color, width in ((QColor(0, 0, 0, 160), 4.0), (QColor("#ffffff"), 2.0)):
        painter.setPen(QPen(color, width))
        painter.drawLine(QPointF(x, clip.top()), QPointF(x, clip.bottom()))
    painter.setBrush(QColor(20, 20, 22))
    painter.drawEllipse(QPointF(x, middle), GRIP / 2, GRIP / 2)
    for side in (-1, 1):
        tip = QPointF(x + side * 7, middle)
        painter.drawPolyline([tip + QPointF(-side * 3, -4), tip, tip + QPointF(-side * 3, 4)])


def draw_chips(painter: QPainter, scene: Scene, area: QRect) -> None:
    """Say in the corners which view each picture is, and what is known of the frame; then the heatmap's scale."""
    if scene.display.view is View.BESIDE and scene.frame is not None:
        left, right = parts_of(View.BESIDE, 0.5, area)
        for part, words in zip((left, right), pair_words(scene), strict=True):
            _draw_chip(painter, words, part.pane, Qt.AlignmentFlag.AlignTop)
    elif scene.frame is not None:
        _draw_chip(painter, view_words(scene), area, Qt.AlignmentFlag.AlignTop)
    if caption(scene):
        room = area.adjusted(0, 0, -round(bar_room(painter, scene)), 0)
        _draw_chip(painter, caption(scene), room, Qt.AlignmentFlag.AlignBottom)
    if scene.missing and scene.display.computed is not None:
        pane = parts_of(scene.display.view, scene.display.split, area)[-1].clip
        _draw_chip(painter, scene.missing, pane, Qt.AlignmentFlag.AlignVCenter)
    draw_color_bar(painter, scene, area)


def _draw_chip(painter: QPainter, text: str, area: QRect, where: Qt.AlignmentFlag) -> None:
    """Draw words on a dark ground, broken into lines where they have to be."""
    inner = QRectF(area).adjusted(CHIP_MARGIN, CHIP_MARGIN, -CHIP_MARGIN, -CHIP_MARGIN)
    room = QRectF(0, 0, max(40.0, inner.width() - 16), 1000)
    flags = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
    words = painter.boundingRect(room, flags, text)
    chip = words.adjusted(-8, -4, 8, 4)
    if where is Qt.AlignmentFlag.AlignTop:
        chip.moveTopLeft(inner.topLeft())
    elif where is Qt.AlignmentFlag.AlignBottom:
        chip.moveBottomLeft(inner.bottomLeft())
    else:
        chip.moveCenter(inner.center())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(GROUND)
    painter.drawRoundedRect(chip, 4, 4)
    painter.setPen(INK)
    painter.drawText(chip.adjusted(8, 4, -8, -4), flags, text)
