"""The folder of a run.

::

    RUN/config.toml                      the configuration, with every default spelled out
    RUN/log.jsonl                        every report, one JSON line each; a resumed run goes on in it
    RUN/checkpoints/images_N.ckpt        all that is needed to go on
    RUN/run.json, RUN/weights/           the best weights so far (`evaluation.run_record`)
    RUN/tensorboard/                     where asked for
    RUN/stop                             whoever makes this file ends the training and keeps the best
"""

import datetime
import os
import subprocess
import tomllib
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import lav_gui
from lav_gui.errors import TrainingError
from lav_gui.replacing import replacing
from lav_gui.training.evaluation.run_record import WEIGHTS_FOLDER, RunRecord, read_run, save_candidate
from lav_gui.training.loop.config import TrainingConfig, config_text
from lav_gui.training.loop.messages import Report, StepDone, Validated
from lav_gui.training.loop.network import MEAN, STD
from lav_gui.training.loop.sources import Sources
from lav_gui.training.loop.state import TrainingState, checkpoints, read_checkpoint, save_checkpoint

FREE_TO_CHANGE = (
    "device", "images", "epochs", "threads", "keep", "select", "tensorboard",
    "report_every", "validate_every", "checkpoint_every",
)  # fmt: skip
"""Options of [run] that another call may change without becoming another training. (`images` and `epochs` do change
the course of a cosine schedule from there on.)"""


