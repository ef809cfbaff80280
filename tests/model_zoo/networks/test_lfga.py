import torch
from torch.autograd import gradcheck

from model_zoo.networks.lfga import LFGA


def _module(gamma: float) -> LFGA:
    torch.manual_seed(1)
    module = LFGA(8)
    torch.nn.init.constant_(module.gamma, gamma)
    return module


def test_at_the_start_of_training_only_the_relu_acts() -> None:
    noise = torch.randn(2, 8, 5, 5)
    module = LFGA(8)
    assert module.gamma.tolist() == [0.0]
    assert torch.equal(module(torch.randn(2, 8, 5, 5), noise), noise.relu())


def test_equal_queries_gather_the_mean_of_the_values() -> None:
    module = _module(1.0)
    noise = torch.randn(1, 8, 3, 3)
    flat_rgb = torch.ones(1, 8, 3, 3)  # each position looks like each other
    mean = module.value_conv(noise).mean(dim=(2, 3), keepdim=True)
    torch.testing.assert_close(module(flat_rgb, noise), (noise + mean).relu())


def test_each_position_gathers_by_its_own_row_of_the_attention() -> None:
    module = _module(0.7).double()
    rgb, noise = torch.randn(1, 8, 2, 3, dtype=torch.float64), torch.randn(1, 8, 2, 3, dtype=torch.float64)
    query, key, value = module.query_conv(rgb)[0], module.key_conv(rgb)[0], module.value_conv(noise)[0]
    result = module(rgb, noise)[0]
    for row in range(2):
        for column in range(3):
            scores = torch.einsum("c,chw->hw", query[:, row, column], key)
            gathered = torch.einsum("hw,chw->c", scores.flatten().softmax(0).view(2, 3), value)
            expected = (0.7 * gathered + noise[0, :, row, column]).relu()
            torch.testing.assert_close(result[:, row, column], expected)


@torch.no_grad()
def test_large_products_do_not_overflow_under_autocast() -> None:
    module = _module(1.0)
    rgb = torch.randn(1, 8, 4, 4) * 1000  # products of a million: beyond float16's 65504
    with torch.autocast("cpu", dtype=torch.float16):
        result = module(rgb.half(), torch.randn(1, 8, 4, 4).half())
    assert result.dtype == torch.float16
    assert torch.isfinite(result).all()


def test_the_gradient_is_that_of_the_function() -> None:
    module = _module(0.5).double()
    maps = [torch.randn(1, 8, 2, 2, dtype=torch.float64, requires_grad=True) for _ in range(2)]
    assert gradcheck(module, maps)
