"""The recipes: named configurations to begin with. ``lav train --print-config NAME`` prints one.

* ``paper``: what *Locate and Verify* (Shuai et al., ACM MM 2023) is trained with, as far as its released code tells
  (the paper's text was not at hand): Adam 5e-4 with halving every 5 epochs, 30 epochs, 16 pictures a step at 299 px,
  mixup, class and patch cross-entropy 1 : 1. Silent faults of that code that are mended here: every real carried the
  label *fake* (labels come from the index); mask cells drifted by up to 18 px (`losses.mask_cells`); masks were blurred
  by JPEG neighbors and any gray above 0 counted (lossless, threshold 127); crops of real and fake differed in geometry
  (one crop for all, pairs share boxes); reals came four times an epoch in the same order (each class is shuffled on its
  own); validation shards were never gathered; a resumed run forgot optimizer and schedule; training pictures were cut
  and validation pictures resized.
  The paper takes every third frame of a video; ``lav prepare --frames 160`` gives about as many, spread over all of it.
* ``sspsl``: the same network with patch similarity learning in place of masks, for fakes whose forged part is unknown.
* ``self_blend``: real faces only; each is blended onto itself (Shiohara and Yamasaki, CVPR 2022).
* ``mixed``: self-blending as the base, with a small share of labeled and paired fakes.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from lav_gui.errors import TrainingError
from lav_gui.training.loop.config import TrainingConfig
from lav_gui.training.loop.options import DataConfig, Ingredient, LossConfig, NetworkConfig, OptimizerConfig, RunConfig

SET = "prepared"
"""Where a printed recipe looks for its set until the user names another."""


def paper() -> TrainingConfig:
    """See the module."""
    return TrainingConfig(
        recipe="paper",
        ingredients=(Ingredient(prepared=SET, kind="labeled", balance="frame"),),
        data=DataConfig(batch_units=8, augmentation="paper", validation=(SET,)),
        loss=LossConfig(mixup_alpha=1.0, mixup_probability=0.5),
    )


def sspsl() -> TrainingConfig:
    """See the module."""
    base = paper()
    return replace(
        base,
        recipe="sspsl",
        network=NetworkConfig(architecture="lvnet_semi"),
        loss=LossConfig(
            similarity_weight=1.0,
            similarity_learns=True,
            similarity_ignores_masks=True,
            similarity_real_epochs=2.0,
        ),
    )


def self_blend() -> TrainingConfig:
    """See the module."""
    return TrainingConfig(
        recipe="self_blend",
        ingredients=(Ingredient(prepared=SET, kind="self_blend"),),
        data=DataConfig(batch_units=8, augmentation="wear", wear_ramp=20_000, validation=(SET,)),
        network=NetworkConfig(map_contrast=2.0),
        loss=LossConfig(cell_share=0.25, label_smoothing=0.05, stream_dropout=0.15),
        optimizer=OptimizerConfig(
            learning_rate=3e-4,
            weight_decay=1e-2,
            decoupled=True,
            schedule="cosine",
            warmup_images=2000,
            clip_norm=5.0,
            ema_decay=0.999,
        ),
        run=RunConfig(epochs=100, validate_every=10_000),
    )


def mixed() -> TrainingConfig:
    """See the module."""
    return replace(
        self_blend(),
        recipe="mixed",
        ingredients=(
            Ingredient(prepared=SET, kind="self_blend", share=0.8),
            Ingredient(prepared=SET, kind="labeled", share=0.1),
            Ingredient(prepared=SET, kind="paired", share=0.1),
        ),
    )


RECIPES: Mapping[str, Callable[[], TrainingConfig]] = {
    "paper": paper,
    "sspsl": sspsl,
    "self_blend": self_blend,
    "mixed": mixed,
}


def recipe(name: str) -> TrainingConfig:
    """The recipe of a name.

    Raises
    ------
    TrainingError
        If there is none.
    """
    if name not in RECIPES:
        raise TrainingError(f"There is no recipe {name!r}; there are {', '.join(RECIPES)}.")
    return RECIPES[name]()
