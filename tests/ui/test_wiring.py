"""Views and view-models meet."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.viewmodels.desk import Desk
from tests.ui.conftest import is_judged


@pytest.fixture
def window(make_window: Callable[..., MainWindow], opened: Desk) -> MainWindow:
    return make_window(opened)


def header(window: MainWindow) -> str:
    return " ".join(label.text() for label in window.views.header.findChildren(QLabel))


def test_a_window_made_late_shows_nothing_stale(window: MainWindow) -> None:
    assert window.views.timeline.accessibleDescription() == "No results yet"


def test_an_analysis_shows_in_every_view(
    qtbot: QtBot,
    make_window: Callable[..., MainWindow],
    make_desk: Callable[..., Desk],
    analysis: object,
    demo_clip: object,
) -> None:
    desk = make_desk(analysis)
    views = make_window(desk).views
    with qtbot.waitSignal(desk.analysis.finished, timeout=15_000):
        desk.open(demo_clip, analyze=True)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: is_judged(desk), timeout=5000)
    qtbot.waitUntil(lambda: desk.detail.value is not None, timeout=5000)
    assert "2 faces" in views.timeline.accessibleDescription()
    assert views.side.verdict.accessibleDescription().startswith("Inconclusive")
    assert desk.faces.rowCount() == 2
    assert "Face 1 in frame 0" in [label.text() for label in views.face.findChildren(QLabel)]


def test_views_ask_and_the_desk_does(window: MainWindow, opened: Desk) -> None:
    views = window.views
    views.timeline.seek_asked.emit(20)
    assert opened.playback.position == 20
    views.transport.place_asked.emit("7")
    assert opened.playback.position == 7
    views.strip.opacity_asked.emit(0.9)
    assert opened.display.value.opacity == 0.9
    views.picture.face_clicked.emit(2)
    assert opened.selection.track == 2
    views.faces.face_picked.emit(None)
    assert opened.selection.track is None


def test_what_was_written_can_be_opened(
    window: MainWindow, opened: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    places: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: places.append(url.toLocalFile()))
    opened.export.exported.emit(tmp_path / "report.pdf")
    message = opened.messages.shown[-1]
    assert "report.pdf" in message.text
    opened.messages.choose(message.key, message.choices[0][0])
    assert places == [str(tmp_path / "report.pdf")]


def test_progress_is_shown_while_it_runs(qtbot: QtBot, window: MainWindow, opened: Desk, analysis: object) -> None:
    analysis.pause = 0.03  # type: ignore[attr-defined]
    with qtbot.waitSignal(opened.analysis.results, timeout=10_000):
        opened.running.start()
    assert "Frame" in header(window)
    with qtbot.waitSignal(opened.analysis.cancelled, timeout=5000):
        opened.analysis.cancel()
        assert "Stopping" in header(window)
    qtbot.waitUntil(lambda: "Frame" not in header(window), timeout=2000)


def test_the_demo_says_what_is_true_of_it(
    qtbot: QtBot, make_window: Callable[..., MainWindow], make_desk: Callable[..., Desk], analysis: object
) -> None:
    desk = make_desk(analysis)
    window = make_window(desk)
    with qtbot.waitSignal(desk.analysis.finished, timeout=15_000):
        window.views.empty.demo_asked.emit()
    assert any("on the left was swapped" in message.text for message in desk.messages.shown)
