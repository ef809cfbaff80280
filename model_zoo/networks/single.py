"""One stream alone: a plain Xception on the picture or on its noise residual, with a map read off block 11.

A step costs a third of LVNet's, so a training can begin with it (`start = "run:..."`); and it is what two streams must
beat.
"""

import torch

from model_zoo.networks.network import BatchNormConv, ClassHead, Network, NetworkOutput
from model_zoo.networks.xception import STAGES, XceptionFullStream, scaled

DROPOUT = 0.3


class SingleStream(Network):
    """Xception on one of the two inputs; the other is not looked at. Shapes as in `LVNet`.

    Parameters
    ----------
    width : float
        Factor on every channel count.
    """

    def __init__(self, width: float = 1.0) -> None:
        super().__init__()
        self.trunk = XceptionFullStream(width)
        self.map_head = BatchNormConv(scaled(STAGES[5], width), 2)
        self.class_head = ClassHead(scaled(STAGES[6], width), DROPOUT)

    def _judge(self, images: torch.Tensor) -> NetworkOutput:
        trunk = self.trunk
        maps = trunk.block3(trunk.block2(trunk.block1(trunk.stem(images))))  # (B, 728, 19, 19)
        maps = trunk.middle2(trunk.middle1(maps))  # (B, 728, 19, 19)
        return NetworkOutput(self.class_head(trunk.exit(maps)), self.map_head(maps))


class XceptionRGB(SingleStream):
    """Looks at the picture alone."""

    def forward(self, rgb: torch.Tensor, residual: torch.Tensor) -> NetworkOutput:
        """Judge B crops by their pictures, as `Network.forward`."""
        del residual
        return self._judge(rgb)


class XceptionNoise(SingleStream):
    """Looks at the noise residual alone."""

    def forward(self, rgb: torch.Tensor, residual: torch.Tensor) -> NetworkOutput:
        """Judge B crops by their residuals, as `Network.forward`."""
        del rgb
        return self._judge(residual)
