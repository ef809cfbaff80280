"""The tab key follows the eye, and the focus is never out of sight."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QLineEdit, QMainWindow, QToolBar, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from lav_gui.ui.focus_keeper import FocusKeeper


class KeptWindow(QMainWindow):
    """Two panels, one behind the other, one beside them, and a toolbar; made in another order than they are seen."""

    def __init__(self) -> None:
        super().__init__()
        panels = [self._panel(name) for name in ("beside", "back", "front")]
        self.tabifyDockWidget(panels[2], panels[1])
        bar = QToolBar(self)
        button = QToolButton(objectName="button")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        bar.addWidget(button)
        self.addToolBar(bar)
        self.keeper = FocusKeeper(self, [panels[2], panels[1], panels[0].widget()])

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802  Qt's name
        return self.keeper.step(forward=forward)

    def panel(self, name: str) -> QDockWidget:
        return self.findChild(QDockWidget, name)

    def visited(self, count: int, *, forward: bool = True) -> list[str]:
        names = []
        for _ in range(count):
            self.focusNextPrevChild(forward)
            names.append(self.focusWidget().objectName())
        return names

    def _panel(self, name: str) -> QDockWidget:
        dock, holder = QDockWidget(name, self), QWidget()
        dock.setObjectName(name)
        column = QVBoxLayout(holder)
        low, high = QLineEdit(objectName=f"{name} 2"), QLineEdit(objectName=f"{name} 1")
        column.addWidget(high)
        column.addWidget(low)
        dock.setWidget(holder)
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
        return dock


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[KeptWindow]:
    made = KeptWindow()
    made.resize(600, 400)
    made.show()
    made.activateWindow()
    with qtbot.waitActive(made):
        made.panel("front").raise_()
    made.findChild(QToolButton, "button").setFocus()
    yield made
    made.close()
    made.deleteLater()


ORDER = ["", "front 1", "front 2", "back 1", "back 2", "beside 1", "beside 2", "button"]
"""Qt's own tabs of the panels have no name."""


def test_regions_come_in_their_order_and_controls_from_top_to_bottom(window: KeptWindow) -> None:
    assert window.visited(16) == ORDER * 2
    assert window.visited(8, forward=False) == [*ORDER[-2::-1], "button"]


def test_a_panel_that_gets_the_focus_comes_to_the_front(window: KeptWindow, qtbot: QtBot) -> None:
    window.visited(4)
    qtbot.waitUntil(lambda: not window.focusWidget().visibleRegion().isEmpty())
    assert window.focusWidget().objectName() == "back 1"


def test_a_control_that_goes_away_gives_its_focus_to_one_in_sight(window: KeptWindow) -> None:
    window.visited(3)
    window.focusWidget().setEnabled(False)
    assert window.focusWidget().objectName() == "beside 1"
