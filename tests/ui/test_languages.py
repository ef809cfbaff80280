"""The window speaks the language that is wanted."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialogButtonBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from lav_gui.records import VerdictState
from lav_gui.ui.languages import install_language, language_for
from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.views.header import HeaderView
from lav_gui.ui.views.settings_dialog import SettingsDialog
from lav_gui.ui.wording import reason, say, verdict_title
from lav_gui.verdict.sentences import say as stated
from tests.ui.conftest import is_judged

ENGLISH = re.compile(r"\b[A-Za-z]?[a-z]{2,} [a-z]{2,} [a-z]{2,}")
"""Three words in a row, as no name has them."""


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    made = install_language(qapp, "zh_CN")
    yield
    for translator in made:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("wanted", "system", "language"),
    [
        ("en", "zh_CN", "en"),
        ("zh_CN", "en_US", "zh_CN"),
        ("system", "zh_CN", "zh_CN"),
        ("system", "zh_Hans_SG", "zh_CN"),
        ("system", "zh_TW", "en"),
        ("system", "de_DE", "en"),
    ],
)
def test_the_wanted_language_goes_before_the_systems(wanted: str, system: str, language: str) -> None:
    assert language_for(wanted, QLocale(system)) == language


def test_english_needs_nothing(qapp: QApplication) -> None:
    before = QLocale()
    assert install_language(qapp, "en") == ()
    assert QLocale().language() == QLocale.Language.English
    QLocale.setDefault(before)


@pytest.mark.usefixtures("chinese")
def test_texts_sentences_and_qts_own_buttons_are_chinese(qtbot: QtBot) -> None:
    assert say("Frame {index}", index=7) == "第 7 帧"
    assert verdict_title(VerdictState.LIKELY_FAKE) == "可能经过篡改"
    assert "校准" in reason(stated("uncalibrated", model="lvnet.x"))
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "取消"
    header = HeaderView()
    qtbot.addWidget(header)
    assert QCoreApplication.translate("HeaderView", "Progress of the analysis") == "分析进度"
    assert QLocale().language() == QLocale.Language.Chinese


@pytest.mark.usefixtures("chinese")
def test_no_verdict_says_in_chinese_that_something_is_fake() -> None:
    for state in VerdictState:
        title = verdict_title(state)
        assert title != state
        assert "是假" not in title
        assert "伪造的" not in title


@pytest.mark.usefixtures("chinese")
def test_no_sentence_of_the_window_stays_english(
    qtbot: QtBot, make_window: Callable[..., MainWindow], make_desk: Callable[..., Desk], analysis: Any, demo_clip: Path
) -> None:
    desk = make_desk(analysis)
    window = make_window(desk)
    with qtbot.waitSignal(desk.analysis.finished, timeout=60_000):
        desk.open(demo_clip, analyze=True)
    qtbot.waitUntil(lambda: is_judged(desk), timeout=20_000)
    desk.selection.select(1)
    window.named_actions["file.settings"].trigger()
    shown = {action.text() for action in window.findChildren(QAction)}
    for widget in window.findChildren(QWidget):
        shown |= {widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.whatsThis()}
        if isinstance(widget, QLabel | QAbstractButton):
            shown.add(widget.text())
    window.findChild(SettingsDialog).reject()
    assert len(shown) > 100
    assert {text for text in shown if ENGLISH.search(text)} == set()
