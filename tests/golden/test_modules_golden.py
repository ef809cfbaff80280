"""Each module alone against the reference's answers, in float64."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from model_zoo.networks.cmce import CMCE
from model_zoo.networks.hbfusion import HBFusion, pad_max_pool
from model_zoo.networks.lfga import LFGA
from model_zoo.networks.mpff import MPFF
from model_zoo.networks.srm import SRM

Golden = Mapping[str, NDArray[Any]]
Fill = Callable[[str, tuple[int, ...]], torch.Tensor]


def _normal(seed: int, *shape: int) -> torch.Tensor:
    return torch.from_numpy(np.random.RandomState(seed).standard_normal(int(np.prod(shape))).reshape(shape))


def _assert_equal(ours: torch.Tensor, theirs: NDArray[Any]) -> None:
    assert tuple(ours.shape) == theirs.shape
    np.testing.assert_allclose(ours.detach().numpy(), theirs, rtol=0, atol=1e-9)


def test_srm(golden_modules: Golden) -> None:
    layer = SRM().double()
    _assert_equal(layer.kernel, golden_modules["srm_kernel"])
    image = torch.from_numpy(np.random.RandomState(1).uniform(-1, 1, (1, 3, 17, 17)))
    _assert_equal(layer(image), golden_modules["srm_out"])


def test_cmce(golden_modules: Golden) -> None:
    rgb, noise = CMCE()(_normal(11, 2, 6, 5, 5), _normal(12, 2, 6, 5, 5))
    _assert_equal(rgb, golden_modules["cmce_fa"])
    _assert_equal(noise, golden_modules["cmce_fb"])


def test_lfga(golden_modules: Golden, fill: Fill) -> None:
    module = LFGA(16).double()
    module.load_state_dict({name: fill(f"m.{name}", tuple(t.shape)) for name, t in module.state_dict().items()})
    noise, rgb = _normal(13, 2, 16, 7, 7), _normal(14, 2, 16, 7, 7)
    _assert_equal(module(rgb, noise), golden_modules["lfga_out"])


@pytest.mark.parametrize("side", [5, 10, 19, 37])
@pytest.mark.parametrize("needs_gradient", [False, True])
def test_mpff(side: int, needs_gradient: bool, golden_modules: Golden) -> None:
    shallow, deep = _normal(21 + side, 2, 6, side, side), _normal(20, 2, 6, 5, 5)
    window = -(-side // 5)
    _assert_equal(MPFF()(shallow.requires_grad_(needs_gradient), deep, window), golden_modules[f"mpff_{side}"])


def test_hbfusion(golden_modules: Golden, fill: Fill) -> None:
    names = {"shallow": "Trans1", "deep": "Trans2", "out": "OutTrans"}
    module = HBFusion(shallow=9, deep=11, hidden=8, out=12).double().eval()
    state = {}
    for name, tensor in module.state_dict().items():
        layer, kind = name.split(".")
        state[name] = fill(f"h.{names[layer]}.{kind}", tuple(tensor.shape))
    module.load_state_dict(state)
    _assert_equal(module(_normal(31, 2, 9, 4, 4), _normal(32, 2, 11, 4, 4)), golden_modules["hbfusion_out"])


@pytest.mark.parametrize("side", [150, 75, 38, 19])
def test_pad_max_pool(side: int, golden_modules: Golden) -> None:
    _assert_equal(pad_max_pool(_normal(40 + side, 1, 2, side, side), 10), golden_modules[f"padmaxpool_{side}"])
