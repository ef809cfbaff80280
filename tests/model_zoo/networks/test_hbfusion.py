import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from model_zoo.networks.hbfusion import HBFusion, pad_max_pool


@given(grid=st.integers(1, 12), window=st.integers(1, 16), missing=st.integers(0, 15))
def test_pooling_equals_the_maximum_of_the_edge_padded_map(grid: int, window: int, missing: int) -> None:
    missing = min(missing, grid - 1, 2 * (window // 2) - 1) if window > 1 else 0
    side = grid * window - missing
    maps = torch.randn(2, 3, side, side, generator=torch.Generator().manual_seed(side)) - 5  # zero padding would show
    before, after = missing // 2, (missing + 1) // 2
    padded = F.pad(maps, (before, after, before, after), mode="replicate")
    assert torch.equal(pad_max_pool(maps, grid), F.max_pool2d(padded, window))


@pytest.mark.parametrize(("side", "grid"), [(11, 10), (3, 4)])
def test_a_map_that_does_not_divide_is_refused(side: int, grid: int) -> None:
    with pytest.raises(ValueError, match="cannot be pooled"):
        pad_max_pool(torch.zeros(1, 1, side, side), grid)


@torch.no_grad()
def test_each_position_is_fused_alone() -> None:
    torch.manual_seed(2)
    module = HBFusion(shallow=5, deep=7, hidden=6, out=4).eval()
    shallow, deep = torch.randn(2, 5, 3, 3), torch.randn(2, 7, 3, 3)
    product = module.shallow(shallow[1, :, 2, 0]) * module.deep(deep[1, :, 2, 0])
    torch.testing.assert_close(module(shallow, deep)[1, :, 2, 0], module.out(product.tanh()))


def test_dropout_acts_in_training_only() -> None:
    torch.manual_seed(2)
    module, maps = HBFusion(4, 4, 64, 4), (torch.randn(1, 4, 3, 3), torch.randn(1, 4, 3, 3))
    assert not torch.equal(module(*maps), module(*maps))
    module.eval()
    assert torch.equal(module(*maps), module(*maps))


@torch.no_grad()
def test_the_product_is_kept_in_float32_under_autocast() -> None:
    module = HBFusion(4, 4, 8, 4).eval()
    for layer in (module.shallow, module.deep):
        torch.nn.init.ones_(layer.weight)
    maps = torch.full((1, 4, 2, 2), 300.0)  # 1200 * 1200 is beyond float16
    with torch.autocast("cpu", dtype=torch.float16):
        assert torch.isfinite(module(maps, maps)).all()
