"""The rows below the picture: transport buttons, how it plays, and which frame this is."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lav_gui.records import Frame, FrameIndex, Gap
from lav_gui.ui.style import UNIT, figures
from lav_gui.ui.viewmodels.digest import FrameDigest
from lav_gui.ui.viewmodels.identity import Identity
from lav_gui.ui.views.buttons import small_button
from lav_gui.ui.views.digest_row import DigestRow
from lav_gui.ui.views.frame_facts import FrameFacts
from lav_gui.ui.views.sound_knob import SoundKnob
from lav_gui.ui.wording import say

ONE_ROW_WIDTH = 1280
"""From this width on, buttons and facts stand side by side."""


class TransportView(QWidget):
    """Shows how it plays and which frame is on screen; a typed place is asked for."""

    place_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(0)
        self._speed = QLabel()
        self._speed.setFont(figures(self._speed.font()))
        self._speed.setToolTip(self.tr("Speed of playing (J, K, L)"))
        self._speed.setAccessibleDescription(self.tr("Speed of playing"))
        self._speed.setMinimumWidth(self._speed.fontMetrics().horizontalAdvance("← 8×") + UNIT // 2)
        self._dropped = QLabel()
        self._dropped.setProperty("muted", True)
        self._dropped.setToolTip(
            self.tr("Frames that could not be shown in time since playing began; stepping shows each of them")
        )
        self._facts = FrameFacts()
        self._facts.place_asked.connect(self.place_asked)
        self._digest = DigestRow()
        self.sound = SoundKnob()
        self._rows = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lay_out()

    def add_buttons(self, actions: list[QAction | None]) -> None:
        """Put the buttons of some actions in; None is a gap."""
        for action in actions:
            if action is None:
                self._buttons.addSpacing(UNIT)
                continue
            self._buttons.addWidget(small_button(action))

    def edit_place(self) -> None:
        """Let the analyst type a place to go to."""
        self._facts.number.begin()

    def show_video(self, index: FrameIndex | None) -> None:
        """Show the size of a video, or of none."""
        self._facts.show_video(index)

    def show_position(self, frame_index: int) -> None:
        """Show the wanted frame's number and times at once."""
        self._facts.show_position(frame_index)

    def show_item(self, item: Frame | Gap | None) -> None:
        """Show the facts of what is on screen."""
        self._facts.show_item(item)

    def show_identity(self, value: Identity) -> None:
        """Say whether the picture is the very one that was analyzed."""
        self._facts.show_identity(value)

    def show_refusal(self, sentence: str) -> None:
        """Say why a typed place leads nowhere."""
        self._facts.show_refusal(sentence)

    def show_arrival(self) -> None:
        """A typed place was found: typing is over."""
        self._facts.number.finish()

    def show_digest(self, value: FrameDigest | None) -> None:
        """Show the digest of the picture on screen, or none."""
        self._digest.show_digest(value)

    def show_speed(self, speed: int) -> None:
        """Show how fast it plays; 0 is a pause."""
        arrow = "→" if speed > 0 else "←"
        self._speed.setText(f"{arrow} {abs(speed)}×" if speed else "")

    def show_dropped(self, count: int) -> None:
        """Show how many frames came too late."""
        self._dropped.setText(say("{count} dropped", count=count) if count else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use one row where there is room for it, else two."""
        wide = event.size().width() >= ONE_ROW_WIDTH
        self._rows.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        super().resizeEvent(event)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(UNIT)
        top.addLayout(self._buttons)
        top.addSpacing(UNIT)
        top.addWidget(self.sound)
        top.addWidget(self._speed)
        top.addWidget(self._dropped)
        top.addStretch(1)
        self._rows.setSpacing(UNIT // 2)
        self._rows.addLayout(top)
        self._rows.addWidget(self._facts, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(UNIT, UNIT // 2, UNIT, UNIT // 2)
        outer.setSpacing(UNIT // 2)
        outer.addLayout(self._rows)
        outer.addWidget(self._digest)
