"""The bench: picture and transport in the middle, panels docked around it."""

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QMainWindow, QScrollArea, QVBoxLayout, QWidget

from lav_gui.ui.views.picture import PictureView
from lav_gui.ui.views.transport import TransportView
from lav_gui.ui.wording import say

LEFT_WIDTH, RIGHT_WIDTH, BOTTOM_HEIGHT = 232, 312, 216
LEFT_SHARE, RIGHT_SHARE, BOTTOM_SHARE = 0.15, 0.19, 0.28
"""First sizes of the panels: in pixels on a small screen, by share of the window on a large one."""

FACES_SHARE = 0.4
BEHIND = {"notes": "side", "tables": "side", "videos": "faces"}
"""Panels that share a place at first, the second in front."""

SCROLLED = ("face", "videos")
"""Panels whose content grows and shrinks: they scroll, so that no other panel is moved or covered."""

BELOW = (Qt.DockWidgetArea.BottomDockWidgetArea, Qt.DockWidgetArea.TopDockWidgetArea)


class Bench(QMainWindow):
    """Docks can be moved, folded and restored.

    Parameters
    ----------
    picture : PictureView
    strip : QWidget
        At the right side of the picture.
    transport : TransportView
    panels : dict of str to (title, widget, area)
        By object name, which names the dock in the saved layout.
    """

    def __init__(
        self,
        picture: PictureView,
        strip: QWidget,
        transport: TransportView,
        panels: dict[str, tuple[str, QWidget, Qt.DockWidgetArea]],
    ) -> None:
        super().__init__()
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setDockOptions(QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowNestedDocks)
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(picture, 1)
        row.addWidget(strip)
        layout.addLayout(row, 1)
        layout.addWidget(transport)
        self.setCentralWidget(middle)
        self._docks: dict[str, QDockWidget] = {}
        for name, (title, widget, area) in panels.items():
            self._add(name, title, widget, area)
        self._stack()
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self._first_layout = self.saveState()
        self._is_sized = False

    def switches(self) -> list[QAction]:
        """One action per panel that shows or hides it."""
        return [dock.toggleViewAction() for dock in self._docks.values()]

    def restore(self, layout: QByteArray, version: int) -> None:
        """Put the panels where they were the last time."""
        self._is_sized = self.restoreState(layout, version)

    def showEvent(self, event: QShowEvent) -> None:
        """Give the panels their first sizes, which works only once they have their place on the screen."""
        super().showEvent(event)
        if not self._is_sized:
            self._is_sized = True
            QTimer.singleShot(0, self, self._size_docks)

    def bring_forward(self, name: str) -> None:
        """Show a panel in front of those that share its place; one that was folded away stays so."""
        dock = self._docks[name]
        if not dock.toggleViewAction().isChecked():
            return
        dock.raise_()

    def reset(self) -> None:
        """Put all panels back where they were at first."""
        self.restoreState(self._first_layout)
        self._size_docks()

    def _is_left(self, dock: QDockWidget) -> bool:
        return self.dockWidgetArea(dock) is Qt.DockWidgetArea.LeftDockWidgetArea

    def _add(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> None:
        dock = QDockWidget(say(title))
        dock.setObjectName(name)
        dock.setWidget(_scrolled(widget, title) if name in SCROLLED else widget)
        dock.setAccessibleName(say(title))
        self.addDockWidget(area, dock)
        self._docks[name] = dock

    def _stack(self) -> None:
        for name, front in BEHIND.items():
            if name in self._docks and front in self._docks:
                self.tabifyDockWidget(self._docks[front], self._docks[name])
                self._docks[front].raise_()

    def _size_docks(self) -> None:
        width, height = self.width(), self.height()
        sizes = {
            Qt.DockWidgetArea.LeftDockWidgetArea: max(LEFT_WIDTH, width * LEFT_SHARE),
            Qt.DockWidgetArea.RightDockWidgetArea: max(RIGHT_WIDTH, width * RIGHT_SHARE),
            Qt.DockWidgetArea.BottomDockWidgetArea: max(BOTTOM_HEIGHT, height * BOTTOM_SHARE),
            Qt.DockWidgetArea.TopDockWidgetArea: max(BOTTOM_HEIGHT, height * BOTTOM_SHARE),
        }
        below = [dock for dock in self._docks.values() if self.dockWidgetArea(dock) in BELOW]
        beside = [dock for dock in self._docks.values() if dock not in below]
        room = height - sizes[Qt.DockWidgetArea.BottomDockWidgetArea]
        self.resizeDocks(
            beside, [round(sizes[self.dockWidgetArea(dock)]) for dock in beside], Qt.Orientation.Horizontal
        )
        left = [dock for name, dock in self._docks.items() if name not in BEHIND and self._is_left(dock)]
        shares = (FACES_SHARE, 1 - FACES_SHARE)
        self.resizeDocks(left[:2], [round(room * share) for share in shares[: len(left)]], Qt.Orientation.Vertical)
        self.resizeDocks(below, [round(sizes[self.dockWidgetArea(dock)]) for dock in below], Qt.Orientation.Vertical)


def _scrolled(panel: QWidget, title: str) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(title)
    area.setWidget(panel)
    return area
