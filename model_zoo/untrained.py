"""Weights from a fixed seed, bit for bit the same on every machine: the default while nothing is trained.

He's uniform initialization (He et al., ICCV 2015) from the raw bits of PCG64. NumPy promises those bits for ever, but
not the streams of its distributions; from bits to float32 only exactly rounded operations follow.
"""

import math
import zlib

import numpy as np
import torch
from numpy.typing import NDArray

from model_zoo.networks import build
from model_zoo.networks.srm import SRM

SEED = 230911131

MAP_HEAD_GAIN = 0.05
"""Keeps the map off its ends: the sums over 512 channels that it reads are large."""

RESIDUAL_SCALE = 0.25
"""Weight of the middle blocks' last batch normalization; at 1 the maps would grow twentyfold over the 8 blocks."""


def untrained_state(architecture: str) -> dict[str, torch.Tensor]:
    """Every tensor of a network at width 1, by name.

    Parameters
    ----------
    architecture : str
        Key of `model_zoo.networks.ARCHITECTURES`.

    Raises
    ------
    ValueError
        If the architecture is unknown.
    """
    with torch.device("meta"):
        shapes = {name: tuple(tensor.shape) for name, tensor in build(architecture).state_dict().items()}
    return {name: _tensor(name, shape) for name, shape in shapes.items()}


def _tensor(name: str, shape: tuple[int, ...]) -> torch.Tensor:
    if name == "srm.kernel":
        return SRM().kernel
    if name.endswith(".num_batches_tracked"):
        return torch.zeros(shape, dtype=torch.int64)
    if name.endswith(".rep.8.weight"):
        return torch.full(shape, RESIDUAL_SCALE)
    if name.endswith(".running_var") or (name.endswith(".weight") and len(shape) == 1):
        return torch.ones(shape)
    if len(shape) == 1:
        return torch.zeros(shape)  # biases, running means, and LFGA's gamma as at the start of training
    bound = _gain(name) * math.sqrt(3 / math.prod(shape[1:]))
    return torch.from_numpy((_uniform(name, math.prod(shape)) * np.float32(bound)).reshape(shape))


def _gain(name: str) -> float:
    """sqrt(2) before or after a ReLU; 1 for a depthwise filter, which has none between it and its pointwise mixing."""
    if name.startswith("map_head."):
        return MAP_HEAD_GAIN
    is_depthwise = name.endswith(".conv1.weight") and name not in ("rgb.conv1.weight", "noise.conv1.weight")
    return 1.0 if is_depthwise else math.sqrt(2)


def _uniform(name: str, count: int) -> NDArray[np.float32]:
    """`count` numbers in [-1, 1) on a grid of 2^-23, from the tensor's own seed."""
    raw = np.random.PCG64([SEED, zlib.crc32(name.encode("utf-8"))]).random_raw((count + 1) // 2)
    bits = raw.astype("<u8").view("<u4")[:count] >> np.uint32(8)
    return bits.astype(np.float32) * np.float32(2**-23) - np.float32(1)
