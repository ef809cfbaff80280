import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from model_zoo.networks.mpff import MPFF


def _plain(shallow: torch.Tensor, deep: torch.Tensor, window: int) -> torch.Tensor:
    """The same by unfolding a whole padded map against a whole enlarged one."""
    grid, side = deep.shape[-1], shallow.shape[-1]
    missing = window * grid - side
    before, after = missing // 2, (missing + 1) // 2
    padded = F.pad(shallow, (before, after, before, after), mode="replicate")
    scores = (padded * F.interpolate(deep, scale_factor=window, mode="nearest")).tanh().sum(dim=1, keepdim=True)
    return F.unfold(scores, window, stride=window).unflatten(2, (grid, grid))


@settings(deadline=None)  # the first call loads autograd
@given(grid=st.integers(1, 6), window=st.integers(1, 8), missing=st.integers(0, 7), whole=st.booleans())
def test_any_map_that_can_be_cut_is_scored_pixel_by_pixel(grid: int, window: int, missing: int, whole: bool) -> None:
    missing = min(missing, window - 1, grid * window - 1)
    side = grid * window - missing
    random = torch.Generator().manual_seed(side)
    shallow = torch.randn(2, 3, side, side, generator=random, dtype=torch.float64)
    deep = torch.randn(2, 3, grid, grid, generator=random, dtype=torch.float64)
    result = MPFF()(shallow.requires_grad_(whole), deep, window)
    assert result.shape == (2, window * window, grid, grid)
    torch.testing.assert_close(result, _plain(shallow, deep, window))


def test_memory_order_does_not_matter() -> None:
    shallow, deep = torch.randn(2, 4, 11, 11), torch.randn(2, 4, 3, 3)
    last = MPFF()(*(maps.contiguous(memory_format=torch.channels_last) for maps in (shallow, deep)), 4)
    torch.testing.assert_close(last, MPFF()(shallow, deep, 4))


def test_a_channel_is_a_place_in_the_window() -> None:
    shallow, deep = torch.zeros(1, 1, 8, 8), torch.full((1, 1, 2, 2), 100.0)
    shallow[0, 0, 4 + 1, 0 + 3] = 1.0  # window (1, 0), row 1, column 3
    scores = MPFF()(shallow, deep, 4)
    assert scores.nonzero().tolist() == [[0, 1 * 4 + 3, 1, 0]]


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_the_sum_over_channels_is_kept_in_float32(dtype: torch.dtype) -> None:
    shallow, deep = torch.ones(1, 512, 4, 4, dtype=dtype), torch.full((1, 512, 2, 2), 9.0, dtype=dtype)
    shallow[:, 0] = 0.0625  # one term of tanh(0.5625) among 511 of 1
    scores = MPFF()(shallow, deep, 2)
    assert scores.dtype == torch.float32
    torch.testing.assert_close(scores, torch.full((1, 4, 2, 2), 511 + 0.5098), atol=1e-3, rtol=0)


@pytest.mark.parametrize("window", [1, 3])
def test_windows_that_do_not_fit_the_map_are_refused(window: int) -> None:
    with pytest.raises(ValueError, match=f"side 11 cannot be cut into 10 x 10 windows of {window}"):
        MPFF()(torch.zeros(1, 1, 11, 11), torch.zeros(1, 1, 10, 10), window)


@pytest.mark.parametrize(("side", "grid", "window"), [(11, 3, 4), (8, 2, 4), (5, 5, 1)])
def test_gradients_are_those_of_the_plain_formula(side: int, grid: int, window: int) -> None:
    random = torch.Generator().manual_seed(side)
    maps = [torch.randn(2, 3, n, n, generator=random, dtype=torch.float64).requires_grad_() for n in (side, grid)]
    weight = torch.randn(2, window * window, grid, grid, generator=random, dtype=torch.float64)
    ours = torch.autograd.grad((MPFF()(*maps, window) * weight).sum(), maps)
    plain = torch.autograd.grad((_plain(*maps, window) * weight).sum(), maps)
    torch.testing.assert_close(ours, plain)
