"""The loudspeaker's button and volume, or why nothing is heard."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from lav_gui.ui.style import UNIT
from lav_gui.ui.viewmodels.sound import Sound
from lav_gui.ui.views.buttons import small_button
from lav_gui.ui.wording import say

SLIDER_WIDTH = 64
PLAIN_WORDS = 24
"""A longer sentence is told by the tool tip."""


class SoundKnob(QWidget):
    """Hidden while the video has no sound."""

    volume_asked = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, 100)
        self._slider.setFixedWidth(SLIDER_WIDTH)
        self._slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._slider.setAccessibleName(self.tr("Volume"))
        self._slider.valueChanged.connect(lambda value: self.volume_asked.emit(value / 100))
        self._trouble = QLabel()
        self._trouble.setProperty("muted", True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(UNIT // 2)
        self._row.addWidget(self._slider)
        self._row.addWidget(self._trouble)
        self.show_sound(Sound())

    def add_button(self, action: QAction) -> None:
        """Put the button for muting in."""
        self._row.insertWidget(0, small_button(action))

    def show_sound(self, sound: Sound) -> None:
        """Show what is heard."""
        self._slider.blockSignals(True)
        self._slider.setValue(round(sound.volume * 100))
        self._slider.blockSignals(False)
        self._slider.setToolTip(say("Volume {percent} % (Ctrl+Up, Ctrl+Down)", percent=round(sound.volume * 100)))
        words, more = _words(sound)
        self._trouble.setText(words)
        self._trouble.setToolTip(more)
        self._trouble.setVisible(bool(words))
        self._slider.setVisible(not words)
        self.setVisible(sound.in_file)


def _words(sound: Sound) -> tuple[str, str]:
    """Why nothing is heard, in few words and in more; ("", "") where something is."""
    if sound.trouble and len(sound.trouble) > PLAIN_WORDS:
        return say("no sound"), sound.trouble
    if sound.trouble:
        return sound.trouble, say("The video plays silently.")
    if sound.off_speed:
        return say("silent at this speed"), say("Sound is heard at normal speed forward only.")
    return "", ""
