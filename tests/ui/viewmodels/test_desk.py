"""What can be done when, and that closing ends everything."""

import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from lav_gui.media.reader import VideoReader
from lav_gui.settings import ColorPolicy, Settings, load_settings
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.display import View
from lav_gui.ui.viewmodels.models import Doors


def test_at_first_only_opening_is_possible(make_desk: Callable[..., Desk], analysis: object) -> None:
    assert make_desk(analysis).conditions == frozenset()


def test_conditions_follow_video_results_and_selection(qtbot: QtBot, opened: Desk) -> None:
    assert {"video", "identified", "can_analyze"} <= opened.conditions
    assert not {"results", "face", "running"} & opened.conditions
    with qtbot.waitSignal(opened.analysis.finished, timeout=10_000):
        opened.running.start()
    qtbot.waitUntil(lambda: {"results", "can_export", "can_edit"} <= opened.conditions, timeout=5000)
    opened.selection.select(1)
    assert {"face", "can_edit_face"} <= opened.conditions
    opened.selection.mark_in(3)
    assert "marks" in opened.conditions
    opened.opening.close()
    assert opened.conditions == frozenset()


def test_closing_cancels_a_running_analysis_within_three_seconds(demo_clip: Path, tmp_path: Path, qtbot: QtBot) -> None:
    begun_walking, closed = threading.Event(), threading.Event()

    def endless(*_: object) -> Generator[Any, None, None]:
        begun_walking.set()
        try:
            while True:
                time.sleep(0.02)
                yield None
        finally:
            closed.set()

    desk = Desk(Settings(), Doors(launch=endless, pace_file=lambda: tmp_path / "pace.json"))
    with qtbot.waitSignal(desk.opening.ready, timeout=10_000):
        desk.open(demo_clip, analyze=True)
    assert "running" in desk.conditions
    assert begun_walking.wait(3)
    begun = time.monotonic()
    assert desk.close()
    assert time.monotonic() - begun < 3
    assert closed.is_set()


@pytest.fixture
def silent_disk(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """A reader that tells when it was begun, and opens its file no sooner than the second event lets it."""
    reading, gate = threading.Event(), threading.Event()

    def reader(path: Path, color: ColorPolicy) -> VideoReader:
        reading.set()
        gate.wait(20)
        return VideoReader(path, color)

    monkeypatch.setattr("lav_gui.ui.frames.VideoReader", reader)
    return reading, gate


def test_closing_takes_no_longer_where_the_disk_does_not_answer(
    demo_clip: Path,
    analysis: object,
    make_desk: Callable[..., Desk],
    silent_disk: tuple[threading.Event, threading.Event],
) -> None:
    reading, gate = silent_disk
    desk = make_desk(analysis)
    desk.open(demo_clip)
    assert reading.wait(5)
    begun = time.monotonic()
    assert not desk.close()
    assert not desk.close(), "the window closes it, then the program"
    assert time.monotonic() - begun < 3.2
    gate.set()
    assert desk.frames.wait(5000)


def test_a_compared_file_that_does_not_answer_is_told_however_often_it_is_closed(
    demo_clip: Path, opened: Desk, silent_disk: tuple[threading.Event, threading.Event]
) -> None:
    reading, gate = silent_disk
    opened.compare.begin(demo_clip, ColorPolicy.AUTO)
    assert reading.wait(5)
    server = opened.compare._server
    assert server is not None
    begun = time.monotonic()
    assert not opened.close()
    assert not opened.close(), "the program must know that a thread still runs"
    assert time.monotonic() - begun < 3.2
    gate.set()
    assert server.wait(5000)


def test_closing_twice_does_no_harm(opened: Desk) -> None:
    assert opened.close()
    assert opened.close()


def test_closing_again_tells_nothing_for_the_window_may_be_gone(opened: Desk) -> None:
    assert opened.close()
    told: list[str] = []
    changes = {
        "messages": opened.messages.changed,
        "queue": opened.queue.changed,
        "video": opened.document.closed,
        "case": opened.casefile.closed,
        "face": opened.selection.track_changed,
        "marks": opened.selection.marks_changed,
        "picture": opened.playback.shown_changed,
        "what can be done": opened.conditions_changed,
    }
    for name, signal in changes.items():
        signal.connect(lambda *_, name=name: told.append(name))
    assert opened.close()
    assert told == []


def test_how_the_picture_is_shown_comes_back_at_the_next_start(
    make_desk: Callable[..., Desk], analysis: object, tmp_path: Path
) -> None:
    desk = make_desk(analysis)
    desk.display.set_view(View.RESIDUAL)
    desk.display.set_opacity(0.25)
    assert desk.close()
    again = Desk(load_settings(tmp_path / "settings.toml"))
    assert (again.display.value.view, again.display.value.opacity) == (View.RESIDUAL, 0.25)
    assert again.close()


def test_what_can_be_done_with_a_case_is_told(qtbot: QtBot, gathered: Desk, demo_clip: Path) -> None:
    words = {"open", "case", "can_add", "can_remove", "several", "can_analyze_all"}
    assert words <= gathered.conditions
    gathered.open_all([demo_clip])
    qtbot.waitUntil(lambda: len(gathered.casefile.evidences()) == 4, timeout=10_000)
    gathered.opening.close()
    assert gathered.conditions == frozenset()
