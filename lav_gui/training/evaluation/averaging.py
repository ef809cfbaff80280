"""``lav models average``: the mean of the weights of several runs, as a new candidate to be calibrated and judged anew.

Runs that began with the same weights and went different ways err differently. The mean of their weights is one network,
as fast as each, that often does better than any of them on videos unlike the training's: Wortsman et al., "Model
soups", ICML 2022; "Robust fine-tuning of zero-shot models", CVPR 2022. Runs that were begun apart have no such mean.
"""

from collections.abc import Sequence
from pathlib import Path

import torch

from lav_gui.errors import TrainingError
from lav_gui.training.evaluation.derived import require_new, save_derived
from lav_gui.training.evaluation.run_record import read_candidate
from model_zoo.checkpoints import load_network
from model_zoo.errors import WeightsError
from model_zoo.weights_record import Weights

AVERAGE_FACT = "mean of the weights of"
"""What the card calls it, among the facts of the training."""

_DATA = "data ("
"""How the names of the facts begin that tell what was trained and validated on."""


def average(candidates: Sequence[Path], folder: Path) -> Weights:
    """Write the mean of several runs' weights, each counting the same.

    Crop, logit and the facts of the training are those of the first; what any of them was trained or validated on is
    kept, so that no figure on these videos passes for one on others.

    Parameters
    ----------
    candidates : sequence of Path
        At least two, each as `read_candidate` takes it.
    folder : Path
        Is made where it is missing; a candidate itself afterwards.

    Raises
    ------
    TrainingError
        If there are fewer than two, they are not of one architecture and normalization, one cannot be used, or the
        folder holds a card or a run or cannot be written.
    """
    if len(candidates) < 2:
        raise TrainingError("A mean needs the weights of at least two runs.")
    given = [read_candidate(path) for path in candidates]
    for other in given[1:]:
        if (other.architecture, other.mean, other.std) != (given[0].architecture, given[0].mean, given[0].std):
            raise TrainingError(f"{other.name} is of another architecture or normalization than {given[0].name}.")
    require_new(folder)
    return save_derived(given[0], _mean(given), _facts(given), folder)


def _mean(given: Sequence[Weights]) -> dict[str, torch.Tensor]:
    """The mean of each floating-point tensor; counters are those of the first."""
    total: dict[str, torch.Tensor] = {}
    try:
        for weights in given:
            for name, tensor in load_network(weights).state_dict().items():
                if name not in total:
                    total[name] = tensor.double() if tensor.is_floating_point() else tensor
                elif tensor.is_floating_point():
                    total[name] += tensor.double()
    except WeightsError as error:
        raise TrainingError(str(error)) from error
    count = len(given)
    return {name: (t / count).float() if t.is_floating_point() else t for name, t in total.items()}


def _facts(given: Sequence[Weights]) -> tuple[tuple[str, str], ...]:
    data = [fact for weights in given for fact in weights.training if fact[0].startswith(_DATA)]
    own = [fact for fact in given[0].training if not fact[0].startswith(_DATA)]
    return (*own, (AVERAGE_FACT, ", ".join(f"SHA-256 {weights.sha256}" for weights in given)), *dict.fromkeys(data))
