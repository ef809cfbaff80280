"""Weights into networks: load strictly, import foreign checkpoints, start from ImageNet, prepare for inference."""

import datetime
import itertools
import re
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from model_zoo import reference_names, registry
from model_zoo.errors import WeightsError
from model_zoo.networks import ARCHITECTURES, Network, build
from model_zoo.networks.srm import SRM
from model_zoo.networks.xception import SeparableConv, XceptionStream
from model_zoo.quantization import restore
from model_zoo.storage import files_sha256, named, read_foreign, read_shards, save_shards, state_sha256
from model_zoo.untrained import untrained_state
from model_zoo.weights_record import Weights

REFERENCE_INPUT = 299
REFERENCE_MEAN = REFERENCE_STD = (0.5, 0.5, 0.5)
"""What the reference's training fed its network."""


def load_network(weights: Weights) -> Network:
    """Build a network with registered weights, on the CPU, in evaluation mode.

    Parameters
    ----------
    weights : Weights
        From the registry, in any storage of `model_zoo.quantization`. Where it has no files, the tensors are generated
        (`model_zoo.untrained`).

    Raises
    ------
    WeightsError
        If the architecture is unknown, a file does not have the hash of its card, a quantized tensor and its scale do
        not fit, or any tensor is missing, unknown, or of another shape or type.
    """
    if weights.architecture not in ARCHITECTURES:
        raise WeightsError(
            f"The weights {weights.name} are for {weights.architecture!r}, which this version lacks; update LAV."
        )
    if weights.files:
        digest, state = files_sha256(weights.files), read_shards(weights.files)
    else:
        state = untrained_state(weights.architecture)
        digest = state_sha256(state)
    if digest != weights.sha256:
        raise WeightsError(
            f"The weights {weights.name} are not those of their card: SHA-256 is {digest[:12]}…, "
            f"not {weights.sha256[:12]}…; import them again."
        )
    return _filled(weights.architecture, restore(state, weights.name), weights.name)


def import_checkpoint(path: Path, name: str | None, folder: Path) -> Weights:
    """Convert a checkpoint of the reference (or of this program) and register it.

    Parameters
    ----------
    path : Path
        Safetensors, or a PyTorch file, bare or with its tensors under ``state_dict``.
    name : str or None
        ``architecture.recipe`` or the recipe alone; None makes the recipe from the file's name. The architecture is
        always the one found in the file.
    folder : Path
        Where shards and card go; `registry.user_folder` for the registry to find them.

    Returns
    -------
    Weights
        Trained, without calibration.

    Raises
    ------
    WeightsError
        If the file is no such checkpoint (the sentence names the tensors), the name is taken or not allowed, or the
        folder cannot be written.
    """
    state = convert(read_foreign(path), path.name)
    architecture = "lvnet_semi" if any(key.startswith("projection_head.") for key in state) else "lvnet"
    full_name = _full_name(name, path, architecture)
    if (folder / f"{full_name}.json").exists() or any(w.name == full_name for w in registry.list_weights()):
        raise WeightsError(f"There are weights named {full_name} already; give {path.name} another name.")
    _filled(architecture, state, path.name)
    files = save_shards(state, folder, full_name)
    weights = Weights(
        name=full_name,
        architecture=architecture,
        sha256=files_sha256(files),
        trained=True,
        files=files,
        input_size=REFERENCE_INPUT,
        mean=REFERENCE_MEAN,
        std=REFERENCE_STD,
        calibration=None,
        operating_points=(),
        inconclusive=None,
        envelope=None,
        metrics=(),
        license="not known (imported)",
        source=f"imported from {path.name}, SHA-256 {files_sha256([path])}",
        created=datetime.datetime.now(datetime.UTC).date().isoformat(),
    )
    registry.save_card(weights, folder)
    return weights


def convert(tensors: Mapping[str, torch.Tensor], file_name: str) -> dict[str, torch.Tensor]:
    """Rename a checkpoint's tensors to ours and drop those that are known to be unused.

    A ``module.`` at the very start of a name is taken off (data-parallel training puts it there). Floating point is
    widened or narrowed to float32. Names that are ours already stay.

    Parameters
    ----------
    tensors : mapping of str to Tensor
    file_name : str
        For the messages.

    Raises
    ------
    WeightsError
        If a tensor is neither used nor on the list of known unused ones, occurs twice, or holds NaN or infinity.
    """
    bare = {name.removeprefix("module."): tensor for name, tensor in tensors.items()}
    if len(bare) < len(tensors):
        twice = [name for name in bare if name in tensors and f"module.{name}" in tensors]
        raise WeightsError(f"{file_name} holds tensors twice, with and without 'module.': {named(twice)}.")
    if any(reference_names.is_reference(name) for name in bare):
        unknown = [name for name in bare if not reference_names.is_reference(name)]
        if unknown:
            raise WeightsError(f"{file_name} holds tensors that LVNet does not know: {named(unknown)}.")
        renamed = {reference_names.our_name(name): tensor for name, tensor in bare.items()}
        bare = {name: tensor for name, tensor in renamed.items() if name is not None}
    return {name: _single_precision(name, tensor, file_name) for name, tensor in bare.items()}


