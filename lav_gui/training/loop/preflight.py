"""Before the long work: whether there is room, and how long it will take."""

import math
import shutil
import time
from pathlib import Path

import psutil
import torch

from lav_gui.errors import TrainingError
from lav_gui.training.loop.config import TrainingConfig
from lav_gui.training.loop.messages import Estimate
from model_zoo.networks import Network

_ADAM_MOMENTS = 2


def state_bytes(network: Network, config: TrainingConfig) -> int:
    """Size of a checkpoint: weights, two moments of each, and the average where there is one."""
    return _weights_bytes(network) * (1 + _ADAM_MOMENTS + bool(config.optimizer.ema_decay))


def disk_bytes(network: Network, config: TrainingConfig) -> int:
    """What a run takes on disk at most: the kept checkpoints, one being written, and two sets of weights."""
    return state_bytes(network, config) * (config.run.keep + 1) + 2 * _weights_bytes(network)


def _weights_bytes(network: Network) -> int:
    return sum(int(t.numel() * t.element_size()) for t in network.state_dict().values())


def check_disk(network: Network, config: TrainingConfig, folder: Path) -> None:
    """Refuse a training whose checkpoints have no room, or whose weights do not fit the memory.

    Raises
    ------
    TrainingError
    """
    held = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) if folder.is_dir() else 0
    needed, free = disk_bytes(network, config) - held, free_disk(folder)
    if needed > free:
        raise TrainingError(
            f"{folder} has {free // 2**20} MB free and the training needs {needed // 2**20} MB for its checkpoints; "
            "make room, choose another folder, or lower keep."
        )
    memory = state_bytes(network, config)
    available = psutil.virtual_memory().available
    if next(network.parameters()).device.type == "cpu" and memory > available:
        raise TrainingError(
            f"The training needs at least {memory // 2**20} MB of memory and {available // 2**20} MB are free; "
            "close other programs."
        )


def free_disk(folder: Path) -> int:
    """Bytes free where the folder is or will be."""
    place = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
    return shutil.disk_usage(place).free


class Stopwatch:
    """Time and memory of one batch, for the dry run."""

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self.available_mb = _available_mb(device)
        self._begun = time.monotonic()

    def restart(self) -> None:
        """Forget the time so far (the first batch is slower)."""
        self._begun = time.monotonic()

    def estimate(self, images: int, config: TrainingConfig, network: Network, folder: Path, *, total: int) -> Estimate:
        """What the batch of so many pictures since the restart says of the whole training."""
        if self._device.type == "cuda":
            torch.cuda.synchronize(self._device)
        speed = images / (time.monotonic() - self._begun)
        return Estimate(
            images_per_second=speed,
            total_seconds=total / speed if speed else math.inf,
            memory_mb=peak_mb(self._device),
            memory_available_mb=self.available_mb,
            disk_mb=disk_bytes(network, config) / 2**20,
            disk_free_mb=free_disk(folder) / 2**20,
        )


def peak_mb(device: torch.device) -> float:
    """Highest memory so far in MB: of the GPU where one is used, else of this process."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device) / 2**20
    return _peak_rss() / 2**20


def memory_mb(device: torch.device) -> float:
    """Memory of this process now in MB; on a GPU the highest use of its memory so far."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device) / 2**20
    return float(psutil.Process().memory_info().rss) / 2**20


def _peak_rss() -> int:
    """Highest resident size of this process in bytes, where the system keeps it; else the present one."""
    memory = psutil.Process().memory_info()
    if hasattr(memory, "peak_wset"):
        return int(memory.peak_wset)
    try:
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    except ImportError:
        return int(memory.rss)
    return int(peak if psutil.MACOS else peak * 1024)


def _available_mb(device: torch.device) -> float:
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[0] / 2**20
    return float(psutil.virtual_memory().available) / 2**20
