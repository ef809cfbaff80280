"""The loop: units in, reports out, checkpoints and weights on disk.

Everything random comes from the seed and the ordinal of the unit or the number of the step; so a training that was
killed goes on from its last checkpoint with the same losses, and two processes give the losses of one that takes the
same halves one after the other.
"""

import math
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import torch

from lav_gui.engine.device import is_out_of_memory
from lav_gui.errors import SampleError, TrainingError
from lav_gui.training.loop.config import TrainingConfig
from lav_gui.training.loop.files import RunFolder
from lav_gui.training.loop.loading import batches
from lav_gui.training.loop.messages import Ended, Noted, Report, Saved, Started, Validated
from lav_gui.training.loop.network import MEAN, STD, begin_network, build_optimizer
from lav_gui.training.loop.preflight import check_disk
from lav_gui.training.loop.processes import World, joined
from lav_gui.training.loop.schedule import crop_side
from lav_gui.training.loop.sources import Sources, open_sources
from lav_gui.training.loop.state import MovingAverage, TrainingState
from lav_gui.training.loop.step import Course, Stepper, Tally
from lav_gui.training.loop.validation import Validator, hold_out

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
    with joined(config.run.device) as world, memory_errors(world):
        trainer = Trainer(config, base, RunFolder(run), world)
        for report in trainer.reports(wants_to_stop):
            if world.is_first:
                trainer.folder.log(report)
                yield report
        return trainer.ended


@contextmanager
def memory_errors(world: World) -> Generator[None, None, None]:
    """Say in one sentence that the memory is full."""
    try:
        yield
    except RuntimeError as error:
        if not is_out_of_memory(error):
            raise
        raise TrainingError(
            f"The memory of {world.device} does not hold a step; lower batch_units or the sides in sizes, "
            "or raise accumulate."
        ) from error


