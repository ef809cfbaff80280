"""Verdicts made ready for the timeline."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from lav_gui.ui.jobs import Jobs
from lav_gui.ui.viewmodels import curves as module
from lav_gui.ui.viewmodels.curves import Curves, CurvesModel, curve_steps, curves_of
from lav_gui.ui.viewmodels.results import Judged, ResultsModel


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    pool = Jobs()
    yield pool
    assert pool.stop_all(3)


@pytest.fixture
def told(jobs: Jobs) -> tuple[ResultsModel, list[Curves | None]]:
    results, found = ResultsModel(jobs), []
    model = CurvesModel(jobs, results)
    model.changed.connect(found.append)
    return results, found


def test_a_short_run_is_ready_at_once(told: tuple[ResultsModel, list[Curves | None]], judged: Judged) -> None:
    results, found = told
    results.judged_changed.emit(judged)
    assert found[-1] is not None
    assert found[-1].judged is judged
    assert [line.track_id for line in found[-1].lines] == [1, 2]
    assert len(found[-1].faces.rows) == 2
    results.judged_changed.emit(None)
    assert found[-1] is None


def test_of_a_long_run_the_newest_verdict_comes_last(
    qtbot: QtBot,
    jobs: Jobs,
    told: tuple[ResultsModel, list[Curves | None]],
    judged: Judged,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "DIRECT_ROWS", 3)
    results, found = told
    verdicts = [replace(judged, frames_analyzed=number) for number in range(5)]
    for each in verdicts:
        results.judged_changed.emit(each)
    assert found == []
    qtbot.waitUntil(lambda: jobs.count == 0, timeout=5000)
    assert [curves.judged for curves in found if curves is not None] == [verdicts[0], verdicts[-1]]


def test_what_is_no_longer_on_screen_does_not_come_late(
    qtbot: QtBot,
    jobs: Jobs,
    told: tuple[ResultsModel, list[Curves | None]],
    judged: Judged,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "DIRECT_ROWS", 3)
    results, found = told
    results.judged_changed.emit(judged)
    results.judged_changed.emit(None)
    qtbot.waitUntil(lambda: jobs.count == 0, timeout=5000)
    assert found == [None]


def test_both_ways_give_the_same(judged: Judged) -> None:
    steps = curve_steps(judged)
    try:
        while True:
            next(steps)
    except StopIteration as end:
        slow: Curves = end.value
    at_once = curves_of(judged)
    for one, other in zip(slow.lines, at_once.lines, strict=True):
        assert np.array_equal(one.smoothed.values, other.smoothed.values)
        assert one.segments.first.tolist() == other.segments.first.tolist()
