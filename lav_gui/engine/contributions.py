"""Which stream carries the evidence: exact Shapley values of a two-player game.

The players are the streams, RGB and noise residual. v(S) is the network's fake-minus-real margin when only the streams
in S see the face and the others see their baseline (`model_zoo.baselines`: a flat mid-gray picture and its zero
residual). Shapley, "A value for n-person games", 1953; as an explanation of networks: Lundberg and Lee, NeurIPS 2017.
With two players the value is exact from four margins: no sampling, no gradient.
"""

from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray

from lav_gui.records import Contributions
from model_zoo.baselines import baseline

MarginFunction = Callable[[torch.Tensor, torch.Tensor], NDArray[np.float64]]
"""RGB input and residual, both (B, 3, S, S), to margins of shape (B,), in logit units."""


def contributions_from(both: float, rgb: float, noise: float, none: float) -> Contributions:
    """Shapley values of the two streams from the four margins, in logit units.

    Parameters
    ----------
    both, rgb, noise, none : float
        v of both streams, of RGB alone, of noise alone, of neither.

    Returns
    -------
    Contributions
        ``rgb + noise == both - none``; the interaction, which neither stream has alone, goes half to each.
    """
    return Contributions(
        rgb=0.5 * ((rgb - none) + (both - noise)),
        noise=0.5 * ((noise - none) + (both - rgb)),
        interaction=(both - noise) - (rgb - none),
        baseline=none,
    )


class ContributionMeter:
    """Measures contributions with one network; v of neither stream is computed once per input size.

    Parameters
    ----------
    margin : MarginFunction
        The network's margin.
    """

    def __init__(self, margin: MarginFunction) -> None:
        self._margin = margin
        self._none: dict[int, float] = {}

    def measure(
        self, rgb: torch.Tensor, residual: torch.Tensor, both: NDArray[np.float64]
    ) -> tuple[Contributions, ...]:
        """Contributions of each face of a batch, with two more passes of the network.

        Parameters
        ----------
        rgb, residual : Tensor of shape (B, 3, S, S)
            Both streams' inputs.
        both : ndarray of shape (N,), float64
            Margins with both streams of the first N faces, N <= B; the others only fill the batch.
        """
        rgb_alone = self._margin(rgb, baseline("residual", residual))  # (B,)
        noise_alone = self._margin(baseline("rgb", rgb), residual)  # (B,)
        none = self._margin_of_neither(rgb, residual)
        faces = zip(both.tolist(), rgb_alone[: len(both)].tolist(), noise_alone[: len(both)].tolist(), strict=True)
        return tuple(contributions_from(v_both, v_rgb, v_noise, none) for v_both, v_rgb, v_noise in faces)

    def _margin_of_neither(self, rgb: torch.Tensor, residual: torch.Tensor) -> float:
        size = rgb.shape[-1]
        if size not in self._none:
            self._none[size] = float(self._margin(baseline("rgb", rgb), baseline("residual", residual))[0])
        return self._none[size]
