"""One process or many: what ``torchrun`` says, and the few things the processes tell each other.

Without ``torchrun`` there is one process and nothing is told. The same command works for several GPUs and machines::

    torchrun --nproc-per-node 4 -m lav_gui train CONFIG.toml --out RUN
"""

import os
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any

import torch
import torch.distributed as dist
from torch import nn

from lav_gui.errors import TrainingError


@dataclass(frozen=True, slots=True)
class World:
    """One process among all.

    Attributes
    ----------
    rank, size : int
        Number of this process, and of how many.
    device : torch.device
    """

    rank: int
    size: int
    device: torch.device

    @property
    def is_first(self) -> bool:
        """Whether this process writes files and speaks for all."""
        return self.rank == 0

    def any(self, flag: bool) -> bool:
        """Whether the flag is set on any process; all must ask."""
        if self.size == 1:
            return flag
        told = torch.tensor([float(flag)], device=self.device)
        dist.all_reduce(told, dist.ReduceOp.MAX)
        return bool(told.item())

    def mean(self, values: Sequence[float]) -> list[float]:
        """Means over the processes."""
        if self.size == 1:
            return list(values)
        told = torch.tensor(values, dtype=torch.float64, device=self.device)
        dist.all_reduce(told)
        return [float(value) / self.size for value in told]

    def gathered(self, items: Sequence[Any]) -> list[Any]:
        """Items of all processes, in order of rank."""
        if self.size == 1:
            return list(items)
        boxes: list[Any] = [None] * self.size
        dist.all_gather_object(boxes, list(items))
        return list(chain.from_iterable(boxes))

    def average_buffers(self, network: nn.Module) -> None:
        """Make running statistics, which each process gathers on its own pictures, those of all pictures."""
        if self.size == 1:
            return
        for buffer in network.buffers():
            if buffer.is_floating_point():
                dist.all_reduce(buffer)
                buffer.div_(self.size)

    def wait(self) -> None:
        """Wait until all processes are here."""
        if self.size > 1:
            dist.barrier()


@contextmanager
def joined(device: str) -> Generator[World, None, None]:
    """Join the other processes of ``torchrun``, if there are any, and leave them at the end.

    Parameters
    ----------
    device : str
        "auto", "cpu" or "cuda"; with several processes each takes the GPU of its local rank.

    Raises
    ------
    TrainingError
        If the device is not there.
    """
    size = int(os.environ.get("WORLD_SIZE", "1"))
    rank, local = int(os.environ.get("RANK", "0")), int(os.environ.get("LOCAL_RANK", "0"))
    chosen = _device(device, local)
    if size == 1:
        yield World(0, 1, chosen)
        return
    if chosen.type == "cuda":
        torch.cuda.set_device(chosen)
    dist.init_process_group("nccl" if chosen.type == "cuda" else "gloo")
    try:
        yield World(rank, size, chosen)
    finally:
        dist.destroy_process_group()


def _device(name: str, local_rank: int) -> torch.device:
    if name not in ("auto", "cpu", "cuda"):
        raise TrainingError(f"There is no device {name!r} to train on; choose auto, cpu or cuda.")
    if name == "cpu" or (name == "auto" and not torch.cuda.is_available()):
        return torch.device("cpu")
    if not torch.cuda.is_available():
        raise TrainingError('No CUDA device is there to train on; choose device = "cpu".')
    if local_rank >= torch.cuda.device_count():
        raise TrainingError(f"There are {torch.cuda.device_count()} GPUs and more processes; start fewer processes.")
    return torch.device("cuda", local_rank)
