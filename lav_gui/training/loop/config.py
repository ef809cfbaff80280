"""Every choice of a training, as one frozen value, and its TOML form: each key with its meaning beside it.

``lav train --print-config RECIPE`` prints such a file; ``lav train FILE`` reads it. An unknown key is an error that
names the nearest known one.
"""

import textwrap
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import Table

from lav_gui.errors import SettingsError, TrainingError
from lav_gui.settings import check_keys
from lav_gui.training.loop.options import (
    DataConfig,
    Ingredient,
    LossConfig,
    NetworkConfig,
    OptimizerConfig,
    RunConfig,
    option,
)
from lav_gui.training.loop.rules import broken_rules

SCHEMA = "lav.training/1"
COMMENT_WIDTH = 100


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """A whole training."""

    recipe: str = option("custom", "name of the recipe; becomes the second part of the weights' name")
    ingredients: tuple[Ingredient, ...] = ()
    data: DataConfig = field(default_factory=DataConfig)
    network: NetworkConfig = field(default_factory=NetworkConfig)
    loss: LossConfig = field(default_factory=LossConfig)
    optimizer: OptimizerConfig = field(default_factory=OptimizerConfig)
    run: RunConfig = field(default_factory=RunConfig)

    def __post_init__(self) -> None:
        broken = broken_rules(self.recipe, self.ingredients, self.data, self.network, *self._how)
        if broken:
            raise TrainingError(f"This training is not possible: {'; '.join(broken)}.")

    @property
    def _how(self) -> tuple[LossConfig, OptimizerConfig, RunConfig]:
        return self.loss, self.optimizer, self.run

    def to_dict(self) -> dict[str, Any]:
        """Plain values for TOML, JSON and checkpoints."""
        plain = asdict(self)
        return {"schema": SCHEMA, **{key: _plain(value) for key, value in plain.items()}}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "TrainingConfig":
        """Read what `to_dict` wrote; absent keys take their default.

        Raises
        ------
        TrainingError
            If a key is unknown, a value is not allowed, or the schema is another one.
        """
        values = dict(plain)
        if values.pop("schema", SCHEMA) != SCHEMA:
            raise TrainingError(f"This training file has another schema than {SCHEMA}; print a new one.")
        try:
            check_keys(values, [f.name for f in fields(cls)], "training")
            parts = {name: _section(kind, values.pop(name, {}), name) for name, kind in _SECTIONS.items()}
            ingredients = tuple(_section(Ingredient, i, "ingredients") for i in values.pop("ingredients", []))
            return cls(ingredients=ingredients, **parts, **values)
        except (SettingsError, TypeError, ValueError, AttributeError) as error:
            raise TrainingError(f"The training file is not understood: {str(error).rstrip('.')}.") from error


_SECTIONS: Mapping[str, Any] = {
    "data": DataConfig,
    "network": NetworkConfig,
    "loss": LossConfig,
    "optimizer": OptimizerConfig,
    "run": RunConfig,
}


def read_config(path: Path) -> TrainingConfig:
    """Read a TOML file.

    Raises
    ------
    TrainingError
        If the file cannot be read, is no TOML, or does not describe a training.
    """
    try:
        return TrainingConfig.from_dict(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TrainingError(f"{path} cannot be read as a training file: {error}.") from error


def config_text(config: TrainingConfig) -> str:
    """TOML with the meaning of every key above it; `read_config` reads it back to an equal value."""
    document = tomlkit.document()
    document.add("schema", tomlkit.item(SCHEMA))
    _explain(document, _meaning(TrainingConfig, "recipe"))
    document.add("recipe", tomlkit.item(config.recipe))
    for name in _SECTIONS:
        document.add(name, _table(getattr(config, name)))
    ingredients = tomlkit.aot()
    for number, ingredient in enumerate(config.ingredients):
        ingredients.append(_table(ingredient, explained=number == 0))
    if config.ingredients:
        document.add("ingredients", ingredients)
    return tomlkit.dumps(document)


def _table(section: Any, *, explained: bool = True) -> Table:
    table = tomlkit.table()
    for key in fields(section):
        if explained:
            _explain(table, key.metadata["meaning"])
        table.add(key.name, tomlkit.item(_plain(getattr(section, key.name))))
    return table


def _explain(place: Table | TOMLDocument, meaning: str) -> None:
    for line in textwrap.wrap(meaning, COMMENT_WIDTH):
        place.add(tomlkit.comment(line))


def _meaning(kind: Any, name: str) -> str:
    return next(str(f.metadata["meaning"]) for f in fields(kind) if f.name == name)


def _section(kind: Any, plain: Mapping[str, Any], name: str) -> Any:
    known = {f.name: f for f in fields(kind)}
    check_keys(plain, list(known), name)
    for key, value in plain.items():
        wanted = type(known[key].default)
        fits = isinstance(value, (int, float) if wanted is float else list | tuple if wanted is tuple else wanted)
        if not fits or (isinstance(value, bool) and wanted is not bool):
            raise SettingsError(f"[{name}] {key} = {value!r} should be of type {wanted.__name__}")
    return kind(**{key: _frozen(value, known[key].default) for key, value in plain.items()})


def _frozen(value: Any, default: Any) -> Any:
    if isinstance(default, float) and not isinstance(value, bool):
        return float(value)
    return tuple(_frozen(item, None) for item in value) if isinstance(value, list | tuple) else value


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value
