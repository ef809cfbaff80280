"""What goes on is told on top, and can be stopped there."""

import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QProgressBar, QToolButton
from pytestqt.qtbot import QtBot

from lav_gui.records import Stage
from lav_gui.session.case import Case
from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.progress_wiring import ProgressWiring, stop_now, stoppable_of, work_of
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.views.header import HeaderView


def endless(*_: object) -> Generator[Any, None, None]:
    yield Stage("Hashing", 1, 4)
    while True:
        yield None


@pytest.fixture
def desk(make_desk: Callable[..., Desk], analysis: object) -> Desk:
    return make_desk(analysis, endless)


@pytest.fixture
def header(make_window: Callable[..., MainWindow], desk: Desk) -> HeaderView:
    return make_window(desk).views.header


def parts(header: HeaderView) -> tuple[QToolButton, QProgressBar]:
    button, bar = header.findChild(QToolButton), header.findChild(QProgressBar)
    assert button is not None
    assert bar is not None
    return button, bar


def test_nothing_goes_on_at_first(desk: Desk, header: HeaderView) -> None:
    assert work_of(desk) is None
    stop_now(desk)
    assert parts(header)[0].isHidden()


def test_a_report_that_is_set_is_told_and_the_button_stops_it(
    qtbot: QtBot, desk: Desk, header: HeaderView, tmp_path: Path
) -> None:
    button, bar = parts(header)
    desk.export.export_pdf(tmp_path / "a.lav", 1, tmp_path / "report.pdf")
    qtbot.waitUntil(lambda: bar.value() == 250, timeout=3000)
    assert any(label.text() == "Setting the report…" for label in header.findChildren(QLabel))
    assert not button.isHidden()
    assert button.accessibleName() == "Stop setting the report; nothing is written"
    button.click()
    qtbot.waitUntil(lambda: not desk.export.is_busy, timeout=3000)
    assert button.isHidden()


def test_a_copy_tells_how_much_is_written_and_one_action_stops_it(
    qtbot: QtBot, gathered: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow_copy(_: Case, __: Path, is_unwanted: Callable[[float], bool]) -> bool:
        while not is_unwanted(0.5):
            time.sleep(0.01)
        return False

    monkeypatch.setattr(Case, "save_copy", slow_copy)
    gathered.case_files.save_as(tmp_path / "copy.lav")
    qtbot.waitUntil(lambda: gathered.case_files.copied_fraction == 0.5, timeout=5000)
    work = stoppable_of(gathered)
    assert work is not None
    assert (work.words, work.fraction) == ("Saving the copy… 50 %", 0.5)
    assert "stoppable" in gathered.conditions
    stop_now(gathered)
    qtbot.waitUntil(lambda: not gathered.case_files.is_copying, timeout=5000)
    assert gathered.messages.shown[-1].text == "The copy was stopped; nothing is left of it."
    assert gathered.casefile.case is not None


def test_what_still_comes_when_the_header_is_gone_harms_nothing(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    header = HeaderView()
    ProgressWiring(header, desk)
    with qtbot.waitSignal(header.destroyed):
        header.deleteLater()
    with qtbot.captureExceptions() as met:
        desk.export.export_pdf(tmp_path / "a.lav", 1, tmp_path / "report.pdf")
        qtbot.waitUntil(lambda: desk.export.stage is not None, timeout=3000)
        desk.export.stop()
        qtbot.waitUntil(lambda: not desk.export.is_busy, timeout=3000)
    assert met == []
