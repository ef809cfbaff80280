"""The loop: units in, reports out, checkpoints and weights on disk.

Everything random comes from the seed and the ordinal of the unit or the number of the step; so a training that was
killed goes on from its last checkpoint with the same losses, and two processes give the losses of one that takes the
same halves one after the other.
"""

import math
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn.parallel import DistributedDataParallel

from lav_gui.errors import TrainingError
from lav_gui.training.evaluation.metrics import auc
from lav_gui.training.loop.config import TrainingConfig
from lav_gui.training.loop.files import RunFolder
from lav_gui.training.loop.loading import batches
from lav_gui.training.loop.messages import Ended, Estimate, Losses, Noted, Report, Saved, Started, StepDone, Validated
from lav_gui.training.loop.network import MEAN, STD, begin_network, build_optimizer
from lav_gui.training.loop.objective import Objective
from lav_gui.training.loop.preflight import Stopwatch, check_disk, memory_mb
from lav_gui.training.loop.processes import World, joined
from lav_gui.training.loop.schedule import crop_side, learning_rate
from lav_gui.training.loop.sources import Sources, open_sources
from lav_gui.training.loop.state import MovingAverage, TrainingState
from lav_gui.training.loop.units import Batch
from lav_gui.training.loop.validation import Judge, hold_out
from model_zoo.networks import LVNet

_DTYPES = {"float32": None, "bf16": torch.bfloat16, "fp16": torch.float16}
_STREAM = 5

Reports = Generator[Report, None, Ended]


def train(config: TrainingConfig, base: Path, run: Path, wants_to_stop: Callable[[], bool] = lambda: False) -> Reports:
    """Train, or go on with a training; closing the generator is like a kill: the last checkpoint stays.

    Parameters
    ----------
    config : TrainingConfig
    base : Path
        Relative paths of the configuration begin here.
    run : Path
        Folder of the run. If it holds checkpoints of this very training, the training goes on.
    wants_to_stop : callable
        Asked after each step (SIGINT, SIGTERM); where it says yes, a checkpoint is written and the training ends. So it
        does, as *stopped*, where a file named ``stop`` appears in the folder.

    Yields
    ------
    Report
        On the first process; the others yield nothing.

    Raises
    ------
    TrainingError
        If the training cannot begin or go on; what was saved stays.
    """
    with joined(config.run.device) as world:
        trainer = Trainer(config, base, RunFolder(run), world)
        for report in trainer.reports(wants_to_stop):
            if world.is_first:
                trainer.folder.log(report)
                yield report
        return trainer.ended


def dry_run(config: TrainingConfig, base: Path, run: Path) -> Estimate:
    """Two steps at the largest crop side, nothing written: time, memory and disk of the whole training.

    The first step warms up, the second is timed; pictures are made in this process. One process only.

    Raises
    ------
    TrainingError
        If the training could not begin.
    """
    largest = max(side for _, side in config.network.sizes)
    trial = replace(
        config,
        data=replace(config.data, workers=0),
        network=replace(config.network, sizes=((0, largest),)),
    )
    with joined(config.run.device) as world:
        watch = Stopwatch(world.device)
        trainer = Trainer(trial, base, RunFolder(run / "dry-run-writes-nothing"), world)
        check_disk(trainer.bare, config, run)
        with batches(trainer.sources, trial, world, (0, 2)) as loaded:
            trainer.step(loaded)
            watch.restart()
            trainer.step(loaded)
        return watch.estimate(trainer.step_images, config, trainer.bare, run, total=trainer.total_images)


@dataclass(slots=True)
class _Tally:
    """Sums since the last report."""

    steps: int = 0
    images: int = 0
    since: float = 0.0
    parts: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)
    judged: list[tuple[int, float]] = field(default_factory=list)

    def add(self, done: "_StepResult", images: int) -> None:
        self.steps, self.images = self.steps + 1, self.images + images
        self.parts = tuple(a + b for a, b in zip(self.parts, done.parts, strict=True))
        self.judged += done.judged


@dataclass(frozen=True, slots=True)
class _StepResult:
    """Mean losses of a step over all processes, its rate, and labels and margins of this process's pictures."""

    parts: tuple[float, ...]
    rate: float
    judged: tuple[tuple[int, float], ...]


