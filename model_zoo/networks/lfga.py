"""LFGA, local forgery guided attention: where the localization branch looks alike, evidence is gathered together.

Shuai et al., *Locate and Verify*, ACM MM 2023. The paper's equations were not at hand; this follows what the authors'
released code computes: no ``1/sqrt(d)``, no normalization layer.
"""

import torch
from torch import nn

from model_zoo.networks.precision import at_least_float32, no_autocast

RATIO = 4
"""Channels of the map over channels of query and key."""


class LFGA(nn.Module):
    """Attention from the RGB (localization) map to the noise (classification) map.

    Query and key come from the RGB map, the value from the noise map: ``A = softmax(Q^T K)`` over positions,
    output ``ReLU(gamma V A^T + noise)``; `gamma` is learned and starts at 0. The unscaled ``Q^T K`` and its softmax
    stay in float32 under autocast: they exceed float16's range.

    Parameters
    ----------
    channels : int
        Channels C of both maps.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.gamma = nn.Parameter(torch.zeros(1))
        self.query_conv = nn.Conv2d(channels, channels // RATIO, kernel_size=1)
        self.key_conv = nn.Conv2d(channels, channels // RATIO, kernel_size=1)
        self.value_conv = nn.Conv2d(channels, channels, kernel_size=1)

    def forward(self, rgb: torch.Tensor, noise: torch.Tensor) -> torch.Tensor:
        """Guide the noise map by the RGB map, both (B, C, H, W); returns (B, C, H, W), >= 0. N = H W below."""
        query = at_least_float32(self.query_conv(rgb)).flatten(2).transpose(1, 2)  # (B, N, C/4)
        key = at_least_float32(self.key_conv(rgb)).flatten(2)  # (B, C/4, N)
        value = at_least_float32(self.value_conv(noise)).flatten(2).transpose(1, 2)  # (B, N, C)
        with no_autocast(noise):
            attention = (query @ key).softmax(dim=-1)  # (B, N, N)
            gathered = attention @ value  # (B, N, C)
        gathered = torch.unflatten(gathered.transpose(1, 2), 2, noise.shape[2:])  # (B, C, H, W)
        return torch.addcmul(at_least_float32(noise), self.gamma, gathered).relu_().to(noise.dtype)
