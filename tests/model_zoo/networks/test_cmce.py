import torch
from torch.autograd import gradcheck

from model_zoo.networks.cmce import CMCE


def test_maps_that_agree_are_added() -> None:
    maps = torch.rand(1, 4, 3, 3) + 0.1
    rgb, noise = CMCE()(maps, maps * 2)
    torch.testing.assert_close(rgb, 3 * maps)
    torch.testing.assert_close(noise, 2 * maps + 3 * maps)  # the second update uses the first one's result


def test_maps_at_right_angles_only_pass_the_relu() -> None:
    first, second = torch.tensor([2.0, 0.0]).view(1, 2, 1, 1), torch.tensor([0.0, -3.0]).view(1, 2, 1, 1)
    rgb, noise = CMCE()(first, second)
    assert rgb.flatten().tolist() == [2.0, 0.0]
    assert noise.flatten().tolist() == [0.0, 0.0]


def test_a_zero_vector_agrees_with_nothing() -> None:
    maps = torch.rand(1, 4, 3, 3)
    rgb, noise = CMCE()(torch.zeros(1, 4, 3, 3), maps)
    assert torch.count_nonzero(rgb) == 0
    assert torch.equal(noise, maps)


def test_large_half_precision_values_do_not_overflow_the_cosine() -> None:
    maps = torch.full((1, 256, 2, 2), 200.0, dtype=torch.float16)  # the sum of squares is 10 million
    rgb, noise = CMCE()(maps, maps)
    assert rgb.dtype == torch.float16
    assert rgb.unique().tolist() == [400.0]
    assert noise.unique().tolist() == [600.0]


def test_the_gradient_is_that_of_the_function() -> None:
    torch.manual_seed(0)
    maps = [torch.randn(1, 3, 2, 2, dtype=torch.float64, requires_grad=True) for _ in range(2)]
    assert gradcheck(CMCE(), maps)
