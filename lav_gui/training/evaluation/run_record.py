"""What a training leaves behind for judgement and registry: shards, a card without calibration, and ``run.json``.

::

    RUN/run.json                                         the facts of the training
    RUN/weights/lvnet.mine.json                          an ordinary card of weights; `lav calibrate` writes it anew
    RUN/weights/lvnet.mine-0a1b2c3d-1-of-2.safetensors   its shards

So a run can be evaluated and calibrated before anything is registered. The names of shards hold a part of their
tensors' hash: a run killed while it writes a new best leaves the card and the shards of the last one as they were.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from lav_gui.errors import TrainingError
from lav_gui.replacing import replacing
from lav_gui.training.evaluation.exposure import SetUse
from lav_gui.training.sets.card import SetCard
from model_zoo import registry
from model_zoo.errors import WeightsError
from model_zoo.storage import files_sha256, save_shards, state_sha256
from model_zoo.weights_record import Weights

SCHEMA = "lav.run/1"
RUN_NAME, WEIGHTS_FOLDER = "run.json", "weights"

UNREGISTERED_LICENSE = "not stated (not registered)"
"""Stands in a run's card until someone who may say so names the license."""


@dataclass(frozen=True, slots=True)
class DataUse:
    """One prepared set a training used.

    Attributes
    ----------
    name : str
    index_sha256 : str
    role : str
        ``train``, ``val`` where it chose the checkpoint, ``watched`` where it was validated on and chose nothing.
    license_note : str
        Its terms.
    split : str
        Which split of it was used; empty in old files.
    packed_from : str
        As in `SetCard`.
    """

    name: str
    index_sha256: str
    role: str
    license_note: str
    split: str = ""
    packed_from: str = ""

    @classmethod
    def of(cls, card: SetCard, role: str, split: str = "") -> "DataUse":
        """From the card of a prepared set."""
        notes = dict.fromkeys(origin.license_note for origin in card.origins if origin.license_note)
        return cls(card.name, card.index_sha256, role, "; ".join(notes), split, card.packed_from)


