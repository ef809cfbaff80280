"""Each kind of note has a shape of its own."""

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor

from lav_gui.session.notes import NoteCategory
from lav_gui.ui.views.note_badge import badge_icon, note_shape


def test_no_two_kinds_look_alike_without_color() -> None:
    pictures = [badge_icon(category, "#777777").pixmap(16).toImage() for category in NoteCategory]
    assert all(one != other for place, one in enumerate(pictures) for other in pictures[:place])


@pytest.mark.parametrize("category", list(NoteCategory))
def test_a_shape_fills_the_unit_square_and_no_more(category: NoteCategory) -> None:
    area = note_shape(category).boundingRect()
    assert QRectF(-0.5, -0.5, 1, 1).contains(area)
    assert max(area.width(), area.height()) > 0.8


def test_a_badge_has_the_color_of_its_note() -> None:
    picture = badge_icon(NoteCategory.EXHIBIT, "#009E73").pixmap(QSize(16, 16)).toImage()
    assert picture.pixelColor(picture.width() // 2, picture.height() // 2) == QColor("#009E73")
    assert picture.pixelColor(0, 0).alpha() == 0
