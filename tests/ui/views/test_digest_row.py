"""The digest can be read, selected and copied with what it is of."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from lav_gui.ui.viewmodels.digest import FrameDigest
from lav_gui.ui.views.digest_row import DigestRow

VALUE = FrameDigest(12, 12288, "0123456789abcdef" * 4)


@pytest.fixture
def row(qtbot: QtBot) -> Iterator[DigestRow]:
    made = DigestRow()
    yield made
    made.close()
    made.deleteLater()


def test_it_is_hidden_until_there_is_a_digest(row: DigestRow) -> None:
    assert row.isHidden()
    row.show_digest(VALUE)
    assert row.isVisible()
    assert row.findChild(QLabel).text() == "Frame 12 · PTS 12288 · SHA-256"
    assert row.findChild(QLineEdit).text() == VALUE.sha256
    assert row.findChild(QLineEdit).isReadOnly()
    row.show_digest(None)
    assert row.isHidden()
    assert row.text == ""


def test_the_copy_tells_frame_stamp_and_digest(row: DigestRow, qapp: QApplication) -> None:
    row.show_digest(VALUE)
    row.findChild(QPushButton).click()
    assert qapp.clipboard().text() == f"frame 12, PTS 12288, SHA-256 {VALUE.sha256}"
