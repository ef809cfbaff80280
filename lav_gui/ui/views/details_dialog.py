"""The sheet on which the details of a case are written: what the cover of its report says. It changes nothing."""

from dataclasses import fields

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from lav_gui.session.details import CaseDetails
from lav_gui.ui.style import UNIT
from lav_gui.ui.wording import say

WIDTH = 560
TEXT_HEIGHT = 88
LABELS = {
    "case_number": ("Case number", ""),
    "laboratory": ("Laboratory", ""),
    "requested_by": ("Requested by", "Who asked for the examination"),
    "examiner": ("Examiner", ""),
    "reviewer": ("Reviewer", ""),
    "received": ("Received", "When the material came in, as you write dates"),
    "classification": ("Classification", "Who may read the report"),
    "question": ("Request", "What was asked, and the propositions to be weighed"),
    "opinion": ("Opinion", "The examiner's own; the program states none"),
}
LONG = ("question", "opinion")
"""Texts of several lines."""


class DetailsDialog(QDialog):
    """Asks for the details of a case, and for the exhibit number of the video on screen.

    Parameters
    ----------
    parent : QWidget
    details : CaseDetails
        As they are now.
    exhibit_number : str or None
        Of the video; None where no video is on screen.
    """

    written = Signal(object, object)
    """`CaseDetails`, and the exhibit number or None."""

    def __init__(self, parent: QWidget, details: CaseDetails, exhibit_number: str | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Details of the case"))
        self._lines: dict[str, QLineEdit] = {}
        self._texts: dict[str, QPlainTextEdit] = {}
        self._exhibit = QLineEdit(exhibit_number or "")
        self._has_exhibit = exhibit_number is not None
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Save).setProperty("primary", True)
        buttons.accepted.connect(self._finish)
        buttons.rejected.connect(self.reject)
        why = QLabel(say("They stand on the cover of the report. Every change is logged and can be undone."))
        why.setProperty("muted", True)
        why.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        layout.setSpacing(2 * UNIT)
        layout.addWidget(why)
        layout.addLayout(self._form(details))
        layout.addWidget(buttons)
        self.setMinimumWidth(WIDTH)

    def details(self) -> CaseDetails:
        """What it says now."""
        lines = {name: line.text().strip() for name, line in self._lines.items()}
        return CaseDetails(**lines, **{name: text.toPlainText().strip() for name, text in self._texts.items()})

    def _form(self, details: CaseDetails) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(2 * UNIT)
        form.setVerticalSpacing(UNIT)
        for field in fields(CaseDetails):
            label, hint = (say(text) if text else "" for text in LABELS[field.name])
            form.addRow(label, self._control(field.name, getattr(details, field.name), label, hint))
            if field.name == "case_number" and self._has_exhibit:
                self._exhibit.setAccessibleName(say("Exhibit number"))
                self._exhibit.setPlaceholderText(say("Of the video on screen"))
                form.addRow(say("Exhibit number"), self._exhibit)
        return form

    def _control(self, name: str, value: str, label: str, hint: str) -> QWidget:
        if name in LONG:
            text = self._texts[name] = QPlainTextEdit(value)
            text.setTabChangesFocus(True)
            text.setFixedHeight(TEXT_HEIGHT)
            text.setPlaceholderText(hint)
            text.setAccessibleName(label)
            return text
        line = self._lines[name] = QLineEdit(value)
        line.setPlaceholderText(hint)
        line.setAccessibleName(label)
        return line

    def _finish(self) -> None:
        self.written.emit(self.details(), self._exhibit.text().strip() if self._has_exhibit else None)
        self.accept()
