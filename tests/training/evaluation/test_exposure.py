from dataclasses import replace
from pathlib import Path

import pytest

from lav_gui.steps import run_to_end
from lav_gui.training.evaluation.exposure import AND, CALIBRATED, CHOSEN, TRAINED, SetUse, exposures, read_uses
from lav_gui.training.sets.shards import pack
from lav_gui.training.sets.store import PreparedSet
from model_zoo.weights_record import Calibration, Weights

OWN, FIRST, OTHER = "a" * 64, "b" * 64, "c" * 64


def _weights(weights: Weights, *training: tuple[str, str], calibrated: str = "") -> Weights:
    calibration = Calibration(1.0, 0.0, calibrated) if calibrated else None
    return replace(weights, training=training, calibration=calibration)


@pytest.mark.parametrize("packed", ["", FIRST])
@pytest.mark.parametrize("split", ["", "val"])
def test_what_is_told_of_a_set_is_read_back_whatever_follows(packed: str, split: str) -> None:
    use = SetUse("ff, c40", OWN, packed, split)
    assert read_uses(use.told() + "; terms of use") == (use,)
    assert read_uses("twenty videos") == ()


def test_several_sets_are_read_back_and_each_counts(weights: Weights) -> None:
    first, second = SetUse("black and white", OWN, "", "val"), SetUse("ff", FIRST, OTHER, "all")
    text = AND.join((first.told(), second.told())) + "; 3 fake and 4 real videos"
    assert read_uses(text) == (first, second)
    for use in (first, second):
        assert exposures(_weights(weights, calibrated=text), use) == (CALIBRATED,)


@pytest.mark.parametrize(
    ("trained", "judged", "seen"),
    [("train", "train", True), ("train", "all", True), ("all", "test", True), ("train", "test", False)],
)
def test_only_the_splits_that_were_trained_on_count(weights: Weights, trained: str, judged: str, seen: bool) -> None:
    used = _weights(weights, ("data (train)", SetUse("ff", OWN, "", trained).told()))
    assert exposures(used, SetUse("ff", OWN, "", judged)) == ((TRAINED,) if seen else ())
    assert exposures(used, SetUse("ff", OTHER, "", judged)) == ()


def test_all_that_was_seen_is_told_the_worst_first(weights: Weights) -> None:
    use = SetUse("ff", OWN, "", "val")
    used = _weights(weights, ("data (val)", use.told()), ("data (train)", use.told()), calibrated=use.told())
    assert exposures(used, use) == (TRAINED, CALIBRATED, CHOSEN)
    assert exposures(_weights(weights, ("data (val)", use.told())), use) == (CHOSEN,)
    assert exposures(_weights(weights, calibrated=use.told()), use) == (CALIBRATED,)
    assert exposures(_weights(weights, ("seed", use.told()), calibrated="ten videos"), use) == ()


def test_cards_that_name_no_split_mean_the_usual_one(weights: Weights) -> None:
    old = SetUse("ff", OWN, "", "").told()
    used = _weights(weights, ("data (train)", old), ("data (val)", old))
    found = [exposures(used, SetUse("ff", OWN, "", split)) for split in ("train", "val", "test")]
    assert found == [(TRAINED,), (CHOSEN,), ()]


def test_a_packed_set_is_known_again_by_the_set_it_was_packed_from(
    prepared: PreparedSet, weights: Weights, tmp_path: Path
) -> None:
    once = run_to_end(pack(prepared, tmp_path / "once"))
    twice = run_to_end(pack(PreparedSet(tmp_path / "once"), tmp_path / "twice"))
    cards = (prepared.card, once, twice, PreparedSet(tmp_path / "twice").card)
    assert len({card.index_sha256 for card in cards[:2]}) == 2
    for trained in cards:
        used = _weights(weights, ("data (train)", SetUse.of(trained, "train").told()))
        assert all(exposures(used, SetUse.of(judged, "train")) == (TRAINED,) for judged in cards)
