"""``lav models shrink``: the same weights in fewer bytes, as a new candidate to be calibrated and judged anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch

from lav_gui.errors import TrainingError
from lav_gui.training.evaluation.derived import require_new, save_derived
from lav_gui.training.evaluation.run_record import read_candidate
from model_zoo.checkpoints import load_network
from model_zoo.errors import WeightsError
from model_zoo.quantization import compress
from model_zoo.weights_record import Weights

STORAGE_FACT = "storage"
"""What the card calls it, among the facts of the training."""

_IN_WORDS = {"int8": "int8 per output channel", "float16": "float16"}


@dataclass(frozen=True, slots=True)
class Shrunk:
    """Weights in their new storage, and what that changed.

    Attributes
    ----------
    weights : Weights
        Neither calibrated nor judged.
    bytes_before, bytes_after : int
        Of all shards together.
    error : float
        Largest relative error of a tensor: the norm of its change by its own norm.
    tensor : str
        The one of that error.
    """

    weights: Weights
    bytes_before: int
    bytes_after: int
    error: float
    tensor: str


def shrink(candidate: Path, storage: str, folder: Path) -> Shrunk:
    """Write a candidate's weights in fewer bytes and measure, on the files written, what they lost.

    The new card keeps what is told of the training and adds one fact. Calibration, operating points, tested conditions
    and figures are left out: they were found with other weights.

    Parameters
    ----------
    candidate : Path
        As `read_candidate` takes it.
    storage : str
        ``int8`` or ``float16``; see `model_zoo.quantization`.
    folder : Path
        Is made where it is missing; a candidate itself afterwards.

    Raises
    ------
    TrainingError
        If the folder holds a card or is that of a run, the candidate cannot be used or has been shrunk before, the
        storage is not known or cannot hold its values, or the folder cannot be written.
    """
    if storage not in _IN_WORDS:
        raise TrainingError(f"The storage {storage!r} is not known; choose {' or '.join(_IN_WORDS)}.")
    given = read_candidate(candidate)
    if before := dict(given.training).get(STORAGE_FACT):
        raise TrainingError(f"{given.name} has been shrunk already ({before}); give the weights it was made from.")
    require_new(folder)
    try:
        state = load_network(given).state_dict()
        fact = (STORAGE_FACT, f"{_IN_WORDS[storage]}, made from SHA-256 {given.sha256}")
        weights = save_derived(given, compress(state, storage), (*given.training, fact), folder)
        error, tensor = _largest_error(state, load_network(weights).state_dict())
    except WeightsError as problem:
        raise TrainingError(str(problem)) from problem
    return Shrunk(weights, _bytes(given.files), _bytes(weights.files), error, tensor)


def _largest_error(state: Mapping[str, torch.Tensor], again: Mapping[str, torch.Tensor]) -> tuple[float, str]:
    """The largest relative error of a floating-point tensor, and its name."""
    errors = []
    for name, tensor in state.items():
        if tensor.is_floating_point():
            change, size = (again[name] - tensor).double().norm().item(), tensor.double().norm().item()
            errors.append((change / size if size else change, name))
    return max(errors)


def _bytes(files: tuple[Path, ...]) -> int:
    return sum(path.stat().st_size for path in files)
