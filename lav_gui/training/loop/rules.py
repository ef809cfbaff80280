"""What a configuration must keep: one sentence per rule, the sentence first."""

import math
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lav_gui.training.loop.config import TrainingConfig

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


def broken_rules(config: "TrainingConfig") -> list[str]:
    """Sentences of the rules that a configuration breaks; every number must be finite."""
    checks = (_names, _numbers, _ingredients, _network, _loss)
    return [sentence for check in checks for sentence, kept in check(config) if not kept]


def _names(config: "TrainingConfig") -> Iterator[Rule]:
    data, loss, run = config.data, config.loss, config.run
    name = config.recipe
    yield (
        "recipe must be a name in small letters, digits, _ and -",
        isinstance(name, str) and _RECIPE.fullmatch(name) is not None,
    )
    yield _one_of("augmentation", data.augmentation, AUGMENTATIONS)
    yield _one_of("similarity_region", loss.similarity_region, REGIONS)
    yield _one_of("schedule", config.optimizer.schedule, SCHEDULES)
    yield _one_of("precision", run.precision, PRECISIONS)
    yield _one_of("select", run.select, SELECTIONS)


def _numbers(config: "TrainingConfig") -> Iterator[Rule]:
    data, loss, run, optimizer = config.data, config.loss, config.run, config.optimizer
    for section, names, least in (
        (data, ("batch_units", "accumulate", "validation_frames"), 1),
        (data, ("workers",), 0),
        (loss, ("map_weight", "similarity_weight", "similarity_real_epochs", "mixup_alpha"), 0),
        (optimizer, ("weight_decay", "warmup_images", "clip_norm"), 0),
        (run, ("images", "epochs", "seed", "threads", "validate_every"), 0),
        (run, ("report_every", "checkpoint_every", "keep"), 1),
    ):
        for name in names:
            value = getattr(section, name)
            yield f"{name} must be at least {least}", math.isfinite(value) and value >= least
    for name in ("label_smoothing", "mixup_probability", "stream_dropout", "cell_share"):
        yield f"{name} must lie in [0, 1]", 0 <= getattr(loss, name) <= 1
    yield "learning_rate must be above 0", math.isfinite(optimizer.learning_rate) and optimizer.learning_rate > 0
    yield "step_epochs must be above 0", optimizer.step_epochs > 0
    yield "ema_decay must lie in [0, 1)", 0 <= optimizer.ema_decay < 1
    yield (
        "betas must be two numbers in [0, 1)",
        len(optimizer.betas) == 2 and all(_is_number(beta) and 0 <= beta < 1 for beta in optimizer.betas),
    )
    yield "images or epochs must be above 0", run.images > 0 or run.epochs > 0


def _ingredients(config: "TrainingConfig") -> Iterator[Rule]:
    total = sum(ingredient.share for ingredient in config.ingredients)
    for ingredient in config.ingredients:
        yield _one_of("an ingredient's kind", ingredient.kind, KINDS)
        yield _one_of("an ingredient's balance", ingredient.balance, BALANCES)
        yield "an ingredient's donors must lie in [0, 1]", 0 <= ingredient.donors <= 1
        yield (
            "an ingredient's share must be at least a hundredth of all",
            ingredient.share > 0 and ingredient.share >= LEAST_SHARE * total,
        )


def _network(config: "TrainingConfig") -> Iterator[Rule]:
    sizes = config.network.sizes
    pairs = all(isinstance(pair, tuple) and len(pair) == 2 and all(type(n) is int for n in pair) for pair in sizes)
    yield "sizes must be pairs of whole numbers, as [[0, 192], [20000, 299]]", pairs
    if pairs:
        starts = [start for start, _ in sizes]
        rising = starts == sorted(set(starts)) and starts[:1] == [0]
        yield (
            f"sizes must begin at 0, rise, and hold sides from {SMALLEST_SIDE}",
            rising and all(side >= SMALLEST_SIDE for _, side in sizes),
        )


def _loss(config: "TrainingConfig") -> Iterator[Rule]:
    semi = config.network.architecture.startswith("lvnet_semi")
    yield "similarity_weight needs the architecture lvnet_semi", config.loss.similarity_weight == 0 or semi


def _one_of(name: str, value: str, known: tuple[str, ...]) -> Rule:
    return f"{name} must be one of {', '.join(known)}", value in known


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
