"""What all networks here have in common: two inputs, two answers, and the heads that give them."""

from dataclasses import dataclass

import torch
from torch import nn

from model_zoo.networks.srm import SRM


@dataclass(frozen=True, slots=True, eq=False)
class NetworkOutput:
    """What the network says of B crops; channel 0 is real, channel 1 is fake, in both.

    Attributes
    ----------
    class_logits : Tensor of shape (B, 2)
    map_logits : Tensor of shape (B, 2, G, G)
        One pair per cell; G is 19 at a side of 299.
    """

    class_logits: torch.Tensor
    map_logits: torch.Tensor


@dataclass(frozen=True, slots=True, eq=False)
class SemiOutput(NetworkOutput):
    """The same with the patch features of the semi-supervised variant.

    Attributes
    ----------
    projection : Tensor of shape (B, 256, G, G)
        Not yet of unit length.
    """

    projection: torch.Tensor


class BatchNormConv(nn.Module):
    """Batch normalization, ReLU, 1x1 convolution without bias: (B, inputs, H, W) to (B, outputs, H, W)."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d(inputs)
        self.conv = nn.Conv2d(inputs, outputs, kernel_size=1, bias=False)

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        """Read a head's values off the features."""
        values: torch.Tensor = self.conv(self.norm(maps).relu_())
        return values


class ClassHead(nn.Module):
    """Batch normalization, ReLU, mean over positions, dropout, linear: (B, inputs, H, W) to (B, 2)."""

    def __init__(self, inputs: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d(inputs)
        self.dropout = nn.Dropout(dropout)
        self.linear = nn.Linear(inputs, 2)

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        """Real and fake logit of each picture."""
        pooled = self.norm(maps).relu_().mean(dim=(2, 3))  # (B, inputs)
        logits: torch.Tensor = self.linear(self.dropout(pooled))  # (B, 2)
        return logits


class Network(nn.Module):
    """A network that judges pictures and their noise residual, which it makes itself.

    The two inputs come apart, so that either can be replaced by its baseline (`model_zoo.baselines`).
    """

    def __init__(self) -> None:
        super().__init__()
        self.srm = SRM()

    def residual(self, images: torch.Tensor) -> torch.Tensor:
        """Noise residual (B, 3, S, S) of normalized pictures (B, 3, S, S): the noise stream's input."""
        residual: torch.Tensor = self.srm(images)
        return residual

    def forward(self, rgb: torch.Tensor, residual: torch.Tensor) -> NetworkOutput:
        """Judge B crops.

        Parameters
        ----------
        rgb : Tensor of shape (B, 3, S, S)
            Normalized pictures; S from 32.
        residual : Tensor of shape (B, 3, S, S)
            Their noise residual, from `residual`, in [-3, 3].

        Returns
        -------
        NetworkOutput
        """
        raise NotImplementedError
