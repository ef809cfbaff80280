"""The network a training begins with, and the optimizer for it."""

from pathlib import Path

import torch
from torch import nn

from lav_gui.errors import TrainingError
from lav_gui.training.evaluation.run_record import read_candidate
from lav_gui.training.loop.options import NetworkConfig, OptimizerConfig
from model_zoo.checkpoints import initialize_from_imagenet, initialize_streams, load_network
from model_zoo.errors import WeightsError
from model_zoo.networks import ARCHITECTURES, Network, SingleStream, build
from model_zoo.registry import find_weights
from model_zoo.weights_record import Weights

TIMM_NAME = "legacy_xception.tf_in1k"
MEAN = STD = (0.5, 0.5, 0.5)
"""Normalization of every training: what the reference's network was fed, and what makes mid-gray 0."""


def begin_network(options: NetworkConfig, seed: int, folder: Path) -> Network:
    """Build the network and fill it as `start` says.

    Parameters
    ----------
    options : NetworkConfig
    seed : int
        Of what is not filled from elsewhere.
    folder : Path
        Relative files are looked for here.

    Returns
    -------
    Network
        On the CPU, in training mode, float32.

    Raises
    ------
    TrainingError
        If the architecture or the start is unknown, or the weights do not fit.
    """
    if options.architecture not in ARCHITECTURES:
        raise TrainingError(
            f"There is no architecture {options.architecture!r}; known are: {', '.join(sorted(ARCHITECTURES))}."
        )
    torch.manual_seed(seed)
    network = build(options.architecture)
    kind, _, what = options.start.partition(":")
    try:
        if kind == "imagenet":
            initialize_from_imagenet(network, _timm_file() if what == "timm" else folder / what)
        elif kind == "weights":
            _fill(network, find_weights(what), options.architecture)
        elif kind == "run":
            _fill(network, read_candidate(folder / what), options.architecture)
        elif options.start != "nothing":
            raise TrainingError(
                f"A training cannot start from {options.start!r}; "
                "write nothing, imagenet:FILE, weights:NAME or run:FOLDER."
            )
        if options.noise_start:
            _fill_noise(network, options.noise_start, folder)
    except WeightsError as error:
        raise TrainingError(str(error)) from error
    return network.train()


def _fill(network: Network, weights: Weights, architecture: str) -> None:
    """Take over all tensors; of a single stream its trunk, for every stream; a projection head may stay as it is."""
    given = load_network(weights)
    if isinstance(given, SingleStream) and weights.architecture != architecture:
        initialize_streams(network, given.trunk.state_dict(), weights.name)
        return
    if weights.architecture.replace("_semi", "") != architecture.replace("_semi", ""):
        raise TrainingError(f"{weights.name} is of the architecture {weights.architecture}, not {architecture}.")
    state = given.state_dict()
    own = network.state_dict()
    new = {name: tensor for name, tensor in own.items() if name.startswith("projection_head.") and name not in state}
    network.load_state_dict({**{n: t for n, t in state.items() if n in own}, **new}, strict=True)


def _fill_noise(network: Network, start: str, folder: Path) -> None:
    """Take over the trunk of a run of a single stream, for the noise stream alone."""
    kind, _, what = start.partition(":")
    weights = read_candidate(folder / what)
    given = load_network(weights)
    if kind != "run" or not isinstance(given, SingleStream):
        raise TrainingError(f"A noise stream begins with a run of a single stream (run:FOLDER), not with {start!r}.")
    initialize_streams(network, given.trunk.state_dict(), weights.name, "noise")


def _timm_file() -> Path:
    """Fetch timm's Xception; the only place that goes online, and only because the user wrote so."""
    try:
        from huggingface_hub import hf_hub_download
    except ImportError as error:
        raise TrainingError(
            "imagenet:timm needs the package timm (pip install timm); or name a local file: imagenet:FILE."
        ) from error
    try:
        return Path(hf_hub_download(f"timm/{TIMM_NAME}", "model.safetensors"))
    except Exception as error:
        raise TrainingError(f"timm's {TIMM_NAME} cannot be fetched; name a local file: imagenet:FILE.") from error


def build_optimizer(network: nn.Module, options: OptimizerConfig) -> torch.optim.Optimizer:
    """Adam or AdamW; weight decay on matrices and kernels only."""
    decayed = [p for p in network.parameters() if p.requires_grad and p.ndim > 1]
    free = [p for p in network.parameters() if p.requires_grad and p.ndim <= 1]
    kind = torch.optim.AdamW if options.decoupled else torch.optim.Adam
    groups = [{"params": decayed, "weight_decay": options.weight_decay}, {"params": free, "weight_decay": 0.0}]
    return kind(groups, lr=options.learning_rate, betas=options.betas, fused=True)
