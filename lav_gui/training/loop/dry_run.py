"""A dry run: what a training will take, by one timed step."""

from dataclasses import replace
from pathlib import Path

from lav_gui.training.loop.config import TrainingConfig
from lav_gui.training.loop.files import RunFolder
from lav_gui.training.loop.loading import batches
from lav_gui.training.loop.messages import Estimate
from lav_gui.training.loop.preflight import Stopwatch, check_disk
from lav_gui.training.loop.processes import joined
from lav_gui.training.loop.trainer import Trainer, memory_errors


def dry_run(config: TrainingConfig, base: Path, run: Path) -> Estimate:
    """Take two steps at the largest crop side, nothing written: time, memory and disk of the whole training.

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
    with joined(config.run.device) as world, memory_errors(world):
        watch = Stopwatch(world.device)
        trainer = Trainer(trial, base, RunFolder(run), world)
        check_disk(trainer.state.network, config, run)
        with batches(trainer.sources, trial, world, (0, 2)) as loaded:
            trainer.stepper.step(loaded)
            watch.restart()
            trainer.stepper.step(loaded)
        return watch.estimate(
            trainer.course.step_images, config, trainer.state.network, run, total=trainer.pictures_in_all()
        )
