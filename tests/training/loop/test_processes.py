import pytest
import torch
from torch import nn

from lav_gui.errors import TrainingError
from lav_gui.training.loop.processes import World, joined


def test_alone_there_is_nobody_to_tell() -> None:
    with joined("cpu") as world:
        assert (world.rank, world.size, world.is_first) == (0, 1, True)
        assert world.any(True)
        assert not world.any(False)
        assert world.mean([1.0, 2.0]) == [1.0, 2.0]
        assert world.gathered([1, 2]) == [1, 2]
        network = nn.BatchNorm1d(2)
        network.running_mean = torch.tensor([1.0, 2.0])
        world.average_buffers(network)
        world.wait()
        assert network.running_mean.tolist() == [1.0, 2.0]


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_a_gpu_that_is_not_there_is_told() -> None:
    with pytest.raises(TrainingError, match="No CUDA device"), joined("cuda"):
        pass


def test_a_device_of_another_kind_is_refused() -> None:
    with pytest.raises(TrainingError, match="no device 'tpu'"), joined("tpu"):
        pass


def test_only_the_first_process_speaks() -> None:
    assert not World(1, 2, torch.device("cpu")).is_first
