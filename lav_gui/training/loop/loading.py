"""Batches in the order of the plan, made by worker processes ahead of the training."""

import signal
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import cv2
import torch
from torch.utils.data import DataLoader, Sampler

from lav_gui.errors import SampleError, TrainingError
from lav_gui.training.loop.config import TrainingConfig
from lav_gui.training.loop.processes import World
from lav_gui.training.loop.schedule import crop_side
from lav_gui.training.loop.sources import Sources
from lav_gui.training.loop.units import Batch, UnitDataset, UnitPictures, stack

PREFETCH = 2
"""Batches that each worker makes ahead."""


class PartSampler(Sampler[list[tuple[int, int]]]):
    """Keys (ordinal, crop side) of the parts of this process, step by step; it begins where it is told.

    The units of a step are cut into as many equal, consecutive parts as there are processes times accumulated parts;
    so one process that accumulates sees the very parts that several processes see side by side.

    Parameters
    ----------
    config : TrainingConfig
    world : World
    steps : tuple of 2 int
        First step and the one after the last.
    """

    def __init__(self, config: TrainingConfig, world: World, steps: tuple[int, int]) -> None:
        self._config, self._world, self._steps = config, world, steps

    def __iter__(self) -> Iterator[list[tuple[int, int]]]:
        data = self._config.data
        units = data.batch_units // (self._world.size * data.accumulate)
        for step in range(*self._steps):
            side = crop_side(self._config.network.sizes, 2 * step * data.batch_units)
            for place in range(data.accumulate):
                part = self._world.rank * data.accumulate + place
                first = step * data.batch_units + part * units
                yield [(ordinal, side) for ordinal in range(first, first + units)]

    def __len__(self) -> int:
        return (self._steps[1] - self._steps[0]) * self._config.data.accumulate


@contextmanager
def batches(
    sources: Sources, config: TrainingConfig, world: World, steps: tuple[int, int]
) -> Generator[Iterator[Batch], None, None]:
    """The parts of this process, in order; leaving the context ends the workers.

    Parameters
    ----------
    sources : Sources
    config : TrainingConfig
    world : World
    steps : tuple of 2 int
        First step and the one after the last.
    """
    dataset = UnitDataset(
        sources.plan,
        sources.ingredients,
        config.run.seed,
        augmentation=config.data.augmentation,
        region=config.loss.similarity_region,
        wear_ramp=config.data.wear_ramp,
        blends=config.data.blends,
    )
    workers = config.data.workers
    loader: DataLoader[UnitPictures] = DataLoader(
        dataset,
        batch_sampler=PartSampler(config, world, steps),
        num_workers=workers,
        collate_fn=stack,
        pin_memory=world.device.type == "cuda",
        worker_init_fn=_begin_worker,
        multiprocessing_context="spawn" if workers else None,
        prefetch_factor=PREFETCH if workers else None,
    )
    loaded = iter(loader)
    try:
        yield _translated(loaded)
    finally:
        if workers:
            loaded._shutdown_workers()  # type: ignore[attr-defined]


def _translated(loaded: Iterator[Batch]) -> Iterator[Batch]:
    """Say in one sentence what a worker says with its whole traceback."""
    try:
        yield from loaded
    except TrainingError as error:
        raise SampleError(str(error).rsplit(f"{type(error).__name__}: ", maxsplit=1)[-1].strip()) from error
    except RuntimeError as error:
        raise SampleError("A process that makes pictures has ended; is the memory full? Lower workers.") from error


def _begin_worker(_: int) -> None:
    """One thread each, since the workers are many. Ctrl-C is for the training alone, which then ends the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    torch.set_num_threads(1)
    cv2.setNumThreads(0)
