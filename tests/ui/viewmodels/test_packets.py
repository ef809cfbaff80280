"""The packets of a long video are made ready beside the window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from lav_gui.ui.viewmodels import packets as module
from lav_gui.ui.viewmodels.desk import Desk


def test_those_of_a_short_video_need_no_thread(qtbot: QtBot, opened: Desk) -> None:
    made: list[object] = []
    opened.packets.made.connect(made.append)
    qtbot.waitUntil(lambda: opened.jobs.count == 0, timeout=10_000)
    assert made == []


def test_those_of_a_long_video_come_later(
    qtbot: QtBot, make_desk: Callable[..., Desk], analysis: object, demo_clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "DIRECT_FRAMES", 10)
    desk = make_desk(analysis)
    with qtbot.waitSignal(desk.packets.made, timeout=10_000) as told:
        desk.open(demo_clip)
    assert len(told.args[0].places) == 56
    desk.document.close()
    qtbot.waitUntil(lambda: desk.jobs.count == 0, timeout=10_000)
