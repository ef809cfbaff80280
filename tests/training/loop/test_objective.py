from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch

from lav_gui.training.loop.objective import LossParts, Objective, _drop_streams
from lav_gui.training.loop.options import LossConfig
from lav_gui.training.loop.units import Batch
from model_zoo.losses import class_loss, mask_cells, patch_loss
from model_zoo.networks import LVNet, build
from model_zoo.transforms import normalize

HALF = (0.5, 0.5, 0.5)


@pytest.fixture
def batch() -> Batch:
    torch.manual_seed(1)
    masks = torch.zeros(4, 64, 64, dtype=torch.uint8)
    masks[1::2, 10:40, 20:50] = 255
    images = torch.randint(0, 256, (4, 64, 64, 3), dtype=torch.uint8)
    regions = torch.zeros(4, 64, 64, dtype=torch.uint8)
    regions[:, 30:50, 20:40] = 255
    return Batch(images, torch.tensor([0, 1, 0, 1]), masks, torch.ones(4, dtype=torch.bool), regions)


@pytest.fixture
def network() -> LVNet:
    torch.manual_seed(0)
    return build("lvnet_eighth").eval()


def _losses(options: LossConfig, network: LVNet, batch: Batch, seed: int = 0, epoch: float = 0.0) -> list[float]:
    return list(_parts(options, network, batch, seed, epoch).values)


def _parts(options: LossConfig, network: LVNet, batch: Batch, seed: int = 0, epoch: float = 0.0) -> LossParts:
    objective = Objective(options, "float32", HALF, HALF)
    return objective.losses(network, network, batch, epoch=epoch, rng=np.random.default_rng(seed))


def test_the_sum_is_class_and_patch_loss_of_the_plain_forward_pass(network: LVNet, batch: Batch) -> None:
    total, classes, patches, similarity = _losses(LossConfig(map_weight=0.5), network, batch)
    with torch.no_grad():
        rgb = normalize(batch.images, HALF, HALF)
        output = network(rgb, network.residual(rgb))
    assert classes == pytest.approx(class_loss(output.class_logits, batch.labels).item(), rel=1e-5)
    cells = mask_cells(batch.masks, output.map_logits.shape[-1])
    assert patches == pytest.approx(patch_loss(output.map_logits, cells, batch.known).item(), rel=1e-5)
    assert total == pytest.approx(classes + 0.5 * patches, rel=1e-6)
    assert similarity == 0


def test_mixup_weighs_both_pictures_labels(network: LVNet, batch: Batch) -> None:
    options = LossConfig(mixup_alpha=1.0, mixup_probability=1.0)
    mixed, plain = _losses(options, network, batch), _losses(LossConfig(), network, batch)
    assert mixed != plain
    assert _losses(options, network, batch) == mixed, "the same generator draws the same mixture"
    assert len(_parts(options, network, batch).margins) == 0, "no label holds for a mixed picture"
    assert len(_parts(LossConfig(), network, batch).margins) == 4
    never = LossConfig(mixup_alpha=1.0, mixup_probability=0.0)
    assert _losses(never, network, batch)[0] == plain[0]


def test_a_lost_stream_is_at_its_baseline_and_nothing_else_changes() -> None:
    rgb, residual = torch.randn(400, 3, 4, 4), torch.randn(400, 3, 4, 4)
    new_rgb, new_residual = _drop_streams(rgb, residual, 0.5, np.random.default_rng(0))
    lost = [(new == 0).flatten(1).all(dim=1) for new in (new_rgb, new_residual)]
    for new, old, gone in zip((new_rgb, new_residual), (rgb, residual), lost, strict=True):
        assert torch.equal(new[~gone], old[~gone])
    share = [float(gone.float().mean()) for gone in (*lost, lost[0] & lost[1], lost[0] | lost[1])]
    assert share == pytest.approx([0.275, 0.275, 0.05, 0.5], abs=0.08)
    assert _drop_streams(rgb, residual, 0.0, np.random.default_rng(0)) == (rgb, residual)


def test_similarity_learning_replaces_the_masks(batch: Batch) -> None:
    torch.manual_seed(0)
    network = build("lvnet_semi_eighth").eval()
    options = LossConfig(similarity_weight=1.0, similarity_ignores_masks=True, similarity_real_epochs=2.0)
    early, late = (_losses(options, network, batch, epoch=epoch) for epoch in (1.9, 2.0))
    assert early[2] > 0, "at first the maps of the reals are learned"
    assert late[2] == 0, "then none: the masks of the fakes are never looked at"
    assert late[3] > 0
    released = _losses(replace(options, similarity_learns=False), network, batch)
    assert 0 < released[3] < late[3]


def test_beside_masks_similarity_is_for_the_fakes_without_one(batch: Batch) -> None:
    torch.manual_seed(0)
    network = build("lvnet_semi_eighth").eval()
    options = LossConfig(similarity_weight=1.0)
    negative = replace(batch, masks=255 - batch.masks)
    assert _losses(options, network, batch)[2] != _losses(options, network, negative)[2], "a known mask is learned"
    assert _losses(options, network, batch)[3] == 0, "no fake is left to similarity"
    unknown = replace(batch, known=torch.tensor([True, False, True, False]))
    assert _losses(options, network, unknown)[3] > 0


@pytest.mark.parametrize("precision", ["bf16", "float32"])
def test_losses_are_float32_and_have_gradients_in_any_precision(
    precision: str, network: LVNet, batch: Batch, make_rows: Callable[..., object]
) -> None:
    network.train()
    objective = Objective(LossConfig(stream_dropout=0.5), precision, HALF, HALF)
    parts = objective.losses(network, network, batch, epoch=0.0, rng=np.random.default_rng(0))
    assert parts.total.dtype == torch.float32
    parts.total.backward()  # type: ignore[no-untyped-call]
    assert all(p.grad is not None and torch.isfinite(p.grad).all() for p in network.parameters())
