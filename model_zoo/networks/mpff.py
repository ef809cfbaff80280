"""MPFF, multi-scale patch feature fusion: patch scores from all depths, each patch at its own place.

Shuai et al., *Locate and Verify*, ACM MM 2023. The paper's equations were not at hand; this follows what the authors'
released code computes.
"""

import torch
import torch.nn.functional as F
from torch import nn

from model_zoo.networks.precision import at_least_float32


class MPFF(nn.Module):
    """Compare each pixel of a shallow map with the deep vector of its patch.

    Both maps have the same channels. The shallow map is cut into s x s windows of w x w pixels (s is the deep map's
    side), and each pixel scores ``sum over channels of tanh(shallow * deep)``. The w^2 scores of a window become
    channels: places are kept while scales are fused. No parameters. The product and its sum stay in float32 under
    autocast: a sum of 512 terms near 1 has no decimals left in float16.
    """

    def forward(self, shallow: torch.Tensor, deep: torch.Tensor, window: int) -> torch.Tensor:
        """Score each pixel against its patch.

        Parameters
        ----------
        shallow : Tensor of shape (B, C, h, h)
            Its edge is repeated to whole windows; an odd pixel goes right and below.
        deep : Tensor of shape (B, C, s, s)
        window : int
            Side w of a window in pixels of the shallow map; s = ceil(h / w).

        Returns
        -------
        Tensor of shape (B, w^2, s, s), in (-C, C)
            Channel ``w i + j`` holds the pixel in row i, column j of each window.

        Raises
        ------
        ValueError
            If the windows do not cover the map, or one would lie outside it.
        """
        grid, side = deep.shape[-1], shallow.shape[-1]
        missing = window * grid - side
        if not 0 <= missing < window:
            raise ValueError(f"A map of side {side} cannot be cut into {grid} x {grid} windows of {window} pixels.")
        before = missing // 2
        deep = at_least_float32(deep)[:, :, :, None, :, None]  # (B, C, s, 1, s, 1)
        rows = _rows_at_once(shallow, grid)
        bands = []
        for row in range(0, grid, rows):
            band = _band(shallow, window, row * window - before, (row + rows) * window - before)
            windows = band.view(*band.shape[:2], rows, window, grid, window)  # (B, C, rows, w, s, w)
            band_scores = (windows * deep[:, :, row : row + rows]).tanh_().sum(dim=1)  # (B, rows, w, s, w)
            bands.append(band_scores)
        scores = torch.cat(bands, dim=1)  # (B, s, w, s, w)
        return scores.permute(0, 1, 3, 2, 4).flatten(3).permute(0, 3, 1, 2)  # (B, w^2, s, s)


def _rows_at_once(shallow: torch.Tensor, grid: int) -> int:
    """One row of windows at a time where that keeps the product in the cache; all of them on a GPU or for gradients."""
    return 1 if shallow.device.type == "cpu" and not shallow.requires_grad else grid


def _band(maps: torch.Tensor, window: int, top: int, bottom: int) -> torch.Tensor:
    """Rows `top` to `bottom` of the maps with their edge repeated."""
    side = maps.shape[-1]
    missing = -side % window
    band = maps[:, :, max(top, 0) : min(bottom, side)]
    if missing == 0:
        return band
    sides = (missing // 2, (missing + 1) // 2, max(-top, 0), max(bottom - side, 0))
    return F.pad(band, sides, mode="replicate")
