"""The field shows the number, and keeps what is typed until it led somewhere or was given up."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from lav_gui.ui.views.go_to import GoToField


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QMainWindow]:
    made = QMainWindow()
    made.setCentralWidget(GoToField())
    made.show()
    with qtbot.waitExposed(made):
        made.activateWindow()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def field(window: QMainWindow) -> GoToField:
    found = window.centralWidget()
    assert isinstance(found, GoToField)
    found.show_number(4)
    return found


def test_typing_replaces_the_number_and_is_asked_for_with_return(field: GoToField, qtbot: QtBot) -> None:
    field.begin()
    qtbot.keyClicks(field, "1:02.5")
    with qtbot.waitSignal(field.place_asked) as asked:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert asked.args == ["1:02.5"]
    assert field.text() == "1:02.5"
    field.show_number(30)
    field.finish()
    assert field.text() == "30"
    assert not field.hasFocus()


def test_while_one_types_the_number_does_not_get_in_the_way(field: GoToField, qtbot: QtBot) -> None:
    field.begin()
    qtbot.keyClicks(field, "33")
    field.show_number(5)
    assert field.text() == "33"


def test_escape_gives_up_and_does_nothing_else(window: QMainWindow, field: GoToField, qtbot: QtBot) -> None:
    pressed: list[bool] = []
    action = QAction(window)
    action.setShortcut("Esc")
    action.triggered.connect(pressed.append)
    window.addAction(action)
    field.begin()
    qtbot.keyClicks(field, "33")
    with qtbot.waitSignal(field.left):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "4"
    assert not field.hasFocus()
    assert pressed == []


def test_nothing_is_shown_without_a_video(field: GoToField) -> None:
    field.show_number(None)
    assert field.text() == ""
