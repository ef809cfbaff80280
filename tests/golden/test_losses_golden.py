"""The losses against the reference's answers, in float64 inputs."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from model_zoo.losses import class_loss, mask_cells, patch_anchors, patch_loss, similarity_cells, similarity_loss

Golden = Mapping[str, NDArray[Any]]
LABELS = torch.tensor([0, 1, 1, 0])


def _normal(seed: int, *shape: int) -> torch.Tensor:
    return torch.from_numpy(np.random.RandomState(seed).standard_normal(int(np.prod(shape))).reshape(shape))


def _patches() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    map_logits, features = _normal(70, 4, 2, 19, 19), _normal(71, 4, 256, 19, 19)
    features[1:3] += 0.3 * _normal(72, 1, 256, 1, 1)
    features[1:3, :, 10:15, 6:13] += 0.6 * _normal(73, 1, 256, 1, 1)
    region = torch.zeros(4, 19, 19)
    region[:, 10:15, 6:13] = 1
    return map_logits, features, region


def test_mask_cells_are_the_intended_padded_ones(golden: Golden) -> None:
    masks = torch.from_numpy(np.random.RandomState(77).uniform(size=(2, 299, 299)) > 0.998)
    masks[0] = False
    np.testing.assert_array_equal(mask_cells(masks, 19).numpy(), golden["mask19_padded304"][:, 0])


def test_patch_loss_and_its_mixup(golden_modules: Golden) -> None:
    logits = _normal(60, 3, 2, 19, 19)
    cells = torch.from_numpy(np.random.RandomState(61).uniform(size=(3, 19, 19)) > 0.7).long()
    known = torch.ones(3, dtype=torch.bool)
    loss = patch_loss(logits, cells, known)
    assert float(loss) == pytest.approx(golden_modules["seg_loss"].item(), abs=1e-6)
    mixed = 0.3 * loss + 0.7 * patch_loss(logits, cells.roll(1, 0), known)
    assert float(mixed) == pytest.approx(golden_modules["mixup_seg_loss_0.3"].item(), abs=1e-6)


def test_class_and_patch_loss_of_the_whole_network(golden: Golden) -> None:
    classes, maps = (torch.from_numpy(golden[name]) for name in ("cls_f64", "seg_f64"))
    cells = torch.from_numpy(golden["mask19_reference"][:, 0].astype(np.int64))
    parts = class_loss(classes, torch.tensor([0, 1])), patch_loss(maps, cells, torch.ones(2, dtype=torch.bool))
    np.testing.assert_allclose([float(part) for part in parts], golden["loss_ce_seg_f64"][:2], rtol=1e-6)


def test_similarity_labels_and_loss(golden_modules: Golden) -> None:
    map_logits, features, region = _patches()
    anchors = patch_anchors(features, LABELS, region)
    assert anchors is not None
    cells = similarity_cells(features, LABELS, anchors)
    in_order = torch.cat([cells[LABELS == 0].flatten(), cells[LABELS == 1].flatten()])
    np.testing.assert_array_equal(in_order.numpy(), golden_modules["sspsl_targets"])
    loss = similarity_loss(map_logits, features, LABELS, region)
    assert float(loss) == pytest.approx(golden_modules["sspsl_loss"].item(), abs=1e-6)


def test_similarity_on_the_whole_networks_features(golden_semi: Golden) -> None:
    region = torch.from_numpy(golden_semi["region19"])[None]
    assert region.shape == (1, 19, 19)
    marked = torch.zeros(1, 299, 299)
    marked[:, 200:260, 90:210] = 1
    ours = mask_cells(marked, 19)
    assert int(ours.sum()) >= int(region.sum()), "the padded cells cover the last rows that the reference leaves out"


def test_a_batch_without_reals_teaches_nothing_where_the_reference_calls_every_patch_real(
    golden_modules: Golden,
) -> None:
    map_logits, features, region = _patches()
    assert golden_modules["sspsl_allfake"][1] == 0, "no patch of four fakes is called fake there"
    assert float(similarity_loss(map_logits, features, torch.ones(4, dtype=torch.int64), region)) == 0
    assert float(similarity_loss(map_logits, features, torch.zeros(4, dtype=torch.int64), region)) == 0
    assert float(similarity_loss(map_logits, features, LABELS, torch.zeros(4, 19, 19))) == 0
