"""The noise residual: three fixed high-pass filters of the steganalysis rich model (SRM).

Filters: Fridrich and Kodovsky, IEEE TIFS 2012; as input of a second stream: Zhou et al., CVPR 2018, and Luo et al.,
CVPR 2021. Used by Shuai et al., *Locate and Verify*, ACM MM 2023, figure 2.
"""

import torch
import torch.nn.functional as F
from torch import nn

from model_zoo.residual import LIMIT, srm_filters


class SRM(nn.Module):
    """Residual of a normalized picture: ``clamp(conv5x5(image), -3, 3)``.

    The three colors' responses are summed: each output channel is one filter over all of them. Padding is zero, which
    is mid-gray where the normalization is mean = std = 0.5; so of the flat pictures only mid-gray has no residual at
    the border.

    Attributes
    ----------
    kernel : Tensor of shape (3, 3, 5, 5), float32
        Fixed; a buffer, so that it is stored with the weights and compared when they are loaded.
    """

    kernel: torch.Tensor

    def __init__(self) -> None:
        super().__init__()
        filters = torch.from_numpy(srm_filters())  # (3, 5, 5)
        self.register_buffer("kernel", filters[:, None].repeat(1, 3, 1, 1))

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Filter normalized RGB pictures (B, 3, S, S) to residuals of the same shape, in [-3, 3]."""
        return F.conv2d(images, self.kernel, padding=2).clamp_(-LIMIT, LIMIT)  # (B, 3, S, S)
