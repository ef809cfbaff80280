"""The popup stands above its place, within the screen, and takes nothing from the window."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from lav_gui.ui.views.thumbnail_popup import DISTANCE, ThumbnailPopup

IMAGE = np.full((90, 160, 3), 120, np.uint8)


@pytest.fixture
def popup(qtbot: QtBot) -> Iterator[ThumbnailPopup]:
    window = QWidget()
    window.show()
    yield ThumbnailPopup(window)
    window.close()
    window.deleteLater()


def test_it_stands_centered_above_the_place(popup: ThumbnailPopup) -> None:
    popup.show_at(QPoint(400, 500), IMAGE, "Frame 12")
    assert popup.isVisible()
    assert popup.y() + popup.height() == 500 - DISTANCE
    assert abs(popup.geometry().center().x() - 400) <= 1
    picture, words = popup.findChildren(QLabel)
    assert picture.pixmap().size().toTuple() == (160, 90)
    assert words.text() == "Frame 12"


def test_at_the_edges_it_stays_on_the_screen(popup: ThumbnailPopup) -> None:
    room = popup.screen().availableGeometry()
    for x in (room.left(), room.right()):
        popup.show_at(QPoint(x, 400), IMAGE, "Frame 12")
        assert room.contains(popup.geometry())
    popup.show_at(QPoint(300, room.top() + 5), IMAGE, "Frame 12")
    assert popup.y() > room.top() + 5


def test_without_a_picture_the_words_are_shown_alone(popup: ThumbnailPopup) -> None:
    popup.show_at(QPoint(400, 500), IMAGE, "Frame 12")
    tall = popup.height()
    popup.show_at(QPoint(400, 500), None, "Frame 13")
    assert popup.height() < tall
    assert popup.findChildren(QLabel)[1].text() == "Frame 13"


def test_it_takes_neither_pointer_nor_focus(popup: ThumbnailPopup) -> None:
    assert popup.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert popup.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
