"""What each action does."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from lav_gui.ui.action_table import ACTIONS
from lav_gui.ui.commands import Doer
from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.views import ask
from tests.ui.conftest import is_judged


@pytest.fixture
def window(make_window: Callable[..., MainWindow], opened: Desk) -> MainWindow:
    return make_window(opened)


@pytest.fixture
def doer(window: MainWindow, opened: Desk) -> Doer:
    return Doer(window, opened)


def analyze(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignals([desk.analysis.finished, desk.casefile.shown], timeout=10_000):
        desk.running.start()
    qtbot.waitUntil(lambda: is_judged(desk), timeout=5000)


def test_each_action_has_its_command_and_each_command_its_action(window: MainWindow) -> None:
    assert set(window._commands()) == {spec.name for spec in ACTIONS}


def test_opening_asks_and_opens(
    doer: Doer, opened: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, demo_clip: Path
) -> None:
    monkeypatch.setattr(ask, "file_to_open", lambda *_: demo_clip)
    with qtbot.waitSignal(opened.document.opening, timeout=5000):
        doer.open()
    monkeypatch.setattr(ask, "file_to_open", lambda *_: None)
    with qtbot.assertNotEmitted(opened.document.opening):
        doer.open()


def test_another_file_is_looked_for_beside_the_video_on_screen(
    doer: Doer, opened: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Path] = []
    for dialog in ("file_to_open", "file_to_compare"):
        monkeypatch.setattr(ask, dialog, lambda _, folder: begun.append(folder))
    doer.open()
    doer.compare()
    video = opened.document.video
    assert video is not None
    assert begun == [video.path.parent] * 2


def test_a_frame_is_saved_beside_the_video_on_screen(
    doer: Doer, opened: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: opened.playback.shown is not None, timeout=5000)
    suggested: list[Path] = []
    monkeypatch.setattr(ask, "place_to_save", lambda _, __, path, ___: suggested.append(path))
    doer.save_frame()
    video = opened.document.video
    assert video is not None
    assert [path.parent for path in suggested] == [video.path.parent]


def test_exporting_suggests_a_place_beside_the_case_and_writes_there(
    doer: Doer, opened: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path
) -> None:
    analyze(qtbot, opened)
    suggested: list[Path] = []
    exported: list[tuple[object, ...]] = []

    def place(_: object, __: str, path: Path, ___: str) -> Path:
        suggested.append(path)
        return tmp_path / "out.pdf"

    monkeypatch.setattr(ask, "place_to_save", place)
    monkeypatch.setattr(opened.export, "export_pdf", lambda *given: exported.append(given))
    doer.export_pdf()
    case = opened.casefile.case
    assert case is not None
    assert suggested == [case.path.with_suffix(".pdf")]
    assert exported == [(case.path, 1, tmp_path / "out.pdf", None)]


def test_a_copied_frame_is_a_png_with_its_facts(doer: Doer, opened: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: opened.playback.shown is not None, timeout=5000)
    doer.copy_frame()
    data = QGuiApplication.clipboard().mimeData()
    with Image.open(io.BytesIO(bytes(data.data("image/png").data()))) as picture:
        assert picture.text["File"] == "swap_fake.mp4"  # type: ignore[attr-defined]
    assert data.hasImage()
    assert opened.messages.shown[-1].text.startswith("Copied")


def test_a_saved_crop_goes_where_it_was_asked_for(
    doer: Doer, opened: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path
) -> None:
    analyze(qtbot, opened)
    qtbot.waitUntil(lambda: opened.detail.value is not None, timeout=5000)
    monkeypatch.setattr(ask, "place_to_save", lambda *_: tmp_path / "crop.png")
    doer.save_crop()
    with Image.open(tmp_path / "crop.png") as picture:
        assert picture.size == (299, 299)
    doer.copy_crop()
    assert QGuiApplication.clipboard().mimeData().hasImage()


def test_going_by_meaning(doer: Doer, opened: Desk, qtbot: QtBot) -> None:
    analyze(qtbot, opened)
    opened.playback.seek(11)
    doer.step_analyzed(True)
    assert opened.playback.position == 12
    doer.step_analyzed(False)
    assert opened.playback.position == 10
    opened.playback.seek(55)
    doer.step_analyzed(True)
    assert opened.playback.position == 55
    doer.go_strongest()
    assert opened.selection.track == 1
    verdict = opened.results.verdict
    assert verdict is not None
    assert opened.playback.position == verdict.tracks[0].strongest_frame
    doer.cycle_faces(1)
    assert opened.selection.track == 2


def test_editing_faces(doer: Doer, opened: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    analyze(qtbot, opened)
    opened.selection.select(2)
    doer.toggle_included()
    qtbot.waitUntil(lambda: not opened.faces.rows[1].included, timeout=5000)
    doer.toggle_included()
    qtbot.waitUntil(lambda: opened.faces.rows[1].included, timeout=5000)
    opened.playback.seek(20)
    doer.split()
    qtbot.waitUntil(lambda: len(opened.faces.rows) == 3, timeout=5000)
    offered: list[list[int]] = []

    def other(_: object, __: int, others: list[int]) -> int:
        offered.append(others)
        return 3

    monkeypatch.setattr(ask, "other_face", other)
    doer.merge()
    qtbot.waitUntil(lambda: len(opened.faces.rows) == 2, timeout=5000)
    assert offered == [[1, 3]]
    assert opened.selection.track == 2


def test_nothing_happens_where_there_is_nothing(
    make_desk: Callable[..., Desk], analysis: Any, make_window: Callable[..., MainWindow]
) -> None:
    desk = make_desk(analysis)
    doer = Doer(make_window(desk), desk)
    for action in (
        doer.export_pdf,
        doer.save_frame,
        doer.copy_frame,
        doer.save_crop,
        doer.copy_crop,
        doer.go_strongest,
    ):
        action()
    for action in (doer.split, doer.merge, doer.toggle_included):
        action()
    doer.step_analyzed(True)
    assert desk.messages.shown == ()
