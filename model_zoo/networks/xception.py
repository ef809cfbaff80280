"""Xception as the trunk of one stream: entry, middle and exit flow as separate steps.

Chollet, *Xception*, CVPR 2017. The names of the parameters are those of the common PyTorch port, so that its ImageNet
weights and the reference's checkpoints fit. Unlike there, the two stem convolutions pad by 1, as in *Locate and
Verify*: a side of 299 gives maps of 150, 75, 38, 19 and 10.
"""

import torch
from torch import nn

STAGES = (64, 128, 256, 728, 728, 728, 2048)
"""Channels after the stem, blocks 1, 2, 3, 7, 11, and the exit flow (width 1)."""

STEM, EXIT_BLOCK, EXIT_CONV = 32, 1024, 1536
MIDDLE_BLOCKS = range(4, 12)


def scaled(channels: int, width: float) -> int:
    """Channel count at a width factor: the nearest multiple of 4, at least 4; unchanged at width 1."""
    return max(4, round(channels * width / 4) * 4)


class SeparableConv(nn.Module):
    """Depthwise 3x3, then pointwise convolution; no bias; (B, inputs, H, W) to (B, outputs, H, W)."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, inputs, kernel_size=3, padding=1, groups=inputs, bias=False)
        self.pointwise = nn.Conv2d(inputs, outputs, kernel_size=1, bias=False)

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        """Filter each channel, then mix them."""
        mixed: torch.Tensor = self.pointwise(self.conv1(maps))
        return mixed


class MiddleBlock(nn.Module):
    """Three times ReLU, separable convolution, batch normalization, and the identity: (B, C, H, W) to the same."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        # The first ReLU must not write into its input: the identity path needs it.
        self.rep = nn.Sequential(*(layer for i in range(3) for layer in _unit(channels, channels, inplace=i > 0)))

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        """Add what the block finds to its input."""
        found: torch.Tensor = self.rep(maps)
        return found.add_(maps)


class DownBlock(nn.Module):
    """Two separable convolutions and max-pooling by 2, with a strided 1x1 convolution beside them.

    (B, inputs, H, W) to (B, outputs, ceil(H / 2), ceil(W / 2)).

    Parameters
    ----------
    inputs, outputs : int
    first_relu : bool
        False in block 1 only, whose input is already rectified.
    grow_first : bool
        Which of the two convolutions widens: the first, but for block 12.
    """

    def __init__(self, inputs: int, outputs: int, *, first_relu: bool = True, grow_first: bool = True) -> None:
        super().__init__()
        inner = outputs if grow_first else inputs
        layers = [*_unit(inputs, inner, inplace=False), *_unit(inner, outputs, inplace=True)]
        layers.append(nn.MaxPool2d(kernel_size=3, stride=2, padding=1))
        self.rep = nn.Sequential(*(layers if first_relu else layers[1:]))
        self.skip = nn.Conv2d(inputs, outputs, kernel_size=1, stride=2, bias=False)
        self.skipbn = nn.BatchNorm2d(outputs)

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        """Halve the side."""
        found: torch.Tensor = self.rep(maps)
        return found.add_(self.skipbn(self.skip(maps)))


def _unit(inputs: int, outputs: int, *, inplace: bool) -> list[nn.Module]:
    return [nn.ReLU(inplace=inplace), SeparableConv(inputs, outputs), nn.BatchNorm2d(outputs)]


class XceptionStream(nn.Module):
    """One stream up to block 11: the localization branch needs no more.

    The steps are called one by one, because the streams meet between them.

    Parameters
    ----------
    width : float
        Factor on every channel count.
    """

    def __init__(self, width: float = 1.0) -> None:
        super().__init__()
        stem, (c0, c1, c2, c3) = scaled(STEM, width), (scaled(c, width) for c in STAGES[:4])
        self.conv1 = nn.Conv2d(3, stem, kernel_size=3, stride=2, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(stem)
        self.conv2 = nn.Conv2d(stem, c0, kernel_size=3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(c0)
        self.block1 = DownBlock(c0, c1, first_relu=False)
        self.block2 = DownBlock(c1, c2)
        self.block3 = DownBlock(c2, c3)
        for number in MIDDLE_BLOCKS:
            self.add_module(f"block{number}", MiddleBlock(c3))

    def stem(self, images: torch.Tensor) -> torch.Tensor:
        """Two convolutions: (B, 3, S, S) to (B, 64, S/2, S/2)."""
        maps = self.bn1(self.conv1(images)).relu_()  # (B, 32, S/2, S/2)
        stem: torch.Tensor = self.bn2(self.conv2(maps)).relu_()  # (B, 64, S/2, S/2)
        return stem

    def middle1(self, maps: torch.Tensor) -> torch.Tensor:
        """Blocks 4 to 7, (B, 728, G, G) to the same."""
        return self._blocks(maps, 4, 8)

    def middle2(self, maps: torch.Tensor) -> torch.Tensor:
        """Blocks 8 to 11, (B, 728, G, G) to the same."""
        return self._blocks(maps, 8, 12)

    def _blocks(self, maps: torch.Tensor, first: int, end: int) -> torch.Tensor:
        for number in range(first, end):
            maps = self.get_submodule(f"block{number}")(maps)
        return maps


class XceptionFullStream(XceptionStream):
    """One stream with the exit flow: the classification branch."""

    def __init__(self, width: float = 1.0) -> None:
        super().__init__(width)
        middle, end = scaled(STAGES[5], width), scaled(STAGES[6], width)
        block, conv = scaled(EXIT_BLOCK, width), scaled(EXIT_CONV, width)
        self.block12 = DownBlock(middle, block, grow_first=False)
        self.conv3 = SeparableConv(block, conv)
        self.bn3 = nn.BatchNorm2d(conv)
        self.conv4 = SeparableConv(conv, end)
        self.bn4 = nn.BatchNorm2d(end)

    def exit(self, maps: torch.Tensor) -> torch.Tensor:
        """Exit flow without its last ReLU: (B, 728, G, G) to (B, 2048, G/2, G/2)."""
        maps = self.block12(maps)  # (B, 1024, G/2, G/2)
        maps = self.bn3(self.conv3(maps)).relu_()  # (B, 1536, G/2, G/2)
        end: torch.Tensor = self.bn4(self.conv4(maps))  # (B, 2048, G/2, G/2)
        return end
