"""``lav models average``: the mean of the weights of several runs, as a new candidate to be calibrated and judged anew.

Runs that share their beginning, side by side or one going on from another, err differently. The mean of their weights
is one network, as fast as each, and often ranks videos unlike the training's better than the last of them: Izmailov et
al., "Averaging weights leads to wider optima", UAI 2018; Wortsman et al., "Model soups", ICML 2022. Runs begun apart
have no such mean. The statistics of batch normalization are averaged like the rest, not measured anew.
"""

from collections.abc import Sequence
from pathlib import Path

import torch

from lav_gui.errors import TrainingError
from lav_gui.training.evaluation.derived import Facts, require_new, save_derived
from lav_gui.training.evaluation.run_record import read_candidate
from model_zoo.checkpoints import load_network
from model_zoo.errors import WeightsError
from model_zoo.weights_record import Weights

AVERAGE_FACT = "mean of the weights of"
"""What the card calls each part of the mean, among the facts of the training."""

_DATA = "data ("
"""How the names of the facts begin that tell what was trained and validated on."""

_OF_A_RUN = ("seed", "commit", "images seen", "SHA-256 of the configuration")
"""Facts that are told of each part: they differ from run to run."""


def average(candidates: Sequence[Path], folder: Path) -> Weights:
    """Write the mean of several runs' weights, each counting the same.

    Crop and recipe are those of the first. Of each its hash, seed, commit, pictures and configuration are kept, and
    what any of them was trained or validated on, so that no figure on these videos passes for one on others.

    Parameters
    ----------
    candidates : sequence of Path
        At least two, each as `read_candidate` takes it.
    folder : Path
        Is made where it is missing; a candidate itself afterwards.

    Raises
    ------
    TrainingError
        If there are fewer than two, one is there twice, they are not of one architecture, normalization and logit, one
        cannot be used, or the folder holds a card or a run or cannot be written.
    """
    if len(candidates) < 2:
        raise TrainingError("A mean needs the weights of at least two runs.")
    given = [read_candidate(path) for path in candidates]
    _require_alike(given)
    require_new(folder)
    return save_derived(given[0], _mean(given), _facts(given), folder)


def _require_alike(given: Sequence[Weights]) -> None:
    first = given[0]
    for other in given[1:]:
        if (other.architecture, other.mean, other.std) != (first.architecture, first.mean, first.std):
            raise TrainingError(f"{other.name} is of another architecture or normalization than {first.name}.")
        if other.map_contrast != first.map_contrast:
            raise TrainingError(
                f"The contrast of the map counts {first.map_contrast:g} times in the logit of one run and "
                f"{other.map_contrast:g} times in that of another; a mean needs one logit."
            )
    if len({weights.sha256 for weights in given}) < len(given):
        raise TrainingError("A mean takes the weights of each run once; one is there twice.")


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


def _facts(given: Sequence[Weights]) -> Facts:
    """Recipe and commit of the first, a fact for each part of the mean, and the data of all.

    What the first says of its storage is left out: a mean is written in full precision.
    """
    parts = [fact for weights in given for fact in _parts(weights)]
    data = [fact for weights in given for fact in weights.training if fact[0].startswith(_DATA)]
    own = [fact for fact in given[0].training if fact[0] in ("recipe", "commit")]
    return (*own, *parts, *dict.fromkeys(data))


def _parts(weights: Weights) -> Facts:
    """One part of a mean; a part that is a mean itself, then its own parts."""
    facts = dict(weights.training)
    inner = tuple(fact for fact in weights.training if fact[0] == AVERAGE_FACT)
    told = [] if inner else [f"{name} {facts[name]}" for name in _OF_A_RUN if name in facts]
    return ((AVERAGE_FACT, "; ".join((f"SHA-256 {weights.sha256}", *told))), *inner)
