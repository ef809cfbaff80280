"""Which frame this is: number, type, times, and whether it is the very one that was analyzed."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from lav_gui.records import Frame, FrameIndex, Gap
from lav_gui.ui.style import UNIT, figures
from lav_gui.ui.viewmodels.identity import Identity
from lav_gui.ui.views.go_to import GoToField
from lav_gui.ui.wording import NOTHING, exact_clock, say

LATE_MILLISECONDS = 80
"""A picture that is not there by then is said to be missing; before, the eye would only see a flicker."""


class FrameFacts(QWidget):
    """The facts of the wanted frame. They come from the packet index, so they are right before the picture is there.

    A picture that comes late is replaced by another meanwhile; then a mark tells of which frame that is.
    """

    place_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index: FrameIndex | None = None
        self._position = 0
        self._shown: Frame | Gap | None = None
        self.number = GoToField()
        self.number.setEnabled(False)
        self.number.place_asked.connect(self.place_asked)
        self.number.left.connect(lambda: self._refuse(""))
        self._total = QLabel(f"/ {NOTHING}")
        self._type = self._fact(self.tr("Type of the frame: I, P or B"), 2)
        self._clock = self._fact(self.tr("Time of the frame, hours:minutes:seconds"), 12)
        self._pts = self._fact("", 10)
        self._pts.setProperty("muted", True)
        self._stand_in = QLabel()
        self._stand_in.setToolTip(self.tr("The wanted frame is being decoded; meanwhile this one is on the screen"))
        self._identity = QLabel()
        self._refusal = QLabel()
        self._refusal.setWordWrap(False)
        self._facts = (self._total, self._type, self._clock, self._pts, self._stand_in, self._identity)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(LATE_MILLISECONDS)
        self._late.timeout.connect(self._tell_late)
        self._lay_out()
        self._refuse("")

    def show_video(self, index: FrameIndex | None) -> None:
        """Show the size of a video, or of none."""
        self._index = index
        count = 0 if index is None else len(index)
        self.number.setEnabled(count > 0)
        self._position, self._shown = 0, None
        self.number.show_number(0 if count else None)
        self._total.setText(f"/ {count}" if count else f"/ {NOTHING}")
        if index is not None:
            self._pts.setToolTip(say("Raw presentation time stamp, in units of {base} s", base=str(index.time_base)))
        self._tell()

    def show_position(self, frame_index: int) -> None:
        """Show the wanted frame's number and times at once."""
        self._position = frame_index
        self.number.show_number(frame_index)
        self._tell()

    def show_item(self, item: Frame | Gap | None) -> None:
        """Show what is known of the picture on screen."""
        self._shown = item
        self._tell()

    def show_identity(self, value: Identity) -> None:
        """Say whether the picture is the very one that was analyzed."""
        texts = {
            Identity.UNKNOWN: ("", ""),
            Identity.SAME: (
                say("✓ analyzed"),
                say("The digest of this picture is the one of the picture that was analyzed."),
            ),
            Identity.DIFFERENT: (
                say("≠ analyzed"),
                say("This is not the picture that was analyzed: the digests differ."),
            ),
        }
        text, explanation = texts[value]
        self._identity.setText(text)
        self._identity.setToolTip(explanation)

    def show_refusal(self, sentence: str) -> None:
        """Say beside the field why a typed place leads nowhere."""
        self._refuse(sentence)
        self.number.begin()

    def _refuse(self, sentence: str) -> None:
        self._refusal.setText(sentence)
        self._refusal.setVisible(bool(sentence))
        for label in self._facts:
            label.setVisible(not sentence)
        self.number.setProperty("wrong", bool(sentence))

    def _tell(self) -> None:
        index, item = self._index, self._shown
        if index is None or not len(index):
            self._late.stop()
            for label in (self._type, self._clock, self._pts, self._stand_in):
                label.setText("")
            return
        pts = int(index.pts[self._position])
        self._clock.setText(exact_clock(pts, index.time_base))
        self._pts.setText(f"PTS {pts}")
        if item is None or item.index == self._position:
            self._late.stop()
            self._type.setText(item.picture_type if isinstance(item, Frame) else NOTHING)
            self._stand_in.setText("")
        elif self._stand_in.text():
            self._tell_late()
        elif not self._late.isActive():
            self._late.start()

    def _tell_late(self) -> None:
        if self._shown is not None:
            self._type.setText(NOTHING)
            self._stand_in.setText(say("picture of {frame}", frame=self._shown.index))

    def _fact(self, explanation: str, characters: int) -> QLabel:
        label = QLabel()
        label.setFont(figures(label.font()))
        label.setToolTip(explanation)
        label.setAccessibleDescription(explanation)
        label.setMinimumWidth(label.fontMetrics().horizontalAdvance("0") * characters)
        return label

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        for widget in (self.number, *self._facts, self._refusal):
            row.addWidget(widget)
        row.addStretch(1)
