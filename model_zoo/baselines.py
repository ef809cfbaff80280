"""What a stream sees when it is taken away: the baseline of stream contributions and of stream dropout.

Both streams' baseline is one and the same picture, flat mid-gray (with mean = std = 0.5): normalized RGB 0, whose
residual is exactly 0, at the border too, because the SRM layer pads with 0. So the network's answer with both streams
taken away is its answer to a real input, not to a pair that no picture could give. A flat picture of another color
would not do: the zero padding makes a residual along its border. Zero residual also means "no noise to judge by", and
0 is the middle of the normalized RGB range. Training with stream dropout must use the same values, else the absent
stream is something the network has never met.
"""

from collections.abc import Mapping
from types import MappingProxyType

import torch

BASELINES: Mapping[str, float] = MappingProxyType({"rgb": 0.0, "residual": 0.0})
"""Value of every element of an absent stream's input, by the name of `LVNet.forward`'s argument."""


def baseline(stream: str, inputs: torch.Tensor) -> torch.Tensor:
    """Input that stands for an absent stream, like `inputs` in shape, type, device and memory order.

    Parameters
    ----------
    stream : str
        ``rgb`` or ``residual``.
    inputs : Tensor of shape (B, 3, S, S)
        The stream's own input.

    Raises
    ------
    KeyError
        If there is no such stream.
    """
    return torch.full_like(inputs, BASELINES[stream])
