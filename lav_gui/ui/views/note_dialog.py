"""The sheet on which a note is written. It asks, and changes nothing."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lav_gui.session.notes import NoteCategory
from lav_gui.ui.colors import NOTE_COLORS
from lav_gui.ui.style import UNIT
from lav_gui.ui.viewmodels.notes import USUAL_COLORS, NoteDraft
from lav_gui.ui.views.note_badge import badge_icon
from lav_gui.ui.wording import category_title, say

WIDTH = 440
COLOR_NAMES = ("Sky blue", "Orange", "Vermilion", "Green", "Purple", "Blue")
"""Names of `NOTE_COLORS`, in their order."""


class NoteText(QPlainTextEdit):
    """A text of several lines; Tab leaves it, and Ctrl+Return is done with it."""

    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAccessibleName(say("Text of the note"))
        self.setPlaceholderText(say("What do you see? Without a text it is a marker."))
        self.setMinimumHeight(12 * UNIT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Ctrl+Return as the end."""
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.done.emit()
            return
        super().keyPressEvent(event)


class NoteDialog(QDialog):
    """Asks for kind, color, frames and text of a note.

    Parameters
    ----------
    parent : QWidget
    title : str
    draft : NoteDraft
        What stands in it at first.
    frame_count : int
        Of the video; frames are from 0 to one less.
    """

    written = Signal(object)
    """`NoteDraft`."""

    def __init__(self, parent: QWidget, title: str, draft: NoteDraft, frame_count: int) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._draft = draft
        self._kind = self._make_kinds()
        self._colors = QButtonGroup(self)
        self._first, self._last = _spin(say("First frame"), frame_count), _spin(say("Last frame"), frame_count)
        self._whole = QCheckBox(say("Of the whole video"))
        self._text = NoteText()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self._fill(draft)
        self._join()

    def draft(self) -> NoteDraft:
        """What it says now."""
        first, last = self._first.value(), max(self._first.value(), self._last.value())
        if self._whole.isChecked():
            frames: tuple[int | None, int | None] = (None, None)
        else:
            frames = (first, None if last == first else last)
        return replace(
            self._draft,
            first=frames[0],
            last=frames[1],
            category=NoteCategory(self._kind.currentData()),
            color=NOTE_COLORS[max(self._colors.checkedId(), 0)],
            text=self._text.toPlainText().strip(),
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the text."""
        super().showEvent(event)
        self._text.setFocus()

    def _make_kinds(self) -> QComboBox:
        kinds = QComboBox()
        kinds.setAccessibleName(say("Kind of note"))
        for category in NoteCategory:
            kinds.addItem(badge_icon(category, USUAL_COLORS[category]), category_title(category), str(category))
        return kinds

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * UNIT)
        grid.setVerticalSpacing(UNIT)
        frames = QHBoxLayout()
        frames.setSpacing(UNIT)
        for widget in (self._first, QLabel(say("to")), self._last, self._whole):
            frames.addWidget(widget)
        frames.addStretch(1)
        for row, label in enumerate((say("Kind"), say("Color"), say("Frames"))):
            grid.addWidget(QLabel(label), row, 0)
        grid.addWidget(self._kind, 0, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addLayout(self._color_row(), 1, 1)
        grid.addLayout(frames, 2, 1)
        grid.setColumnStretch(1, 1)
        self._buttons.button(QDialogButtonBox.StandardButton.Save).setProperty("primary", True)
        self._buttons.button(QDialogButtonBox.StandardButton.Save).setToolTip(say("Ctrl+Return"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        layout.setSpacing(2 * UNIT)
        layout.addLayout(grid)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._buttons)
        self.setMinimumWidth(WIDTH)

    def _color_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(UNIT // 2)
        for number, name in enumerate(COLOR_NAMES):
            button = QToolButton()
            button.setCheckable(True)
            button.setAccessibleName(say(name))
            button.setToolTip(say(name))
            self._colors.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _fill(self, draft: NoteDraft) -> None:
        self._kind.setCurrentIndex(list(NoteCategory).index(draft.category))
        color = draft.color if draft.color in NOTE_COLORS else USUAL_COLORS[draft.category]
        self._colors.button(NOTE_COLORS.index(color)).setChecked(True)
        self._first.setValue(draft.first or 0)
        self._last.setValue(draft.last if draft.last is not None else draft.first or 0)
        self._whole.setChecked(draft.first is None)
        self._text.setPlainText(draft.text)
        self._draw_colors()
        self._renew()

    def _join(self) -> None:
        self._kind.currentIndexChanged.connect(self._take_kind)
        self._first.valueChanged.connect(self._push_last)
        for signal in (self._whole.toggled, self._text.textChanged, self._last.valueChanged):
            signal.connect(self._renew)
        self._text.done.connect(self._finish)
        self._buttons.accepted.connect(self._finish)
        self._buttons.rejected.connect(self.reject)

    def _push_last(self, first: int) -> None:
        self._last.setValue(max(first, self._last.value()))
        self._renew()

    def _take_kind(self) -> None:
        """Each kind has its usual color; another one can be chosen afterwards."""
        usual = USUAL_COLORS[NoteCategory(self._kind.currentData())]
        self._colors.button(NOTE_COLORS.index(usual)).setChecked(True)
        self._draw_colors()

    def _draw_colors(self) -> None:
        category = NoteCategory(self._kind.currentData())
        for number, color in enumerate(NOTE_COLORS):
            self._colors.button(number).setIcon(badge_icon(category, color))

    def _renew(self) -> None:
        on_frames = not self._whole.isChecked()
        self._first.setEnabled(on_frames)
        self._last.setEnabled(on_frames)
        self._save_button().setEnabled(self._is_complete())

    def _is_complete(self) -> bool:
        """A note of the whole video needs words; and no span ends before it begins."""
        draft = self.draft()
        return bool(draft.text) if draft.first is None else self._last.value() >= self._first.value()

    def _save_button(self) -> QPushButton:
        return self._buttons.button(QDialogButtonBox.StandardButton.Save)

    def _finish(self) -> None:
        if self._is_complete():
            self.written.emit(self.draft())
            self.accept()


def _spin(name: str, frame_count: int) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(0, max(frame_count - 1, 0))
    spin.setAccessibleName(name)
    spin.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.UpDownArrows)
    return spin
