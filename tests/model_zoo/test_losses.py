import math

import pytest
import torch

from model_zoo.losses import anchor_loss, class_loss, mask_cells, patch_anchors, patch_loss, similarity_loss

LABELS = torch.tensor([0, 1])


def test_a_single_forged_pixel_marks_its_cell_and_no_other() -> None:
    masks = torch.zeros(1, 32, 32)
    masks[0, 17, 5] = 255
    assert mask_cells(masks, 2).tolist() == [[[0, 0], [1, 0]]]


def test_the_last_rows_and_columns_count() -> None:
    masks = torch.zeros(1, 299, 299)
    masks[0, 298, 298] = 1
    assert mask_cells(masks, 19).nonzero().tolist() == [[0, 18, 18]]


@pytest.mark.parametrize(("forged", "share", "marked"), [(64, 0.25, 0), (65, 0.25, 1), (1, 0.0, 1), (0, 0.0, 0)])
def test_a_cell_is_fake_when_more_than_the_share_of_it_is(forged: int, share: float, marked: int) -> None:
    cell = torch.zeros(256)
    cell[:forged] = 1
    assert mask_cells(cell.view(1, 16, 16), 1, share).item() == marked


@pytest.mark.parametrize("shape", [(1, 8, 9), (8, 8), (1, 4, 4)])
def test_masks_that_make_no_grid_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="cannot be cut"):
        mask_cells(torch.zeros(shape), 8)


def test_a_picture_without_a_mask_has_no_part_in_the_patch_loss() -> None:
    logits = torch.zeros(2, 2, 1, 1)
    logits[1, 0] = 50.0  # a fake called real with certainty
    cells = torch.tensor([[[0]], [[1]]])
    assert float(patch_loss(logits, cells, torch.tensor([True, False]))) == pytest.approx(math.log(2))
    assert float(patch_loss(logits, cells, torch.tensor([False, False]))) == 0.0


def test_the_class_loss_by_hand() -> None:
    logits = torch.tensor([[0.0, math.log(3)]])
    assert float(class_loss(logits, torch.tensor([1]))) == pytest.approx(-math.log(0.75))
    smoothed = -(0.95 * math.log(0.75) + 0.05 * math.log(0.25))
    assert float(class_loss(logits, torch.tensor([1]), 0.1)) == pytest.approx(smoothed)


def _features() -> torch.Tensor:
    torch.manual_seed(0)
    return torch.randn(2, 8, 4, 4)


def test_the_anchors_are_means_of_unit_vectors() -> None:
    features = torch.zeros(2, 2, 1, 2)
    features[0, 0] = 3.0  # real: both patches point along the first axis
    features[1, :, 0, 0] = torch.tensor([0.0, 5.0])
    features[1, :, 0, 1] = torch.tensor([7.0, 0.0])
    region = torch.tensor([[[0.0, 0.0]], [[1.0, 0.0]]])
    anchors = patch_anchors(features, LABELS, region)
    assert anchors is not None
    assert anchors.real.tolist() == [1.0, 0.0]
    assert anchors.fake.tolist() == [0.0, 1.0]


def test_the_released_loss_leaves_the_projection_as_it_is_and_the_anchor_loss_does_not() -> None:
    region = torch.ones(2, 4, 4)
    for loss, moves in ((similarity_loss, False), (anchor_loss, True)):
        features = _features().requires_grad_()
        maps = torch.randn(2, 2, 4, 4, requires_grad=True)
        value = loss(maps, features, LABELS, region) if loss is similarity_loss else loss(features, LABELS, region)
        gradient = torch.autograd.grad(value, features, allow_unused=True)[0]
        assert (gradient is not None and bool(gradient.abs().sum() > 0)) == moves


def test_following_the_anchor_loss_parts_the_region_from_the_reals() -> None:
    features, region = _features().requires_grad_(), torch.zeros(2, 4, 4)
    region[1, :2] = 1
    first = anchor_loss(features, LABELS, region).item()
    for _ in range(20):
        gradient = torch.autograd.grad(anchor_loss(features, LABELS, region), features)[0]
        features = (features - 5 * gradient).detach().requires_grad_()
    assert anchor_loss(features, LABELS, region).item() < 0.5 * first


@pytest.mark.parametrize("labels", [[0, 0], [1, 1]])
def test_a_degenerate_batch_gives_zero_with_a_gradient_of_zero(labels: list[int]) -> None:
    features = _features().requires_grad_()
    loss = anchor_loss(features, torch.tensor(labels), torch.ones(2, 4, 4))
    assert loss.item() == 0
    assert float(torch.autograd.grad(loss, features)[0].abs().sum()) == 0
