"""A line of progress in a cell."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from lav_gui.ui.colors import LIGHT
from lav_gui.ui.views.progress_line import HEIGHT, paint_progress


@pytest.mark.parametrize(("fraction", "share"), [(0.0, 0.0), (0.5, 0.5), (1.0, 1.0), (7.0, 1.0)])
def test_the_line_is_as_long_as_what_is_done(fraction: float, share: float) -> None:
    image = QImage(108, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_progress(painter, QRect(0, 0, 108, 30), fraction)
    painter.end()
    y = 29 - 1 - HEIGHT // 2 - 1
    accent = QColor(LIGHT.accent)
    colored = [x for x in range(108) if image.pixelColor(x, y) == accent]
    assert len(colored) == pytest.approx(100 * share, abs=4)
