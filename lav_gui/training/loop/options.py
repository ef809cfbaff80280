"""The options of a training, section by section; each carries its meaning, which its TOML file tells."""

from dataclasses import dataclass, field
from typing import Any


def option(default: Any, meaning: str) -> Any:
    """Give a field its default and its meaning in words."""
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One source of training units. A unit is a real picture and a fake one, so every batch is balanced."""

    prepared: str = option("", "folder of a prepared set (lav prepare); relative to this file")
    kind: str = option(
        "labeled",
        "self_blend: a real face and its own blend, fakes of the set are not used; labeled: a real and a fake face, "
        "drawn apart; paired: a fake frame and the same frame of its original",
    )
    donors: float = option(
        0.0, "of the self-blends, the part in which another real face of the set is blended in, as a face swap does"
    )
    share: float = option(1.0, "share of the units among all ingredients; any positive numbers")
    split: str = option("train", "which split of the set")
    methods: tuple[str, ...] = option((), "fakes of these methods only; empty: of all")
    leave_out: tuple[str, ...] = option((), "groups (column `group` of the set's index) that are not trained on")
    balance: str = option(
        "video", "video: each video comes up equally often; frame: each frame does, as in the released code"
    )

    def takes(self, split: str, group: str) -> bool:
        """Whether faces of a split and group are trained on."""
        return split == self.split and group not in self.leave_out


@dataclass(frozen=True, slots=True)
class DataConfig:
    """What the network sees."""

    batch_units: int = option(8, "units (pairs of pictures) per step on all processes together")
    accumulate: int = option(1, "parts a process splits its share of a step into, one after the other")
    workers: int = option(2, "processes that make pictures; 0: the training process itself")
    augmentation: str = option(
        "wear",
        "wear: shift, scale, flip and the wear of real files (compression, resizing, noise); paper: the "
        "released code's; none",
    )
    blends: str = option(
        "faint",
        "how far the layers of self-blends differ: faint, as in compressed reenactment; clear, from which a short "
        "training learns more",
    )
    wear_ramp: int = option(
        0,
        "pictures over which the worn part of the units rises from none to all; a training from ImageNet that "
        "begins with worn blends was seen to learn nothing for thousands of pictures",
    )
    validation: tuple[str, ...] = option((), "prepared sets to validate on; relative to this file")
    validation_split: str = option("val", "which split of them")
    validation_frames: int = option(8, "frames of each track that are validated")
    allow_leaks: bool = option(False, "validate on people who are trained on; for trials only")


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """What is trained."""

    architecture: str = option(
        "lvnet",
        "lvnet; lvnet_semi with the projection of patch similarity learning; either with _eighth (an eighth of the "
        "channels) to try out a training; xception_rgb, xception_noise: one stream alone, to begin with or to compare",
    )
    start: str = option(
        "nothing",
        "nothing; imagenet:FILE (a local Xception); imagenet:timm (fetched, only if timm is installed); "
        "weights:NAME (registered weights); run:FOLDER (the kept ones of another run); a single stream fills both "
        "streams of lvnet",
    )
    noise_start: str = option(
        "", "run:FOLDER of a single stream whose trunk the noise stream begins with instead; empty: as `start` says"
    )
    sizes: tuple[tuple[int, int], ...] = option(
        ((0, 299),), "progressive resolution: [from this many pictures on, crop side in pixels] ..."
    )
    map_contrast: float = option(
        0.0,
        "how much the contrast of the map (its highest quarter minus its lowest) counts in a face's logit beside the "
        "class head; 0 as in the paper; trains nothing, is written into the weights",
    )


@dataclass(frozen=True, slots=True)
class LossConfig:
    """What is minimized."""

    map_weight: float = option(1.0, "weight of the patch cross-entropy beside the class cross-entropy (paper: 1)")
    cell_share: float = option(0.0, "a map cell is fake when more than this part of it is; 0: any pixel (paper)")
    similarity_weight: float = option(0.0, "weight of patch similarity learning; needs lvnet_semi")
    similarity_learns: bool = option(True, "whether its projection learns (anchor loss); the released one does not")
    similarity_ignores_masks: bool = option(
        False, "as released: fakes whose mask is known learn their map by similarity too, and the mask is not looked at"
    )
    similarity_region: str = option("mouth", "its reference region: mouth, nose or eyes")
    similarity_real_epochs: float = option(
        0.0, "with ignored masks: epochs in which real pictures' maps are learned beside it (released code: 2)"
    )
    label_smoothing: float = option(0.0, "of the class loss")
    mixup_alpha: float = option(0.0, "of the beta distribution of mixup; 0 switches it off (paper: 1)")
    mixup_probability: float = option(0.5, "how often a batch is mixed")
    stream_dropout: float = option(
        0.0,
        "how often a picture loses a stream (its baseline instead), so that contributions are asked of a network "
        "that has met a missing stream",
    )


@dataclass(frozen=True, slots=True)
class OptimizerConfig:
    """How it is minimized."""

    learning_rate: float = option(5e-4, "peak rate")
    betas: tuple[float, float] = option((0.9, 0.999), "of Adam")
    weight_decay: float = option(1e-5, "on matrices and kernels only, not on biases and normalization")
    decoupled: bool = option(False, "AdamW instead of Adam")
    schedule: str = option("step", "constant; step: times 0.5 every `step_epochs`; cosine: down to 1 % at the end")
    step_epochs: float = option(5.0, "epochs between the steps of `step`")
    warmup_images: int = option(0, "pictures over which the rate rises from 0")
    clip_norm: float = option(0.0, "largest gradient norm; 0: no clipping")
    ema_decay: float = option(0.0, "of the moving average of weights that is validated and kept; 0: none")


@dataclass(frozen=True, slots=True)
class RunConfig:
    """How long, on what, and what is kept."""

    images: int = option(0, "pictures to train on; 0: `epochs`")
    epochs: float = option(30.0, "an epoch holds each picture (or video) of the largest ingredient's larger class once")
    seed: int = option(1234, "of every random draw")
    device: str = option("auto", "auto, cpu, cuda")
    precision: str = option("bf16", "float32, bf16, fp16 (with gradient scaling); bf16 is the fastest on CPUs with it")
    channels_last: bool = option(True, "memory order in which convolutions are fastest")
    compile: bool = option(False, "torch.compile; needs a C++ compiler")
    deterministic: bool = option(False, "only operations that give the same bits each time")
    threads: int = option(
        0, "CPU threads of each process; 0: as torch chooses; where other programs work too, fewer may be faster"
    )
    report_every: int = option(10, "steps between reports")
    validate_every: int = option(0, "pictures between validations; 0: an epoch")
    checkpoint_every: int = option(2000, "pictures between checkpoints")
    keep: int = option(2, "newest checkpoints that stay, beside the best")
    select: str = option("best", "which weights are kept: best (highest video AUC in validation) or last")
    tensorboard: bool = option(False, "write TensorBoard events too (pip install tensorboard)")
