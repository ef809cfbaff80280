"""The after-treatment of a real and its blend: the same for both, and none that hides the blend."""

import numpy as np
from numpy.typing import NDArray

from lav_gui.training.pictures.chain import CLEAN, DegradationSettings, random_chain
from lav_gui.training.pictures.self_blend import UNDER_MASK, Blend

LEAST_SEEN = 1.0
"""What a treatment must leave of a blend: mean absolute difference of the pair under the mask, less `SPREAD` times that
outside, in gray levels."""

SPREAD = 1.25
"""Compression differs all over the picture once it differs anywhere; so much of it does not count."""

DRAWS = 3
"""Treatments that are tried before there is none."""


def degraded_pair(
    blend: Blend, rng: np.random.Generator, settings: DegradationSettings
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Draw a treatment and put it on a real and its blend.

    A treatment that hides the blend (`LEAST_SEEN`) would label a real as fake; another is drawn then, and after `DRAWS`
    of them the pair stays as it is.

    Parameters
    ----------
    blend : Blend
    rng : Generator
    settings : DegradationSettings

    Returns
    -------
    real, fake : ndarray of shape (H, W, 3), uint8
        Of the blend's size.
    """
    for _ in range(DRAWS):
        chain = random_chain(rng, settings)
        if chain == CLEAN:
            break
        real, fake = chain.apply(blend.real), chain.apply(blend.image)
        if seen(real, fake, blend.mask) >= LEAST_SEEN:
            return real, fake
    return blend.real, blend.image


def seen(real: NDArray[np.uint8], fake: NDArray[np.uint8], alpha: NDArray[np.float32]) -> float:
    """How much more a pair differs under the mask than outside, gray levels; see `LEAST_SEEN`."""
    apart = np.abs(real[::2, ::2].astype(np.int16) - fake[::2, ::2]).mean(axis=2)
    under, outside = alpha[::2, ::2] > UNDER_MASK, alpha[::2, ::2] == 0
    if not under.any():
        return 0.0
    return float(apart[under].mean() - (SPREAD * apart[outside].mean() if outside.any() else 0))
