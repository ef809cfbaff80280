import math
from dataclasses import replace
from typing import Any

import pytest

from lav_gui.training.loop.config import Ingredient, TrainingConfig
from lav_gui.training.loop.recipes import RECIPES, recipe
from lav_gui.training.loop.rules import broken_rules


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_keeps_all_rules(name: str) -> None:
    assert broken_rules(recipe(name)) == []


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
    part = getattr(config, section)
    object.__setattr__(config, section, replace(part, **{name: value}))  # around the check of the record itself
    sentences = broken_rules(config)
    assert len(sentences) == 1
    assert sentences[0].startswith(name)


def test_shares_count_among_all_ingredients() -> None:
    config = TrainingConfig(ingredients=(Ingredient(share=99), Ingredient(share=1)))
    assert broken_rules(config) == []
    object.__setattr__(config, "ingredients", (Ingredient(share=100), Ingredient(share=0.5)))
    assert broken_rules(config) == ["an ingredient's share must be at least a hundredth of all"]
