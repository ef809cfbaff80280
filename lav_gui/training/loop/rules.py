"""What a configuration must keep: one sentence per rule, the sentence first."""

import math
import re
from collections.abc import Iterator, Sequence
from itertools import chain

from lav_gui.training.loop.options import (
    DataConfig,
    Ingredient,
    LossConfig,
    NetworkConfig,
    OptimizerConfig,
    RunConfig,
)
from lav_gui.training.pictures.self_blend import BLENDS

KINDS = ("self_blend", "labeled", "paired")
BALANCES = ("video", "frame")
AUGMENTATIONS = ("wear", "paper", "none")
REGIONS = ("mouth", "nose", "eyes")
SCHEDULES = ("constant", "step", "cosine")
PRECISIONS = ("float32", "bf16", "fp16")
SELECTIONS = ("best", "last")
SMALLEST_SIDE = 64
LEAST_SHARE = 0.01
"""A mixture is laid out in hundredths (`plan.PATTERN`)."""

_RECIPE = re.compile(r"[a-z0-9][a-z0-9_-]*")

Rule = tuple[str, bool]


def broken_rules(
    recipe: str,
    ingredients: Sequence[Ingredient],
    data: DataConfig,
    network: NetworkConfig,
    loss: LossConfig,
    optimizer: OptimizerConfig,
    run: RunConfig,
) -> list[str]:
    """Sentences of the rules that a configuration breaks."""
    named = isinstance(recipe, str) and _RECIPE.fullmatch(recipe) is not None
    semi = network.architecture.startswith("lvnet_semi")
    rules = chain(
        [("recipe must be a name in small letters, digits, _ and -", named)],
        _ingredients(ingredients),
        _data(data),
        _network(network),
        _loss(loss),
        [("similarity_weight needs the architecture lvnet_semi", loss.similarity_weight == 0 or semi)],
        _optimizer(optimizer),
        _run(run),
    )
    return [sentence for sentence, kept in rules if not kept]


def _data(data: DataConfig) -> Iterator[Rule]:
    yield _one_of("augmentation", data.augmentation, AUGMENTATIONS)
    yield _one_of("blends", data.blends, tuple(BLENDS))
    yield from _at_least(1, data, "batch_units", "accumulate", "validation_frames")
    yield from _at_least(0, data, "workers", "wear_ramp")


def _loss(loss: LossConfig) -> Iterator[Rule]:
    yield _one_of("similarity_region", loss.similarity_region, REGIONS)
    yield from _at_least(0, loss, "map_weight", "similarity_weight", "similarity_real_epochs", "mixup_alpha")
    for name in ("label_smoothing", "mixup_probability", "stream_dropout", "cell_share"):
        yield f"{name} must lie in [0, 1]", 0 <= getattr(loss, name) <= 1


def _optimizer(options: OptimizerConfig) -> Iterator[Rule]:
    yield _one_of("schedule", options.schedule, SCHEDULES)
    yield from _at_least(0, options, "weight_decay", "warmup_images", "clip_norm")
    yield "learning_rate must be above 0", math.isfinite(options.learning_rate) and options.learning_rate > 0
    yield "step_epochs must be above 0", options.step_epochs > 0
    yield "ema_decay must lie in [0, 1)", 0 <= options.ema_decay < 1
    pair = len(options.betas) == 2 and all(_is_number(beta) and 0 <= beta < 1 for beta in options.betas)
    yield "betas must be two numbers in [0, 1)", pair


def _run(run: RunConfig) -> Iterator[Rule]:
    yield _one_of("precision", run.precision, PRECISIONS)
    yield _one_of("select", run.select, SELECTIONS)
    yield from _at_least(0, run, "images", "epochs", "seed", "threads", "validate_every")
    yield from _at_least(1, run, "report_every", "checkpoint_every", "keep")
    yield "images or epochs must be above 0", run.images > 0 or run.epochs > 0


def _ingredients(ingredients: Sequence[Ingredient]) -> Iterator[Rule]:
    total = sum(ingredient.share for ingredient in ingredients)
    for ingredient in ingredients:
        yield _one_of("an ingredient's kind", ingredient.kind, KINDS)
        yield _one_of("an ingredient's balance", ingredient.balance, BALANCES)
        yield "an ingredient's donors must lie in [0, 1]", 0 <= ingredient.donors <= 1
        enough = ingredient.share > 0 and ingredient.share >= LEAST_SHARE * total
        yield "an ingredient's share must be at least a hundredth of all", enough


def _network(network: NetworkConfig) -> Iterator[Rule]:
    yield from _at_least(0, network, "map_contrast")
    sizes = network.sizes
    pairs = all(isinstance(pair, tuple) and len(pair) == 2 and all(type(n) is int for n in pair) for pair in sizes)
    yield "sizes must be pairs of whole numbers, as [[0, 192], [20000, 299]]", pairs
    if pairs:
        starts = [start for start, _ in sizes]
        rising = starts == sorted(set(starts)) and starts[:1] == [0]
        large = all(side >= SMALLEST_SIDE for _, side in sizes)
        yield f"sizes must begin at 0, rise, and hold sides from {SMALLEST_SIDE}", rising and large


def _at_least(least: int, section: object, *names: str) -> Iterator[Rule]:
    for name in names:
        value = getattr(section, name)
        yield f"{name} must be at least {least}", math.isfinite(value) and value >= least


def _one_of(name: str, value: str, known: tuple[str, ...]) -> Rule:
    return f"{name} must be one of {', '.join(known)}", value in known


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
