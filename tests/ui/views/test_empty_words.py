"""Words in a list that has nothing to show."""

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from lav_gui.ui.views.empty_words import paint_empty_words


class Shown(QListWidget):
    """A list that says something while it is empty."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        super().paintEvent(event)
        paint_empty_words(self, "Nothing yet")


def colors(shown: QListWidget) -> int:
    image = shown.viewport().grab().toImage()
    return len({image.pixel(x, y) for x in range(image.width()) for y in range(image.height())})


def test_the_words_are_seen_only_while_there_are_no_rows(qtbot: QtBot) -> None:
    shown = Shown()
    qtbot.addWidget(shown)
    shown.resize(160, 80)
    assert colors(shown) > 1
    shown.addItem("")
    shown.item(0).setSelected(False)
    assert colors(shown) == 1
