"""A second run laid over the first."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from lav_gui.errors import SessionError
from lav_gui.session.case import Case
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.second_run import SecondRun
from tests.ui.conftest import is_judged


@pytest.fixture
def twice(qtbot: QtBot, make_desk: Callable[..., Desk], analysis: object, demo_clip: Path) -> Desk:
    """The demo clip, analyzed twice; the second run is on screen."""
    desk = make_desk(analysis)
    with qtbot.waitSignal(desk.analysis.finished, timeout=15_000):
        desk.open(demo_clip, analyze=True)
    with qtbot.waitSignal(desk.analysis.finished, timeout=15_000):
        desk.running.start()
    qtbot.waitUntil(lambda: is_judged(desk), timeout=5000)
    return desk


def test_all_other_runs_can_be_chosen(twice: Desk) -> None:
    (first, name), *others = twice.second_run.choices
    assert others == []
    assert first != twice.casefile.run.run_id  # type: ignore[union-attr]
    assert name.startswith(f"run {first}: ")


def test_its_curves_are_those_of_the_run(qtbot: QtBot, twice: Desk) -> None:
    model = twice.second_run
    found: list[object] = []
    model.changed.connect(found.append)
    with qtbot.waitSignal(model.choices_changed) as offered:
        model.choose(model.choices[0][0])
    assert offered.args[1] == model.choices[0][0]
    qtbot.waitUntil(lambda: bool(found) and found[-1] is not None, timeout=5000)
    second = found[-1]
    assert [line.track_id for line in second.lines] == [1, 2]  # type: ignore[attr-defined]
    assert twice.results.verdict is not None
    own = twice.results.verdict.tracks[0].smoothed
    assert np.allclose(second.lines[0].smoothed.values, own)  # type: ignore[attr-defined]
    model.choose(None)
    assert found[-1] is None


def test_a_choice_that_was_taken_back_does_not_come_late(qtbot: QtBot, twice: Desk) -> None:
    model = twice.second_run
    found: list[object] = []
    model.changed.connect(found.append)
    model.choose(model.choices[0][0])
    model.choose(None)
    qtbot.waitUntil(lambda: twice.jobs.count == 0, timeout=5000)
    assert found == [None, None]


def test_it_is_forgotten_when_it_comes_on_screen_itself(qtbot: QtBot, twice: Desk) -> None:
    model = twice.second_run
    other = model.choices[0][0]
    model.choose(other)
    with qtbot.waitSignal(model.changed) as told:
        twice.casefile.show_run(other)
    assert told.args == [None]
    assert [run_id for run_id, _ in model.choices] != [other]


def test_nothing_is_offered_without_a_case(qtbot: QtBot, opened: Desk) -> None:
    assert opened.second_run.choices == ()
    opened.second_run.choose(7)
    opened.second_run.choose(None)


def test_its_curves_follow_the_edits_of_its_faces(qtbot: QtBot, twice: Desk) -> None:
    model, casefile = twice.second_run, twice.casefile
    first, second = (run.run_id for run in casefile.runs)
    found: list[object] = []
    model.changed.connect(found.append)
    casefile.show_run(first)
    qtbot.waitUntil(lambda: twice.results.judged is not None, timeout=5000)
    casefile.include(1, False)
    casefile.show_run(second)
    model.choose(first)
    qtbot.waitUntil(lambda: faces(found) == [2], timeout=5000)
    twice.history.undo()
    qtbot.waitUntil(lambda: faces(found) == [1, 2], timeout=5000)
    qtbot.waitUntil(lambda: twice.jobs.count == 0, timeout=5000)
    count = len(found)
    casefile.write(lambda case: case.set_exhibit_number(1, "A"))
    assert (twice.jobs.count, len(found)) == (0, count), "what has nothing to do with its faces changes nothing"


def faces(found: list[object]) -> list[int]:
    shown = found[-1] if found else None
    return [line.track_id for line in shown.lines] if isinstance(shown, SecondRun) else []


@pytest.mark.parametrize("broken", [("evidence", "evidences"), ("track_edits",), ("series_steps",)])
def test_one_that_cannot_be_read_is_told_and_can_be_chosen_again(
    qtbot: QtBot, twice: Desk, monkeypatch: pytest.MonkeyPatch, broken: tuple[str, ...]
) -> None:
    def unreadable(*_: object) -> object:
        raise SessionError("The case is damaged; open a backup copy of it.")

    model = twice.second_run
    offered: list[object] = []
    model.choices_changed.connect(lambda _, chosen: offered.append(chosen))
    with monkeypatch.context() as patch:
        for name in broken:
            patch.setattr(Case, name, unreadable)
        with qtbot.waitSignal(twice.casefile.failed, timeout=5000):
            model.choose(model.choices[0][0])
        qtbot.waitUntil(lambda: twice.jobs.count == 0, timeout=5000)
    assert offered[-1] is None
    with qtbot.waitSignal(model.changed, timeout=5000, check_params_cb=lambda shown: shown is not None):
        model.choose(model.choices[0][0])
