"""The reference's answers, and a network filled as the reference was when it gave them."""

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch.overrides import TorchFunctionMode

from model_zoo.checkpoints import convert
from model_zoo.networks import LVNet, build
from model_zoo.networks.srm import SRM

FOLDER = Path(__file__).resolve().parent
Fill = Callable[[str, tuple[int, ...]], torch.Tensor]


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> Iterator[None]:
    # On a busy machine two threads wait for each other at every layer.
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def golden_modules() -> dict[str, NDArray[Any]]:
    with np.load(FOLDER / "golden_modules.npz") as archive:
        return dict(archive)


@pytest.fixture(scope="session")
def golden() -> dict[str, NDArray[Any]]:
    with np.load(FOLDER / "golden_lvnet.npz") as archive:
        return dict(archive)


@pytest.fixture(scope="session")
def golden_semi() -> dict[str, NDArray[Any]]:
    with np.load(FOLDER / "golden_lvnet_semi.npz") as archive:
        return dict(archive)


@pytest.fixture(scope="session")
def fill() -> Fill:
    """The value of a reference tensor, from its name and shape alone; float64 before it is rounded."""
    return _fill


def _fill(name: str, shape: tuple[int, ...]) -> torch.Tensor:
    if name == "srm_conv0.kernel":
        return SRM().kernel.double()
    if name.endswith("num_batches_tracked"):
        return torch.zeros(shape, dtype=torch.int64)
    if name.endswith("gamma"):
        return torch.full(shape, 0.5, dtype=torch.float64)
    random = np.random.RandomState(zlib.crc32(name.encode("utf-8")) & 0xFFFFFFFF)
    normal = torch.from_numpy(random.standard_normal(int(np.prod(shape))).reshape(shape))
    if name.endswith(("running_mean", "bias")):
        return 0.1 * normal
    if name.endswith("running_var"):
        return 1 + 0.1 * normal.abs()
    if len(shape) == 1:
        return 1 + 0.1 * normal
    return normal / np.sqrt(np.prod(shape[1:]))


@pytest.fixture(scope="session")
def reference_shapes() -> Callable[[str], dict[str, tuple[int, ...]]]:
    """Names and shapes of all tensors of the reference's LVNet or LVNet_semi, the unused ones too."""

    def read(variant: str) -> dict[str, tuple[int, ...]]:
        lines = (FOLDER / f"state_dict_{variant}.txt").read_text("utf-8").splitlines()
        return {line.split("\t")[0]: tuple(json.loads(line.split("\t")[1])) for line in lines}

    return read


@pytest.fixture(scope="session")
def semi_state(reference_shapes: Callable[[str], Mapping[str, tuple[int, ...]]]) -> dict[str, torch.Tensor]:
    """The filled checkpoint of the reference's semi variant, converted by the code under test; LVNet is part of it."""
    reference = {
        name: tensor if not (tensor := _fill(name, shape)).is_floating_point() else tensor.float()
        for name, shape in reference_shapes("LVNet_semi").items()
    }
    return convert(reference, "golden")


@pytest.fixture(scope="session")
def semi_network(semi_state: Mapping[str, torch.Tensor]) -> LVNet:
    """The filled semi network in float32, evaluation mode; not to be changed."""
    with torch.device("meta"):
        network = build("lvnet_semi")
    network.load_state_dict(semi_state, strict=True, assign=True)
    return network.eval()


@pytest.fixture(scope="session")
def images() -> Callable[[int], torch.Tensor]:
    """The golden input (2, 3, S, S) in float32."""

    def draw(side: int) -> torch.Tensor:
        return torch.from_numpy(np.random.RandomState(1234).uniform(-1, 1, (2, 3, side, side)).astype(np.float32))

    return draw


class _Depthwise(torch.autograd.Function):
    """Depthwise 3x3 convolution with padding 1 as nine shifted sums."""

    @staticmethod
    def forward(ctx: Any, maps: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
        ctx.save_for_backward(maps, weight)
        return _shifted_sum(maps, weight)

    @staticmethod
    def backward(ctx: Any, gradient: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        maps, weight = ctx.saved_tensors
        taps = [torch.linalg.vecdot(part, gradient).sum(dim=(0, 2)) for part in _shifts(maps)]
        return _shifted_sum(gradient, weight.flip(2, 3)), torch.stack(taps, dim=1).view_as(weight)


def _shifts(maps: torch.Tensor) -> list[torch.Tensor]:
    rows, columns = maps.shape[2:]
    padded = F.pad(maps, (1, 1, 1, 1))
    return [padded[:, :, i : i + rows, j : j + columns] for i in range(3) for j in range(3)]


def _shifted_sum(maps: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    total = torch.zeros_like(maps)
    for part, tap in zip(_shifts(maps), weight.flatten(1).unbind(1), strict=True):
        total.addcmul_(part, tap[:, None, None])
    return total


class _FastDoubleDepthwise(TorchFunctionMode):
    """Takes PyTorch's float64 depthwise convolution away, which goes channel by channel and needs a minute."""

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        if func is not F.conv2d or len(args) < 7 or args[6] == 1 or args[0].dtype != torch.float64:
            return func(*args, **(kwargs or {}))
        return _Depthwise.apply(*args[:2])  # then bias, stride, padding, dilation, groups


@pytest.fixture(scope="module")
def fast_double() -> Iterator[None]:
    with _FastDoubleDepthwise():
        yield
