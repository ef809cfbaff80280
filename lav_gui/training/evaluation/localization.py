"""How well a heatmap finds the forged part: heatmap (G, G) against mask (S, S), over one crop.

A heatmap is compared as the window shows it: each cell covers its G-th part of the crop, nothing is interpolated. So a
pixel's value is its cell's, and all that is needed of a mask is how many forged and untouched pixels each cell holds.
Pixels on a border belong to the cell in which their center lies.
"""

import math
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

THRESHOLD = 0.5
"""A cell of the heatmap at or above it is called forged."""

CELL_SHARE = 0.5
"""A cell whose forged share is at least this is forged in truth."""


@dataclass(frozen=True, slots=True)
class Localization:
    """Figures of one crop, each in [0, 1]; NaN where it is undefined (no forged cell, no untouched pixel).

    Attributes
    ----------
    pixel_auc : float
        Chance that a forged pixel of the crop has a higher value than an untouched one.
    pixel_iou, cell_iou : float
        Intersection over union of what is called forged and what is, by pixels and by cells.
    patch_accuracy : float
        Share of cells called rightly (PBCA, "patch-based classification accuracy").
    pointing_game : float
        1 if the center of the highest cell is forged, 0 if not; the mean over equally high ones. Zhang et al., ECCV
        2016.
    """

    pixel_auc: float
    pixel_iou: float
    cell_iou: float
    patch_accuracy: float
    pointing_game: float


FIGURES = tuple(field.name for field in fields(Localization))
"""Names of the figures."""


def upsample(heatmap: NDArray[np.floating], size: int) -> NDArray[np.floating]:
    """A heatmap at crop size as the window shows it: cells stay cells. (G, G) to (S, S)."""
    cell = _cell_of_pixel(heatmap.shape[0], size)
    return heatmap[cell][:, cell]


def localize(heatmap: NDArray[np.floating], mask: NDArray[np.uint8]) -> Localization:
    """All figures of one crop.

    Parameters
    ----------
    heatmap : ndarray of shape (G, G), float
        In [0, 1].
    mask : ndarray of shape (S, S), uint8
        0 untouched, 255 forged.
    """
    counts = _counts(mask, heatmap.shape[0])
    return Localization(
        pixel_auc=_pixel_auc(heatmap, counts),
        pixel_iou=_pixel_iou(heatmap, counts),
        cell_iou=_cell_iou(heatmap, counts),
        patch_accuracy=float(np.mean((heatmap >= THRESHOLD) == counts.is_forged)),
        pointing_game=pointing_game(heatmap, mask),
    )


def pixel_auc(heatmap: NDArray[np.floating], mask: NDArray[np.uint8]) -> float:
    """`Localization.pixel_auc` alone."""
    return _pixel_auc(heatmap, _counts(mask, heatmap.shape[0]))


def pixel_iou(heatmap: NDArray[np.floating], mask: NDArray[np.uint8]) -> float:
    """`Localization.pixel_iou` alone."""
    return _pixel_iou(heatmap, _counts(mask, heatmap.shape[0]))


def cell_iou(heatmap: NDArray[np.floating], mask: NDArray[np.uint8]) -> float:
    """`Localization.cell_iou` alone."""
    return _cell_iou(heatmap, _counts(mask, heatmap.shape[0]))


def patch_accuracy(heatmap: NDArray[np.floating], mask: NDArray[np.uint8]) -> float:
    """`Localization.patch_accuracy` alone."""
    return float(np.mean((heatmap >= THRESHOLD) == _counts(mask, heatmap.shape[0]).is_forged))


def pointing_game(heatmap: NDArray[np.floating], mask: NDArray[np.uint8]) -> float:
    """`Localization.pointing_game` alone; NaN where nothing is forged."""
    if not mask.any():
        return math.nan
    grid, size = heatmap.shape[0], mask.shape[0]
    rows, columns = np.nonzero(heatmap == heatmap.max())
    centers = ((np.arange(grid) + 0.5) * size / grid).astype(np.int64)
    return float(np.mean(mask[centers[rows], centers[columns]] > 0))


@dataclass(frozen=True, slots=True, eq=False)
class _Counts:
    """Forged and untouched pixels of each cell, both (G, G), float64."""

    forged: NDArray[np.float64]
    untouched: NDArray[np.float64]

    @property
    def is_forged(self) -> NDArray[np.bool_]:
        return self.forged >= CELL_SHARE * (self.forged + self.untouched)


def _counts(mask: NDArray[np.uint8], grid: int) -> _Counts:
    starts = np.searchsorted(_cell_of_pixel(grid, mask.shape[0]), np.arange(grid))
    forged = np.add.reduceat(np.add.reduceat((mask > 0).astype(np.float64), starts, axis=0), starts, axis=1)
    side = np.diff(np.append(starts, mask.shape[0])).astype(np.float64)
    return _Counts(forged, np.outer(side, side) - forged)


def _cell_of_pixel(grid: int, size: int) -> NDArray[np.int64]:
    """Which cell each pixel row (or column) belongs to, by its center; shape (S,).

    Raises
    ------
    ValueError
        If there are more cells than pixels.
    """
    if grid > size:
        raise ValueError(f"a heatmap of {grid} cells does not fit a crop of {size} pixels")
    return np.asarray(((np.arange(size) + 0.5) * grid / size).astype(np.int64))


def _pixel_auc(heatmap: NDArray[np.floating], counts: _Counts) -> float:
    if not counts.forged.any() or not counts.untouched.any():
        return math.nan
    values = heatmap.ravel().astype(np.float64)
    truth = np.repeat([1, 0], len(values))
    weight = np.concatenate([counts.forged.ravel(), counts.untouched.ravel()])
    return float(roc_auc_score(truth, np.tile(values, 2), sample_weight=weight))


def _pixel_iou(heatmap: NDArray[np.floating], counts: _Counts) -> float:
    called = heatmap >= THRESHOLD
    union = counts.forged.sum() + counts.untouched[called].sum()
    return float(counts.forged[called].sum() / union) if counts.forged.any() else math.nan


def _cell_iou(heatmap: NDArray[np.floating], counts: _Counts) -> float:
    called, truth = heatmap >= THRESHOLD, counts.is_forged
    return float(np.sum(called & truth) / np.sum(called | truth)) if truth.any() else math.nan
