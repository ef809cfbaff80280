"""Hierarchical bilinear fusion of shallow and deep noise features for the classification head.

The classification branch of Shuai et al., *Locate and Verify*, ACM MM 2023, as the authors' released code computes it
(the paper's figure calls it MPFF too). The factorized bilinear product is that of Kim et al., ICLR 2017.
"""

import torch
import torch.nn.functional as F
from torch import nn

from model_zoo.networks.precision import at_least_float32

DROPOUT = 0.5


class HBFusion(nn.Module):
    """Per position ``Out(Dropout(tanh((A shallow) * (B deep))))``.

    The product and its tanh stay in float32 under autocast.

    Parameters
    ----------
    shallow, deep, hidden, out : int
        Channels of both inputs, of the product and of the result.
    """

    def __init__(self, shallow: int, deep: int, hidden: int, out: int) -> None:
        super().__init__()
        self.shallow = nn.Linear(shallow, hidden)
        self.deep = nn.Linear(deep, hidden)
        self.dropout = nn.Dropout(DROPOUT)
        self.out = nn.Linear(hidden, out)

    def forward(self, shallow: torch.Tensor, deep: torch.Tensor) -> torch.Tensor:
        """Fuse maps (B, `shallow`, H, W) and (B, `deep`, H, W) to (B, `out`, H, W)."""
        first = at_least_float32(self.shallow(shallow.permute(0, 2, 3, 1)))  # (B, H, W, hidden)
        second = at_least_float32(self.deep(deep.permute(0, 2, 3, 1)))  # (B, H, W, hidden)
        joined = self.dropout((first * second).tanh_())  # (B, H, W, hidden)
        fused: torch.Tensor = self.out(joined)  # (B, H, W, out)
        return fused.permute(0, 3, 1, 2)  # (B, out, H, W)


def pad_max_pool(maps: torch.Tensor, grid: int) -> torch.Tensor:
    """Largest value of each of `grid` x `grid` equal windows; the map counts as continued by its edge.

    A window that reaches over the edge always holds the edge itself; so leaving the outside out gives the maximum of
    the edge-padded map, without making that copy.

    Parameters
    ----------
    maps : Tensor of shape (B, C, h, h)
        h at least `grid`; no more than half a window may lie outside on any side.
    grid : int

    Returns
    -------
    Tensor of shape (B, C, grid, grid)

    Raises
    ------
    ValueError
        If the map does not divide so.
    """
    side = maps.shape[-1]
    window = -(-side // grid)
    missing = window * grid - side
    if side < grid or (missing + 1) // 2 > window // 2:
        raise ValueError(f"A map of side {side} cannot be pooled to {grid} x {grid} windows.")
    return F.max_pool2d(maps, window, stride=window, padding=missing // 2, ceil_mode=True)
