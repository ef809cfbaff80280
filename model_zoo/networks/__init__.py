"""The networks, a file per idea, and the table of those that can be built."""

from dataclasses import dataclass

from model_zoo.networks.lvnet import LVNet, LVNetOutput, LVNetSemi, LVNetSemiOutput


@dataclass(frozen=True, slots=True)
class Architecture:
    """A class and its width, the factor on every channel count; 1 is the paper."""

    network: type[LVNet]
    width: float = 1.0


ARCHITECTURES: dict[str, Architecture] = {
    "lvnet": Architecture(LVNet),
    "lvnet_semi": Architecture(LVNetSemi),
    "lvnet_eighth": Architecture(LVNet, 1 / 8),
    "lvnet_semi_eighth": Architecture(LVNetSemi, 1 / 8),
}
"""Name in a weights record -> what is built. The narrow ones are for trying out a training in minutes."""


def build(architecture: str, width: float | None = None) -> LVNet:
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
    "ARCHITECTURES", "Architecture", "LVNet", "LVNetOutput", "LVNetSemi", "LVNetSemiOutput", "build",
]  # fmt: skip
