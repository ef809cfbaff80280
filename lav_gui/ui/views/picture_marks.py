"""What is painted over the picture: heatmaps by the crop's own affine, boxes, labels, captions."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen, QPolygonF, QTransform

from lav_gui.ui.colors import SURROUND, UNTRAINED_COLOR, face_color, face_dash, inferno
from lav_gui.ui.viewmodels.scene import FaceMark, FrameStanding, Scene
from lav_gui.ui.wording import say, score

LABEL_PADDING = 4
CAPTION_MARGIN = 8

LEAST_VEIL = 0.1
"""Opacity of a heatmap cell of value 0, of the whole; it grows with the value."""


@lru_cache(maxsize=2)
def _scale(meaningful: bool) -> NDArray[np.uint8]:
    """The colors of the heatmap; gray where its numbers mean nothing."""
    return inferno() if meaningful else np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)


def fill_surround(painter: QPainter, area: QRect) -> None:
    """Paint the neutral ground."""
    painter.fillRect(area, QColor(SURROUND))


def heatmap_image(heatmap: NDArray[np.float16], *, meaningful: bool, veil: bool = False) -> QImage:
    """A heatmap on the fixed 0 to 1 scale, one pixel per cell; as a veil, low values let the picture through."""
    values = np.clip(heatmap.astype(np.float32), 0, 1)
    steps = (values * 255 + 0.5).astype(np.uint8)
    alpha = 255 * (LEAST_VEIL + (1 - LEAST_VEIL) * values) if veil else np.full_like(values, 255)
    colored = np.ascontiguousarray(np.dstack([_scale(meaningful)[steps], alpha.astype(np.uint8)]))
    height, width = steps.shape
    return QImage(colored.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()


def draw_heatmaps(painter: QPainter, scene: Scene, view_from_frame: QTransform) -> None:
    """Lay each face's heatmap over the frame; cells stay cells, nothing is interpolated."""
    if scene.heatmap_opacity <= 0:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    height, width = (0, 0) if scene.frame is None else scene.frame.image.shape[:2]
    painter.setClipRect(QRectF(0, 0, width, height))
    painter.setOpacity(scene.heatmap_opacity)
    for mark in scene.marks:
        if mark.included:
            grid = mark.heatmap.shape[0]
            painter.setTransform(qt_transform(mark.frame_from_heatmap) * view_from_frame)
            image = heatmap_image(mark.heatmap, meaningful=scene.meaningful, veil=True)
            painter.drawImage(QRectF(0, 0, grid, grid), image)
    painter.restore()


def qt_transform(affine: NDArray[np.float64]) -> QTransform:
    """A (2, 3) affine as Qt's transform."""
    (a, b, c), (d, e, f) = affine.tolist()
    return QTransform(a, d, b, e, c, f)


def draw_boxes(painter: QPainter, scene: Scene, view_from_frame: QTransform) -> None:
    """Draw each face's box in its color and line style, and its number and score on it."""
    if not scene.boxes:
        return
    painter.save()
    for mark in scene.marks:
        box = view_from_frame.mapRect(_rect(mark))
        _draw_box(painter, box, mark)
        _draw_label(painter, box, mark, scene.meaningful)
    painter.restore()


def _rect(mark: FaceMark) -> QRectF:
    left, top, right, bottom = mark.box_xyxy
    return QRectF(QPointF(left, top), QPointF(right, bottom))


def _draw_box(painter: QPainter, box: QRectF, mark: FaceMark) -> None:
    width = 3.0 if mark.selected else 2.0
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(0, 0, 0, 150), width + 2))
    painter.drawRect(box)
    pen = QPen(QColor(face_color(mark.track_id) if mark.included else UNTRAINED_COLOR), width)
    dash = (1.5, 2.5) if mark.held else face_dash(mark.track_id)
    if dash:
        pen.setDashPattern(list(dash))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawRect(box)


def _draw_label(painter: QPainter, box: QRectF, mark: FaceMark, meaningful: bool) -> None:
    text = str(mark.track_id)
    if not mark.included:
        text += "  " + say("left out")
    elif meaningful:
        text += "  " + score(mark.fake_prob)
    metrics = QFontMetricsF(painter.font())
    size = metrics.size(0, text)
    label = QRectF(0, 0, size.width() + 2 * LABEL_PADDING, size.height() + LABEL_PADDING)
    label.moveBottomLeft(box.topLeft() - QPointF(1, 2))
    if label.top() < 0:
        label.moveTopLeft(box.topLeft() + QPointF(2, 2))
    ground = QColor(face_color(mark.track_id) if mark.included else UNTRAINED_COLOR)
    painter.fillRect(label, ground)
    painter.setPen(QColor("#000000" if ground.lightnessF() > 0.42 else "#ffffff"))
    painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)


