import torch

from model_zoo.networks.srm import SRM


def test_a_flat_region_has_no_residual() -> None:
    residual = SRM()(torch.full((1, 3, 12, 12), 0.3))
    assert residual[:, :, 2:-2, 2:-2].abs().max() < 1e-6


def test_the_colors_responses_are_summed() -> None:
    image = torch.rand(1, 3, 12, 12) * 0.1
    alone = [SRM()(image * torch.eye(3)[color].view(1, 3, 1, 1)) for color in range(3)]
    torch.testing.assert_close(SRM()(image), alone[0] + alone[1] + alone[2])


def test_the_third_filter_sees_horizontal_change_only() -> None:
    rows = torch.linspace(-1, 1, 12).square().view(1, 1, 12, 1).expand(1, 3, 12, 12)
    assert SRM()(rows)[:, 2, :, 2:-2].abs().max() < 1e-6
    assert SRM()(rows.transpose(2, 3))[:, 2, 2:-2, 2:-2].abs().max() > 1e-3


def test_the_residual_is_clamped() -> None:
    residual = SRM()(torch.randn(1, 3, 32, 32) * 10)
    assert (residual.min(), residual.max()) == (-3.0, 3.0)


def test_the_filters_are_stored_and_never_trained() -> None:
    assert list(SRM().state_dict()) == ["kernel"]
    assert not list(SRM().parameters())
