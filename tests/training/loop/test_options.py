from dataclasses import fields
from typing import Any

import pytest

from lav_gui.training.loop.options import (
    DataConfig,
    Ingredient,
    LossConfig,
    NetworkConfig,
    OptimizerConfig,
    RunConfig,
    option,
)

SECTIONS = (DataConfig, Ingredient, LossConfig, NetworkConfig, OptimizerConfig, RunConfig)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_option_has_a_meaning_and_a_default_of_a_plain_type(section: Any) -> None:
    for field in fields(section):
        assert len(field.metadata["meaning"]) > 5
        assert type(field.default) in (str, int, float, bool, tuple)


def test_a_name_means_one_thing_wherever_it_stands() -> None:
    names = [field.name for section in SECTIONS for field in fields(section)]
    assert len(names) == len(set(names))


def test_an_option_keeps_what_it_is_given() -> None:
    field = option(3, "how many")
    assert (field.default, field.metadata["meaning"]) == (3, "how many")
