"""Actions on cases, videos and the queue, from the menus."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from lav_gui.ui.case_actions import free_place
from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.views import ask


@pytest.fixture
def window(make_window: Callable[..., MainWindow], gathered: Desk) -> MainWindow:
    return make_window(gathered)


def answer(monkeypatch: pytest.MonkeyPatch, name: str, path: Any) -> None:
    monkeypatch.setattr(QFileDialog, name, lambda *_, **__: (path, ""))


def do(window: MainWindow, name: str) -> None:
    action = window.named_actions[name]
    assert action.isEnabled(), name
    action.trigger()


def test_a_new_case_is_asked_for_and_made(
    qtbot: QtBot, window: MainWindow, gathered: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "getSaveFileName", "")
    do(window, "file.new")
    assert len(gathered.videos.rows) == 3
    answer(monkeypatch, "getSaveFileName", str(tmp_path / "new"))
    with qtbot.waitSignal(gathered.casefile.opened, timeout=5000):
        do(window, "file.new")
    assert (tmp_path / "new.lav").is_file()
    assert window.windowTitle() == "new.lav – LAV"


def test_a_case_is_saved_under_another_name(
    qtbot: QtBot, window: MainWindow, gathered: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "getSaveFileName", str(tmp_path / "copy.lav"))
    with qtbot.waitSignals([gathered.casefile.opened, gathered.document.identified], timeout=10_000):
        do(window, "file.save_as")
    assert window.windowTitle() == "a.mp4 – copy.lav – LAV"


def test_videos_to_add_are_looked_for_beside_the_video_on_screen(
    window: MainWindow, gathered: Desk, clips: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Path] = []
    monkeypatch.setattr(ask, "videos_to_add", lambda _, folder: begun.append(folder) or [])
    do(window, "videos.add")
    assert begun == [clips[0].parent]
    assert gathered.document.folder(Path("elsewhere")) == clips[0].parent


def test_videos_are_added_and_removed(
    qtbot: QtBot, window: MainWindow, gathered: Desk, demo_clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([str(demo_clip)], ""))
    do(window, "videos.add")
    qtbot.waitUntil(lambda: len(gathered.casefile.evidences()) == 4, timeout=10_000)
    do(window, "videos.next")
    qtbot.waitUntil(lambda: gathered.document.evidence is not None, timeout=5000)
    assert gathered.videos.shown_row == 1
    do(window, "videos.previous")
    do(window, "videos.remove")
    assert [row.name for row in gathered.videos.rows] == ["b 电梯.mp4", "c.mp4", "swap_fake.mp4"]
    qtbot.waitUntil(lambda: gathered.document.evidence is not None, timeout=5000)


def test_the_queue_is_begun_paused_and_gone_on_with(
    qtbot: QtBot, window: MainWindow, gathered: Desk, analysis: Any
) -> None:
    analysis.pause = 0.02
    do(window, "queue.add_all")
    qtbot.waitUntil(lambda: gathered.analysis.done > 1, timeout=10_000)
    assert not window.named_actions["queue.resume"].isEnabled()
    do(window, "queue.pause_after")
    do(window, "queue.pause_now")
    qtbot.waitUntil(lambda: gathered.queue.current is None, timeout=5000)
    analysis.pause = 0
    do(window, "queue.resume")
    qtbot.waitUntil(lambda: not gathered.queue.items, timeout=15_000)
    assert not window.named_actions["queue.resume"].isEnabled()


def test_the_menu_of_recent_cases_opens_and_forgets(
    qtbot: QtBot, window: MainWindow, gathered: Desk, tmp_path: Path
) -> None:
    gathered.recent.note(tmp_path / "gone.lav", ())
    with qtbot.waitSignal(gathered.recent.changed, timeout=5000):
        gathered.recent.look()
    menu = next(menu for menu in window.findChildren(QMenu) if "recent" in menu.title())
    assert [action.text() for action in menu.actions()] == ["gone (missing: take it off the list)", "three"]
    menu.actions()[0].trigger()
    assert [action.text() for action in menu.actions()] == ["three"]
    gathered.opening.close()
    with qtbot.waitSignals([gathered.casefile.opened, gathered.document.identified], timeout=10_000):
        menu.actions()[0].trigger()


def test_a_suggested_name_is_never_one_that_is_taken(tmp_path: Path) -> None:
    assert free_place(tmp_path / "v. 1.2") == tmp_path / "v. 1.2.lav"
    (tmp_path / "v. 1.2.lav").touch()
    assert free_place(tmp_path / "v. 1.2") == tmp_path / "v. 1.2 2.lav"
