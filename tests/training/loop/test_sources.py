from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.loop.config import TrainingConfig
from lav_gui.training.loop.options import Ingredient
from lav_gui.training.loop.sources import open_sources

Change = Callable[..., TrainingConfig]


def test_the_sets_of_a_training_are_opened_and_named_with_their_hashes(config: TrainingConfig, tmp_path: Path) -> None:
    two = replace(config, ingredients=(*config.ingredients, Ingredient(prepared="prepared", kind="self_blend")))
    sources = open_sources(two, tmp_path)
    assert len(sources.ingredients) == 2
    assert sources.ingredients[0] is sources.ingredients[1], "a set is opened once"
    assert [(use.name, use.role, use.split) for use in sources.data] == [
        ("prepared", "train", "train"),
        ("prepared", "val", "val"),
    ]
    assert len(sources.index_sha256) == 1
    assert sources.data[0].index_sha256 == sources.index_sha256[0]


def test_a_set_that_is_only_watched_did_not_choose(config: TrainingConfig, change: Change, tmp_path: Path) -> None:
    last = open_sources(change(config, run={"select": "last"}), tmp_path)
    assert [use.role for use in last.data] == ["train", "watched"]


def test_a_missing_set_is_named(config: TrainingConfig, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="nowhere"):
        open_sources(replace(config, ingredients=(Ingredient(prepared="nowhere"),)), tmp_path)


def test_validating_on_people_who_are_trained_on_is_refused_unless_it_is_a_trial(
    config: TrainingConfig, change: Change, tmp_path: Path
) -> None:
    same = change(config, data={"validation_split": "train"})
    with pytest.raises(TrainingError, match="share 4 people or scenes, as a; name another split"):
        open_sources(same, tmp_path)
    open_sources(change(same, data={"allow_leaks": True}), tmp_path)
    without = tuple(replace(ingredient, leave_out=("a",)) for ingredient in same.ingredients)
    with pytest.raises(TrainingError, match="share 3 people or scenes, as b"):
        open_sources(replace(same, ingredients=without), tmp_path)


@pytest.mark.parametrize(
    ("labels", "sentence"), [([], "no face in the split val"), ([0], "no fake face"), ([1], "no real face")]
)
def test_a_validation_split_of_one_class_is_refused(
    labels: list[int],
    sentence: str,
    config: TrainingConfig,
    change: Change,
    tmp_path: Path,
    make_rows: Callable[..., object],
    make_set: Callable[..., Path],
) -> None:
    rows = [make_rows("a", label, "train", 0) for label in (0, 1)] + [make_rows("v", n, "val", 0) for n in labels]
    make_set(tmp_path / "other", rows)
    with pytest.raises(TrainingError, match=sentence):
        open_sources(change(config, data={"validation": ("other",)}), tmp_path)
    open_sources(change(config, data={"validation": ()}), tmp_path)
