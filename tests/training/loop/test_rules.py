import math
from dataclasses import replace
from typing import Any

import pytest

from lav_gui.training.loop.config import TrainingConfig
from lav_gui.training.loop.options import Ingredient
from lav_gui.training.loop.recipes import RECIPES, recipe
from lav_gui.training.loop.rules import broken_rules


def _broken(config: TrainingConfig, **sections: Any) -> list[str]:
    names = ("recipe", "ingredients", "data", "network", "loss", "optimizer", "run")
    return broken_rules(**{name: sections.get(name, getattr(config, name)) for name in names})


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_keeps_all_rules(name: str) -> None:
    assert _broken(recipe(name)) == []


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("optimizer", "learning_rate", 0.0),
        ("optimizer", "learning_rate", math.inf),
        ("optimizer", "ema_decay", 1.0),
        ("loss", "cell_share", 1.5),
        ("loss", "label_smoothing", math.nan),
        ("run", "keep", 0),
        ("run", "select", "worst"),
        ("data", "validation_frames", 0),
        ("network", "sizes", ((0, 32),)),
        ("network", "sizes", ()),
    ],
)
def test_each_broken_rule_is_told_once_and_names_its_key(section: str, name: str, value: Any) -> None:
    config = TrainingConfig()
    sentences = _broken(config, **{section: replace(getattr(config, section), **{name: value})})
    assert len(sentences) == 1
    assert sentences[0].startswith(name)


def test_shares_count_among_all_ingredients() -> None:
    config = TrainingConfig()
    assert _broken(config, ingredients=(Ingredient(share=99), Ingredient(share=1))) == []
    too_small = _broken(config, ingredients=(Ingredient(share=100), Ingredient(share=0.5)))
    assert too_small == ["an ingredient's share must be at least a hundredth of all"]
