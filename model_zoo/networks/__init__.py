"""The networks, a file per idea, and the table of those that can be built."""

from model_zoo.networks.lvnet import LVNet, LVNetOutput, LVNetSemi, LVNetSemiOutput

ARCHITECTURES: dict[str, type[LVNet]] = {"lvnet": LVNet, "lvnet_semi": LVNetSemi}
"""Name in a weights record -> class."""


def build(architecture: str, width: float = 1.0) -> LVNet:
    """Make a network with PyTorch's own initialization.

    Parameters
    ----------
    architecture : str
        Key of `ARCHITECTURES`.
    width : float
        Factor on every channel count; 1 is the paper.

    Raises
    ------
    ValueError
        If the architecture is unknown.
    """
    if architecture not in ARCHITECTURES:
        raise ValueError(f"Unknown architecture {architecture!r}; known are {', '.join(ARCHITECTURES)}.")
    return ARCHITECTURES[architecture](width)


__all__ = ["ARCHITECTURES", "LVNet", "LVNetOutput", "LVNetSemi", "LVNetSemiOutput", "build"]
