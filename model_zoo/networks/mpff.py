"""MPFF, multi-scale patch feature fusion: patch scores from all depths, each patch at its own place.

Shuai et al., *Locate and Verify*, ACM MM 2023. The paper's equations were not at hand; this follows what the authors'
released code computes.
"""

import itertools
from collections.abc import Iterator
from typing import Any

import torch
import torch.nn.functional as F
from torch import nn
from torch.autograd.function import once_differentiable

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
        if not 0 <= window * grid - side < window:
            raise ValueError(f"A map of side {side} cannot be cut into {grid} x {grid} windows of {window} pixels.")
        scores: torch.Tensor = _PatchScores.apply(shallow, at_least_float32(deep), window)  # (B, s, w, s, w)
        return scores.permute(0, 1, 3, 2, 4).flatten(3).permute(0, 3, 1, 2)  # (B, w^2, s, s)


class _PatchScores(torch.autograd.Function):
    """``scores[b, s, w, s, w] = sum over c of tanh(windows * deep)``, without keeping the product for the gradient.

    The product has 512 channels at every pixel, in float32; it is made anew for the gradient, on a CPU piece by piece
    so that each piece stays in the cache.
    """

    @staticmethod
    def forward(ctx: Any, shallow: torch.Tensor, deep: torch.Tensor, window: int) -> torch.Tensor:
        ctx.save_for_backward(shallow, deep)
        ctx.window = window
        grid = deep.shape[-1]
        scores = deep.new_empty(deep.shape[0], grid, window, grid, window)
        for images, rows in _pieces(deep):
            windows, vectors = _piece(shallow, deep, window, images, rows)
            scores[images, rows] = (windows * vectors).tanh_().sum(dim=1)
        return scores

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, grad: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, None]:
        shallow, deep = ctx.saved_tensors
        batch, channels, grid = deep.shape[:3]
        side = grid * ctx.window
        padded = torch.empty(
            (batch, channels, side, side), dtype=shallow.dtype, device=deep.device, memory_format=torch.channels_last
        )
        grad_windows = padded.view(batch, channels, grid, ctx.window, grid, ctx.window)
        grad_deep = torch.empty_like(deep)
        for images, rows in _pieces(deep):
            windows, vectors = _piece(shallow, deep, ctx.window, images, rows)
            product = (windows * vectors).tanh_()
            slope = torch.ops.aten.tanh_backward(
                grad[images, rows].unsqueeze(1), product
            )  # grad (1 - tanh^2), one pass
            grad_windows[images, :, rows] = slope * vectors
            grad_deep[images, :, rows] = slope.mul_(windows).sum(dim=(3, 5))
        return _folded(padded, shallow.shape[-1]), grad_deep, None


def _pieces(deep: torch.Tensor) -> Iterator[tuple[slice, slice]]:
    """Images and rows of windows that are done at once: all on a GPU, one row of one image on a CPU."""
    batch, grid = deep.shape[0], deep.shape[-1]
    if deep.device.type != "cpu" or torch.compiler.is_compiling():
        yield slice(None), slice(None)
        return
    for image, row in itertools.product(range(batch), range(grid)):
        yield slice(image, image + 1), slice(row, row + 1)


def _piece(
    shallow: torch.Tensor, deep: torch.Tensor, window: int, images: slice, rows: slice
) -> tuple[torch.Tensor, torch.Tensor]:
    """Windows (b, C, r, w, s, w) of the padded map and their deep vectors (b, C, r, 1, s, 1)."""
    grid = deep.shape[-1]
    first, end, _ = rows.indices(grid)
    before = (window * grid - shallow.shape[-1]) // 2
    band = _band(shallow[images], window, first * window - before, end * window - before)
    windows = band.view(*band.shape[:2], end - first, window, grid, window)
    return windows, deep[images, :, rows, None, :, None]


def _band(maps: torch.Tensor, window: int, top: int, bottom: int) -> torch.Tensor:
    """Rows `top` to `bottom` of the maps with their edge repeated."""
    side = maps.shape[-1]
    missing = -side % window
    band = maps[:, :, max(top, 0) : min(bottom, side)]
    if missing == 0:
        return band
    sides = (missing // 2, (missing + 1) // 2, max(-top, 0), max(bottom - side, 0))
    return F.pad(band, sides, mode="replicate")


def _folded(padded: torch.Tensor, side: int) -> torch.Tensor:
    """Gradient of the map from that of the edge-padded one: what a repeated edge received belongs to the edge."""
    missing = padded.shape[-1] - side
    before, end = missing // 2, missing // 2 + side
    for dim in (2, 3) if missing else ():
        inner = padded.narrow(dim, before, side)
        inner.narrow(dim, 0, 1).add_(padded.narrow(dim, 0, before).sum(dim, keepdim=True))
        inner.narrow(dim, side - 1, 1).add_(padded.narrow(dim, end, missing - before).sum(dim, keepdim=True))
        padded = inner
    return padded
