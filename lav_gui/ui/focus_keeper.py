"""Where the tab key leads: from region to region as the eye goes, and never out of sight."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QToolBar, QWidget

Key = tuple[int, int, int]


class FocusKeeper:
    """Steps the focus of a window through its controls.

    Within a region they come from top to bottom and from left to right, whenever they were made. The panel of a
    control that lies behind another one comes to the front.

    Parameters
    ----------
    window : QMainWindow
    regions : sequence of QWidget
        In their order, after the toolbars and what belongs to none. Of a panel the whole panel is meant.
    """

    def __init__(self, window: QMainWindow, regions: Sequence[QWidget]) -> None:
        self._window = window
        self._regions = tuple(_panel_of(region) or region for region in regions)

    def step(self, *, forward: bool) -> bool:
        """Go on, or back; False where there is nothing to go to."""
        current = self._window.focusWidget()
        is_left = current is not None and not (current.isVisible() and current.isEnabled())
        stops = [stop for stop in self._stops() if not (is_left and stop.visibleRegion().isEmpty())]
        others = sorted((stop for stop in stops if stop is not current), key=self._key)
        if not others:
            return False
        if not forward:
            others.reverse()
        found = others[0]
        if current is not None:
            here = self._key(current)
            beyond = (stop for stop in others if (self._key(stop) > here if forward else self._key(stop) < here))
            found = next(beyond, found)
        panel = _panel_of(found)
        if panel is not None and found.visibleRegion().isEmpty():
            panel.raise_()
        found.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def _stops(self) -> list[QWidget]:
        """What the tab key can reach now."""
        return [
            widget
            for widget in self._window.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.focusProxy() is None
            and widget.window() is self._window
            and widget.isVisible()
            and widget.isEnabled()
        ]

    def _key(self, widget: QWidget) -> Key:
        rank, region = self._region(widget)
        place = widget.mapTo(region, QPoint(0, 0))
        return rank, place.y(), place.x()

    def _region(self, widget: QWidget) -> tuple[int, QWidget]:
        for rank, region in enumerate(self._regions, 1):
            if region is widget or region.isAncestorOf(widget):
                return rank, region
        holder = widget.parentWidget()
        return (-1 if isinstance(holder, QToolBar) else 0), self._window


def _panel_of(widget: QWidget) -> QDockWidget | None:
    holder: QWidget | None = widget
    while holder is not None and not isinstance(holder, QDockWidget):
        holder = holder.parentWidget()
    return holder
