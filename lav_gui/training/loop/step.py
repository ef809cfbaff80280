"""One step: the parts of a batch forward and backward, one update, and what a report tells of it."""

import math
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import nn
from torch.nn.parallel import DistributedDataParallel

from lav_gui.errors import TrainingError
from lav_gui.training.evaluation.metrics import auc
from lav_gui.training.loop.config import TrainingConfig
from lav_gui.training.loop.messages import Losses, StepDone
from lav_gui.training.loop.network import MEAN, STD
from lav_gui.training.loop.objective import Objective
from lav_gui.training.loop.preflight import memory_mb
from lav_gui.training.loop.processes import World
from lav_gui.training.loop.schedule import crop_side, learning_rate
from lav_gui.training.loop.state import TrainingState
from lav_gui.training.loop.units import Batch
from model_zoo.networks import Network

_STREAM = 5
"""Tells the random numbers of steps from those of units (`plan`)."""


@dataclass(frozen=True, slots=True)
class Course:
    """How long a training is, in pictures: in all, per epoch, per step on all processes together."""

    total_images: int
    epoch_images: int
    step_images: int

    @property
    def steps(self) -> int:
        """Steps after which the training has seen its pictures."""
        return -(-self.total_images // self.step_images)


@dataclass(frozen=True, slots=True)
class StepResult:
    """Mean losses of a step over all processes, its rate, and labels and margins of this process's pictures."""

    parts: tuple[float, ...]
    rate: float
    judged: tuple[tuple[int, float], ...]


class Stepper:
    """Does the steps of one process.

    Parameters
    ----------
    config : TrainingConfig
    course : Course
    world : World
    state : TrainingState
        Its network is trained in place; `step` and `images` are counted on.

    Raises
    ------
    TrainingError
        If the units of a step cannot be shared evenly.
    """

    def __init__(self, config: TrainingConfig, course: Course, world: World, state: TrainingState) -> None:
        parts = world.size * config.data.accumulate
        if config.data.batch_units % parts:
            raise TrainingError(f"batch_units = {config.data.batch_units} cannot be shared by {parts} equal parts.")
        self._config, self._course, self._world, self._state = config, course, world, state
        self._objective = Objective(config.loss, config.run.precision, MEAN, STD)
        self._network = _wrapped(state.network, config, world)

    def step(self, loaded: Iterator[Batch]) -> StepResult:
        """Take the next parts of this process, one update.

        Raises
        ------
        TrainingError
            If the loss is not a number; no update is made then.
        """
        state, accumulate = self._state, self._config.data.accumulate
        rate = learning_rate(self._config.optimizer, state.images, self._course.total_images, self._course.epoch_images)
        for group in state.optimizer.param_groups:
            group["lr"] = rate
        state.optimizer.zero_grad(set_to_none=True)
        epoch = state.images / self._course.epoch_images
        sums = np.zeros(4)
        judged: list[tuple[int, float]] = []
        for place in range(accumulate):
            batch = next(loaded).to(self._world.device)
            with nullcontext() if place == accumulate - 1 else self._unsynchronized():
                losses = self._objective.losses(self._network, state.network, batch, epoch=epoch, rng=self._rng(place))
                scaled = state.scaler.scale(losses.total / accumulate)
                scaled.backward()  # type: ignore[no-untyped-call]
            sums += losses.values
            if len(losses.margins):
                judged += zip(batch.labels.tolist(), losses.margins.tolist(), strict=True)
        means = self._world.mean((sums / accumulate).tolist())
        if not math.isfinite(means[0]):
            raise TrainingError(
                f"The loss of step {state.step + 1} is not a number; the last checkpoint is kept. "
                'Lower learning_rate, set clip_norm, or take precision = "float32".'
            )
        self._update()
        state.step, state.images = state.step + 1, state.images + self._course.step_images
        return StepResult(tuple(means), rate, tuple(judged))

    def _rng(self, place: int) -> np.random.Generator:
        part = self._world.rank * self._config.data.accumulate + place
        return np.random.default_rng([self._config.run.seed, _STREAM, self._state.step, part])

    def _update(self) -> None:
        state, limit = self._state, self._config.optimizer.clip_norm
        if limit > 0:
            state.scaler.unscale_(state.optimizer)
            nn.utils.clip_grad_norm_(state.network.parameters(), limit)
        state.scaler.step(state.optimizer)
        state.scaler.update()
        if state.average is not None:
            state.average.update(state.network)

    def _unsynchronized(self) -> AbstractContextManager[None]:
        """Gradients of all but the last part stay on this process."""
        return self._network.no_sync() if isinstance(self._network, DistributedDataParallel) else nullcontext()


def _wrapped(network: Network, config: TrainingConfig, world: World) -> nn.Module:
    """The network as it is called for training: compiled where asked for, and shared where there are processes."""
    wrapped: nn.Module = torch.compile(network) if config.run.compile else network  # type: ignore[assignment]
    if world.size == 1:
        return wrapped
    loss = config.loss
    learns = loss.similarity_weight > 0 and loss.similarity_learns
    idle = loss.map_weight == 0 or (config.network.architecture.startswith("lvnet_semi") and not learns)
    return DistributedDataParallel(wrapped, broadcast_buffers=False, find_unused_parameters=idle)


@dataclass(slots=True)
class Tally:
    """Sums over the steps since the last report."""

    since: float = field(default_factory=time.monotonic)
    steps: int = 0
    parts: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)
    judged: list[tuple[int, float]] = field(default_factory=list)
    rate: float = 0.0

    def add(self, done: StepResult) -> None:
        """Take in a step."""
        self.steps += 1
        self.parts = tuple(a + b for a, b in zip(self.parts, done.parts, strict=True))
        self.judged += done.judged
        self.rate = done.rate

    def report(self, config: TrainingConfig, course: Course, world: World, state: TrainingState) -> StepDone:
        """What the steps since the last report were like; all processes must ask."""
        judged = world.gathered(self.judged)
        labels, margins = (np.array([pair[at] for pair in judged]) for at in (0, 1))
        speed = self.steps * course.step_images / max(time.monotonic() - self.since, 1e-9)
        return StepDone(
            step=state.step,
            images=state.images,
            epoch=state.images / course.epoch_images,
            size=crop_side(config.network.sizes, state.images - course.step_images),
            losses=Losses(*(part / self.steps for part in self.parts)),
            training_auc=auc(labels.astype(np.int64), margins.astype(np.float64)),
            learning_rate=self.rate,
            images_per_second=speed,
            eta_seconds=(course.total_images - state.images) / speed,
            memory_mb=memory_mb(world.device),
        )
