"""The report by a child process, and pictures as PNG."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from lav_gui.errors import ReportError
from lav_gui.records import Stage
from lav_gui.reporting import document_steps
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.export import ENTRY, crop_snapshot, frame_snapshot


def render(case_path: Path, run_id: int, target: Path, rate: float | None) -> Generator[Any, None, None]:
    yield Stage("Hashing", 1, 2)
    target.write_text(f"{case_path.name} {run_id} {rate}")


def analyze(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignals([desk.analysis.finished, desk.casefile.shown], timeout=10_000):
        desk.running.start()


@pytest.fixture
def desk(qtbot: QtBot, make_desk: Callable[..., Desk], analysis: object, demo_clip: Path) -> Desk:
    made = make_desk(analysis, render)
    with qtbot.waitSignal(made.opening.ready, timeout=10_000):
        made.open(demo_clip)
    analyze(qtbot, made)
    return made


def test_the_named_entry_is_a_generator_of_ours() -> None:
    module, _, function = ENTRY.partition(":")
    assert document_steps.__module__ == module
    assert document_steps.__name__ == function


def test_a_report_is_written_beside_the_window(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    case, target = desk.casefile.case, tmp_path / "report.pdf"
    assert case is not None
    with qtbot.waitSignal(desk.export.exported, timeout=5000) as told:
        desk.export.export_pdf(case.path, 1, target, 0.01)
        assert desk.export.is_busy
        assert "can_export" not in desk.conditions
    assert told.args == [target]
    assert target.read_text() == f"{case.path.name} 1 0.01"
    qtbot.waitUntil(lambda: not desk.export.is_busy, timeout=2000)


def test_a_report_can_be_stopped_and_tells_how_far_it_is(
    qtbot: QtBot, make_desk: Callable[..., Desk], analysis: object, tmp_path: Path
) -> None:
    def endless(*_: object) -> Generator[Any, None, None]:
        yield Stage("Hashing", 1, 2)
        while True:
            yield None

    made = make_desk(analysis, endless)
    made.export.export_pdf(tmp_path / "a.lav", 1, tmp_path / "report.pdf")
    qtbot.waitUntil(lambda: made.export.stage is not None, timeout=2000)
    assert "stoppable" in made.conditions
    made.export.stop()
    qtbot.waitUntil(lambda: not made.export.is_busy, timeout=2000)
    assert made.export.stage is None
    assert not made.messages.shown


def test_a_report_that_fails_is_told(
    qtbot: QtBot, make_desk: Callable[..., Desk], analysis: object, tmp_path: Path
) -> None:
    def failing(*_: object) -> Generator[Any, None, None]:
        yield None
        raise ReportError("report.pdf cannot be set.")

    made = make_desk(analysis, failing)
    with qtbot.waitSignal(made.export.failed, timeout=5000):
        made.export.export_pdf(tmp_path / "a.lav", 1, tmp_path / "report.pdf")
    assert made.messages.shown[-1].text == "report.pdf cannot be set."
    qtbot.waitUntil(lambda: not made.export.is_busy, timeout=2000)


def test_frame_and_crop_are_written_with_their_facts(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    with qtbot.waitSignal(desk.detail.changed, timeout=5000, check_params_cb=lambda detail: detail is not None):
        desk.playback.seek(6)
    frame = frame_snapshot(desk.playback, desk.document.evidence)
    crop = crop_snapshot(desk.detail, desk.document.evidence)
    assert frame is not None
    assert crop is not None
    for name, snapshot, size in (("frame.png", frame, (960, 540)), ("crop.png", crop, (299, 299))):
        with qtbot.waitSignal(desk.export.exported, timeout=2000):
            desk.export.write_png(snapshot, tmp_path / name)
        with Image.open(tmp_path / name) as picture:
            assert picture.size == size
            assert picture.text["Frame"].startswith("6 ")  # type: ignore[attr-defined]


def test_a_folder_that_is_not_there_is_a_sentence(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    frame = frame_snapshot(desk.playback, desk.document.evidence)
    assert frame is not None
    with qtbot.waitSignal(desk.export.failed, timeout=2000) as told:
        desk.export.write_png(frame, tmp_path / "none" / "frame.png")
    assert "choose another folder" in str(told.args[0])


def test_without_video_or_face_there_is_no_picture(qtbot: QtBot, desk: Desk) -> None:
    desk.opening.close()
    assert frame_snapshot(desk.playback, desk.document.evidence) is None
    assert crop_snapshot(desk.detail, desk.document.evidence) is None
