"""The sheet on which a note is written."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialogButtonBox, QPushButton, QSpinBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from lav_gui.session.notes import NoteCategory
from lav_gui.ui.colors import NOTE_COLORS
from lav_gui.ui.viewmodels.notes import USUAL_COLORS, NoteDraft
from lav_gui.ui.views.note_dialog import COLOR_NAMES, NoteDialog, NoteText


@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    yield made
    made.deleteLater()


def named(sheet: NoteDialog, kind: type, name: str) -> Any:
    return next(each for each in sheet.findChildren(kind) if each.accessibleName() == name)


def save_button(sheet: NoteDialog) -> QPushButton:
    return sheet.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save)


def test_what_is_not_touched_comes_back_as_it_was(parent: QWidget) -> None:
    draft = NoteDraft(3, 9, NoteCategory.QUESTION, NOTE_COLORS[5], "Why?\nHow?")
    assert NoteDialog(parent, "Edit", draft, 100).draft() == draft
    whole = NoteDraft(None, None, NoteCategory.EXHIBIT, NOTE_COLORS[0], "Sound fits.")
    assert NoteDialog(parent, "Edit", whole, 100).draft() == whole


def test_every_color_has_a_name() -> None:
    assert len(set(COLOR_NAMES)) == len(NOTE_COLORS)


def test_a_note_is_written_by_keys_alone(parent: QWidget, qtbot: QtBot) -> None:
    sheet = NoteDialog(parent, "New", NoteDraft(12), 100)
    sheet.open()
    text = sheet.findChild(NoteText)
    qtbot.keyClicks(text, "hair line")
    with qtbot.waitSignal(sheet.written, timeout=1000) as told:
        qtbot.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.args == [NoteDraft(12, text="hair line")]
    assert not sheet.isVisible()


def test_return_alone_begins_a_line(parent: QWidget, qtbot: QtBot) -> None:
    sheet = NoteDialog(parent, "New", NoteDraft(12), 100)
    text = sheet.findChild(NoteText)
    qtbot.keyClicks(text, "a")
    qtbot.keyClick(text, Qt.Key.Key_Return)
    qtbot.keyClicks(text, "b")
    assert sheet.draft().text == "a\nb"


def test_each_kind_has_its_color_until_another_is_chosen(parent: QWidget, qtbot: QtBot) -> None:
    sheet = NoteDialog(parent, "New", NoteDraft(1), 100)
    sheet.findChild(QComboBox).setCurrentIndex(2)
    assert (sheet.draft().category, sheet.draft().color) == (NoteCategory.ARTIFACT, USUAL_COLORS[NoteCategory.ARTIFACT])
    named(sheet, QToolButton, "Blue").click()
    assert sheet.draft().color == "#0072B2"


def test_a_span_begins_before_it_ends(parent: QWidget) -> None:
    sheet = NoteDialog(parent, "New", NoteDraft(10), 100)
    first, last = named(sheet, QSpinBox, "First frame"), named(sheet, QSpinBox, "Last frame")
    first.setValue(20)
    assert (sheet.draft().first, sheet.draft().last) == (20, None)
    last.setValue(25)
    assert (sheet.draft().first, sheet.draft().last) == (20, 25)
    last.setValue(5)
    assert not save_button(sheet).isEnabled()
    assert last.maximum() == 99


def test_a_note_of_the_whole_video_needs_words(parent: QWidget, qtbot: QtBot) -> None:
    sheet = NoteDialog(parent, "New", NoteDraft(10), 100)
    assert save_button(sheet).isEnabled()
    sheet.findChild(QCheckBox).setChecked(True)
    assert not save_button(sheet).isEnabled()
    assert not named(sheet, QSpinBox, "First frame").isEnabled()
    with qtbot.assertNotEmitted(sheet.written):
        sheet.findChild(NoteText).done.emit()
    qtbot.keyClicks(sheet.findChild(NoteText), "sound")
    assert save_button(sheet).isEnabled()
    assert sheet.draft() == NoteDraft(None, text="sound")


def test_cancel_writes_nothing(parent: QWidget, qtbot: QtBot) -> None:
    sheet = NoteDialog(parent, "New", NoteDraft(10), 100)
    with qtbot.assertNotEmitted(sheet.written), qtbot.waitSignal(sheet.rejected, timeout=1000):
        sheet.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel).click()
