"""How a person looks in a frame, in few numbers: enough to tell two people apart who cross, not to name anyone."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from lav_gui.records import Box

HEAD = (-0.3, -0.4, 1.3, 1.1)
"""Left, top, right, bottom of the region, in units of the face box: face and hair."""
TORSO = (-0.5, 1.1, 1.5, 2.2)
"""The same for what is worn."""
_SAMPLES = 16
_BINS = 6
_RANGES = ((0.0, 255.0), (-40.0, 80.0), (-60.0, 40.0))
"""Of luma, red minus luma, blue minus luma (mean of RGB as luma), 8-bit levels."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """Color of head and torso, each a (216,) histogram of unit square sum; `torso` is None outside the frame."""

    head: NDArray[np.float64]
    torso: NDArray[np.float64] | None


def look_of(image: NDArray[np.uint8], box_xyxy: Box) -> Look:
    """Look of the person in a face box.

    Parameters
    ----------
    image : ndarray of shape (H, W, 3), uint8
        RGB.
    box_xyxy : Box
        Face box in pixels of `image`; may reach beyond it.
    """
    head = _colors(image, box_xyxy, HEAD)
    return Look(np.full(_BINS**3, _BINS**-1.5) if head is None else head, _colors(image, box_xyxy, TORSO))


def look_distance(a: Look, b: Look) -> float:
    """Mean Hellinger distance of the regions both have, in [0, 1].

    Seen on clips of several people: the same person two seconds later mostly below 0.2, two people mostly above 0.3.
    """
    distances = [_hellinger(a.head, b.head)]
    if a.torso is not None and b.torso is not None:
        distances.append(_hellinger(a.torso, b.torso))
    return sum(distances) / len(distances)


def blend_looks(old: Look, new: Look, share: float) -> Look:
    """Running look: `share` of the new one, the rest of the old."""
    torso = new.torso if old.torso is None or new.torso is None else _blend(old.torso, new.torso, share)
    return Look(_blend(old.head, new.head, share), torso if torso is not None else old.torso)


def _colors(
    image: NDArray[np.uint8], box_xyxy: Box, region: tuple[float, float, float, float]
) -> NDArray[np.float64] | None:
    """Square root of a soft-binned color histogram of a region, or None where less than 2 pixels of it are inside."""
    left, top, right, bottom = box_xyxy
    width, height = right - left, bottom - top
    x0, x1 = (int(np.clip(round(left + edge * width), 0, image.shape[1])) for edge in region[::2])
    y0, y1 = (int(np.clip(round(top + edge * height), 0, image.shape[0])) for edge in region[1::2])
    if x1 - x0 < 2 or y1 - y0 < 2:
        return None
    patch = cv2.resize(image[y0:y1, x0:x1], (_SAMPLES, _SAMPLES), interpolation=cv2.INTER_AREA)
    rgb = patch.reshape(-1, 3).astype(np.float64)
    luma = rgb.mean(axis=1)
    soft = [
        _soft_bins(values, *limits)
        for values, limits in zip((luma, rgb[:, 0] - luma, rgb[:, 2] - luma), _RANGES, strict=True)
    ]
    return np.asarray(np.sqrt(np.einsum("ni,nj,nk->ijk", *soft).ravel() / len(rgb)))


def _soft_bins(values: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    """Linear membership (N, bins) of values in equal bins; small shifts of light change it little."""
    place = np.clip((values - low) / (high - low), 0, 1) * (_BINS - 1)
    return np.maximum(0.0, 1.0 - np.abs(place[:, None] - np.arange(_BINS)))


def _hellinger(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    return float(np.sqrt(max(0.0, 1.0 - float(a @ b))))


def _blend(old: NDArray[np.float64], new: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    mixed = (1 - share) * old + share * new
    return np.asarray(mixed / np.linalg.norm(mixed))
