"""Learning rate and crop side as functions of the pictures seen: nothing to store, nothing to restore."""

import math

from lav_gui.training.loop.options import OptimizerConfig

COSINE_FLOOR = 0.01
"""Part of the peak rate at which the cosine ends."""

STEP_FACTOR = 0.5


def learning_rate(options: OptimizerConfig, images: int, total_images: int, epoch_images: int) -> float:
    """Rate of the step that begins after `images` pictures."""
    rate = options.learning_rate
    if options.schedule == "step":
        rate *= STEP_FACTOR ** math.floor(images / (options.step_epochs * epoch_images))
    elif options.schedule == "cosine":
        done = min(1.0, images / total_images)
        rate *= COSINE_FLOOR + (1 - COSINE_FLOOR) * 0.5 * (1 + math.cos(math.pi * done))
    warm = min(1.0, (images + 1) / options.warmup_images) if options.warmup_images else 1.0
    return rate * warm


def crop_side(sizes: tuple[tuple[int, int], ...], images: int) -> int:
    """Crop side in pixels of a step that begins after `images` pictures."""
    return [side for start, side in sizes if start <= images][-1]


def ema_weight(decay: float, updates: int) -> float:
    """Weight of the old average at an update: `decay`, less at first, so that the start is soon forgotten."""
    return min(decay, (1 + updates) / (10 + updates))
