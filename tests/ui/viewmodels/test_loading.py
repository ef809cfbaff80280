"""A run is read beside the window."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from lav_gui.steps import run_to_end
from lav_gui.ui.viewmodels import loading as module
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.loading import counted, load_steps


@pytest.fixture
def desk(qtbot: QtBot, make_desk: Callable[..., Desk], analysis: object, demo_clip: Path) -> Desk:
    made = make_desk(analysis)
    with qtbot.waitSignal(made.analysis.finished, timeout=15_000):
        made.open(demo_clip, analyze=True)
    qtbot.waitUntil(lambda: made.jobs.count == 0, timeout=10_000)
    return made


def slowly(case: Any, run: Any) -> Generator[float | None, None, Any]:
    """Read one step, and then nothing for ever."""
    steps = load_steps(case, run)
    next(steps)
    yield 0.25
    while True:
        yield None


def test_the_rest_of_the_steps_is_told_as_a_fraction() -> None:
    def three() -> Generator[None, None, str]:
        for _ in range(3):
            yield None
        return "done"

    steps = counted(three(), 2.0)
    assert [next(steps) for _ in range(3)] == [0.5, 1.0, 1.0]
    with pytest.raises(StopIteration) as end:
        next(steps)
    assert end.value.value == "done"


def test_a_run_is_read_whole(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.casefile.loading.loaded, timeout=5000) as told:
        desk.casefile.show_run(1)
    (found,) = told.args
    assert found.analyzed.tolist() == list(range(0, 56, 2))
    assert [len(series) for series in found.series] == [28, 28]
    assert (found.gaps, found.small.tolist()) == ((), [])
    assert desk.casefile.loading.fraction is None


def test_what_another_process_writes_while_a_run_is_read_is_not_half_read(desk: Desk) -> None:
    case = desk.casefile.case
    assert case is not None
    run = case.run(1)
    steps = load_steps(case, run)
    while next(steps) is None:
        pass  # the faces are read, the frames are not yet
    with case._database.write() as connection:
        connection.execute("INSERT INTO gap SELECT run_id, 1, pts, 'damaged' FROM frame WHERE frame_index = 0")
        connection.execute("UPDATE frame SET too_small = 1 WHERE frame_index = 2")
    found = run_to_end(steps)
    assert len(case.done_indices(1)) == 29
    assert (found.gaps, found.small.tolist()) == ((), [])
    assert found.analyzed.tolist() == list(range(0, 56, 2))


def test_reading_tells_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "load_steps", slowly)
    loading = desk.casefile.loading
    desk.casefile.show_run(1)
    qtbot.waitUntil(lambda: loading.fraction == 0.25, timeout=5000)
    assert "stoppable" in desk.conditions
    with qtbot.waitSignal(loading.stopped, timeout=1000) as told:
        loading.stop()
    assert told.args[0].run_id == 1
    assert loading.fraction is None
    assert "stoppable" not in desk.conditions
    qtbot.waitUntil(lambda: desk.jobs.count == 0, timeout=5000)
    assert desk.results.judged is None


def test_closing_the_case_gives_up_reading_without_a_word(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "load_steps", slowly)
    desk.casefile.show_run(1)
    stopped: list[object] = []
    desk.casefile.loading.stopped.connect(stopped.append)
    desk.casefile.close()
    qtbot.waitUntil(lambda: desk.jobs.count == 0, timeout=5000)
    assert stopped == []
