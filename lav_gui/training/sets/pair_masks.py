"""The forged part of a face from its aligned original: where the two differ by more than compression makes them.

An option for fakes that come without masks. Both videos were coded apart, so they differ everywhere a little; the
difference around the face, where nothing was forged, tells how much is only coding.

Measured against the exact masks of ``swap_fake.mp4`` (H.264 on both sides): mean IoU 0.86. Strong changes of color or
identity are found well; faint ones (NeuralTextures at c40) are found in part or judged poor, and then left without.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from lav_gui.records import Box

SMOOTHING = 0.015
"""Sigma of the blur over the difference, in sides of the box: evens out blocks and mosquitoes of coding."""
HIGH, LOW = 2.0, 1.3
"""A region is forged that somewhere reaches `HIGH` times the coding level; it reaches as far as `LOW` times it."""
FLOOR = 2.0
"""Least coding level in gray levels: flat surroundings would make it too small."""
CLOSING = 0.10
"""Diameter in sides of the box over which gaps are closed; a face is forged as one piece."""
REACH = 0.25
"""Part of the box's side beyond which a patch counts as surroundings."""
GOOD_CONTRAST, GOOD_COVER, GOOD_SPILL = 2.0, 0.05, 0.2


@dataclass(frozen=True, slots=True, eq=False)
class DerivedMask:
    """A derived mask with figures of its quality.

    Attributes
    ----------
    mask : ndarray of shape (H, W), uint8
        0 or 255.
    contrast : float
        Mean difference inside the mask over that of the surroundings; 0 where the mask is empty.
    cover : float
        Part of the face box that is forged.
    spill : float
        Part of the mask that lies in the surroundings.
    """

    mask: NDArray[np.uint8]
    contrast: float
    cover: float
    spill: float

    @property
    def is_good(self) -> bool:
        """Whether the figures are those of a face that was forged and nothing else."""
        return self.contrast >= GOOD_CONTRAST and self.cover >= GOOD_COVER and self.spill <= GOOD_SPILL


def derive_mask(original: NDArray[np.uint8], fake: NDArray[np.uint8], box_xyxy: Box) -> DerivedMask:
    """Mask of the forged part of a patch.

    Parameters
    ----------
    original, fake : ndarray of shape (H, W, 3), uint8
        RGB, the same window of both frames; sizes may differ by few pixels at the right and bottom.
    box_xyxy : Box
        Of the face, in patch pixels.

    Returns
    -------
    DerivedMask
        Of the size of `fake`.
    """
    side = max(box_xyxy[2] - box_xyxy[0], box_xyxy[3] - box_xyxy[1])
    difference = _difference(original, fake, max(0.8, SMOOTHING * side))
    outside = ~_region(difference.shape, box_xyxy, REACH)
    level = max(FLOOR, float(np.percentile(difference[outside], 95)) if outside.any() else FLOOR)
    mask = _grown(difference, HIGH * level, LOW * level, _region(difference.shape, box_xyxy, 0.0))
    width = max(3, round(CLOSING * side) | 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    closed = _filled(np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel), np.uint8))
    smooth = np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, kernel), np.uint8)
    full = np.zeros(fake.shape[:2], np.uint8)
    full[: smooth.shape[0], : smooth.shape[1]] = smooth
    return _judged(full, smooth > 0, difference, (outside, _region(difference.shape, box_xyxy, 0.0)))


def _difference(original: NDArray[np.uint8], fake: NDArray[np.uint8], sigma: float) -> NDArray[np.float32]:
    """Smoothed difference of luma plus half that of both chromas, in gray levels."""
    height, width = (min(a, b) for a, b in zip(original.shape[:2], fake.shape[:2], strict=True))
    both = [cv2.cvtColor(image[:height, :width], cv2.COLOR_RGB2YCrCb).astype(np.float32) for image in (original, fake)]
    difference = np.abs(both[0] - both[1]) @ np.array([1.0, 0.5, 0.5], np.float32)
    return np.asarray(cv2.GaussianBlur(difference, (0, 0), sigma), np.float32)


def _region(shape: tuple[int, ...], box_xyxy: Box, reach: float) -> NDArray[np.bool_]:
    """Pixels of the box, widened by `reach` of its sides."""
    left, top, right, bottom = box_xyxy
    dx, dy = reach * (right - left), reach * (bottom - top)
    inside = np.zeros(shape[:2], bool)
    inside[
        max(0, round(top - dy)) : max(0, round(bottom + dy)), max(0, round(left - dx)) : max(0, round(right + dx))
    ] = True
    return inside


def _grown(difference: NDArray[np.float32], high: float, low: float, box: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Regions above `low` that reach `high` inside the box."""
    _, labels = cv2.connectedComponents((difference > low).astype(np.uint8))
    seeds = np.unique(labels[(difference > high) & box])
    return np.where(np.isin(labels, seeds[seeds > 0]), np.uint8(255), np.uint8(0))


def _filled(mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The mask without holes."""
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return np.asarray(cv2.drawContours(np.zeros_like(mask), outlines, -1, 255, cv2.FILLED), np.uint8)


def _judged(
    mask: NDArray[np.uint8],
    inside: NDArray[np.bool_],
    difference: NDArray[np.float32],
    regions: tuple[NDArray[np.bool_], NDArray[np.bool_]],
) -> DerivedMask:
    outside, box = regions
    if not inside.any():
        return DerivedMask(mask, 0.0, 0.0, 0.0)
    rest = outside & ~inside
    coding = float(difference[rest].mean()) if rest.any() else 1.0
    contrast = float(difference[inside].mean()) / max(coding, 0.5)
    cover = float((inside & box).sum() / max(int(box.sum()), 1))
    return DerivedMask(mask, contrast, cover, float((inside & outside).sum() / inside.sum()))
