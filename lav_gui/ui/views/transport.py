"""The row below the picture: transport buttons, and which frame this is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from lav_gui.records import Frame, FrameIndex, Gap
from lav_gui.ui.style import UNIT, figures
from lav_gui.ui.viewmodels.identity import Identity
from lav_gui.ui.views.buttons import small_button
from lav_gui.ui.wording import NOTHING, exact_clock, say


class TransportView(QWidget):
    """Shows number, type and time of the frame on screen; typing a number goes there."""

    frame_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index: FrameIndex | None = None
        self._position = 0
        self.setProperty("panel", True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(0)
        self._number = self._make_number()
        self._total = QLabel(f"/ {NOTHING}")
        self._type = self._fact(self.tr("Type of the frame: I, P or B"), 2)
        self._clock = self._fact(self.tr("Time of the frame, hours:minutes:seconds"), 12)
        self._pts = self._fact(self.tr("Raw presentation time stamp, in units of the time base"), 10)
        self._pts.setProperty("muted", True)
        self._identity = QLabel()
        self._lay_out()

    def add_buttons(self, actions: list[QAction | None]) -> None:
        """Put the buttons of some actions in; None is a gap."""
        for action in actions:
            if action is None:
                self._buttons.addSpacing(UNIT)
                continue
            self._buttons.addWidget(small_button(action))

    def edit_frame(self) -> None:
        """Let the analyst type a frame number."""
        self._number.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._number.selectAll()

    def show_video(self, index: FrameIndex | None) -> None:
        """Show the size of a video, or of none."""
        self._index = index
        count = 0 if index is None else len(index)
        self._number.setEnabled(count > 0)
        self._position = 0
        self._leave_number()
        self._total.setText(f"/ {count}" if count else f"/ {NOTHING}")
        self.show_item(None)

    def show_position(self, frame_index: int) -> None:
        """Show the wanted frame's number at once; the facts follow with the picture."""
        self._position = frame_index
        if not self._number.hasFocus():
            self._number.setText(str(frame_index))

    def show_item(self, item: Frame | Gap | None) -> None:
        """Show the facts of what is on screen."""
        if item is None or self._index is None:
            for label in (self._type, self._clock, self._pts):
                label.setText("")
            return
        self._type.setText(item.picture_type if isinstance(item, Frame) else NOTHING)
        self._clock.setText(exact_clock(item.pts, self._index.time_base))
        self._pts.setText(f"PTS {item.pts}")
        base = self._index.time_base
        self._pts.setToolTip(say("Raw presentation time stamp, in units of {base} s", base=str(base)))

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

    def _make_number(self) -> QLineEdit:
        box = QLineEdit()
        box.setAlignment(Qt.AlignmentFlag.AlignRight)
        box.setFixedWidth(64)
        box.setEnabled(False)
        box.setFont(figures(box.font()))
        box.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        box.setAccessibleName(self.tr("Frame number"))
        box.setToolTip(self.tr("Number of the frame, from 0; type one to go there (G)"))
        box.returnPressed.connect(self._ask_frame)
        box.editingFinished.connect(self._leave_number)
        return box

    def _ask_frame(self) -> None:
        text = self._number.text()
        self._number.clearFocus()
        if text.isdecimal():
            self.frame_asked.emit(int(text))

    def _leave_number(self) -> None:
        self._number.setText(str(self._position) if self._index is not None else "")

    def _fact(self, explanation: str, characters: int) -> QLabel:
        label = QLabel()
        label.setFont(figures(label.font()))
        label.setToolTip(explanation)
        label.setAccessibleDescription(explanation)
        label.setMinimumWidth(label.fontMetrics().horizontalAdvance("0") * characters)
        return label

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addLayout(self._buttons)
        row.addSpacing(UNIT)
        for widget in (self._number, self._total, self._type, self._clock, self._pts, self._identity):
            row.addWidget(widget)
        row.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(UNIT, UNIT // 2, UNIT, UNIT // 2)
        outer.addLayout(row)
