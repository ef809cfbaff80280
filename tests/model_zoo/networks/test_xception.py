import pytest
import torch

from model_zoo.networks.xception import DownBlock, MiddleBlock, XceptionFullStream, XceptionStream, scaled


def test_the_width_factor_keeps_the_paper_at_one_and_never_goes_below_four() -> None:
    assert [scaled(channels, 1.0) for channels in (32, 64, 728, 2048)] == [32, 64, 728, 2048]
    assert [scaled(channels, 1 / 16) for channels in (32, 64, 728, 2048)] == [4, 4, 44, 128]


@pytest.mark.parametrize("side", [7, 8])
def test_a_down_block_halves_the_side_upwards(side: int) -> None:
    assert DownBlock(4, 8).eval()(torch.randn(1, 4, side, side)).shape == (1, 8, 4, 4)


@pytest.mark.parametrize("block", [MiddleBlock(8), DownBlock(8, 8), DownBlock(8, 8, first_relu=False)])
def test_a_block_leaves_its_input_as_it_is(block: torch.nn.Module) -> None:
    maps = torch.randn(1, 8, 6, 6)
    before = maps.clone()
    block.eval()(maps)
    assert torch.equal(maps, before)


def test_a_middle_block_that_finds_nothing_passes_its_input() -> None:
    block = MiddleBlock(8).eval()
    torch.nn.init.zeros_(block.rep[-1].weight)
    maps = torch.randn(1, 8, 6, 6)
    assert torch.equal(block(maps), maps)


def test_only_block_one_takes_its_input_unrectified() -> None:
    maps = -torch.rand(1, 4, 6, 6)
    with_relu, without = DownBlock(4, 8).eval(), DownBlock(4, 8, first_relu=False).eval()
    for block in (with_relu, without):
        torch.nn.init.zeros_(block.skip.weight)
    assert with_relu(maps).unique().numel() == 1
    assert without(maps).unique().numel() > 1


def test_the_exit_flow_grows_late_as_in_xception() -> None:
    stream = XceptionFullStream()
    assert stream.block12.rep[1].pointwise.weight.shape == (728, 728, 1, 1)
    assert stream.block3.rep[1].pointwise.weight.shape == (728, 256, 1, 1)


def test_the_localization_stream_has_no_exit_flow() -> None:
    names = {name.split(".")[0] for name in XceptionStream(1 / 16).state_dict()}
    assert names == {"conv1", "bn1", "conv2", "bn2", *(f"block{i}" for i in range(1, 12))}


def test_the_steps_of_a_stream_fit_together() -> None:
    stream = XceptionFullStream(1 / 16).eval()
    maps = stream.block3(stream.block2(stream.block1(stream.stem(torch.randn(1, 3, 75, 75)))))
    assert maps.shape == (1, 44, 5, 5)
    assert stream.exit(stream.middle2(stream.middle1(maps))).shape == (1, 128, 3, 3)
