"""What the main areas are."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from lav_gui.ui.views.context_help import AREAS, explain


def test_areas_get_their_text(qtbot: QtBot) -> None:
    area = QWidget()
    qtbot.addWidget(area)
    explain({"notes": area})
    assert area.whatsThis() == AREAS["notes"]


@pytest.mark.parametrize("text", AREAS.values())
def test_a_text_is_one_or_two_sentences(text: str) -> None:
    assert 1 <= text.count(". ") + 1 <= 3
    assert text.endswith(".")
    assert len(text) < 240
