from typing import Any

import pytest

from lav_gui.records import Stage
from lav_gui.training.evaluation import stand_ins
from lav_gui.training.evaluation.robustness import SHORT, SWEEPS, Robustness, sweep
from lav_gui.training.evaluation.scoring import ScoringSettings
from lav_gui.training.evaluation.stand_ins import Scorers
from lav_gui.training.evaluation.tables import Judge
from lav_gui.training.pictures.degradation import Degradation
from lav_gui.training.sets.store import PreparedSet
from model_zoo.weights_record import Weights

CPU = ScoringSettings(device="cpu", streams=True)


def test_each_level_is_scored_on_the_same_faces_beside_the_untouched_ones(
    prepared: PreparedSet, weights: Weights, brightness_runner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stand_ins, "open_runner", lambda *_: brightness_runner)
    asked = {"brightness": (Degradation("brightness", 0), Degradation("brightness", 80))}
    steps = sweep(prepared, prepared.rows[:8], Judge(weights, 100), CPU, Scorers(weights), asked=asked)
    stages = []
    try:
        while True:
            stages.append(next(steps))
    except StopIteration as end:
        found: Robustness = end.value
    assert stages[0] == Stage("robustness: untouched", 0, 8)
    assert stages[-1] == Stage("robustness: brightness 80", 8, 8)
    curve = found.curves[0]
    assert (curve.name, curve.levels) == ("brightness", asked["brightness"])
    assert curve.parts[0].figures == found.untouched.figures  # nothing added is no damage
    called = "reals called fake at fake probability 0.500"
    assert (found.untouched.figure(called).value, curve.parts[1].figure(called).value) == (0.0, 1.0)
    assert [part.reals + part.fakes for part in curve.parts] == [4, 4]


def test_the_sweeps_hold_the_compressions_that_are_asked_for() -> None:
    assert [level.level for level in SHORT["H.264 CRF"]] == [23, 32, 40]
    assert SWEEPS["none"] == {}
    assert all(len(levels) == 5 for levels in SWEEPS["deeper_forensics"].values())