class RunFolder:
    """Files of one training; nothing is made before the first write.

    Parameters
    ----------
    path : Path
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._board: Any = None
        self._commit = commit()  # now, not when something is written: the source may change while the program runs

    def restore(self, state: TrainingState, config: TrainingConfig, sources: Sources) -> bool:
        """Go back to the newest readable checkpoint; returns whether there was one.

        Raises
        ------
        TrainingError
            If the checkpoints are those of another training, or none of them can be read.
        """
        found = checkpoints(self._checkpoints)
        problem: TrainingError | None = None
        for path in reversed(found):
            try:
                facts, plain = read_checkpoint(path)
            except TrainingError as error:
                problem = error
                continue
            self._check_same(facts, config, sources)
            state.load(plain)
            return True
        if problem is not None:
            raise problem
        if (self.path / WEIGHTS_FOLDER).exists():
            self._check_same_weights(config)
        return False

    def _check_same_weights(self, config: TrainingConfig) -> None:
        """Weights without a checkpoint are ours where the run was killed between the two."""
        try:
            theirs = TrainingConfig.from_dict(tomllib.loads(read_run(self.path).config))
        except (TrainingError, tomllib.TOMLDecodeError) as error:
            raise TrainingError(f"{self.path} holds the weights of another training; choose a new folder.") from error
        if _course(theirs) != _course(config):
            raise TrainingError(f"{self.path} holds the weights of another training; choose a new folder.")

    def _check_same(self, facts: dict[str, Any], config: TrainingConfig, sources: Sources) -> None:
        ours, theirs = _course(config), _course(TrainingConfig.from_dict(facts["config"]))
        differing = [name for name in ours if ours[name] != theirs.get(name)]
        if differing:
            raise TrainingError(
                f"{self.path} holds a training with another {', '.join(differing)}; choose a new folder."
            )
        if facts["index_sha256"] != list(sources.index_sha256):
            raise TrainingError(f"A prepared set has changed since {self.path} was begun; choose a new folder.")

    def save(self, state: TrainingState, config: TrainingConfig, sources: Sources) -> Path:
        """Write a checkpoint; raises `TrainingError` where it cannot."""
        facts = {"config": config.to_dict(), "index_sha256": list(sources.index_sha256), "commit": self._commit}
        return save_checkpoint(state, facts, self._checkpoints, config.run.keep)

    def keep_best(
        self, state: TrainingState, config: TrainingConfig, sources: Sources, found: Validated | None
    ) -> Path:
        """Write the judged network as the run's weights; returns the folder of the card."""
        architecture = config.network.architecture
        run = RunRecord(
            name=f"{architecture}.{config.recipe}",
            architecture=architecture,
            recipe=config.recipe,
            input_size=config.network.sizes[-1][1] if found is None else found.size,
            mean=MEAN,
            std=STD,
            config=config_text(config),
            seed=config.run.seed,
            commit=self._commit,
            created=datetime.datetime.now(datetime.UTC).date().isoformat(),
            images_seen=state.images,
            data=sources.data,
            map_contrast=config.network.map_contrast,
        )
        save_candidate(run, state.judged.state_dict(), self.path)
        return self.path / WEIGHTS_FOLDER

    def begin(self, config: TrainingConfig) -> None:
        """Make the folder, write down the configuration, and take away a left-over ``stop``.

        Raises
        ------
        TrainingError
            If the folder cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with replacing(self.path / "config.toml") as partial:
                partial.write_text(config_text(config), encoding="utf-8")
            self._stop.unlink(missing_ok=True)
        except OSError as error:
            raise TrainingError(f"{self.path} cannot be written: {error.strerror}.") from error
        if config.run.tensorboard:
            self._board = _open_board(self.path / "tensorboard")

    def log(self, report: Report) -> None:
        """Append a report to the log (and the TensorBoard); a full disk does not end the training."""
        try:
            with (self.path / "log.jsonl").open("a", encoding="utf-8") as file:
                file.write(report.to_json() + "\n")
        except OSError:
            return
        if self._board is not None and isinstance(report, StepDone | Validated):
            _tell_board(self._board, report)

    def asks_to_stop(self) -> bool:
        """Whether someone made the file ``stop``."""
        return self._stop.exists()

    def best_card(self) -> str:
        """Folder of the best weights, or empty where there are none."""
        return str(self.path / WEIGHTS_FOLDER) if (self.path / WEIGHTS_FOLDER).is_dir() else ""

    @property
    def _checkpoints(self) -> Path:
        return self.path / "checkpoints"

    @property
    def _stop(self) -> Path:
        return self.path / "stop"


def commit() -> str:
    """What source this program is: its Git commit, ``+dirty`` where tracked files differ from it.

    ``version X.Y.Z`` where the program does not lie at the root of a repository: the commit of whatever project it was
    installed into would tell nothing of it.
    """
    package = Path(lav_gui.__file__).resolve().parent
    try:
        if Path(_git(package, "rev-parse", "--show-toplevel")).resolve() != package.parent:
            return f"version {lav_gui.__version__}"
        _git(package, "ls-files", "--error-unmatch", Path(lav_gui.__file__).name)
        head = _git(package, "rev-parse", "HEAD")
        return head + ("+dirty" if _git(package, "status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.CalledProcessError):
        return f"version {lav_gui.__version__}"


def _git(folder: Path, *words: str) -> str:
    return subprocess.run(("git", *words), cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def _course(config: TrainingConfig) -> dict[str, Any]:
    """What makes a training this one and no other."""
    kept = {key: value for key, value in asdict(config.run).items() if key not in FREE_TO_CHANGE}
    data = replace(config.data, workers=0)
    return {**config.to_dict(), "data": asdict(data), "run": kept}


def _open_board(folder: Path) -> Any:
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError as error:
        raise TrainingError("tensorboard = true needs the package tensorboard (pip install tensorboard).") from error
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    return SummaryWriter(str(folder))


def _tell_board(board: Any, report: StepDone | Validated) -> None:
    if isinstance(report, StepDone):
        values = {f"loss/{name}": value for name, value in asdict(report.losses).items()}
        values |= {"learning_rate": report.learning_rate, "images_per_second": report.images_per_second}
    else:
        names = ("frame_auc", "video_auc", "class_loss", "pixel_auc")
        values = {f"validation/{name}": getattr(report, name) for name in names}
    for name, value in values.items():
        board.add_scalar(name, value, report.images)
    board.flush()
