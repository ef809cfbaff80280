from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from lav_gui.engine.runner import FaceAnswer
from lav_gui.errors import TrainingError
from lav_gui.steps import run_to_end
from lav_gui.training.evaluation import stand_ins
from lav_gui.training.evaluation.calibrate import calibrate
from lav_gui.training.evaluation.evaluate import EvaluationSettings, evaluate
from lav_gui.training.evaluation.exposure import CALIBRATED, CHOSEN, TRAINED, SetUse
from lav_gui.training.evaluation.fitting import CalibrationSettings
from lav_gui.training.evaluation.scoring import ScoringSettings
from lav_gui.training.evaluation.stand_ins import Scorers, told
from lav_gui.training.sets.card import sha256_of, write_card
from lav_gui.training.sets.index import write_index
from lav_gui.training.sets.store import CARD_NAME, INDEX_NAME, PreparedSet
from model_zoo.weights_record import Calibration, Weights

CPU = ScoringSettings(device="cpu", split="held_out")


class ConstantRunner:
    """Stands in for a network: takes faces for fakes by their brightness, plus what tells it from the others."""

    def __init__(self, shift: float) -> None:
        self.shift = shift

    def answers(self, images: Sequence[NDArray[np.uint8]], measured: Sequence[bool]) -> Iterator[FaceAnswer]:
        for image, _ in zip(images, measured, strict=True):
            logit = (float(image.mean()) - 140) / 10 + self.shift
            yield FaceAnswer(logit, np.full((4, 4), 0.5, np.float16), None)


@pytest.fixture
def halves(prepared: PreparedSet) -> PreparedSet:
    """The four people, the last of whom are the split val."""
    rows = [replace(row, split="val" if row.group in ("002", "003") else "test") for row in prepared.rows]
    write_index(prepared.folder / INDEX_NAME, rows)
    card = replace(prepared.card, index_sha256=sha256_of(prepared.folder / INDEX_NAME))
    write_card(prepared.folder / CARD_NAME, card)
    return PreparedSet(prepared.folder)


@pytest.fixture
def scorers(halves: PreparedSet, weights: Weights, monkeypatch: pytest.MonkeyPatch) -> Scorers:
    """Weights trained on all four, and two stand-ins with half of them each; told apart by what they add."""
    shifts = {"a" * 64: 0.0, "b" * 64: 100.0, "c" * 64: 1000.0}
    monkeypatch.setattr(stand_ins, "open_runner", lambda weights, *_: ConstantRunner(shifts[weights.sha256]))

    def trained(sha: str, *splits: str) -> Weights:
        uses = tuple(("data (train)", SetUse.of(halves.card, split).told()) for split in splits)
        return replace(weights, name=f"lvnet.{sha}", sha256=sha * 64, training=uses)

    return Scorers(trained("a", "val", "test"), (trained("b", "test"), trained("c", "val")))


def test_each_split_is_scored_by_who_was_not_trained_on_it(scorers: Scorers, halves: PreparedSet) -> None:
    faces = run_to_end(scorers.score(halves, halves.rows, CPU))
    assert [face.row for face in faces] == list(halves.rows)
    assert {face.row.split for face in faces if 50 < face.logit < 500} == {"val"}
    assert {face.row.split for face in faces if face.logit > 500} == {"test"}


def test_who_has_met_nobody_scores_all_and_stand_ins_rest(scorers: Scorers, halves: PreparedSet) -> None:
    fresh = Scorers(replace(scorers.weights, training=()), scorers.stand_ins)
    faces = run_to_end(fresh.score(halves, halves.rows, CPU))
    assert max(face.logit for face in faces) < 50
    assert fresh.used(SetUse.of(halves.card, "held_out")) == ()
    assert told(()) == ""


def test_without_a_stand_in_that_may_the_weights_score_and_it_is_said(scorers: Scorers, halves: PreparedSet) -> None:
    lone = Scorers(scorers.weights, scorers.stand_ins[:1])
    assert lone.seen(SetUse.of(halves.card, "held_out")) == (TRAINED,)
    assert lone.seen(SetUse.of(halves.card, "val")) == ()
    assert scorers.seen(SetUse.of(halves.card, "held_out")) == ()


def test_what_else_was_seen_of_the_videos_is_told(scorers: Scorers, halves: PreparedSet) -> None:
    use = SetUse.of(halves.card, "val")
    chosen = replace(scorers.stand_ins[0], training=(*scorers.stand_ins[0].training, ("data (val)", use.told())))
    calibrated = replace(scorers.weights, calibration=Calibration(1.0, 0.0, use.told()))
    assert Scorers(calibrated, (chosen,)).seen(use) == (CALIBRATED, CHOSEN)


def test_a_stand_in_of_another_crop_is_refused(weights: Weights) -> None:
    with pytest.raises(TrainingError, match="same architecture, crop and logit"):
        Scorers(weights, (replace(weights, input_size=weights.input_size + 1),))


def test_an_evaluation_says_who_scored_and_is_not_marked_as_trained_on(
    scorers: Scorers, halves: PreparedSet, tmp_path: Path
) -> None:
    settings = EvaluationSettings(CPU, resamples=100, samples=0)
    found = run_to_end(evaluate(scorers.weights, halves, settings, tmp_path, stand_ins=scorers.stand_ins))
    assert found.stand_ins == (("test", "c" * 64), ("val", "b" * 64))
    assert TRAINED not in found.notes
    assert any("trained without its people: split test by lvnet.c" in note for note in found.notes)


def test_a_calibration_by_stand_ins_says_so_in_its_source(scorers: Scorers, halves: PreparedSet) -> None:
    same = Scorers(scorers.weights, tuple(replace(own, sha256="a" * 64) for own in scorers.stand_ins))
    found = run_to_end(calibrate(same, [halves], CPU, CalibrationSettings(rates=(0.25,))))
    assert found.weights.calibration is not None
    assert TRAINED not in found.weights.calibration.source
    assert "split val by lvnet.b" in found.weights.calibration.source
    assert found.weights.sha256 == scorers.weights.sha256


def test_copies_of_a_set_that_was_trained_on_are_known_again(
    scorers: Scorers, halves: PreparedSet, make_prepared: Callable[[Path], PreparedSet], tmp_path: Path
) -> None:
    card = replace(make_prepared(tmp_path / "copies").card, packed_from=halves.card.index_sha256)
    assert [own.name for _, own in scorers.used(SetUse.of(card, "held_out"))] == ["lvnet.c", "lvnet.b"]
