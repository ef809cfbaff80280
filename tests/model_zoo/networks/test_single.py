import torch

from model_zoo.networks import SingleStream, XceptionNoise, XceptionRGB

WIDTH, SIDE = 1 / 16, 64


def judged(network: SingleStream, rgb: torch.Tensor, residual: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    with torch.no_grad():
        output = network.eval()(rgb, residual)
    return output.class_logits, output.map_logits


def test_each_looks_at_its_own_input_alone() -> None:
    first, second = torch.rand(2, 2, 3, SIDE, SIDE).unbind()
    for network, same, moved in (
        (XceptionRGB(WIDTH), (first, second), (second, first)),
        (XceptionNoise(WIDTH), (second, first), (first, second)),
    ):
        told = judged(network, first, first)
        assert all(torch.equal(a, b) for a, b in zip(told, judged(network, *same), strict=True))
        assert not any(torch.equal(a, b) for a, b in zip(told, judged(network, *moved), strict=True))


def test_answers_have_the_shapes_of_the_two_stream_network() -> None:
    classes, cells = judged(XceptionRGB(WIDTH), *torch.rand(2, 2, 3, SIDE, SIDE).unbind())
    assert classes.shape == (2, 2)
    assert cells.shape == (2, 2, SIDE // 16, SIDE // 16)


def test_both_answers_reach_the_first_convolution() -> None:
    for answer in ("class_logits", "map_logits"):
        network = XceptionRGB(WIDTH).train()
        picture = torch.rand(2, 3, SIDE, SIDE)
        getattr(network(picture, network.residual(picture)), answer)[:, 1].sum().backward()
        assert network.trunk.conv1.weight.grad is not None
        assert network.trunk.conv1.weight.grad.abs().sum() > 0
