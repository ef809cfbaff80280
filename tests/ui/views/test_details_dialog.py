"""The sheet on which the details of a case are written."""

from collections.abc import Iterator
from dataclasses import fields

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from lav_gui.session.details import CaseDetails
from lav_gui.ui.views.details_dialog import LABELS, DetailsDialog

FILLED = CaseDetails(**{field.name: f"{field.name} 李" for field in fields(CaseDetails)})


@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    yield made
    made.deleteLater()


def save(sheet: DetailsDialog) -> None:
    sheet.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save).click()


def test_every_detail_has_its_field() -> None:
    assert set(LABELS) == {field.name for field in fields(CaseDetails)}


def test_what_is_not_touched_comes_back_as_it_was(parent: QWidget, qtbot: QtBot) -> None:
    sheet = DetailsDialog(parent, FILLED, "X-7")
    sheet.open()
    with qtbot.waitSignal(sheet.written, timeout=1000) as told:
        save(sheet)
    assert told.args == [FILLED, "X-7"]
    assert not sheet.isVisible()


def test_what_is_typed_is_told(parent: QWidget, qtbot: QtBot) -> None:
    sheet = DetailsDialog(parent, CaseDetails(), "")
    lines = {line.accessibleName(): line for line in sheet.findChildren(QLineEdit)}
    texts = {text.accessibleName(): text for text in sheet.findChildren(QPlainTextEdit)}
    qtbot.keyClicks(lines["Examiner"], " A. Nguyen ")
    qtbot.keyClicks(texts["Request"], "Was the face exchanged?")
    assert sheet.details() == CaseDetails(examiner="A. Nguyen", question="Was the face exchanged?")
    assert lines["Exhibit number"].text() == ""


def test_without_a_video_there_is_no_exhibit_number(parent: QWidget, qtbot: QtBot) -> None:
    sheet = DetailsDialog(parent, CaseDetails(), None)
    assert "Exhibit number" not in {line.accessibleName() for line in sheet.findChildren(QLineEdit)}
    with qtbot.waitSignal(sheet.written, timeout=1000) as told:
        save(sheet)
    assert told.args == [CaseDetails(), None]


def test_it_fits_a_small_screen(parent: QWidget) -> None:
    assert DetailsDialog(parent, CaseDetails(), "").sizeHint().height() <= 680