class Trainer:
    """One process of a training; see `train`."""

    def __init__(self, config: TrainingConfig, base: Path, folder: RunFolder, world: World) -> None:
        self.config, self.folder, self.world = config, folder, world
        run = config.run
        _set_threads(run.threads, run.deterministic)
        self.sources: Sources = open_sources(config, base)
        epoch_images = 2 * self.sources.plan.epoch_units
        total = run.images or math.ceil(run.epochs * epoch_images)
        self.course = Course(total, epoch_images, 2 * config.data.batch_units)
        network = begin_network(config.network, run.seed, base).to(world.device)
        if run.channels_last:
            network = network.to(memory_format=torch.channels_last)
        average = MovingAverage(network, config.optimizer.ema_decay) if config.optimizer.ema_decay else None
        scaler = torch.amp.GradScaler(world.device.type, enabled=run.precision == "fp16")
        self.state = TrainingState(network, build_optimizer(network, config.optimizer), scaler, average)
        self._saved_images = 0
        self.stepper = Stepper(config, self.course, world, self.state)
        held_out = hold_out(self.sources.validation, config.data)
        self._validator = Validator(held_out, MEAN, STD, run.precision, config.network.map_contrast)
        self.ended = Ended("finished", 0, "", -1.0)

    def reports(self, wants_to_stop: Callable[[], bool]) -> Iterator[Report]:
        """Train to the end, the stop or the interruption."""
        state, run = self.state, self.config.run
        self._begin()
        yield self._started()
        reason, tally = "finished", Tally()
        with batches(self.sources, self.config, self.world, (state.step, self.course.steps)) as loaded:
            while state.images < self.course.total_images and reason == "finished":
                try:
                    tally.add(self.stepper.step(loaded))
                except SampleError:
                    yield from self._save()
                    raise
                if state.step % run.report_every == 0:
                    yield tally.report(self.config, self.course, self.world, state)
                    tally = Tally()
                reason = self._reason(wants_to_stop)
                due = run.validate_every or self.course.epoch_images
                if reason == "finished" and state.images - state.validated >= due:
                    yield from self._validate()
                    tally = Tally()
                if self._unsaved >= run.checkpoint_every:
                    yield from self._save()
        if reason != "interrupted" and state.validated < state.images:
            yield from self._validate()
        if self._unsaved:
            yield from self._save()
        self.ended = Ended(reason, state.images, self.folder.best_card(), state.best_auc)
        yield self.ended

    @property
    def _unsaved(self) -> int:
        """Pictures seen since the last checkpoint."""
        return self.state.images - self._saved_images

    def pictures_in_all(self) -> int:
        """Pictures of the whole training, those of its validations counted as the third that a forward pass costs."""
        due = self.config.run.validate_every or self.course.epoch_images
        validations = -(-self.course.total_images // due)
        return self.course.total_images + validations * len(self._validator.held_out.rows) // 3

    def _begin(self) -> None:
        """Go back to the last checkpoint, look whether there is room, and make the folder."""
        self.folder.restore(self.state, self.config, self.sources)
        self._saved_images = self.state.images
        if len(set(self.world.gathered([self.state.images]))) > 1:
            raise TrainingError(
                f"The machines hold different checkpoints of {self.folder.path}; share that folder among them."
            )
        if self.world.is_first:
            check_disk(self.state.network, self.config, self.folder.path)
            self.folder.begin(self.config)
        self.world.wait()

    def _reason(self, wants_to_stop: Callable[[], bool]) -> str:
        if self.world.any(wants_to_stop()):
            return "interrupted"
        return "stopped" if self.world.any(self.folder.asks_to_stop()) else "finished"

    def _validate(self) -> Iterator[Report]:
        """Validator the held-out faces; keep the weights where they are the best, or where nothing can tell."""
        state = self.state
        self._share_statistics()
        state.validated = state.images
        if not self._validator.held_out.rows:
            yield from self._keep(None)
            return
        size = crop_side(self.config.network.sizes, state.images)
        epoch = state.images / self.course.epoch_images
        found = self._validator.validate(state.judged, self.world, size, state.images, epoch)
        unknown = math.isnan(found.video_auc)
        best = self.config.run.select == "last" or unknown or found.video_auc > state.best_auc
        yield replace(found, best=best)
        if best:
            state.best_auc = state.best_auc if unknown else found.video_auc
            yield from self._keep(found)

    def _keep(self, found: Validated | None) -> Iterator[Report]:
        """Write the weights, then a checkpoint that knows of them; a full disk does not end the training."""
        if self.world.is_first:
            try:
                card = self.folder.keep_best(self.state, self.config, self.sources, found)
                yield Saved(str(card), self.state.images, best=True)
            except TrainingError as error:
                yield Noted(str(error))
        yield from self._save()

    def _save(self) -> Iterator[Report]:
        """Write a checkpoint; where that fails, the training goes on and says so."""
        self._share_statistics()
        self._saved_images = self.state.images
        if self.world.is_first:
            try:
                path = self.folder.save(self.state, self.config, self.sources)
                yield Saved(str(path), self.state.images, best=False)
            except TrainingError as error:
                yield Noted(str(error))

    def _share_statistics(self) -> None:
        self.world.average_buffers(self.state.network)
        if self.state.average is not None:
            self.world.average_buffers(self.state.average.network)

    def _started(self) -> Started:
        parameters = sum(p.numel() for p in self.state.network.parameters() if p.requires_grad)
        return Started(
            run=str(self.folder.path),
            images=self.state.images,
            total_images=self.course.total_images,
            epoch_images=self.course.epoch_images,
            device=str(self.world.device),
            precision=self.config.run.precision,
            processes=self.world.size,
            parameters=parameters,
        )


def _set_threads(threads: int, deterministic: bool) -> None:
    if threads:
        torch.set_num_threads(threads)
    torch.use_deterministic_algorithms(deterministic)
    if deterministic:
        torch.backends.cudnn.benchmark = False
