"""All that a training must remember, on disk and back, and nothing half written.

There is no random state to keep: every draw comes from the seed and the step.
"""

import copy
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch
from torch.optim import Optimizer

from lav_gui.errors import TrainingError
from lav_gui.replacing import replacing
from lav_gui.training.loop.schedule import ema_weight
from model_zoo.networks import Network

SCHEMA = "lav.checkpoint/1"
SUFFIX = ".ckpt"


class MovingAverage:
    """Exponential moving average of a network's weights (Polyak averaging), statistics of normalization included.

    Parameters
    ----------
    network : Network
    decay : float
        Weight of the old average once warmed up.
    """

    def __init__(self, network: Network, decay: float) -> None:
        self.network = copy.deepcopy(network).eval().requires_grad_(False)
        self._decay = decay
        self.updates = 0

    @torch.no_grad()
    def update(self, network: Network) -> None:
        """Take in the network after a step."""
        weight = ema_weight(self._decay, self.updates)
        self.updates += 1
        ours, theirs = self.network.state_dict(), network.state_dict()
        averaged = [name for name, tensor in ours.items() if tensor.is_floating_point()]
        for name in averaged:
            ours[name].lerp_(theirs[name], 1 - weight)
        for name in ours.keys() - set(averaged):
            ours[name].copy_(theirs[name])


@dataclass(slots=True)
class TrainingState:
    """What changes while training.

    Attributes
    ----------
    network : Network
        Bare, not wrapped.
    optimizer : Optimizer
    scaler : GradScaler
        Does nothing unless the precision is fp16.
    average : MovingAverage or None
    step, images : int
        Steps done, pictures seen.
    best_auc : float
        Highest video AUC in validation; -1 before the first.
    validated : int
        Pictures seen at the last validation.
    """

    network: Network
    optimizer: Optimizer
    scaler: torch.amp.GradScaler
    average: MovingAverage | None
    step: int = 0
    images: int = 0
    best_auc: float = -1.0
    validated: int = 0

    @property
    def judged(self) -> Network:
        """The network that is validated and kept: the average where there is one."""
        return self.network if self.average is None else self.average.network

    def to_dict(self) -> dict[str, Any]:
        """Tensors and plain values."""
        return {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "scaler": self.scaler.state_dict(),
            "average": None if self.average is None else self.average.network.state_dict(),
            "average_updates": 0 if self.average is None else self.average.updates,
            "step": self.step,
            "images": self.images,
            "best_auc": self.best_auc,
            "validated": self.validated,
        }

    def load(self, plain: Mapping[str, Any]) -> None:
        """Go back to what `to_dict` gave."""
        self.network.load_state_dict(plain["network"], strict=True)
        self.optimizer.load_state_dict(plain["optimizer"])
        self.scaler.load_state_dict(plain["scaler"])
        if self.average is not None:
            self.average.network.load_state_dict(plain["average"], strict=True)
            self.average.updates = plain["average_updates"]
        self.step, self.images = plain["step"], plain["images"]
        self.best_auc, self.validated = plain["best_auc"], plain["validated"]


def save_checkpoint(state: TrainingState, facts: Mapping[str, Any], folder: Path, keep: int) -> Path:
    """Write a checkpoint, then remove all but the newest `keep`.

    Parameters
    ----------
    state : TrainingState
    facts : mapping of str to plain values
        Configuration, commit, data hashes; read back by `read_checkpoint`.
    folder : Path
        Made where it is missing.
    keep : int

    Returns
    -------
    Path

    Raises
    ------
    TrainingError
        If it cannot be written; older checkpoints are all still there, and no half file is left.
    """
    target = folder / f"images_{state.images:010d}{SUFFIX}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with replacing(target) as partial, partial.open("wb") as file:
            torch.save({"schema": SCHEMA, "facts": dict(facts), "state": state.to_dict()}, file)
            file.flush()
            os.fsync(file.fileno())
    except (OSError, RuntimeError) as error:
        free = shutil.disk_usage(folder).free // 2**20 if folder.is_dir() else 0
        raise TrainingError(
            f"The checkpoint {target.name} cannot be written to {folder} ({free} MB are free); "
            "make room, the last one is kept."
        ) from error
    for old in checkpoints(folder)[:-keep]:
        old.unlink(missing_ok=True)
    return target


def checkpoints(folder: Path) -> list[Path]:
    """Complete checkpoints of a folder, oldest first."""
    return sorted(folder.glob(f"images_*{SUFFIX}"))


def read_checkpoint(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Facts and state of a checkpoint, on the CPU.

    Raises
    ------
    TrainingError
        If the file is damaged or of another schema.
    """
    try:
        plain = torch.load(path, map_location="cpu", weights_only=True)
        if plain["schema"] != SCHEMA:
            raise TrainingError(f"{path} has schema {plain['schema']!r}; this version reads {SCHEMA}.")
        return plain["facts"], plain["state"]
    except (OSError, RuntimeError, UnpicklingError, KeyError, TypeError, EOFError, ValueError) as error:
        raise TrainingError(f"{path} is damaged; remove it to go on from the one before.") from error
