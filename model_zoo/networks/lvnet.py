"""LVNet: where is the face forged, and is it forged at all? Two streams, RGB and noise residual.

Shuai, Zhong, Wu, Lin, Wang, Ba, Liu, Cavallaro, Ren: *Locate and Verify: A Two-Stream Network for Improved Deepfake
Detection*, ACM MM 2023, doi 10.1145/3581783.3612386, figure 2. Written from a description of what the authors' released
code computes; parts of that code which never reach an output are not built. Grids follow the feature map: a side of 299
gives a 19 x 19 map, 256 gives 16 x 16.
"""

import torch
from torch import nn

from model_zoo.networks.cmce import CMCE
from model_zoo.networks.hbfusion import DROPOUT, HBFusion, pad_max_pool
from model_zoo.networks.lfga import LFGA
from model_zoo.networks.mpff import MPFF
from model_zoo.networks.network import BatchNormConv, ClassHead, Network, NetworkOutput, SemiOutput
from model_zoo.networks.xception import STAGES, XceptionFullStream, XceptionStream, scaled

PATCH_CHANNELS = 512
FUSION_HIDDEN, FUSION_OUT = 2048, 4096
PROJECTION_CHANNELS = 256
WINDOWS = (8, 4, 2, 1, 1)
"""Pixels of stages 0 to 4 along one side of a map cell. Fixed, so that the map head fits crops of any side."""


class ConvBatchNormReLU(nn.Module):
    """1x1 convolution without bias, batch normalization, ReLU: (B, inputs, H, W) to (B, outputs, H, W)."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel_size=1, bias=False)
        self.bn = nn.BatchNorm2d(outputs)

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        """Project the channels."""
        projected: torch.Tensor = self.bn(self.conv(maps)).relu_()
        return projected


class LVNet(Network):
    """The two-stream network; shapes at line end hold for a side of 299 and width 1.

    Parameters
    ----------
    width : float
        Factor on every channel count; 1 is the paper.
    """

    def __init__(self, width: float = 1.0) -> None:
        super().__init__()
        stages = [scaled(channels, width) for channels in STAGES]
        patch = scaled(PATCH_CHANNELS, width)
        hidden, fused = scaled(FUSION_HIDDEN, width), scaled(FUSION_OUT, width)
        self.rgb = XceptionStream(width)
        self.noise = XceptionFullStream(width)
        self.cmce = CMCE()
        self.lfga = nn.ModuleList(LFGA(stages[stage]) for stage in (3, 4, 5))
        self.patch = nn.ModuleList(ConvBatchNormReLU(channels, patch) for channels in stages[:6])
        self.mpff = MPFF()
        self.map_head = BatchNormConv(sum(w * w for w in WINDOWS) + stages[5], 2)
        self.fusion = HBFusion(sum(stages[:4]) + stages[5], stages[6], hidden, fused)
        self.class_head = ClassHead(fused, DROPOUT)

    def forward(self, rgb: torch.Tensor, residual: torch.Tensor) -> NetworkOutput:
        """Judge B crops, as `Network.forward`; raises `ValueError` if the inputs are not square or not of one shape."""
        localization, verification = self._streams(rgb, residual)
        return NetworkOutput(self._classify(verification), self._locate(localization))

    def _streams(
        self, rgb: torch.Tensor, residual: torch.Tensor
    ) -> tuple[tuple[torch.Tensor, ...], tuple[torch.Tensor, ...]]:
        """Maps X_0 to X_5 of the RGB stream; Y_0, Y_1, Y_2, Y_3, Y_5, Y_6 of the noise stream."""
        if rgb.shape != residual.shape or rgb.shape[-1] != rgb.shape[-2]:
            raise ValueError(f"Both inputs must be square and alike, not {rgb.shape} and {residual.shape}.")
        x0, y0 = self.cmce(self.rgb.stem(rgb), self.noise.stem(residual))  # (B, 64, 150, 150)
        x1, y1 = self.cmce(self.rgb.block1(x0), self.noise.block1(y0))  # (B, 128, 75, 75)
        x2, y2 = self.cmce(self.rgb.block2(x1), self.noise.block2(y1))  # (B, 256, 38, 38)
        merged = x2 + y2  # (B, 256, 38, 38)
        x3 = self.rgb.block3(merged)  # (B, 728, 19, 19)
        y3 = self.lfga[0](x3, self.noise.block3(merged))  # (B, 728, 19, 19)
        x4 = self.rgb.middle1(x3)  # (B, 728, 19, 19)
        y4 = self.lfga[1](x4, self.noise.middle1(y3))  # (B, 728, 19, 19)
        x5 = self.rgb.middle2(x4)  # (B, 728, 19, 19)
        y5 = self.lfga[2](x5, self.noise.middle2(y4))  # (B, 728, 19, 19)
        y6 = self.noise.exit(y5)  # (B, 2048, 10, 10)
        return (x0, x1, x2, x3, x4, x5), (y0, y1, y2, y3, y5, y6)

    def _locate(self, maps: tuple[torch.Tensor, ...]) -> torch.Tensor:
        deep = self.patch[5](maps[5])  # (B, 512, 19, 19)
        scores = [self.mpff(self.patch[stage](maps[stage]), deep, window) for stage, window in enumerate(WINDOWS)]
        features = torch.cat([*scores, maps[5]], dim=1)  # (B, 814, 19, 19)
        map_logits: torch.Tensor = self.map_head(features)  # (B, 2, 19, 19)
        return map_logits

    def _classify(self, maps: tuple[torch.Tensor, ...]) -> torch.Tensor:
        *shallow_maps, deep = maps
        pooled = [pad_max_pool(shallow, deep.shape[-1]) for shallow in shallow_maps]
        shallow = torch.cat(pooled, dim=1)  # (B, 1904, 10, 10)
        fused = self.fusion(shallow, deep)  # (B, 4096, 10, 10)
        logits: torch.Tensor = self.class_head(fused)  # (B, 2)
        return logits


class LVNetSemi(LVNet):
    """LVNet with the projection head of the semi-supervised patch similarity learning."""

    def __init__(self, width: float = 1.0) -> None:
        super().__init__(width)
        self.projection_head = BatchNormConv(scaled(STAGES[5], width), scaled(PROJECTION_CHANNELS, width))

    def forward(self, rgb: torch.Tensor, residual: torch.Tensor) -> SemiOutput:
        """Judge B crops, as `LVNet.forward`, and give each patch's features."""
        localization, verification = self._streams(rgb, residual)
        projection = self.projection_head(localization[5])  # (B, 256, 19, 19)
        return SemiOutput(self._classify(verification), self._locate(localization), projection)
