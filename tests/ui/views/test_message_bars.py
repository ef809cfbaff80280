"""Messages as bars with their buttons."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from lav_gui.errors import MediaError
from lav_gui.ui.colors import DARK
from lav_gui.ui.style import apply_theme
from lav_gui.ui.viewmodels.messages import MessagesModel
from lav_gui.ui.views.message_bars import MessageBar, MessageBars


@pytest.fixture
def messages() -> MessagesModel:
    return MessagesModel()


@pytest.fixture
def bars(qtbot: QtBot, messages: MessagesModel) -> Iterator[MessageBars]:
    window = QWidget()
    layout = QVBoxLayout(window)
    made = MessageBars(messages)
    layout.addWidget(made)
    window.show()
    yield made
    window.close()
    window.deleteLater()


def shown(bars: MessageBars) -> list[MessageBar]:
    layout = bars.layout()
    assert layout is not None
    found = [layout.itemAt(place).widget() for place in range(layout.count())]
    return [bar for bar in found if isinstance(bar, MessageBar)]


def press(qtbot: QtBot, bar: MessageBar, text: str) -> None:
    (button,) = [b for b in bar.findChildren(QAbstractButton) if text in (b.text(), b.accessibleName())]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_without_messages_there_is_no_room_taken(bars: MessageBars) -> None:
    assert bars.isHidden()


def test_details_of_an_error_can_be_copied_and_the_error_closed(
    qtbot: QtBot, bars: MessageBars, messages: MessagesModel
) -> None:
    messages.report(MediaError("clip.mp4 is not a readable video."))
    (bar,) = shown(bars)
    press(qtbot, bar, "Copy details")
    assert "clip.mp4 is not a readable video." in QGuiApplication.clipboard().text()
    press(qtbot, bar, "Close this message")
    assert messages.shown == ()
    assert bars.isHidden()


def test_a_question_is_answered_by_its_buttons(qtbot: QtBot, bars: MessageBars, messages: MessagesModel) -> None:
    messages.ask("unfinished", "Go on?", (("resume", "Go on"), ("keep", "Keep what is there")))
    (bar,) = shown(bars)
    with qtbot.waitSignal(messages.chosen) as chosen:
        press(qtbot, bar, "Keep what is there")
    assert chosen.args == ["unfinished", "keep"]


def test_a_banner_has_no_close_button(bars: MessageBars, messages: MessagesModel) -> None:
    messages.warn("weights", "UNTRAINED")
    (bar,) = shown(bars)
    assert bar.findChildren(QAbstractButton) == []
    assert bar.accessibleName() == "UNTRAINED"


def test_a_file_name_is_never_taken_for_markup(bars: MessageBars, messages: MessagesModel) -> None:
    messages.tell("<b>clip</b>.mp4")
    (bar,) = shown(bars)
    assert bar.accessibleName() == "<b>clip</b>.mp4"


def test_it_follows_the_theme(bars: MessageBars, messages: MessagesModel, qapp: QApplication) -> None:
    messages.tell("x")
    apply_theme(qapp, DARK)
    assert len(shown(bars)) == 1
