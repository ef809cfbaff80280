"""How well a heatmap finds the forged part: heatmap (G, G) against mask (S, S), over one crop.

A heatmap is compared as the window shows it: each cell covers its G-th part of the crop, nothing is interpolated. So a
pixel's value is its cell's, and all that is needed of a mask is how many forged and untouched pixels each cell holds.
Pixels on a border belong to the cell in which their center lies.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

ELLIPSE_SHARE = 0.6
"""Part of the crop's width and height that the ellipse of `central_ellipse` spans."""

THRESHOLD = 0.5
"""A cell of the heatmap at or above it is called forged."""

CELL_SHARE = 0.5
"""A cell whose forged share is at least this is forged in truth."""


@dataclass(frozen=True, slots=True, eq=False)
class MaskCells:
    """What is needed of a mask to judge a map of G x G cells, all of shape (G, G).

    Attributes
    ----------
    forged, untouched : ndarray, float64
        Pixels of each cell.
    forged_center : ndarray, bool
        Whether the pixel in the middle of the cell is forged.
    """

    forged: NDArray[np.float64]
    untouched: NDArray[np.float64]
    forged_center: NDArray[np.bool_]

    @property
    def is_forged(self) -> NDArray[np.bool_]:
        """Whether each cell is forged in truth, (G, G)."""
        return self.forged >= CELL_SHARE * (self.forged + self.untouched)


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
    truth : MaskCells or None
        What the heatmap was held against, for `baselines`; no figure.
    """

    pixel_auc: float
    pixel_iou: float
    cell_iou: float
    patch_accuracy: float
    pointing_game: float
    truth: MaskCells | None = field(default=None, compare=False, repr=False)


FIGURES = tuple(own.name for own in fields(Localization) if own.name != "truth")
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
    return _localize(heatmap, _cells(mask, heatmap.shape[0]))


def baselines(found: Localization) -> Mapping[str, Localization]:
    """The same figures of maps that look at no picture, on the same crop and grid; empty where its mask was not kept.

    A heatmap tells something only by what it has above them: faces are cut so that they lie in the middle, and an
    ellipse there finds most forged pixels.

    Returns
    -------
    mapping of str to Localization
        ``central ellipse`` (`central_ellipse`) and ``all-zero map``.
    """
    if found.truth is None:
        return {}
    grid = len(found.truth.forged)
    maps = {BASELINES[0]: central_ellipse(grid), BASELINES[1]: np.zeros((grid, grid))}
    return {name: _localize(values, found.truth) for name, values in maps.items()}


BASELINES = ("central ellipse", "all-zero map")
"""Names of the baselines."""


def central_ellipse(grid: int) -> NDArray[np.float64]:
    """A map that knows no more than that faces lie in the middle of their crop.

    1 / (1 + d), with d the distance of a cell's center from the crop's center over that of the ellipse's edge in the
    same direction: `THRESHOLD` at the edge of an ellipse that spans `ELLIPSE_SHARE` of the crop's width and height, and
    less the further out a cell lies. So it is ranked by the distance.

    Parameters
    ----------
    grid : int
        Cells per side, G.

    Returns
    -------
    ndarray of shape (G, G), float64
        In (0, 1].
    """
    offsets = (2 * np.arange(grid) + 1 - grid) / (ELLIPSE_SHARE * grid)  # 1 at the ellipse's edge; exactly symmetric
    return np.asarray(1.0 / (1.0 + np.hypot(offsets[:, None], offsets[None, :])))


def _localize(heatmap: NDArray[np.floating], truth: MaskCells) -> Localization:
    return Localization(
        pixel_auc=_pixel_auc(heatmap, truth),
        pixel_iou=_pixel_iou(heatmap, truth),
        cell_iou=_cell_iou(heatmap, truth),
        patch_accuracy=float(np.mean((heatmap >= THRESHOLD) == truth.is_forged)),
        pointing_game=_pointing_game(heatmap, truth),
        truth=truth,
    )


def _cells(mask: NDArray[np.uint8], grid: int) -> MaskCells:
    starts = np.searchsorted(_cell_of_pixel(grid, mask.shape[0]), np.arange(grid))
    forged = np.add.reduceat(np.add.reduceat((mask > 0).astype(np.float64), starts, axis=0), starts, axis=1)
    side = np.diff(np.append(starts, mask.shape[0])).astype(np.float64)
    centers = ((np.arange(grid) + 0.5) * mask.shape[0] / grid).astype(np.int64)
    return MaskCells(forged, np.outer(side, side) - forged, mask[np.ix_(centers, centers)] > 0)


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


def _pixel_auc(heatmap: NDArray[np.floating], truth: MaskCells) -> float:
    if not truth.forged.any() or not truth.untouched.any():
        return math.nan
    values = heatmap.ravel().astype(np.float64)
    classes = np.repeat([1, 0], len(values))
    weight = np.concatenate([truth.forged.ravel(), truth.untouched.ravel()])
    return float(roc_auc_score(classes, np.tile(values, 2), sample_weight=weight))


def _pixel_iou(heatmap: NDArray[np.floating], truth: MaskCells) -> float:
    called = heatmap >= THRESHOLD
    union = truth.forged.sum() + truth.untouched[called].sum()
    return float(truth.forged[called].sum() / union) if truth.forged.any() else math.nan


def _cell_iou(heatmap: NDArray[np.floating], truth: MaskCells) -> float:
    called, forged = heatmap >= THRESHOLD, truth.is_forged
    return float(np.sum(called & forged) / np.sum(called | forged)) if forged.any() else math.nan


def _pointing_game(heatmap: NDArray[np.floating], truth: MaskCells) -> float:
    if not truth.forged.any():
        return math.nan
    return float(np.mean(truth.forged_center[heatmap == heatmap.max()]))
