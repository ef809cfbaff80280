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
    assert all(heading in texts and text.format(key="Ctrl+O") in texts for heading, text in STEPS)


def test_it_names_the_key_that_opens_a_file(qtbot: QtBot) -> None:
    view = EmptyView()
    qtbot.addWidget(view)
    view.show_open_key("F3")
    assert "press F3." in " ".join(label.text() for label in view.findChildren(QLabel))
    view.show_open_key("")
    assert "press" not in " ".join(label.text() for label in view.findChildren(QLabel))


def test_it_names_the_keys_that_help(qtbot: QtBot) -> None:
    view = EmptyView()
    qtbot.addWidget(view)
    view.show_help_keys("F1 / ?", "Shift+F1")
    texts = [label.text() for label in view.findChildren(QLabel)]
    assert "F1 / ? shows all keys.  Shift+F1, then a click, explains what is clicked." in texts
    view.show_help_keys("", "")
    assert not [label for label in view.findChildren(QLabel) if "keys" in label.text()]


def test_what_was_open_lately_stands_between_buttons_and_steps(qtbot: QtBot) -> None:
    view = EmptyView()
    qtbot.addWidget(view)
    recent = QLabel("swap_fake.lav")
    view.set_recent(recent)
    view.resize(1000, 600)
    view.show()
    below = [label for label in view.findChildren(QLabel) if "never changed" in label.text()]
    above = view.findChildren(QPushButton)
    assert above[0].geometry().bottom() < recent.y() < below[0].y()


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
