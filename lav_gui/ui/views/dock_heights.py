"""The heights of panels, kept while the room around them changes: the picture takes what is gained or lost."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow

LARGEST_SHARE = 0.45
"""Of the window's height, that a panel is given back at most."""


SETTLE_MILLISECONDS = 50
"""After this, Qt has laid the panels out."""


class DockHeights(QObject):
    """Remembers how high the analyst left some panels, and gives it back after each change of the window.

    Qt takes a lack of room from all and gives a gain to the picture alone, so that each message that comes and goes
    would leave the panels lower than before.

    Parameters
    ----------
    window : QMainWindow
        What the panels are docked in.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._heights: dict[QDockWidget, int] = {}
        self._height = window.height()
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._give_back)
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MILLISECONDS)
        window.installEventFilter(self)

    def watch(self, dock: QDockWidget, height: int, *, anew: bool = True) -> None:
        """Keep a panel at a height in pixels, or at what the analyst makes of it; unless `anew`, only a further one."""
        if dock not in self._heights:
            dock.installEventFilter(self)
        elif not anew:
            return
        self._heights[dock] = height

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note what the analyst does, not what a change of the window does."""
        if watched is self._window:
            if event.type() == QEvent.Type.Resize:
                self._timer.start()
            elif event.type() == QEvent.Type.Hide:
                self._timer.stop()
                self._settling.stop()
            return False
        if event.type() == QEvent.Type.Resize and isinstance(watched, QDockWidget) and not self._is_own():
            self._heights[watched] = watched.height()
        return False

    def _is_own(self) -> bool:
        """Whether panels change with the window; they are laid out before the window tells that it has another size."""
        is_settled = not self._timer.isActive() and not self._settling.isActive()
        return not is_settled or self._window.height() != self._height

    def _give_back(self) -> None:
        self._height = self._window.height()
        most = round(LARGEST_SHARE * self._window.height())
        heights = {
            dock: min(height, most)
            for dock, height in self._heights.items()
            if dock.isVisible() and not dock.isFloating()
        }
        if heights:
            self._settling.start()
            self._window.resizeDocks(list(heights), list(heights.values()), Qt.Orientation.Vertical)
