"""The bench: picture and transport in the middle, panels docked around it."""

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QMainWindow, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from lav_gui.ui.views.dock_heights import DockHeights
from lav_gui.ui.views.face_card import FaceCard
from lav_gui.ui.views.picture import PictureView
from lav_gui.ui.views.transport import TransportView
from lav_gui.ui.wording import say

LEFT_WIDTH, RIGHT_WIDTH, BOTTOM_HEIGHT = 232, 312, 232
LEFT_SHARE, RIGHT_SHARE, BOTTOM_SHARE = 0.15, 0.19, 0.3
"""First sizes of the panels: in pixels on a small screen, by share of the window on a large one."""

SHORT = 800
"""A bench lower than this gives the left column its whole height: width is at hand there, height is not."""

BEHIND = {"notes": "side", "tables": "side", "videos": "faces"}
"""Panels that share a place at first, the second in front."""

SCROLLED = ("face", "videos")
"""Panels whose content grows and shrinks: they scroll, so that no other panel is moved or covered."""

FITTED = "face"
"""The panel at the left that gets the height that it needs; what is left goes to those above it."""

BELOW = (Qt.DockWidgetArea.BottomDockWidgetArea, Qt.DockWidgetArea.TopDockWidgetArea)


class Bench(QMainWindow):
    """Docks can be moved, folded and restored; those that share a place have tabs instead of titles.

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
        option = QMainWindow.DockOption
        self.setDockOptions(option.AnimatedDocks | option.AllowNestedDocks | option.GroupedDragging)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
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
        self._heights = DockHeights(self)
        self._titling = QTimer(self, singleShot=True, interval=0)
        self._titling.timeout.connect(self._renew_titles)
        for name, (title, widget, area) in panels.items():
            self._add(name, title, widget, area)
        self._stack()
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self._first_layout = self.saveState()
        self._is_sized = False
        self._came_back: tuple[QByteArray, int] | None = None
        self._titling.start()

    def switches(self) -> list[QAction]:
        """One action per panel that shows or hides it."""
        return [dock.toggleViewAction() for dock in self._docks.values()]

    def restore(self, layout: QByteArray, version: int) -> None:
        """Put the panels where they were the last time; before it is shown, they wait for the room they need."""
        self._is_sized = self.restoreState(layout, version)
        self._came_back = (layout, version) if self._is_sized and not self.isVisible() else None
        self._share_corner()

    def kept(self, version: int) -> QByteArray:
        """The layout as `restore` takes it."""
        return self.saveState(version) if self._came_back is None else self._came_back[0]

    def showEvent(self, event: QShowEvent) -> None:
        """Give the panels their first sizes, which works only once they have their place on the screen."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._keep_sizes if self._is_sized else self._size_docks)
        self._is_sized = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the left column or the panels below have the corner between them."""
        super().resizeEvent(event)
        self._share_corner()

    def bring_forward(self, name: str) -> None:
        """Show a panel in front of those that share its place; one that was folded away stays so."""
        dock = self._docks[name]
        if not dock.toggleViewAction().isChecked():
            return
        dock.raise_()

    def reset(self) -> None:
        """Put all panels back where they were at first."""
        self._came_back = None
        self.restoreState(self._first_layout)
        self._share_corner()
        self._size_docks()

    def _is_left(self, dock: QDockWidget) -> bool:
        return self.dockWidgetArea(dock) is Qt.DockWidgetArea.LeftDockWidgetArea

    def _add(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> None:
        dock = QDockWidget(say(title))
        dock.setObjectName(name)
        dock.setWidget(_scrolled(widget, title) if name in SCROLLED else widget)
        dock.setAccessibleName(say(title))
        for signal in (dock.dockLocationChanged, dock.topLevelChanged, dock.visibilityChanged):
            signal.connect(lambda _: self._titling.start())
        self.addDockWidget(area, dock)
        self._docks[name] = dock

    def _stack(self) -> None:
        for name, front in BEHIND.items():
            if name in self._docks and front in self._docks:
                self.tabifyDockWidget(self._docks[front], self._docks[name])
                self._docks[front].raise_()

    def _share_corner(self) -> None:
        area = Qt.DockWidgetArea
        wanted = area.LeftDockWidgetArea if self.height() < SHORT else area.BottomDockWidgetArea
        if self.corner(Qt.Corner.BottomLeftCorner) is not wanted:
            self.setCorner(Qt.Corner.BottomLeftCorner, wanted)

    def _renew_titles(self) -> None:
        """A panel with a tab needs no title: its tab names it, and is what it is dragged by."""
        for dock in self._docks.values():
            neighbors = [each for each in self.tabifiedDockWidgets(dock) if each.toggleViewAction().isChecked()]
            has_tab = bool(neighbors) and not dock.isFloating()
            bare = dock.titleBarWidget()
            if has_tab and bare is None:
                dock.setTitleBarWidget(QWidget())
            elif bare is not None and not has_tab:
                dock.setTitleBarWidget(None)  # type: ignore[arg-type]  # Qt's way back to its own title
                bare.deleteLater()

    def _size_docks(self) -> None:
        area = Qt.DockWidgetArea
        width, height = self.width(), self.height()
        sizes = {
            area.LeftDockWidgetArea: max(LEFT_WIDTH, width * LEFT_SHARE),
            area.RightDockWidgetArea: max(RIGHT_WIDTH, width * RIGHT_SHARE),
            area.BottomDockWidgetArea: max(BOTTOM_HEIGHT, height * BOTTOM_SHARE),
            area.TopDockWidgetArea: max(BOTTOM_HEIGHT, height * BOTTOM_SHARE),
        }
        below = [dock for dock in self._docks.values() if self.dockWidgetArea(dock) in BELOW]
        beside = [dock for dock in self._docks.values() if dock not in below]
        self.resizeDocks(
            beside, [round(sizes[self.dockWidgetArea(dock)]) for dock in beside], Qt.Orientation.Horizontal
        )
        self.resizeDocks(below, [round(sizes[self.dockWidgetArea(dock)]) for dock in below], Qt.Orientation.Vertical)
        for dock in below:
            self._heights.watch(dock, round(sizes[self.dockWidgetArea(dock)]))
        fitted = self._docks.get(FITTED)
        if fitted is not None and self._is_left(fitted):
            room = height if self.corner(Qt.Corner.BottomLeftCorner) is area.LeftDockWidgetArea else (
                height - sizes[area.BottomDockWidgetArea]
            )  # fmt: skip
            need = self._need_of(fitted, round(sizes[area.LeftDockWidgetArea]))
            above = [dock for name, dock in self._docks.items() if name not in BEHIND and self._is_left(dock)]
            heights = [need if dock is fitted else round(room - need) for dock in above]
            self.resizeDocks(above, heights, Qt.Orientation.Vertical)
            self._heights.watch(fitted, need)

    def _keep_sizes(self) -> None:
        """Let the panels of a layout that came back have and keep the sizes they came with."""
        if self._came_back is not None:  # a bench that is not shown yet is small, and Qt had squeezed them
            self.restoreState(*self._came_back)
            self._came_back = None
        for name, dock in self._docks.items():
            if dock.isVisible() and (self.dockWidgetArea(dock) in BELOW or (name == FITTED and self._is_left(dock))):
                self._heights.watch(dock, dock.height(), anew=False)

    def _need_of(self, dock: QDockWidget, width: int) -> int:
        """Height of a panel with its title at a width, in pixels."""
        content = dock.widget()
        panel = content.widget() if isinstance(content, QScrollArea) else content
        title = dock.fontMetrics().height() + 4
        return title + (panel.full_height(width) if isinstance(panel, FaceCard) else dock.sizeHint().height())


def _scrolled(panel: QWidget, title: str) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(title)
    area.setWidget(panel)
    return area
