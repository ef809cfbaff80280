"""The strip beside the picture: what is drawn over it, how strongly, and the zoom."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSlider, QVBoxLayout, QWidget

from lav_gui.ui.style import UNIT
from lav_gui.ui.viewmodels.display import Display
from lav_gui.ui.views.buttons import small_button


class ViewStrip(QWidget):
    """Buttons and the heatmap's opacity, upright: a wide picture leaves room at its side."""

    opacity_asked = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._opacity = QSlider(Qt.Orientation.Vertical, self)
        self._opacity.setRange(0, 100)
        self._opacity.setFixedHeight(96)
        self._opacity.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._opacity.setAccessibleName(self.tr("Opacity of the heatmap"))
        self._opacity.setToolTip(self.tr("Opacity of the heatmap"))
        self._opacity.valueChanged.connect(lambda value: self.opacity_asked.emit(value / 100))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(UNIT // 2, UNIT // 2, UNIT // 2, UNIT // 2)
        self._layout.setSpacing(UNIT // 2)

    def fill(self, overlays: list[QAction], zooms: list[QAction]) -> None:
        """Put the buttons in: the first is the heatmap's, above its opacity."""
        self._layout.addWidget(small_button(overlays[0]))
        self._layout.addWidget(self._opacity, 0, Qt.AlignmentFlag.AlignHCenter)
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
