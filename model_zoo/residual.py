"""NumPy twin of the SRM layer, for the window and the report. No torch; equal to the layer by test."""

import cv2
import numpy as np
from numpy.typing import NDArray

LIMIT = 3.0
"""Both ends of the residual's range."""

SHOWN_RANGE = 0.25
"""The residual is shown from minus to plus this value. Compressed video rarely goes beyond."""


def srm_filters() -> NDArray[np.float32]:
    """The three SRM filters: second order in both directions, fifth order, and horizontal second difference.

    Returns
    -------
    filters : ndarray of shape (3, 5, 5), float32
        Each sums to zero, so that a flat region has no residual (Fridrich and Kodovsky, IEEE TIFS 2012).
    """
    square = np.zeros((5, 5))
    square[1:4, 1:4] = [[-1, 2, -1], [2, -4, 2], [-1, 2, -1]]
    wide = np.array(
        [[-1, 2, -2, 2, -1], [2, -6, 8, -6, 2], [-2, 8, -12, 8, -2], [2, -6, 8, -6, 2], [-1, 2, -2, 2, -1]],
        dtype=np.float64,
    )
    horizontal = np.zeros((5, 5))
    horizontal[2, 1:4] = [1, -2, 1]
    return np.stack([square / 4, wide / 12, horizontal / 2]).astype(np.float32)


def noise_residual(
    image: NDArray[np.uint8], mean: tuple[float, float, float], std: tuple[float, float, float]
) -> NDArray[np.float32]:
    """Noise residual of a picture, as the network's noise stream sees it.

    The layer sums the three colors' responses to the same filter; so the colors are summed first and filtered once.

    Parameters
    ----------
    image : ndarray of shape (H, W, 3), uint8
        RGB.
    mean, std : tuple of 3 float
        Normalization of RGB in [0, 1], from the weights record.

    Returns
    -------
    residual : ndarray of shape (H, W, 3), float32
        One channel per filter, in [-3, 3]. Outside the picture counts as normalized 0, as in the layer.

    Raises
    ------
    ValueError
        If the picture is not (H, W, 3) uint8.
    """
    if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3:
        raise ValueError(f"The residual needs a picture of shape (H, W, 3), uint8, not {image.shape} {image.dtype}.")
    scale = np.float64(1.0) / (255.0 * np.asarray(std))  # (3,)
    offset = -(np.asarray(mean) / np.asarray(std)).sum()
    summed = (image @ scale + offset).astype(np.float32)  # (H, W)
    responses = [cv2.filter2D(summed, cv2.CV_32F, f, borderType=cv2.BORDER_CONSTANT) for f in srm_filters()]
    residual: NDArray[np.float32] = np.stack(responses, axis=-1)
    return residual.clip(-LIMIT, LIMIT)


def residual_picture(residual: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The residual as a picture, for screen and report: filters 1, 2, 3 in red, green, blue; zero is mid-gray.

    The scale is fixed, so that pictures can be compared: a square root from minus to plus `SHOWN_RANGE`, since most of
    the residual is small.

    Parameters
    ----------
    residual : ndarray of shape (H, W, 3), float32

    Returns
    -------
    ndarray of shape (H, W, 3), uint8
    """
    shown = np.clip(residual / SHOWN_RANGE, -1, 1)
    return np.asarray(np.rint(127.5 + 127.5 * np.sign(shown) * np.sqrt(np.abs(shown))), dtype=np.uint8)
