"""What the list says of the latest run of each video follows its edits, on screen or not."""

from collections.abc import Generator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from lav_gui.errors import SessionError
from lav_gui.ui.viewmodels import summaries
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.summaries import Summary
from tests.ui.conftest import is_judged


def analyzed(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.analysis.finished, timeout=15_000):
        desk.running.start()
    judged(qtbot, desk)


def judged(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(
        lambda: is_judged(desk) and desk.jobs.count == 0,
        timeout=10_000,
    )


def second_shown(qtbot: QtBot, desk: Desk) -> None:
    desk.gathering.step(1)
    qtbot.waitUntil(lambda: desk.document.evidence is not None and desk.jobs.count == 0, timeout=10_000)
    assert desk.casefile.evidence_id == 2


def test_edits_of_a_video_that_is_not_on_screen_change_what_is_said_of_it(qtbot: QtBot, gathered: Desk) -> None:
    analyzed(qtbot, gathered)
    gathered.casefile.include(1, False)
    qtbot.waitUntil(lambda: gathered.videos.rows[0].faces == 1, timeout=5000)
    second_shown(qtbot, gathered)
    assert gathered.videos.rows[0].faces == 1
    gathered.history.undo()
    assert gathered.videos.rows[0].faces is None, "what was found under other edits is not said"
    qtbot.waitUntil(lambda: gathered.videos.rows[0].faces == 2, timeout=5000)
    gathered.history.redo()
    qtbot.waitUntil(lambda: gathered.videos.rows[0].faces == 1, timeout=5000)
    assert str(gathered.videos.rows[0].state) == "done"


def test_a_rate_that_was_tried_on_screen_is_not_kept_for_a_video_that_was_left(
    qtbot: QtBot, gathered: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def by_its_own_rate(*given: Any) -> Generator[None, None, Summary]:
        asked.append(given[2].run_id)
        yield None
        return Summary(7, None, 1.0)

    monkeypatch.setattr(summaries, "summary_steps", by_its_own_rate)
    analyzed(qtbot, gathered)
    with qtbot.waitSignal(gathered.results.judged_changed, timeout=5000):
        gathered.results.judge_at(0.4)
    assert (gathered.videos.rows[0].faces, asked) == (2, [])
    second_shown(qtbot, gathered)
    qtbot.waitUntil(lambda: gathered.videos.rows[0].faces == 7, timeout=5000)
    assert asked == [1]


def test_a_run_that_cannot_be_read_is_told_of_once(
    qtbot: QtBot, gathered: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Generator[None, None, Summary]:
        yield None
        raise SessionError("The case is damaged.")

    analyzed(qtbot, gathered)
    gathered.casefile.include(1, False)
    qtbot.waitUntil(lambda: gathered.videos.rows[0].faces == 1, timeout=5000)
    second_shown(qtbot, gathered)
    monkeypatch.setattr(summaries, "summary_steps", fail)
    with qtbot.waitSignal(gathered.messages.changed, timeout=5000):
        gathered.history.undo()
    qtbot.waitUntil(lambda: gathered.jobs.count == 0, timeout=5000)
    assert [each.text for each in gathered.messages.shown] == ["The case is damaged."]
    assert (gathered.videos.rows[0].faces, gathered.videos.rows[0].verdict) == (None, None)


def test_closing_the_case_ends_what_is_judged_of_it(
    qtbot: QtBot, gathered: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*_: object) -> Generator[None, None, Summary]:
        while True:
            yield None

    analyzed(qtbot, gathered)
    gathered.casefile.include(1, False)
    qtbot.waitUntil(lambda: gathered.videos.rows[0].faces == 1, timeout=5000)
    second_shown(qtbot, gathered)
    monkeypatch.setattr(summaries, "summary_steps", endless)
    gathered.history.undo()
    qtbot.waitUntil(lambda: gathered.jobs.count > 0, timeout=5000)
    gathered.opening.close()
    qtbot.waitUntil(lambda: gathered.jobs.count == 0, timeout=5000)
