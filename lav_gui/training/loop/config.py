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
from lav_gui.training.loop.rules import broken_rules

SCHEMA = "lav.training/1"
COMMENT_WIDTH = 100


def _option(default: Any, meaning: str) -> Any:
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One source of training units. A unit is a real picture and a fake one, so every batch is balanced."""

    prepared: str = _option("", "folder of a prepared set (lav prepare); relative to this file")
    kind: str = _option(
        "labeled",
        "self_blend: a real face and its own blend, fakes of the set are not used; labeled: a real and a fake face, "
        "drawn apart; paired: a fake frame and the same frame of its original",
    )
    donors: float = _option(
        0.0, "of the self-blends, the part in which another real face of the set is blended in, as a face swap does"
    )
    share: float = _option(1.0, "share of the units among all ingredients; any positive numbers")
    split: str = _option("train", "which split of the set")
    methods: tuple[str, ...] = _option((), "fakes of these methods only; empty: of all")
    balance: str = _option(
        "video", "video: each video comes up equally often; frame: each frame does, as in the released code"
    )


@dataclass(frozen=True, slots=True)
class DataConfig:
    """What the network sees."""

    batch_units: int = _option(8, "units (pairs of pictures) per step on all processes together")
    accumulate: int = _option(1, "parts a process splits its share of a step into, one after the other")
    workers: int = _option(2, "processes that make pictures; 0: the training process itself")
    augmentation: str = _option(
        "wear",
        "wear: shift, scale, flip and the wear of real files (compression, resizing, noise); paper: the "
        "released code's; none",
    )
    validation: tuple[str, ...] = _option((), "prepared sets to validate on; relative to this file")
    validation_split: str = _option("val", "which split of them")
    validation_frames: int = _option(8, "frames of each track that are validated")
    allow_leaks: bool = _option(False, "validate on people who are trained on; for trials only")


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """What is trained."""

    architecture: str = _option(
        "lvnet",
        "lvnet; lvnet_semi with the projection of patch similarity learning; either with _eighth (an eighth of the "
        "channels) to try out a training",
    )
    start: str = _option(
        "nothing",
        "nothing; imagenet:FILE (a local Xception); imagenet:timm (fetched, only if timm is installed); "
        "weights:NAME (registered weights); run:FOLDER (the best of another run)",
    )
    sizes: tuple[tuple[int, int], ...] = _option(
        ((0, 299),), "progressive resolution: [from this many pictures on, crop side in pixels] ..."
    )


@dataclass(frozen=True, slots=True)
class LossConfig:
    """What is minimized."""

    map_weight: float = _option(1.0, "weight of the patch cross-entropy beside the class cross-entropy (paper: 1)")
    cell_share: float = _option(0.0, "a map cell is fake when more than this part of it is; 0: any pixel (paper)")
    similarity_weight: float = _option(0.0, "weight of patch similarity learning; needs lvnet_semi")
    similarity_learns: bool = _option(True, "whether its projection learns (anchor loss); the released one does not")
    similarity_ignores_masks: bool = _option(
        False, "as released: fakes whose mask is known learn their map by similarity too, and the mask is not looked at"
    )
    similarity_region: str = _option("mouth", "its reference region: mouth, nose or eyes")
    similarity_real_epochs: float = _option(
        0.0, "with ignored masks: epochs in which real pictures' maps are learned beside it (released code: 2)"
    )
    label_smoothing: float = _option(0.0, "of the class loss")
    mixup_alpha: float = _option(0.0, "of the beta distribution of mixup; 0 switches it off (paper: 1)")
    mixup_probability: float = _option(0.5, "how often a batch is mixed")
    stream_dropout: float = _option(
        0.0,
        "how often a picture loses a stream (its baseline instead), so that contributions are asked of a network "
        "that has met a missing stream",
    )


@dataclass(frozen=True, slots=True)
class OptimizerConfig:
    """How it is minimized."""

    learning_rate: float = _option(5e-4, "peak rate")
    betas: tuple[float, float] = _option((0.9, 0.999), "of Adam")
    weight_decay: float = _option(1e-5, "on matrices and kernels only, not on biases and normalization")
    decoupled: bool = _option(False, "AdamW instead of Adam")
    schedule: str = _option("step", "constant; step: times 0.5 every `step_epochs`; cosine: down to 1 % at the end")
    step_epochs: float = _option(5.0, "epochs between the steps of `step`")
    warmup_images: int = _option(0, "pictures over which the rate rises from 0")
    clip_norm: float = _option(0.0, "largest gradient norm; 0: no clipping")
    ema_decay: float = _option(0.0, "of the moving average of weights that is validated and kept; 0: none")


@dataclass(frozen=True, slots=True)
class RunConfig:
    """How long, on what, and what is kept."""

    images: int = _option(0, "pictures to train on; 0: `epochs`")
    epochs: float = _option(
        30.0, "an epoch holds each picture (or video) of the largest ingredient's larger class once"
    )
    seed: int = _option(1234, "of every random draw")
    device: str = _option("auto", "auto, cpu, cuda")
    precision: str = _option("bf16", "float32, bf16, fp16 (with gradient scaling); bf16 is the fastest on CPUs with it")
    channels_last: bool = _option(True, "memory order in which convolutions are fastest")
    compile: bool = _option(False, "torch.compile; needs a C++ compiler")
    deterministic: bool = _option(False, "only operations that give the same bits each time")
    threads: int = _option(0, "CPU threads of each process; 0: as torch chooses")
    report_every: int = _option(10, "steps between reports")
    validate_every: int = _option(0, "pictures between validations; 0: an epoch")
    checkpoint_every: int = _option(2000, "pictures between checkpoints")
    keep: int = _option(2, "newest checkpoints that stay, beside the best")
    select: str = _option("best", "which weights are kept: best (highest video AUC in validation) or last")
    tensorboard: bool = _option(False, "write TensorBoard events too (pip install tensorboard)")


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """A whole training."""

    recipe: str = _option("custom", "name of the recipe; becomes the second part of the weights' name")
    ingredients: tuple[Ingredient, ...] = ()
    data: DataConfig = field(default_factory=DataConfig)
    network: NetworkConfig = field(default_factory=NetworkConfig)
    loss: LossConfig = field(default_factory=LossConfig)
    optimizer: OptimizerConfig = field(default_factory=OptimizerConfig)
    run: RunConfig = field(default_factory=RunConfig)

    def __post_init__(self) -> None:
        broken = broken_rules(self)
        if broken:
            raise TrainingError(f"This training is not possible: {'; '.join(broken)}.")

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
    for option in fields(section):
        if explained:
            _explain(table, option.metadata["meaning"])
        table.add(option.name, tomlkit.item(_plain(getattr(section, option.name))))
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
