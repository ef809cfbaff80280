"""The list, the queue and the recent cases meet the desk."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from lav_gui.ui.case_wiring import name_progress, window_title
from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.viewmodels.desk import Desk


@pytest.fixture
def window(make_window: Callable[..., MainWindow], gathered: Desk) -> MainWindow:
    return make_window(gathered)


def header(window: MainWindow) -> str:
    return " ".join(label.text() for label in window.views.header.findChildren(QLabel))


def test_the_list_asks_and_the_desk_shows(qtbot: QtBot, window: MainWindow, gathered: Desk) -> None:
    window.views.videos.table.picked.emit(2)
    qtbot.waitUntil(lambda: gathered.document.evidence is not None, timeout=5000)
    assert window.windowTitle() == "b 电梯.mp4 – three.lav – LAV"
    assert window.views.picture.isVisible()


def test_the_header_names_a_video_that_is_not_on_screen(
    qtbot: QtBot, window: MainWindow, gathered: Desk, analysis: Any
) -> None:
    analysis.pause = 0.03
    gathered.queueing.add_all()
    qtbot.waitUntil(lambda: gathered.analysis.done > 1, timeout=10_000)
    assert "2 waiting" in header(window)
    assert "a.mp4: Frame" not in header(window)
    gathered.opening.select(3)
    qtbot.waitUntil(lambda: "a.mp4: Frame" in header(window), timeout=5000)
    assert name_progress(gathered, "half").startswith("a.mp4: half")
    assert window.views.queue.isVisible() == window.views.videos.isVisible()
    gathered.queueing.pause_now()
    qtbot.waitUntil(lambda: gathered.queue.current is None, timeout=5000)


def test_the_queue_asks_and_the_desk_does(qtbot: QtBot, window: MainWindow, gathered: Desk, analysis: Any) -> None:
    analysis.pause = 0.03
    gathered.queueing.add_all()
    keys = [item.sha256 for item in gathered.queue.items]
    window.views.queue.move_asked.emit(keys[2], -1)
    assert [item.sha256 for item in gathered.queue.items] == [keys[0], keys[2], keys[1]]
    for key in keys:
        window.views.queue.cancel_asked.emit(key)
    qtbot.waitUntil(lambda: not gathered.queue.items, timeout=5000)


def test_the_list_comes_forward_with_several_videos_and_not_with_one(
    qtbot: QtBot,
    make_window: Callable[..., MainWindow],
    make_desk: Callable[..., Desk],
    analysis: Any,
    clips: list[Any],
) -> None:
    desk = make_desk(analysis)
    window = make_window(desk)
    with qtbot.waitSignal(desk.opening.ready, timeout=10_000):
        desk.open(clips[0])
    assert window.views.faces.isVisible()
    desk.gathering.add(clips[1:2])
    qtbot.waitUntil(window.views.videos.isVisible, timeout=10_000)
    qtbot.waitUntil(lambda: desk.gathering.adding is None and len(desk.casefile.evidences()) == 2, timeout=10_000)


def test_recent_cases_stand_on_the_first_page(qtbot: QtBot, window: MainWindow, gathered: Desk) -> None:
    gathered.opening.close()
    assert window.views.recent.isVisible()
    assert window_title(gathered) == "LAV"
    with qtbot.waitSignals([gathered.casefile.opened, gathered.document.identified], timeout=10_000):
        window.views.recent.case_picked.emit(gathered.recent.cases[0].path)
    assert len(gathered.videos.rows) == 3
