"""Cursor and marked part."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from lav_gui.ui.colors import LIGHT
from lav_gui.ui.views.timeline_overlays import HEAD, CursorLine, MarkedPart


def test_the_cursor_repaints_a_narrow_strip(qapp: object) -> None:
    cursor = CursorLine()
    cursor.resize(200, LIGHT)
    assert cursor.boundingRect().width() <= 2 * HEAD + 2
    assert cursor.boundingRect().height() == 200
    image = QImage(20, 200, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.translate(10, 0)
    cursor.paint(painter)
    painter.end()
    assert image.pixelColor(10, 150).name() == LIGHT.accent
    assert image.pixelColor(15, 150).name() == "#ffffff"


def test_the_marked_part_has_firm_edges(qapp: object) -> None:
    part = MarkedPart()
    part.show_part(QRectF(5, 0, 10, 20), LIGHT)
    assert part.ends == (5, 15)
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    part.paint(painter)
    painter.end()
    lightness = [image.pixelColor(x, 10).lightness() for x in (2, 5, 10)]
    assert lightness[1] < lightness[2] < lightness[0]
