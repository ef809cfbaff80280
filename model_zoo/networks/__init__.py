"""The networks, a file per idea, and the table of those that can be built."""

from collections.abc import Callable
from dataclasses import dataclass

from model_zoo.networks.lvnet import LVNet, LVNetSemi
from model_zoo.networks.network import Network, NetworkOutput, SemiOutput
from model_zoo.networks.single import SingleStream, XceptionNoise, XceptionRGB


@dataclass(frozen=True, slots=True)
class Architecture:
    """What makes it of a width, and that width: the factor on every channel count; 1 is the paper."""

    network: Callable[[float], Network]
    width: float = 1.0


ARCHITECTURES: dict[str, Architecture] = {
    "lvnet": Architecture(LVNet),
    "lvnet_semi": Architecture(LVNetSemi),
    "lvnet_eighth": Architecture(LVNet, 1 / 8),
    "lvnet_semi_eighth": Architecture(LVNetSemi, 1 / 8),
    "xception_rgb": Architecture(XceptionRGB),
    "xception_noise": Architecture(XceptionNoise),
}
"""Name in a weights record -> what is built. The narrow ones are for trying out a training in minutes,
the single streams for beginning one and for comparison."""


def build(architecture: str, width: float | None = None) -> Network:
    """Make a network with PyTorch's own initialization.

    Parameters
    ----------
    architecture : str
        Key of `ARCHITECTURES`.
    width : float or None
        Another width than the architecture's.

    Raises
    ------
    ValueError
        If the architecture is unknown.
    """
    if architecture not in ARCHITECTURES:
        raise ValueError(f"Unknown architecture {architecture!r}; known are {', '.join(ARCHITECTURES)}.")
    chosen = ARCHITECTURES[architecture]
    return chosen.network(chosen.width if width is None else width)


__all__ = [
    "ARCHITECTURES", "Architecture", "LVNet", "LVNetSemi", "Network", "NetworkOutput", "SemiOutput", "SingleStream",
    "XceptionNoise", "XceptionRGB", "build",
]  # fmt: skip
