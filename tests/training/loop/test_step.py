from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.loop.config import TrainingConfig
from lav_gui.training.loop.objective import Objective
from lav_gui.training.loop.step import Course, StepResult, Tally
from lav_gui.training.loop.trainer import train

Change = Callable[..., TrainingConfig]


def test_the_last_step_may_go_beyond_the_pictures_asked_for() -> None:
    assert Course(total_images=33, epoch_images=10, step_images=8).steps == 5


def test_a_tally_sums_what_the_steps_did() -> None:
    tally = Tally()
    tally.add(StepResult((1.0, 2.0, 3.0, 4.0), 0.1, ((0, -1.0),)))
    tally.add(StepResult((3.0, 2.0, 1.0, 0.0), 0.2, ((1, 1.0),)))
    assert (tally.steps, tally.parts, tally.rate) == (2, (4.0, 4.0, 4.0, 4.0), 0.2)
    assert tally.judged == [(0, -1.0), (1, 1.0)]


def test_a_loss_that_is_no_number_ends_it_with_advice(
    config: TrainingConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Objective.losses

    def broken(self: Objective, *args: Any, **kwargs: Any) -> Any:
        parts = plain(self, *args, **kwargs)
        return replace(parts, total=parts.total * float("nan"))

    monkeypatch.setattr(Objective, "losses", broken)
    with pytest.raises(TrainingError, match="loss of step 1 is not a number"):
        list(train(config, tmp_path, tmp_path / "run"))


def test_parts_that_are_not_equal_are_refused(config: TrainingConfig, change: Change, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="cannot be shared by 3 equal parts"):
        list(train(change(config, data={"accumulate": 3}), tmp_path, tmp_path / "run"))