class Trainer:
    """One process of a training; see `train`."""

    def __init__(self, config: TrainingConfig, base: Path, folder: RunFolder, world: World) -> None:
        self.config, self.folder, self.world = config, folder, world
        run = config.run
        _set_threads(run.threads, run.deterministic)
        self.sources: Sources = open_sources(config, base)
        self._parts = world.size * config.data.accumulate
        if config.data.batch_units % self._parts:
            raise TrainingError(
                f"batch_units = {config.data.batch_units} cannot be shared by {self._parts} equal parts."
            )
        network = begin_network(config.network, run.seed, base).to(world.device)
        if run.channels_last:
            network = network.to(memory_format=torch.channels_last)
        self.bare: LVNet = network
        average = MovingAverage(network, config.optimizer.ema_decay) if config.optimizer.ema_decay else None
        scaler = torch.amp.GradScaler(world.device.type, enabled=run.precision == "fp16")
        self.state = TrainingState(network, build_optimizer(network, config.optimizer), scaler, average)
        self._resumed = folder.restore(self.state, config, self.sources)
        self._network = self._wrapped(network)
        self._objective = Objective(config.loss, run.precision, MEAN, STD)
        self._judge = Judge(hold_out(self.sources.validation, config.data), MEAN, STD, _DTYPES[run.precision])
        self.epoch_images = 2 * self.sources.plan.epoch_units
        self.total_images = run.images or math.ceil(run.epochs * self.epoch_images)
        self.step_images = 2 * config.data.batch_units
        self.ended = Ended("finished", 0, "", -1.0)

    def reports(self, wants_to_stop: Callable[[], bool]) -> Iterator[Report]:
        """Train to the end, the stop or the interruption."""
        state, config = self.state, self.config
        if self.world.is_first:
            check_disk(self.bare, config, self.folder.path)
            self.folder.begin(config)
        self.world.wait()
        yield self._started()
        reason = "finished"
        tally = _Tally(since=time.monotonic())
        saved = state.images
        with batches(self.sources, config, self.world, (state.step, self.last_step)) as loaded:
            while state.images < self.total_images:
                done = self.step(loaded)
                tally.add(done, self.step_images)
                if state.step % config.run.report_every == 0:
                    yield self._step_done(tally, done.rate)
                    tally = _Tally(since=time.monotonic())
                reason = self._reason(wants_to_stop)
                due = config.run.validate_every or self.epoch_images
                if reason == "finished" and state.images - state.validated >= due:
                    yield from self._validate()
                    tally = _Tally(since=time.monotonic())
                if state.images - saved >= config.run.checkpoint_every or reason == "interrupted":
                    yield self._save()
                    saved = state.images
                if reason != "finished":
                    break
        if reason != "interrupted":
            if state.validated < state.images:
                yield from self._validate()
            if saved < state.images:
                yield self._save()
        self.ended = Ended(reason, state.images, self.folder.best_card(), state.best_auc)
        yield self.ended

    @property
    def last_step(self) -> int:
        """Steps after which the training has seen its pictures."""
        return -(-self.total_images // self.step_images)

    def step(self, loaded: Iterator[Batch]) -> _StepResult:
        """One step over all parts."""
        config, state = self.config, self.state
        rate = learning_rate(config.optimizer, state.images, self.total_images, self.epoch_images)
        for group in state.optimizer.param_groups:
            group["lr"] = rate
        state.optimizer.zero_grad(set_to_none=True)
        sums = np.zeros(4)
        judged: list[tuple[int, float]] = []
        for place in range(config.data.accumulate):
            batch = next(loaded).to(self.world.device)
            part = self.world.rank * config.data.accumulate + place
            rng = np.random.default_rng([config.run.seed, _STREAM, state.step, part])
            last = place == config.data.accumulate - 1
            with nullcontext() if last else self._unsynchronized():
                losses = self._objective.losses(self._network, self.bare, batch, images_seen=state.images, rng=rng)
                scaled = state.scaler.scale(losses.total / config.data.accumulate)
                scaled.backward()  # type: ignore[no-untyped-call]
            sums += losses.values
            judged += zip(batch.labels.tolist(), losses.margins.tolist(), strict=False) if len(losses.margins) else ()
        self._update()
        state.step, state.images = state.step + 1, state.images + self.step_images
        means = self.world.mean((sums / config.data.accumulate).tolist())
        if not math.isfinite(means[0]):
            raise TrainingError(
                f"The loss of step {state.step} is not a number; the last checkpoint is kept. "
                'Lower learning_rate, set clip_norm, or take precision = "float32".'
            )
        return _StepResult(tuple(means), rate, tuple(judged))

    def _update(self) -> None:
        state, limit = self.state, self.config.optimizer.clip_norm
        if limit > 0:
            state.scaler.unscale_(state.optimizer)
            nn.utils.clip_grad_norm_(self.bare.parameters(), limit)
        state.scaler.step(state.optimizer)
        state.scaler.update()
        if state.average is not None:
            state.average.update(self.bare)

    def _unsynchronized(self) -> AbstractContextManager[None]:
        """Gradients of all but the last part stay on this process."""
        return self._network.no_sync() if isinstance(self._network, DistributedDataParallel) else nullcontext()

    def _wrapped(self, network: LVNet) -> nn.Module:
        wrapped: nn.Module = torch.compile(network) if self.config.run.compile else network  # type: ignore[assignment]
        if self.world.size == 1:
            return wrapped
        loss = self.config.loss
        projects = self.config.network.architecture == "lvnet_semi"
        idle = loss.map_weight == 0 or (projects and not (loss.similarity_weight > 0 and loss.similarity_learns))
        return DistributedDataParallel(wrapped, broadcast_buffers=False, find_unused_parameters=idle)

    def _reason(self, wants_to_stop: Callable[[], bool]) -> str:
        if self.world.any(wants_to_stop()):
            return "interrupted"
        return "stopped" if self.world.any(self.folder.asks_to_stop()) else "finished"

    def _validate(self) -> Iterator[Report]:
        state = self.state
        self.world.average_buffers(self.bare)
        state.validated = state.images
        if not self._judge.held_out.rows:
            yield from self._keep(None)
            return
        size = crop_side(self.config.network.sizes, state.images)
        judged = state.judged
        found = self._judge.validate(judged, self.world, size, state.images, self.epoch)  # type: ignore[arg-type]
        last = self.config.run.select == "last"
        best = last or found.video_auc > state.best_auc or math.isnan(found.video_auc)
        yield replace(found, best=best)
        if best:
            state.best_auc = state.best_auc if math.isnan(found.video_auc) else found.video_auc
            yield from self._keep(found)

    def _keep(self, found: Validated | None) -> Iterator[Report]:
        """Write the present network as the best so far."""
        if self.world.is_first:
            card = self.folder.keep_best(self.state, self.config, self.sources, found)
            yield Saved(str(card), self.state.images, best=True)

    def _save(self) -> Report:
        self.world.average_buffers(self.bare)
        try:
            if self.world.is_first:
                return Saved(
                    str(self.folder.save(self.state, self.config, self.sources)), self.state.images, best=False
                )
        except TrainingError as error:
            return Noted(str(error))
        return Noted("")

    @property
    def epoch(self) -> float:
        """Epochs done, as a fraction."""
        return self.state.images / self.epoch_images

    def _started(self) -> Started:
        parameters = sum(p.numel() for p in self.bare.parameters() if p.requires_grad)
        return Started(
            run=str(self.folder.path),
            images=self.state.images,
            total_images=self.total_images,
            epoch_images=self.epoch_images,
            device=str(self.world.device),
            precision=self.config.run.precision,
            processes=self.world.size,
            parameters=parameters,
        )

    def _training_auc(self, tally: _Tally) -> float:
        judged = self.world.gathered(tally.judged)
        return auc(np.array([label for label, _ in judged], np.int64), np.array([margin for _, margin in judged]))

    def _step_done(self, tally: _Tally, rate: float) -> StepDone:
        speed = tally.images / max(time.monotonic() - tally.since, 1e-9)
        return StepDone(
            step=self.state.step,
            images=self.state.images,
            epoch=self.epoch,
            size=crop_side(self.config.network.sizes, self.state.images - self.step_images),
            losses=Losses(*(part / tally.steps for part in tally.parts)),
            training_auc=self._training_auc(tally),
            learning_rate=rate,
            images_per_second=speed,
            eta_seconds=(self.total_images - self.state.images) / speed,
            memory_mb=memory_mb(self.world.device),
        )


def _set_threads(threads: int, deterministic: bool) -> None:
    if threads:
        torch.set_num_threads(threads)
    torch.use_deterministic_algorithms(deterministic)
    if deterministic:
        torch.backends.cudnn.benchmark = False
