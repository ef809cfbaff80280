"""One part of a step: pictures in, losses out. Everything random here comes from the seed, the step and the part."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from lav_gui.training.loop.options import LossConfig
from lav_gui.training.loop.precision import autocast
from lav_gui.training.loop.units import Batch
from model_zoo.baselines import baseline
from model_zoo.losses import anchor_loss, class_loss, mask_cells, patch_loss, similarity_loss
from model_zoo.networks import Network, NetworkOutput, SemiOutput
from model_zoo.networks.precision import no_autocast
from model_zoo.transforms import RGB_STATISTICS, normalize

BOTH_STREAMS = 0.1
"""Of the pictures that lose a stream, the part that loses both: the "none" of the contributions' game."""


@dataclass(frozen=True, slots=True, eq=False)
class LossParts:
    """The sum that is minimized and its parts before their weights; tensors of shape (), float32.

    `margins` (B,) are fake minus real logits, without gradient; empty where the pictures were mixed, since no single
    label holds for them then (the released code counts its training accuracy on them all the same).
    """

    total: torch.Tensor
    classes: torch.Tensor
    map: torch.Tensor
    similarity: torch.Tensor
    margins: torch.Tensor

    @property
    def values(self) -> tuple[float, float, float, float]:
        """The four numbers, without gradient."""
        return tuple(part.detach().item() for part in (self.total, self.classes, self.map, self.similarity))  # type: ignore[return-value]


class Objective:
    """The losses of a training.

    Parameters
    ----------
    options : LossConfig
    precision : str
        "float32", "bf16" or "fp16": of the autocast.
    mean, std : tuple of 3 float
        Normalization.
    """

    def __init__(self, options: LossConfig, precision: str, mean: RGB_STATISTICS, std: RGB_STATISTICS) -> None:
        self._options = options
        self._precision = precision
        self._statistics = (mean, std)

    def losses(
        self, network: nn.Module, bare: Network, batch: Batch, *, epoch: float, rng: np.random.Generator
    ) -> LossParts:
        """Judge a batch and measure how wrong it was.

        Parameters
        ----------
        network : Module
            Called for the answers: `bare` itself, or what wraps it (DDP, compiled).
        bare : Network
            For the residual, which has no parameters.
        batch : Batch
            On the network's device.
        epoch : float
            Epochs before this step.
        rng : numpy Generator
            For mixup and stream dropout; dropout inside the network takes torch's, seeded from it.

        Returns
        -------
        LossParts
        """
        torch.manual_seed(int(rng.integers(2**63)))
        rgb = normalize(batch.images, *self._statistics)  # (B, 3, S, S)
        mix = _draw_mix(self._options, len(rgb), rng)
        if mix is not None:
            rgb = mix.share * rgb + (1 - mix.share) * rgb[mix.order]
        with no_autocast(rgb):
            residual = bare.residual(rgb)  # (B, 3, S, S)
        rgb, residual = _drop_streams(rgb, residual, self._options.stream_dropout, rng)
        with autocast(rgb.device, self._precision):
            output: NetworkOutput = network(rgb, residual)
        if mix is None:
            return self._measure(output, batch, epoch)
        mixed = Batch(*(getattr(batch, name)[mix.order] for name in Batch.__slots__))
        first, second = self._measure(output, batch, epoch), self._measure(output, mixed, epoch)
        share = mix.share
        return LossParts(
            total=share * first.total + (1 - share) * second.total,
            classes=share * first.classes + (1 - share) * second.classes,
            map=share * first.map + (1 - share) * second.map,
            similarity=share * first.similarity + (1 - share) * second.similarity,
            margins=first.margins[:0],
        )

    def _similarity_rows(self, batch: Batch, epoch: float) -> tuple[torch.Tensor, torch.Tensor]:
        """Pictures whose map is learned by similarity, and those whose map is learned from its mask; both (B,) bool.

        Reals are anchors in any case. As released: every fake by similarity, and for a while the reals' maps too.
        """
        real = batch.labels == 0
        if not self._options.similarity_ignores_masks:
            return real | ~batch.known, batch.known
        early = epoch < self._options.similarity_real_epochs
        return torch.ones_like(real), real if early else torch.zeros_like(real)

    def _similarity(self, output: SemiOutput, batch: Batch, asked: torch.Tensor) -> torch.Tensor:
        regions = mask_cells(batch.regions, output.map_logits.shape[-1])[asked]
        maps, features, labels = output.map_logits[asked], output.projection[asked], batch.labels[asked]
        similarity = similarity_loss(maps, features, labels, regions)
        return similarity + anchor_loss(features, labels, regions) if self._options.similarity_learns else similarity

    def _measure(self, output: NetworkOutput, batch: Batch, epoch: float) -> LossParts:
        options = self._options
        classes = class_loss(output.class_logits, batch.labels, options.label_smoothing)
        grid = output.map_logits.shape[-1]
        cells = mask_cells(batch.masks, grid, options.cell_share)
        similarity = torch.zeros((), device=classes.device)
        known = batch.known
        if isinstance(output, SemiOutput) and options.similarity_weight > 0:
            asked, known = self._similarity_rows(batch, epoch)
            similarity = self._similarity(output, batch, asked)
        patches = patch_loss(output.map_logits, cells, known)
        total = classes + options.map_weight * patches + options.similarity_weight * similarity
        margins = (output.class_logits[:, 1] - output.class_logits[:, 0]).detach().float()
        return LossParts(total, classes, patches, similarity, margins)


@dataclass(frozen=True, slots=True, eq=False)
class _Mix:
    share: float
    order: torch.Tensor


def _draw_mix(options: LossConfig, count: int, rng: np.random.Generator) -> _Mix | None:
    """Mixup (Zhang et al., ICLR 2018) of the batch with itself in another order, or none this time."""
    if options.mixup_alpha <= 0 or rng.random() >= options.mixup_probability:
        return None
    return _Mix(float(rng.beta(options.mixup_alpha, options.mixup_alpha)), torch.from_numpy(rng.permutation(count)))


def _drop_streams(
    rgb: torch.Tensor, residual: torch.Tensor, probability: float, rng: np.random.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """Replace a stream of some pictures by its baseline."""
    if probability <= 0:
        return rgb, residual
    lost = rng.random(len(rgb)) < probability
    which = rng.random(len(rgb))
    no_rgb = lost & (which < 0.5 + BOTH_STREAMS / 2)
    no_residual = lost & (which >= 0.5 - BOTH_STREAMS / 2)
    return _without(rgb, "rgb", no_rgb), _without(residual, "residual", no_residual)


def _without(inputs: torch.Tensor, stream: str, rows: np.ndarray) -> torch.Tensor:
    chosen = torch.from_numpy(rows).to(inputs.device)[:, None, None, None]
    return torch.where(chosen, baseline(stream, inputs), inputs)