@dataclass(frozen=True, slots=True)
class RunRecord:
    """The facts of one training.

    Attributes
    ----------
    name : str
        Of the weights, ``architecture.recipe``, as in ``lvnet.self_blend``.
    architecture, recipe : str
    input_size : int
        Crop side of the last stage, in pixels.
    mean, std : tuple of 3 float
    config : str
        The whole configuration as TOML.
    seed : int
    commit : str
        Of the program's source, ``+dirty`` where that differs from it; ``version X.Y.Z`` outside its repository.
    created : str
        Date, ISO 8601.
    images_seen : int
    data : tuple of DataUse
    map_contrast : float
        As in `Weights`.
    """

    name: str
    architecture: str
    recipe: str
    input_size: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    config: str
    seed: int
    commit: str
    created: str
    images_seen: int
    data: tuple[DataUse, ...]
    map_contrast: float = 0.0

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Name and value of what the card tells of the training."""
        config = hashlib.sha256(self.config.encode()).hexdigest()
        used = tuple((f"data ({use.role})", _told(use)) for use in self.data)
        return (
            ("recipe", self.recipe),
            ("commit", self.commit),
            ("seed", str(self.seed)),
            ("images seen", str(self.images_seen)),
            ("SHA-256 of the configuration", config),
            *used,
        )


def _told(use: DataUse) -> str:
    terms = f"; {use.license_note}" if use.license_note else ""
    return SetUse(use.name, use.index_sha256, use.packed_from, use.split).told() + terms


def save_candidate(run: RunRecord, state: Mapping[str, torch.Tensor], folder: Path) -> Weights:
    """Write a training's result; each file is replaced only when the new one is complete.

    Parameters
    ----------
    run : RunRecord
    state : mapping of str to Tensor
        On any device, any floating type; written as float32 from the CPU.
    folder : Path
        Of the run; earlier shards of the same name in it are removed once the new card stands.

    Returns
    -------
    Weights
        Trained, not calibrated, not registered.

    Raises
    ------
    TrainingError
        If the name is not allowed or the folder cannot be written.
    """
    plain = {name: tensor.detach().cpu() for name, tensor in state.items()}
    plain = {name: tensor.float() if tensor.is_floating_point() else tensor for name, tensor in plain.items()}
    place = folder / WEIGHTS_FOLDER
    try:
        registry.check_name(run.name)
        files = save_shards(plain, place, f"{run.name}-{state_sha256(plain)[:8]}")
        weights = _card(run, files)
        registry.save_card(weights, place)
        _write_run(run, folder / RUN_NAME)
        for old in set(place.glob(f"{run.name}-????????-*-of-*.safetensors")) - set(files):
            old.unlink()
    except WeightsError as error:
        raise TrainingError(str(error)) from error
    except OSError as error:
        raise TrainingError(f"{folder} cannot be written: {error.strerror}.") from error
    return weights


def _card(run: RunRecord, files: Sequence[Path]) -> Weights:
    return Weights(
        name=run.name,
        architecture=run.architecture,
        sha256=files_sha256(files),
        trained=True,
        files=tuple(files),
        input_size=run.input_size,
        mean=run.mean,
        std=run.std,
        calibration=None,
        operating_points=(),
        inconclusive=None,
        envelope=None,
        metrics=(),
        license=UNREGISTERED_LICENSE,
        source=f"trained by lav train, recipe {run.recipe}",
        created=run.created,
        training=run.facts(),
        map_contrast=run.map_contrast,
    )


def _write_run(run: RunRecord, path: Path) -> None:
    with replacing(path) as partial:
        partial.write_text(json.dumps({"schema": SCHEMA, **asdict(run)}, indent=1) + "\n", encoding="utf-8")


def read_run(folder: Path) -> RunRecord:
    """Read the ``run.json`` of a run's folder.

    Raises
    ------
    TrainingError
        If there is none, or it is not understood.
    """
    path = folder / RUN_NAME
    try:
        plain: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if plain.pop("schema") != SCHEMA:
            raise TrainingError(f"{path} was written by another version; its schema is not {SCHEMA}.")
        plain |= {name: tuple(plain[name]) for name in ("mean", "std")}
        plain["data"] = tuple(DataUse(**use) for use in plain["data"])
        return RunRecord(**plain)
    except OSError as error:
        raise TrainingError(f"{folder} is no folder of a training: {RUN_NAME} cannot be opened.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise TrainingError(f"{path} cannot be read as the record of a training: {error}.") from error


def read_candidate(path: Path) -> Weights:
    """Weights that are not in the registry.

    Parameters
    ----------
    path : Path
        A run's folder, its ``weights`` folder, or a card.

    Raises
    ------
    TrainingError
        If there is not exactly one card, or it cannot be used.
    """
    if path.is_file():
        card = path
    else:
        folder = path / WEIGHTS_FOLDER if (path / WEIGHTS_FOLDER).is_dir() else path
        cards = sorted(folder.glob("*.json"))
        if len(cards) != 1:
            found = "no card" if not cards else f"{len(cards)} cards"
            raise TrainingError(f"{folder} holds {found} of weights; name the card (a .json file beside its shards).")
        card = cards[0]
    try:
        return registry.read_card(card, card.parent)
    except WeightsError as error:
        raise TrainingError(str(error)) from error


def choose_judged(text: str) -> Weights:
    """What a command line names: a path as in `read_candidate`, else the name of registered weights.

    Raises
    ------
    TrainingError
        If there is neither.
    """
    path = Path(text)
    if path.exists():
        return read_candidate(path)
    try:
        return registry.find_weights(text)
    except WeightsError as error:
        raise TrainingError(f"{text} is neither a folder of a training nor a name: {error}") from error
