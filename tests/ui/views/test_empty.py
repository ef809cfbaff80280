"""The window before a file is open."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from lav_gui.ui.colors import DARK
from lav_gui.ui.style import apply_theme
from lav_gui.ui.views.empty import STEPS, EmptyView


def test_it_says_what_to_do_and_what_will_happen(qtbot: QtBot) -> None:
    view = EmptyView()
    qtbot.addWidget(view)
    texts = " ".join(label.text() for label in view.findChildren(QLabel))
    assert "Drop a video or a case here" in texts
    assert all(heading in texts and text in texts for heading, text in STEPS)


def test_its_buttons_ask(qtbot: QtBot) -> None:
    view = EmptyView()
    qtbot.addWidget(view)
    opener, demo = view.findChildren(QPushButton)
    with qtbot.waitSignal(view.open_asked):
        qtbot.mouseClick(opener, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(view.demo_asked):
        qtbot.mouseClick(demo, Qt.MouseButton.LeftButton)


def test_it_follows_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    view = EmptyView()
    qtbot.addWidget(view)
    view.show()
    (symbol,) = [label for label in view.findChildren(QLabel) if not label.pixmap().isNull()]
    before = symbol.pixmap().toImage()
    apply_theme(qapp, DARK)
    assert symbol.pixmap().toImage() != before
