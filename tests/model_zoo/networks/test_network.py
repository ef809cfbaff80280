import pytest
import torch

from model_zoo.networks.network import BatchNormConv, ClassHead, Network
from model_zoo.networks.srm import SRM


def test_the_residual_is_that_of_the_fixed_filters() -> None:
    picture = torch.rand(1, 3, 16, 16) * 2 - 1
    assert torch.equal(Network().residual(picture), SRM()(picture))


def test_what_has_no_answer_says_so() -> None:
    with pytest.raises(NotImplementedError):
        Network()(torch.zeros(1), torch.zeros(1))


def test_the_class_head_counts_every_position_alike_and_drops_only_in_training() -> None:
    head, maps = ClassHead(8, dropout=0.9), torch.rand(2, 8, 4, 4)
    assert not torch.allclose(head.train()(maps), head(maps))
    shuffled = maps.flatten(2)[:, :, torch.randperm(16)].unflatten(2, (4, 4))
    assert torch.allclose(head.eval()(maps), head(shuffled), atol=1e-6)
    assert head(maps).shape == (2, 2)


def test_a_map_head_looks_at_one_position_at_a_time() -> None:
    head, maps = BatchNormConv(8, 2).eval(), torch.rand(1, 8, 4, 4)
    moved = maps.clone()
    moved[:, :, 1, 2] += 1
    changed = (head(moved.clone()) != head(maps.clone())).any(dim=1)[0]
    assert changed.nonzero().tolist() == [[1, 2]]
