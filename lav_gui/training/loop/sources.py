"""The prepared sets of a training, opened and checked before anything long begins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lav_gui.errors import TrainingError
from lav_gui.training.evaluation.run_record import DataUse
from lav_gui.training.loop.config import TrainingConfig
from lav_gui.training.loop.plan import UnitPlan
from lav_gui.training.sets.card import sha256_of
from lav_gui.training.sets.index import FAKE, REAL
from lav_gui.training.sets.store import INDEX_NAME, PreparedSet


@dataclass(frozen=True, slots=True)
class Sources:
    """What a training is made from.

    Attributes
    ----------
    ingredients : tuple of PreparedSet
        One per ingredient of the configuration; the same set may come twice.
    validation : tuple of PreparedSet
    plan : UnitPlan
    data : tuple of DataUse
        Each set once per role.
    index_sha256 : tuple of str
        Of the index files of ingredients and validation sets as they are now.
    """

    ingredients: tuple[PreparedSet, ...]
    validation: tuple[PreparedSet, ...]
    plan: UnitPlan
    data: tuple[DataUse, ...]
    index_sha256: tuple[str, ...]


def open_sources(config: TrainingConfig, base: Path) -> Sources:
    """Open all sets and lay out the units.

    Raises
    ------
    TrainingError
        If a set is missing or damaged, lacks a class that an ingredient needs, or the validation split is empty or of
        one class.
    """
    opened = {place: PreparedSet(base / place) for place in _places(config)}
    ingredients = tuple(opened[ingredient.prepared] for ingredient in config.ingredients)
    validation = tuple(opened[place] for place in config.data.validation)
    _check_validation(validation, config.data.validation_split)
    if not config.data.allow_leaks:
        _check_leaks(config, ingredients, validation)
    plan = UnitPlan(config.ingredients, [prepared.rows for prepared in ingredients], config.run.seed)
    trained = dict.fromkeys((ingredient.prepared, ingredient.split) for ingredient in config.ingredients)
    data = [DataUse.of(opened[place].card, "train", split=split) for place, split in trained]
    judged = config.data.validation_split
    role = "val" if config.run.select == "best" else "watched"
    data += [DataUse.of(opened[place].card, role, split=judged) for place in config.data.validation]
    hashes = tuple(sha256_of(base / place / INDEX_NAME) for place in _places(config))
    return Sources(ingredients, validation, plan, tuple(data), hashes)


def _places(config: TrainingConfig) -> Iterable[str]:
    return dict.fromkeys([*(i.prepared for i in config.ingredients), *config.data.validation])


def _check_validation(sets: Iterable[PreparedSet], split: str) -> None:
    sets = list(sets)
    labels = {row.label for prepared in sets for row in prepared.rows if row.split == split}
    if sets and labels != {REAL, FAKE}:
        missing = "no face" if not labels else "no fake face" if FAKE not in labels else "no real face"
        raise TrainingError(
            f"The validation sets have {missing} in the split {split}; name another set or split, "
            "or validate on nothing (validation = [])."
        )


def _check_leaks(config: TrainingConfig, trained: Sequence[PreparedSet], held_out: Sequence[PreparedSet]) -> None:
    """Refuse to validate on people, scenes or pairs that are trained on, in whatever set they lie."""
    pairs = zip(trained, config.ingredients, strict=True)
    met = {row.group for prepared, own in pairs for row in prepared.rows if own.takes(row.split, row.group)}
    judged = {row.group for prepared in held_out for row in prepared.rows if row.split == config.data.validation_split}
    if both := sorted(met & judged):
        raise TrainingError(
            f"The training and its validation share {len(both)} people or scenes, as {both[0]}; name another split, "
            "or set allow_leaks for a trial."
        )
