"""The picture on screen is compared with the one that was analyzed."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from lav_gui.records import FrameResult
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.identity import Identity
from lav_gui.ui.viewmodels.messages import MessageKind


def analyze(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.analysis.finished, timeout=10_000):
        desk.running.start()


def test_the_same_picture_is_said_to_be_the_same(qtbot: QtBot, opened: Desk) -> None:
    analyze(qtbot, opened)
    with qtbot.waitSignal(opened.identity.changed, timeout=5000, check_params_cb=lambda v, _: v is Identity.SAME):
        opened.playback.seek(12)
    assert opened.identity.value is Identity.SAME
    opened.playback.seek(13)
    qtbot.waitUntil(lambda: opened.identity.value is Identity.UNKNOWN, timeout=5000)


def test_a_difference_is_said(qtbot: QtBot, opened: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    analyze(qtbot, opened)
    find = opened.results.find

    def other(index: int) -> FrameResult | None:
        result = find(index)
        return None if result is None else replace(result, digest="f" * 64)

    monkeypatch.setattr(opened.results, "find", other)
    with qtbot.waitSignal(opened.identity.changed, timeout=5000, check_params_cb=lambda v, _: v is Identity.DIFFERENT):
        opened.playback.seek(12)
    (message,) = [each for each in opened.messages.shown if each.key == "identity"]
    assert message.kind is MessageKind.WARNING
    assert "Frame 12" in message.text


def test_a_result_that_comes_while_the_frame_rests_is_compared(qtbot: QtBot, opened: Desk) -> None:
    with qtbot.waitSignal(opened.playback.rested, timeout=5000):
        opened.playback.seek(6)
    analyze(qtbot, opened)
    qtbot.waitUntil(lambda: opened.identity.value is Identity.SAME, timeout=5000)


def test_nothing_is_said_of_a_run_that_has_not_come_to_the_frame(qtbot: QtBot, opened: Desk) -> None:
    analyze(qtbot, opened)
    qtbot.waitUntil(lambda: opened.identity.value is Identity.SAME, timeout=5000)
    opened.results.clear()
    assert opened.identity.value is Identity.UNKNOWN
