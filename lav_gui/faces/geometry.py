"""The one crop, for training and analysis alike, and the affine that leads back to the frame. No torch.

Conventions: a `Box` holds *edges* (pixel column i spans i to i + 1), points and affines put pixel *centers* at
integers, so center = edge - 0.5. Frames hold stored pixels; the sample aspect ratio (SAR) is the display width of one
of them over its height.
"""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from lav_gui.records import Box

SQUARE_PIXELS = Fraction(1)
CUBIC_SUPPORT = 2.0
"""Reach of the Catmull-Rom kernel (Pillow's BICUBIC, a = -0.5) in source pixels at scale 1."""


def crop_affine(
    box_xyxy: Box, size: int, margin: float, sample_aspect_ratio: Fraction = SQUARE_PIXELS
) -> NDArray[np.float64]:
    """Affine map from a square crop to the frame it is cut from.

    The crop has the center of the box, is not rotated, and is square on the *display*: its side is
    `margin` times the longer display side of the box. It may reach beyond the frame.

    Parameters
    ----------
    box_xyxy : Box
        Left, top, right, bottom edge in upright stored pixels.
    size : int
        Side of the crop in pixels, at least 2.
    margin : float
        Side of the crop over the longer side of the box, at least 1.
    sample_aspect_ratio : Fraction
        Display width of a stored pixel over its height.

    Returns
    -------
    ndarray of shape (2, 3), float64
        ``frame_from_crop``: maps crop (x, y, 1) to frame (x, y), pixel centers at integers.

    Raises
    ------
    ValueError
        If the box is empty or not finite, `size` is below 2, `margin` below 1 or the ratio not positive.
    """
    left, top, right, bottom = box_xyxy
    if not (np.isfinite(box_xyxy).all() and right > left and bottom > top):
        raise ValueError(f"empty face box: {box_xyxy}")
    if size < 2 or margin < 1 or sample_aspect_ratio <= 0:
        raise ValueError(f"no crop of size {size}, margin {margin}, sample aspect ratio {sample_aspect_ratio}")
    ratio = float(sample_aspect_ratio)
    side = margin * max((right - left) * ratio, bottom - top)
    step_x, step_y = side / ratio / size, side / size
    first_x = (left + right) / 2 - step_x * size / 2 + step_x / 2 - 0.5
    first_y = (top + bottom) / 2 - step_y * size / 2 + step_y / 2 - 0.5
    return np.array([[step_x, 0.0, first_x], [0.0, step_y, first_y]])


def cut_crop(image: NDArray[np.uint8], frame_from_crop: NDArray[np.float64], size: int) -> NDArray[np.uint8]:
    """Cut a crop out of a frame: one resample straight from the decoded pixels.

    Pillow's BICUBIC (Catmull-Rom), widened to the step where it shrinks (antialiased); float edges,
    so the cut is not rounded to whole pixels. Outside the frame its edge pixels are repeated.

    Parameters
    ----------
    image : ndarray of shape (H, W, 3), uint8
        Decoded frame, RGB.
    frame_from_crop : ndarray of shape (2, 3), float64
        From `crop_affine`.
    size : int
        Side S of the crop in pixels.

    Returns
    -------
    ndarray of shape (S, S, 3), uint8

    Raises
    ------
    ValueError
        If the map turns or mirrors, or the picture is not (H, W, 3) uint8.
    """
    if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8:
        raise ValueError(f"a frame must be uint8 of shape (H, W, 3), not {image.dtype} {image.shape}")
    left, top, right, bottom = crop_box(frame_from_crop, size)
    columns = _source_indices(left, right, size, image.shape[1])
    rows = _source_indices(top, bottom, size, image.shape[0])
    inside = image[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    patch = inside[rows - rows.min()][:, columns - columns.min()]
    x0, y0 = _first_source(left, right, size), _first_source(top, bottom, size)
    crop = Image.fromarray(patch).resize(
        (size, size), Image.Resampling.BICUBIC, box=(left - x0, top - y0, right - x0, bottom - y0)
    )
    return np.asarray(crop)


def crop_box(frame_from_crop: NDArray[np.float64], size: int) -> Box:
    """Edges of a crop in the frame: where its picture, or its heatmap, belongs.

    Raises
    ------
    ValueError
        If the map turns or mirrors.
    """
    (step_x, skew_x, first_x), (skew_y, step_y, first_y) = frame_from_crop.tolist()
    if skew_x or skew_y or not (step_x > 0 and step_y > 0):
        raise ValueError(f"not a crop's affine: {frame_from_crop.tolist()}")
    left, top = first_x + 0.5 - step_x / 2, first_y + 0.5 - step_y / 2
    return (left, top, left + size * step_x, top + size * step_y)


def invert_affine(frame_from_crop: NDArray[np.float64]) -> NDArray[np.float64]:
    """Inverse (2, 3) of a (2, 3) affine map.

    Raises
    ------
    ValueError
        If the map has no inverse.
    """
    linear = frame_from_crop[:, :2]
    if abs(np.linalg.det(linear)) < 1e-12:
        raise ValueError(f"this affine map has no inverse: {frame_from_crop.tolist()}")
    inverse = np.linalg.inv(linear)
    return np.column_stack([inverse, -inverse @ frame_from_crop[:, 2]])


def map_points(to_from: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Map points (N, 2) of x, y by a (2, 3) affine; pixel centers at integers on both sides."""
    return np.asarray(points @ to_from[:, :2].T + to_from[:, 2])


def iou(a: Box, b: Box) -> float:
    """Intersection over union of two boxes, in [0, 1]."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    both = width * height
    return both / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both)


def between(a: Box, b: Box, share: float) -> Box:
    """Box on the straight way from `a` (share 0) to `b` (share 1), edge by edge."""
    left, top, right, bottom = (p + share * (q - p) for p, q in zip(a, b, strict=True))
    return (left, top, right, bottom)


def _first_source(low: float, high: float, size: int) -> int:
    reach = CUBIC_SUPPORT * max(1.0, (high - low) / size) + 1
    return int(np.floor(low - reach))


def _source_indices(low: float, high: float, size: int, length: int) -> NDArray[np.intp]:
    """Pixel rows (or columns) under the kernels of a crop from `low` to `high`; those outside repeat the border."""
    reach = CUBIC_SUPPORT * max(1.0, (high - low) / size) + 1
    wanted = np.arange(_first_source(low, high, size), int(np.ceil(high + reach)))
    return np.clip(wanted, 0, length - 1)
