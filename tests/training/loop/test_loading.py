from collections.abc import Callable
from pathlib import Path

import torch

from lav_gui.training.loop.config import TrainingConfig
from lav_gui.training.loop.loading import PartSampler, batches
from lav_gui.training.loop.processes import World
from lav_gui.training.loop.sources import open_sources

Change = Callable[..., TrainingConfig]
CPU = torch.device("cpu")


def test_two_processes_see_the_parts_that_one_accumulates(config: TrainingConfig, change: Change) -> None:
    halves = change(config, data={"accumulate": 2})
    alone = list(PartSampler(halves, World(0, 1, CPU), (3, 5)))
    first, second = (list(PartSampler(config, World(rank, 2, CPU), (3, 5))) for rank in (0, 1))
    assert alone == [first[0], second[0], first[1], second[1]]
    assert [ordinal for part in alone for ordinal, _ in part] == list(range(12, 20))
    assert len(PartSampler(halves, World(0, 1, CPU), (3, 5))) == len(alone)


def test_the_crop_side_changes_between_steps(config: TrainingConfig, change: Change) -> None:
    grown = change(config, network={"sizes": ((0, 64), (9, 96))})
    sides = [{side for _, side in part} for part in PartSampler(grown, World(0, 1, CPU), (0, 4))]
    assert sides == [{64}, {64}, {96}, {96}], "8 pictures a step: the third begins after 16"


def test_worker_processes_give_the_batches_of_the_process_itself(
    config: TrainingConfig, change: Change, tmp_path: Path
) -> None:
    sources = open_sources(config, tmp_path)
    seen = []
    for workers in (0, 2):
        with batches(sources, change(config, data={"workers": workers}), World(0, 1, CPU), (1, 4)) as loaded:
            seen.append(list(loaded))
    assert len(seen[0]) == 3
    for one, other in zip(*seen, strict=True):
        assert torch.equal(one.images, other.images)
