"""The panel shows what applies now."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from lav_gui.records import Software
from lav_gui.session.runs import RunRow, RunState
from lav_gui.settings import AnalysisSettings, Sampling
from lav_gui.ui.viewmodels.choices import ChoicesModel
from lav_gui.ui.views.side_panel import SidePanel, run_words
from model_zoo.weights_record import Weights


@pytest.fixture
def panel(qtbot: QtBot, tmp_path: Path) -> SidePanel:
    made = SidePanel(ChoicesModel(AnalysisSettings(), tmp_path / "pace.json"))
    qtbot.addWidget(made)
    return made


def run(number: int, state: RunState, weights: Weights) -> RunRow:
    settings = AnalysisSettings(sampling=Sampling.parse("every:2"))
    software = Software("cpu", "float32", True, "mtcnn", "0" * 64, ())
    now = datetime.now(UTC)
    return RunRow(number, 1, settings, weights, software, np.arange(3), state, now, now)


def test_before_the_first_run_there_are_choices_and_no_verdict(panel: SidePanel) -> None:
    assert panel.start.isVisibleTo(panel)
    assert not panel.verdict.isVisibleTo(panel)


def test_with_a_run_there_is_a_verdict_and_choices_on_demand(panel: SidePanel) -> None:
    panel.show_has_run(True)
    assert panel.verdict.isVisibleTo(panel)
    assert not panel.start.isVisibleTo(panel)
    panel.show_choices()
    assert panel.start.isVisibleTo(panel)
    panel.show_choices()
    assert not panel.start.isVisibleTo(panel)


def test_several_runs_are_offered_and_one_is_not(panel: SidePanel, qtbot: QtBot, trained_weights: Weights) -> None:
    panel.show_has_run(True)
    runs = tuple(run(number, RunState.FINISHED, trained_weights) for number in (1, 2))
    box = next(b for b in panel.findChildren(QComboBox) if b.accessibleName() == "Run on screen")
    panel.show_runs(runs[:1], 1)
    assert not box.isVisibleTo(panel)
    panel.show_runs(runs, 2)
    assert box.isVisibleTo(panel)
    assert box.currentData() == 2
    with qtbot.waitSignal(panel.run_asked) as asked:
        box.setCurrentIndex(0)
        box.activated.emit(0)
    assert asked.args == [1]


@pytest.mark.parametrize("state", list(RunState))
def test_a_run_that_was_stopped_is_told_beside_its_verdict(
    panel: SidePanel, state: RunState, trained_weights: Weights, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[bool] = []
    monkeypatch.setattr(panel.verdict, "show_unfinished", told.append)
    runs = (run(1, RunState.FINISHED, trained_weights), run(2, state, trained_weights))
    panel.show_runs(runs, 2)
    panel.show_runs(runs, 1)
    assert told == [state in (RunState.CANCELLED, RunState.INTERRUPTED), False]


def test_a_run_is_one_line(trained_weights: Weights) -> None:
    words = run_words(run(3, RunState.INTERRUPTED, trained_weights))
    assert words == "Run 3: lvnet.synthetic, 1 frame in 2, interrupted"
