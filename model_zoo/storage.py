"""Tensors on disk: safetensors shards and their hash, and foreign files read without running anything in them."""

import hashlib
import pickle
import warnings
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from model_zoo.errors import WeightsError

SHARD_BYTES = 90_000_000
"""Largest shard; below the 100 MB that common hosts of repositories accept."""

_READ_ERRORS = (
    OSError,
    EOFError,
    RuntimeError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    AssertionError,
    pickle.UnpicklingError,
    SafetensorError,
)
"""What `torch.load` and safetensors were seen to raise on files that are something else."""


def named(names: Iterable[str]) -> str:
    """The first names of a list, for a message: ``a, b, c and 12 more``."""
    first, *rest = sorted(names)
    shown, left = [first, *rest[:3]], len(rest) - 3
    return ", ".join(shown) + (f" and {left} more" if left > 0 else "")


def state_sha256(state: Mapping[str, torch.Tensor]) -> str:
    """SHA-256 over names, types, shapes and bytes of tensors, in the order of their names."""
    digest = hashlib.sha256()
    for name in sorted(state):
        array = state[name].contiguous().numpy()
        digest.update(f"{name} {array.dtype} {array.shape}\n".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()


def files_sha256(files: Sequence[Path]) -> str:
    """SHA-256 of a file; of several shards, that of their bytes one after the other.

    Raises
    ------
    WeightsError
        If a file cannot be read.
    """
    digest = hashlib.sha256()
    for path in files:
        try:
            with path.open("rb") as stream:
                while block := stream.read(1 << 20):
                    digest.update(block)
        except OSError as error:
            raise WeightsError(f"{path} cannot be read: {error.strerror}; check that you may read it.") from error
    return digest.hexdigest()


def save_shards(
    state: Mapping[str, torch.Tensor], folder: Path, name: str, shard_bytes: int = SHARD_BYTES
) -> tuple[Path, ...]:
    """Write tensors as safetensors shards ``<name>-<i>-of-<n>.safetensors``.

    Parameters
    ----------
    state : mapping of str to Tensor
    folder : Path
        Is made where it is missing.
    name : str
    shard_bytes : int
        A shard holds no more, unless a single tensor does.

    Returns
    -------
    tuple of Path
        The shards, in order.

    Raises
    ------
    WeightsError
        If a file cannot be written; then none is left.
    """
    shards = _shards(state, shard_bytes)
    paths = tuple(folder / f"{name}-{i}-of-{len(shards)}.safetensors" for i in range(1, len(shards) + 1))
    partials = [path.with_name(path.name + ".partial") for path in paths]
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for shard, partial in zip(shards, partials, strict=True):
            save_file(
                {key: tensor.clone(memory_format=torch.contiguous_format) for key, tensor in shard.items()}, partial
            )
        for partial, path in zip(partials, paths, strict=True):
            partial.replace(path)
            written.append(path)
    except (OSError, SafetensorError) as error:
        for path in filter(Path.is_file, (*partials, *written)):
            path.unlink()
        raise WeightsError(f"The weights {name} cannot be written to {folder}; check its space and rights.") from error
    return paths


def read_shards(files: Sequence[Path]) -> dict[str, torch.Tensor]:
    """Read safetensors shards into one mapping.

    Raises
    ------
    WeightsError
        If one is no safetensors file, or two hold the same tensor.
    """
    state: dict[str, torch.Tensor] = {}
    for path in files:
        try:
            shard = load_file(path)
        except (OSError, SafetensorError) as error:
            raise WeightsError(f"{path.name} is not a readable safetensors file; import the weights again.") from error
        repeated = state.keys() & shard.keys()
        if repeated:
            raise WeightsError(f"{path.name} repeats tensors of another shard: {named(repeated)}.")
        state.update(shard)
    return state


def read_foreign(path: Path) -> dict[str, torch.Tensor]:
    """Read a checkpoint of another program: safetensors or a PyTorch file, bare or with its tensors in ``state_dict``.

    PyTorch files are read with ``weights_only=True``: nothing in them is run. NumPy numbers, which some programs store
    beside the tensors (a best AUC), are let through.

    Raises
    ------
    WeightsError
        If the file cannot be read so, or holds something other than tensors.
    """
    try:
        content = load_file(path) if path.suffix == ".safetensors" else _load_pickle(path)
    except _READ_ERRORS as error:
        raise WeightsError(
            f"{path.name} is not a readable checkpoint; give a PyTorch (.pth, .pth.tar) or safetensors file of tensors."
        ) from error
    if isinstance(content, Mapping) and isinstance(content.get("state_dict"), Mapping):
        content = content["state_dict"]
    if not isinstance(content, Mapping) or not content:
        raise WeightsError(f"{path.name} holds no named tensors; give the file that holds the network's state_dict.")
    others = [str(name) for name, value in content.items() if not isinstance(value, torch.Tensor)]
    if others:
        raise WeightsError(f"{path.name} holds entries that are no tensors: {named(others)}.")
    return {str(name): tensor.detach() for name, tensor in content.items()}


def _load_pickle(path: Path) -> object:
    scalar: Any = np.float64(0).__reduce__()[0]
    safe: list[Any] = [np.dtype, *(type(np.dtype(number)) for number in (np.float64, np.float32, np.int64))]
    safe += [(scalar, f"numpy.{core}.multiarray.scalar") for core in ("core", "_core")]  # NumPy 1 and 2
    with torch.serialization.safe_globals(safe), warnings.catch_warnings(action="ignore"):
        return torch.load(path, map_location="cpu", weights_only=True)


def _shards(state: Mapping[str, torch.Tensor], shard_bytes: int) -> list[dict[str, torch.Tensor]]:
    shards: list[dict[str, torch.Tensor]] = [{}]
    filled = 0
    for name, tensor in state.items():
        if shards[-1] and filled + tensor.nbytes > shard_bytes:
            shards.append({})
            filled = 0
        shards[-1][name] = tensor
        filled += tensor.nbytes
    return shards