def draw_pixel_grid(painter: QPainter, area: QRect, view_from_frame: QTransform, size: QSize) -> None:
    """Draw the edges of the stored pixels that are in view."""
    back, _ = view_from_frame.inverted()
    seen = back.mapRect(QRectF(area)).intersected(QRectF(QPointF(0, 0), size.toSizeF())).toAlignedRect()
    painter.setPen(QPen(QColor(0, 0, 0, 60), 1))
    for x in range(seen.left(), seen.right() + 2):
        ends = QPolygonF([QPointF(x, seen.top()), QPointF(x, seen.bottom() + 1)])
        painter.drawPolyline(view_from_frame.map(ends))
    for y in range(seen.top(), seen.bottom() + 2):
        ends = QPolygonF([QPointF(seen.left(), y), QPointF(seen.right() + 1, y)])
        painter.drawPolyline(view_from_frame.map(ends))


def draw_captions(painter: QPainter, scene: Scene, area: QRect) -> None:
    """Say in the corner what is known of the frame, and the heatmap's scale beside it."""
    text = caption(scene)
    if text:
        _draw_chip(painter, text, area)
    if scene.heatmap_opacity > 0 and any(mark.included for mark in scene.marks):
        _draw_color_bar(painter, area, scene.meaningful)


def caption(scene: Scene) -> str:
    """What is known of the shown frame, as a short sentence; empty where its marks say it all."""
    if scene.gap is not None:
        return say("Frame {index} yields no picture: {reason}", index=scene.gap.index, reason=scene.gap.reason)
    if scene.standing is FrameStanding.NOT_YET:
        return "" if scene.marks else say("This frame is not analyzed yet")
    if scene.standing is FrameStanding.NOT_PLANNED:
        return "" if scene.marks else say("This frame is not among those analyzed")
    return say("No face found in this frame") if scene.standing is FrameStanding.NO_FACE else ""


def _draw_chip(painter: QPainter, text: str, area: QRect) -> None:
    metrics = QFontMetricsF(painter.font())
    room = area.width() - 2 * CAPTION_MARGIN - 16
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    size = metrics.size(0, shown)
    chip = QRectF(0, 0, size.width() + 16, size.height() + 8)
    chip.moveBottomLeft(QPointF(area.left() + CAPTION_MARGIN, area.bottom() - CAPTION_MARGIN))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(20, 20, 22, 205))
    painter.drawRoundedRect(chip, 4, 4)
    painter.setPen(QColor("#f4f4f4"))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, shown)


def _draw_color_bar(painter: QPainter, area: QRect, meaningful: bool) -> None:
    """The fixed scale from 0 to 1, never stretched to a frame."""
    bar = QRectF(0, 0, 10, min(160, area.height() - 64))
    if bar.height() < 40:
        return
    bar.moveTopRight(QPointF(area.right() - 36, area.top() + 24))
    ground = bar.adjusted(-8, -16, 32, 16)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(20, 20, 22, 190))
    painter.drawRoundedRect(ground, 4, 4)
    scale = np.ascontiguousarray(_scale(meaningful)[::-1].reshape(256, 1, 3))
    painter.drawImage(bar, QImage(scale.data, 1, 256, 3, QImage.Format.Format_RGB888).copy())
    painter.setPen(QColor("#f4f4f4"))
    for value, text in ((0.0, "0"), (0.5, "0.5"), (1.0, "1")):
        y = bar.bottom() - value * bar.height()
        painter.drawLine(QPointF(bar.right(), y), QPointF(bar.right() + 3, y))
        painter.drawText(QRectF(bar.right() + 5, y - 8, 26, 16), Qt.AlignmentFlag.AlignVCenter, text)


def face_at(scene: Scene, place: QPointF) -> int | None:
    """The face whose box holds a point of the frame; of several the smallest."""
    holding = [mark for mark in scene.marks if _rect(mark).contains(place)]
    smallest = min(holding, key=lambda mark: _rect(mark).width() * _rect(mark).height(), default=None)
    return None if smallest is None else smallest.track_id


def words_at(scene: Scene, place: QPointF) -> str:
    """What is under a point of the frame: pixel, color, and the heatmap's value."""
    if scene.frame is None:
        return ""
    height, width = scene.frame.image.shape[:2]
    x, y = int(np.floor(place.x())), int(np.floor(place.y()))
    if not (0 <= x < width and 0 <= y < height):
        return ""
    red, green, blue = scene.frame.image[y, x].tolist()
    words = say("x {x}  y {y}   R {red}  G {green}  B {blue}", x=x, y=y, red=red, green=green, blue=blue)
    for mark in scene.marks:
        value = heatmap_value(mark, place)
        if value is not None and scene.heatmap_opacity > 0:
            words += "   " + say("heatmap {value:.2f}", value=value)
            break
    return words


def heatmap_value(mark: FaceMark, place: QPointF) -> float | None:
    """The heatmap's value at a point of the frame; None outside it."""
    back, possible = qt_transform(mark.frame_from_heatmap).inverted()
    cell = back.map(place)
    grid = mark.heatmap.shape[0]
    if not possible or not (0 <= cell.x() < grid and 0 <= cell.y() < grid):
        return None
    return float(mark.heatmap[int(cell.y()), int(cell.x())])


def describe(scene: Scene) -> str:
    """The scene in words, for screen readers."""
    if scene.frame is None:
        return caption(scene) or say("No video is open")
    words = [say("Frame {index}", index=scene.frame.index), caption(scene)]
    words += [say("face {number}: {score}", number=mark.track_id, score=score(mark.fake_prob)) for mark in scene.marks]
    return ". ".join(word for word in words if word)
