"""CMCE, cross-modality consistency enhancement: each stream is strengthened where both agree.

Shuai et al., *Locate and Verify*, ACM MM 2023. The paper's equations were not at hand; this follows what the authors'
released code computes, in which the second update uses the result of the first.
"""

import torch
from torch import nn

from model_zoo.networks.precision import at_least_float32

EPSILON = 1e-8
"""Smallest vector length in the cosine, so that a zero vector agrees with nothing."""


class CMCE(nn.Module):
    """Add to each stream the other one, weighted by the cosine of their channel vectors at each position.

    ``c = cos(X, Y)``; ``X1 = X + c Y``; ``Y1 = Y + c X1``; the outputs are ``ReLU(X1)``, ``ReLU(Y1)``. No parameters.
    The cosine stays in float32 under autocast: sums of squares over up to 256 channels overflow float16.
    """

    def forward(self, rgb: torch.Tensor, noise: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Strengthen two maps of the same shape (B, C, H, W); returns (rgb, noise) of that shape, both >= 0."""
        agreement = _channel_cosine(rgb, noise).to(rgb.dtype)  # (B, 1, H, W)
        rgb_sum = torch.addcmul(rgb, agreement, noise)  # (B, C, H, W)
        noise_sum = torch.addcmul(noise, agreement, rgb_sum)  # (B, C, H, W)
        return rgb_sum.relu(), noise_sum.relu_()


def _channel_cosine(first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
    first, second = at_least_float32(first), at_least_float32(second)
    dot = (first * second).sum(dim=1, keepdim=True)  # (B, 1, H, W)
    first_length = torch.linalg.vector_norm(first, dim=1, keepdim=True).clamp_min(EPSILON)
    second_length = torch.linalg.vector_norm(second, dim=1, keepdim=True).clamp_min(EPSILON)
    return torch.div(dot, first_length * second_length)
