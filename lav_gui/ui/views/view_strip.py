"""The strip beside the picture: which view, what is drawn over it, how strongly, and the zoom."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QSlider, QToolButton, QVBoxLayout, QWidget

from lav_gui.ui.style import UNIT
from lav_gui.ui.viewmodels.display import Display, View
from lav_gui.ui.views.buttons import SMALL_BUTTON, SMALL_ICON, small_button
from lav_gui.ui.wording import say, unmarked

SHORTEST_SLIDER, TALLEST_SLIDER = 40, 96


class ViewStrip(QWidget):
    """Buttons and the heatmap's opacity, upright: a wide picture leaves room at its side."""

    opacity_asked = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._views: Mapping[View, QAction] = {}
        self._view = View.ORIGINAL
        self._chooser = QToolButton(self)
        self._chooser.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._chooser.setIconSize(QSize(SMALL_ICON, SMALL_ICON))
        self._chooser.setFixedSize(SMALL_BUTTON, SMALL_BUTTON)
        self._chooser.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._opacity = QSlider(Qt.Orientation.Vertical, self)
        self._opacity.setRange(0, 100)
        self._opacity.setMinimumHeight(SHORTEST_SLIDER)
        self._opacity.setMaximumHeight(TALLEST_SLIDER)
        self._opacity.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._opacity.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._opacity.setAccessibleName(self.tr("Opacity of the heatmap"))
        self._opacity.setToolTip(self.tr("Opacity of the heatmap"))
        self._opacity.valueChanged.connect(lambda value: self.opacity_asked.emit(value / 100))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(UNIT // 2, UNIT // 2, UNIT // 2, UNIT // 2)
        self._layout.setSpacing(UNIT // 2)

    def fill(self, views: Mapping[View, QAction], overlays: list[QAction], zooms: list[QAction]) -> None:
        """Put the buttons in: a menu of views, the overlays, of which the first is the heatmap's, and the zooms."""
        self._views = views
        menu = QMenu(self._chooser)
        menu.addActions(list(views.values()))
        self._chooser.setMenu(menu)
        for action in views.values():
            action.changed.connect(self._show_view)  # its icon follows the theme
        self._show_view()
        self._layout.addWidget(self._chooser)
        self._layout.addWidget(small_button(overlays[0]))
        self._layout.addWidget(self._opacity, 1, Qt.AlignmentFlag.AlignHCenter)
        for action in overlays[1:]:
            self._layout.addWidget(small_button(action))
        self._layout.addStretch(1)
        for action in zooms:
            self._layout.addWidget(small_button(action))

    def show_display(self, display: Display) -> None:
        """Show the present choices."""
        self._opacity.blockSignals(True)
        self._opacity.setValue(round(display.opacity * 100))
        self._opacity.blockSignals(False)
        self._opacity.setEnabled(display.heatmap)
        self._view = display.view
        self._show_view()

    def _show_view(self) -> None:
        action = self._views.get(self._view)
        if action is not None:
            words = say("View: {name}", name=unmarked(action.text()))
            self._chooser.setIcon(action.icon())
            self._chooser.setEnabled(action.isEnabled())
            self._chooser.setAccessibleName(words)
            self._chooser.setToolTip(words)
