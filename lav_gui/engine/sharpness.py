"""How sharp a crop is: the variance of its Laplacian, the field's common measure of blur."""

import numpy as np
from numpy.typing import NDArray

_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
"""Weights of red, green, blue in the luma of ITU-R BT.601."""


def sharpness(image: NDArray[np.uint8]) -> float:
    """Variance of the 4-neighbor Laplacian of the luma, border left out.

    Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy", ICPR 2000.

    Parameters
    ----------
    image : ndarray of shape (H, W, 3), uint8
        RGB; H and W at least 3.

    Returns
    -------
    float
        In squared 8-bit levels; 0 for a flat picture.
    """
    luma = image.astype(np.float32) @ _LUMA  # (H, W)
    center = luma[1:-1, 1:-1]
    around = luma[:-2, 1:-1] + luma[2:, 1:-1] + luma[1:-1, :-2] + luma[1:-1, 2:]
    return float(np.var(around - 4.0 * center, dtype=np.float64))
