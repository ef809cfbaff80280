"""The heatmap's scale in a corner of the picture: always from 0 to 1, never stretched to a frame."""

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from lav_gui.ui.viewmodels.scene import Scene
from lav_gui.ui.views.patch_marks import CONTOUR_VALUE, color_scale

GROUND, INK = QColor(20, 20, 22, 205), QColor("#f4f4f4")
LENGTH, THICKNESS, MARGIN, PADDING = 112, 9, 8, 8
TICKS = (0.0, 0.5, 1.0)


def is_shown(scene: Scene) -> bool:
    """Whether the picture bears anything that needs the scale."""
    wanted = scene.heatmap_opacity > 0 or scene.display.contours
    return wanted and any(mark.included for mark in scene.marks)


def bar_room(painter: QPainter, scene: Scene) -> float:
    """Width of the scale with its ground and margin; 0 where it is not shown."""
    if not is_shown(scene):
        return 0.0
    return LENGTH + painter.fontMetrics().horizontalAdvance("01") + 4 * PADDING + MARGIN


def draw_color_bar(painter: QPainter, scene: Scene, area: QRect) -> None:
    """Draw the scale in the lower right corner; the line's value is marked where the line is shown."""
    room = bar_room(painter, scene)
    if not 0 < room < area.width():
        return
    metrics = painter.fontMetrics()
    ground = QRectF(0, 0, room - MARGIN, metrics.height() + 8)
    ground.moveBottomRight(QPointF(area.right() - MARGIN, area.bottom() - MARGIN))
    bar = QRectF(0, 0, LENGTH, THICKNESS)
    bar.moveCenter(ground.center())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(GROUND)
    painter.drawRoundedRect(ground, 4, 4)
    scale = np.ascontiguousarray(color_scale(scene.meaningful).reshape(1, 256, 3))
    painter.drawImage(bar, QImage(scale.data, 256, 1, 768, QImage.Format.Format_RGB888).copy())
    painter.setPen(INK)
    left = QRectF(ground.left(), ground.top(), bar.left() - ground.left(), ground.height())
    right = QRectF(bar.right(), ground.top(), ground.right() - bar.right(), ground.height())
    painter.drawText(left, Qt.AlignmentFlag.AlignCenter, "0")
    painter.drawText(right, Qt.AlignmentFlag.AlignCenter, "1")
    for value in TICKS:
        x = bar.left() + value * bar.width()
        painter.drawLine(QPointF(x, bar.bottom()), QPointF(x, bar.bottom() + 3))
    if scene.display.contours:
        _draw_value(painter, bar, CONTOUR_VALUE)


def _draw_value(painter: QPainter, bar: QRectF, value: float) -> None:
    x = bar.left() + value * bar.width()
    for color, width in ((QColor(0, 0, 0), 4.0), (QColor(255, 255, 255), 2.0)):
        painter.setPen(QPen(color, width))
        painter.drawLine(QPointF(x, bar.top() - 2), QPointF(x, bar.bottom() + 2))
