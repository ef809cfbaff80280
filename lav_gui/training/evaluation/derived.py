"""Weights made from other weights: where they are written, and what of the old card may stand in theirs."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import torch

from lav_gui.errors import TrainingError
from lav_gui.training.evaluation.run_record import WEIGHTS_FOLDER
from model_zoo import registry
from model_zoo.errors import WeightsError
from model_zoo.storage import files_sha256, save_shards, state_sha256
from model_zoo.weights_record import Weights

Facts = tuple[tuple[str, str], ...]


def require_new(folder: Path) -> None:
    """Raise `TrainingError` if the folder holds a card or is that of a run."""
    if any(folder.glob("*.json")) or (folder / WEIGHTS_FOLDER).is_dir():
        raise TrainingError(f"{folder} holds a card or a run already; give a new folder.")


def save_derived(given: Weights, state: Mapping[str, torch.Tensor], training: Facts, folder: Path) -> Weights:
    """Write tensors as a new candidate that expects the same crops as the weights it was made from.

    Calibration, operating points, tested conditions and figures are left out: they were found with other weights.

    Parameters
    ----------
    given : Weights
        Whose card is kept but for that.
    state : mapping of str to Tensor
        As they are stored.
    training : tuple of (str, str)
        What the new card tells of the training.
    folder : Path
        Is made where it is missing.

    Raises
    ------
    TrainingError
        If the folder cannot be written.
    """
    try:
        files = save_shards(state, folder, f"{given.name}-{state_sha256(state)[:8]}")
        weights = replace(
            given,
            sha256=files_sha256(files),
            files=tuple(files),
            calibration=None,
            operating_points=(),
            inconclusive=None,
            envelope=None,
            metrics=(),
            training=training,
        )
        registry.save_card(weights, folder)
    except WeightsError as error:
        raise TrainingError(str(error)) from error
    except OSError as error:
        raise TrainingError(f"{folder} cannot be written: {error.strerror}.") from error
    return weights
