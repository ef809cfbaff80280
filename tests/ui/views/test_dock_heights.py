"""Panels keep their heights while the window changes."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from lav_gui.ui.views.dock_heights import LARGEST_SHARE, DockHeights


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QMainWindow]:
    made = QMainWindow()
    made.setCentralWidget(QWidget())
    made.resize(600, 600)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def dock(qtbot: QtBot, window: QMainWindow) -> QDockWidget:
    made = QDockWidget("Timeline")
    made.setWidget(QWidget())
    window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, made)
    window.show()
    with qtbot.waitExposed(window):
        pass
    window.resizeDocks([made], [200], Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: made.height() == 200, timeout=2000)
    return made


def change(qtbot: QtBot, window: QMainWindow, heights: DockHeights, height: int) -> None:
    window.resize(600, height)
    qtbot.waitUntil(lambda: not heights._timer.isActive() and not heights._settling.isActive(), timeout=2000)


def test_a_change_of_the_window_and_back_leaves_the_panel_as_it_was(
    qtbot: QtBot, window: QMainWindow, dock: QDockWidget
) -> None:
    heights = DockHeights(window)
    heights.watch(dock, 200)
    change(qtbot, window, heights, 500)
    assert dock.height() == 200
    change(qtbot, window, heights, 600)
    assert dock.height() == 200


def test_a_panel_that_is_kept_already_stays_as_it_was_left(
    qtbot: QtBot, window: QMainWindow, dock: QDockWidget
) -> None:
    heights = DockHeights(window)
    heights.watch(dock, 200, anew=False)
    heights.watch(dock, 120, anew=False)
    change(qtbot, window, heights, 560)
    assert dock.height() == 200


def test_what_the_analyst_makes_of_it_is_kept(qtbot: QtBot, window: QMainWindow, dock: QDockWidget) -> None:
    heights = DockHeights(window)
    heights.watch(dock, 200)
    window.resizeDocks([dock], [150], Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: dock.height() == 150, timeout=2000)
    change(qtbot, window, heights, 560)
    assert dock.height() == 150


def test_a_small_window_leaves_room_for_the_picture(qtbot: QtBot, window: QMainWindow, dock: QDockWidget) -> None:
    heights = DockHeights(window)
    heights.watch(dock, 200)
    change(qtbot, window, heights, 300)
    assert dock.height() <= round(LARGEST_SHARE * 300)
    change(qtbot, window, heights, 600)
    assert dock.height() == 200
