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
        self._whole: QImage | None = None
        self._small = QImage()

    @property
    def size(self) -> QSize:
        """Width and height in pixels."""
        height, width = self._pixels.shape[:2]
        return QSize(width, height)

    def draw(self, painter: QPainter, view_from_frame: QTransform, ratio: float) -> None:
        """Paint it; `ratio` is the screen's pixels per unit of the painter."""
        area = QRectF(QPointF(0, 0), self.size.toSizeF())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        if view_from_frame.m22() * ratio < 1:
            shown = view_from_frame.mapRect(area)
            size = QSize(max(1, round(shown.width() * ratio)), max(1, round(shown.height() * ratio)))
            painter.drawImage(_on_whole_pixels(shown, size, ratio), self._shrunk(size))
        else:
            painter.setTransform(view_from_frame, combine=True)
            painter.drawImage(area, self._as_it_is())
        painter.restore()

    def _as_it_is(self) -> QImage:
        if self._whole is None:
            self._whole = _image_of(self._pixels)
        return self._whole

    def _shrunk(self, size: QSize) -> QImage:
        if self._small.size() != size:
            small = cv2.resize(self._pixels, size.toTuple(), interpolation=self._how(size))
            self._small = _image_of(np.asarray(small, dtype=np.uint8))
        return self._small

    def _how(self, size: QSize) -> int:
        """Down to a half the four nearest pixels hold every pixel, and are ten times as fast as the exact average."""
        if not self._is_averaged:
            return cv2.INTER_NEAREST
        return cv2.INTER_LINEAR if 2 * size.height() >= self.size.height() else cv2.INTER_AREA


def _image_of(pixels: NDArray[np.uint8]) -> QImage:
    height, width = pixels.shape[:2]
    wrapped = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return wrapped.convertToFormat(QImage.Format.Format_RGB32)


def _on_whole_pixels(shown: QRectF, size: QSize, ratio: float) -> QRectF:
    """The place next to `shown` where each shrunk pixel covers one pixel of the screen."""
    left, top = math.floor(shown.left() * ratio + 0.5) / ratio, math.floor(shown.top() * ratio + 0.5) / ratio
    return QRectF(left, top, size.width() / ratio, size.height() / ratio)


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
