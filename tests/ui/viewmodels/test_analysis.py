"""State, progress and time left of an analysis."""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from lav_gui.errors import MediaError, WorkerError
from lav_gui.records import Notice, Stage
from lav_gui.settings import AnalysisSettings
from lav_gui.ui.jobs import Jobs
from lav_gui.ui.viewmodels.analysis import AnalysisModel, AnalysisState


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    pool = Jobs()
    yield pool
    assert pool.stop_all(3)


def failing(error: Exception) -> Callable[..., Generator[Any, None, Any]]:
    def steps(*_: object) -> Generator[Any, None, Any]:
        yield Stage("Hashing", 5, 10)
        yield Notice("The batch was halved.")
        raise error

    return steps


def test_a_real_walk_is_counted_to_its_end(qtbot: QtBot, jobs: Jobs, analysis: Any, demo_clip: Path) -> None:
    model = AnalysisModel(jobs, analysis)
    states: list[AnalysisState] = []
    model.state_changed.connect(states.append)
    with qtbot.waitSignal(model.finished, timeout=10_000) as told:
        model.start(demo_clip, None, AnalysisSettings())
    assert told.args[0].frames_done == 28
    assert (model.done, model.planned, model.fraction) == (28, 28, 1.0)
    assert states == [AnalysisState.PREPARING, AnalysisState.RUNNING, AnalysisState.IDLE]


def test_a_second_start_does_nothing_while_one_runs(qtbot: QtBot, jobs: Jobs, analysis: Any, demo_clip: Path) -> None:
    model = AnalysisModel(jobs, analysis)
    with qtbot.waitSignal(model.finished, timeout=10_000):
        model.start(demo_clip, None, AnalysisSettings())
        model.start(demo_clip, None, AnalysisSettings())
    assert analysis.calls == 1


def test_cancelling_ends_it_soon(qtbot: QtBot, jobs: Jobs, analysis: Any, demo_clip: Path) -> None:
    analysis.pause = 0.05
    model = AnalysisModel(jobs, analysis)
    with qtbot.waitSignal(model.results, timeout=10_000):
        model.start(demo_clip, None, AnalysisSettings())
    with qtbot.waitSignal(model.cancelled, timeout=3000):
        model.cancel()
        assert model.state is AnalysisState.CANCELLING
    assert model.state is AnalysisState.IDLE
    assert model.done < 28


def test_an_error_is_told_with_the_notices_before_it(qtbot: QtBot, jobs: Jobs) -> None:
    error = MediaError("clip.mp4 cannot be read.")
    model = AnalysisModel(jobs, failing(error))
    with qtbot.waitSignals([model.noticed, model.failed], timeout=5000):
        model.start(Path("clip.mp4"), None, AnalysisSettings())
    assert model.stage == Stage("Hashing", 5, 10)
    assert model.fraction == 0.5


def test_the_death_of_the_child_is_told_apart(qtbot: QtBot, jobs: Jobs) -> None:
    model = AnalysisModel(jobs, failing(WorkerError("It ended unexpectedly.")))
    with qtbot.waitSignal(model.died, timeout=5000), qtbot.assertNotEmitted(model.failed):
        model.start(Path("clip.mp4"), None, AnalysisSettings())


def test_the_time_left_follows_the_pace(qtbot: QtBot, jobs: Jobs, analysis: Any, demo_clip: Path) -> None:
    now = [0.0]

    def clock() -> float:
        now[0] += 2.0
        return now[0]

    analysis.pause = 0.06
    model = AnalysisModel(jobs, analysis, clock)
    assert model.seconds_left is None
    with qtbot.waitSignal(model.finished, timeout=10_000):
        model.start(demo_clip, None, AnalysisSettings())
    assert model.seconds_per_frame is not None
    assert 0.3 < model.seconds_per_frame < 4
    assert model.seconds_left == 0