def initialize_from_imagenet(network: Network, path: Path) -> None:
    """Start every stream from an ImageNet Xception; all else stays as it is.

    The RGB stream of LVNet takes the trunk up to block 11, the noise stream all of it. The classic
    ``xception-b5690688.pth`` fits too: its 2-D pointwise weights become 1x1 convolutions, its classifier is dropped.
    Counters of batches, which old files lack, are left at rest.

    Parameters
    ----------
    network : Network
        At width 1.
    path : Path
        Safetensors (float16 or float32) or PyTorch file.

    Raises
    ------
    WeightsError
        If a tensor is missing, unknown, of another shape, or holds NaN or infinity. The network is then unchanged.
    """
    trunk = {
        name: _single_precision(name, tensor, path.name)
        for name, tensor in _without_counters(read_foreign(path)).items()
        if not reference_names.is_trunk_unused(name)
    }
    trunk = {n: t[:, :, None, None] if n.endswith(".pointwise.weight") and t.ndim == 2 else t for n, t in trunk.items()}
    initialize_streams(network, trunk, path.name)


def initialize_streams(
    network: Network, trunk: Mapping[str, torch.Tensor], source: str, stream: str | None = None
) -> None:
    """Start every stream from one Xception trunk, as `initialize_from_imagenet` does from a file, or one of them.

    Parameters
    ----------
    network : Network
    trunk : mapping of str to Tensor
        Names as in `XceptionFullStream`; counters of batches are neither asked for nor taken.
    source : str
        For the message.
    stream : str, optional
        Name of the one stream to fill: ``rgb`` or ``noise`` of LVNet.

    Raises
    ------
    WeightsError
        If a tensor is missing, unknown or of another shape, or there is no such stream. The network is then unchanged.
    """
    given = _without_counters(trunk)
    streams = {name: module for name, module in network.named_children() if isinstance(module, XceptionStream)}
    chosen = {name: module for name, module in streams.items() if stream in (None, name)}
    if not chosen:
        raise WeightsError(f"The network has no stream {stream!r}; it has {', '.join(streams)}.")
    states = [_without_counters(module.state_dict()) for module in chosen.values()]
    _check(given, max(states, key=len), source)
    for state in states:
        for name, tensor in state.items():
            tensor.copy_(given[name])


def _without_counters(state: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The tensors without batch normalization's counters of batches, which old files lack."""
    return {name: tensor for name, tensor in state.items() if not name.endswith(".num_batches_tracked")}


def prepare_for_inference(network: Network) -> Network:
    """Make a network faster on the same results: evaluation mode, batch normalization folded, channels_last.

    Batch normalization that follows a convolution becomes part of it; logits move by rounding only (1e-4 at most, by
    test). The network is changed in place and can no longer be trained or saved.

    Parameters
    ----------
    network : Network

    Returns
    -------
    Network
        The same network.
    """
    network.eval().requires_grad_(False)
    for parent in list(network.modules()):
        children = list(parent.named_children())
        for (name, layer), (norm_name, norm) in itertools.pairwise(children):
            if not isinstance(norm, nn.BatchNorm2d):
                continue
            if isinstance(layer, SeparableConv):
                layer.pointwise = fuse_conv_bn_eval(layer.pointwise, norm)
            elif isinstance(layer, nn.Conv2d):
                parent.add_module(name, fuse_conv_bn_eval(layer, norm))
            else:
                continue
            parent.add_module(norm_name, nn.Identity())
    return network.to(memory_format=torch.channels_last)


def _filled(architecture: str, state: Mapping[str, torch.Tensor], source: str) -> Network:
    with torch.device("meta"):
        network = build(architecture)
    _check(state, network.state_dict(), source)
    if not torch.equal(state["srm.kernel"], SRM().kernel):
        raise WeightsError(f"{source} was made with other noise filters (srm kernel) than this version's.")
    network.load_state_dict(state, strict=True, assign=True)
    return network.eval()


def _check(state: Mapping[str, torch.Tensor], wanted: Mapping[str, torch.Tensor], source: str) -> None:
    """Raise unless names, shapes and types are those wanted."""
    if missing := wanted.keys() - state.keys():
        raise WeightsError(f"{source} lacks tensors: {named(missing)}.")
    if unknown := state.keys() - wanted.keys():
        raise WeightsError(f"{source} holds tensors that the network does not know: {named(unknown)}.")
    misfits = [n for n, t in wanted.items() if state[n].shape != t.shape or state[n].dtype != t.dtype]
    if misfits:
        raise WeightsError(f"{source} holds tensors of another shape or type: {named(misfits)}.")


def _single_precision(name: str, tensor: torch.Tensor, file_name: str) -> torch.Tensor:
    if not tensor.is_floating_point():
        return tensor
    single = tensor.to(torch.float32)
    if not torch.isfinite(single).all():
        raise WeightsError(f"{file_name} holds a tensor with values that are no finite numbers: {name}.")
    return single


def _full_name(name: str | None, path: Path, architecture: str) -> str:
    if name is None:
        recipe = re.sub(r"[^a-z0-9]+", "_", path.name.split(".")[0].lower()).strip("_")
    else:
        first, _, rest = name.partition(".")
        recipe = rest if first in ARCHITECTURES else name
    full_name = f"{architecture}.{recipe}"
    registry.check_name(full_name)
    return full_name
