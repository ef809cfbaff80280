"""Weights in fewer bytes: what is stored for each tensor, and how it becomes float32 again.

===========  ===============================================  ====================================  ===========
storage      floating point, two dimensions or more           other floating point, `EXACT`         integers
===========  ===============================================  ====================================  ===========
``float32``  float32                                          float32                               as they are
``float16``  float16                                          float32                               as they are
``int8``     int8, and ``NAME.scale``: float32, one a row     float32                               as they are
===========  ===============================================  ====================================  ===========

A *row* is what belongs to one output channel: one place of dimension 0. Its stored value times its scale is the weight
(symmetric: 0 stays 0). Reading is one float32 multiplication a number, hence the same on every machine.
"""

from collections.abc import Mapping

import torch

from model_zoo.errors import WeightsError
from model_zoo.storage import named

STORAGES = ("float32", "float16", "int8")
SCALE = ".scale"
EXACT = ("srm.kernel",)
"""Never rounded: a network is refused where its noise filters differ in a single bit."""

_LARGEST = 127
_RATIOS = tuple(1 - i / 100 for i in range(21))
"""Where a row is clipped, as shares of its largest magnitude; the first wins where errors are equal."""


def compress(state: Mapping[str, torch.Tensor], storage: str) -> dict[str, torch.Tensor]:
    """What is stored for the tensors of a network.

    Parameters
    ----------
    state : mapping of str to Tensor
        On the CPU, any floating type.
    storage : str
        One of `STORAGES`.

    Returns
    -------
    dict of str to Tensor
        As the table above says; `restore` reads it.

    Raises
    ------
    WeightsError
        If the storage is not known, a tensor holds NaN or infinity or is too large for float16, or a name or type could
        not be told from quantized ones.
    """
    if storage not in STORAGES:
        raise WeightsError(f"The storage {storage!r} is not known; choose {', '.join(STORAGES)}.")
    taken = [name for name, tensor in state.items() if name.endswith(SCALE) or tensor.dtype == torch.int8]
    if taken:
        raise WeightsError(f"These tensors look quantized already and cannot be stored: {named(taken)}.")
    stored: dict[str, torch.Tensor] = {}
    for name, tensor in state.items():
        if not tensor.is_floating_point():
            stored[name] = tensor
            continue
        single = tensor.detach().to(torch.float32)
        if not torch.isfinite(single).all():
            raise WeightsError(f"The tensor {name} holds values that are no finite numbers and cannot be stored.")
        if storage == "float32" or single.ndim < 2 or name in EXACT:
            stored[name] = single
        elif storage == "float16":
            stored[name] = _half(name, single)
        else:
            stored[name], stored[name + SCALE] = _quantized(single)
    return stored


def restore(stored: Mapping[str, torch.Tensor], source: str) -> dict[str, torch.Tensor]:
    """Bring stored tensors back to float32; what `compress` left alone stays as it is.

    Parameters
    ----------
    stored : mapping of str to Tensor
        Of any storage; the tensors tell which.
    source : str
        For the messages.

    Returns
    -------
    dict of str to Tensor
        Without scales; integers other than quantized weights are not touched.

    Raises
    ------
    WeightsError
        If a scale has no quantized tensor, a quantized tensor no scale, or a scale is of another shape or type than one
        positive float32 a row.
    """
    scales = {name for name in stored if name.endswith(SCALE)}
    quantized = {name for name, tensor in stored.items() if tensor.dtype == torch.int8}
    if bare := quantized - {name.removesuffix(SCALE) for name in scales}:
        raise WeightsError(f"{source} holds quantized tensors without their scales: {named(bare)}.")
    if lone := {name for name in scales if name.removesuffix(SCALE) not in quantized}:
        raise WeightsError(f"{source} holds scales without their quantized tensors: {named(lone)}.")
    return {name: _restored(name, stored, source) for name in stored if name not in scales}


def _half(name: str, single: torch.Tensor) -> torch.Tensor:
    half = single.to(torch.float16)
    if not torch.isfinite(half).all():
        raise WeightsError(f"The tensor {name} holds values that are too large for float16; choose int8 or float32.")
    return half


def _quantized(single: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Round each row on the scale, among those of `_RATIOS`, that leaves the least squared error.

    Parameters
    ----------
    single : Tensor of shape (out, ...), float32

    Returns
    -------
    values : Tensor of shape (out, ...), int8
        From -127 to 127.
    scale : Tensor of shape (out,), float32
        1 for a row of zeros.
    """
    rows = single.reshape(len(single), -1)  # (out, n)
    peaks = rows.abs().amax(dim=1, keepdim=True)  # (out, 1)
    best, scale = torch.full_like(peaks, torch.inf, dtype=torch.float64), torch.ones_like(peaks)
    for ratio in _RATIOS:
        tried = peaks * (ratio / _LARGEST)
        tried = torch.where(tried > 0, tried, torch.ones_like(tried))
        errors = (_rounded(rows, tried) * tried - rows).double().square().sum(dim=1, keepdim=True)
        better = errors < best
        best, scale = torch.where(better, errors, best), torch.where(better, tried, scale)
    return _rounded(rows, scale).to(torch.int8).reshape(single.shape), scale.flatten()


def _rounded(rows: torch.Tensor, scale: torch.Tensor) -> torch.Tensor:
    return (rows / scale).round().clamp(-_LARGEST, _LARGEST)


def _restored(name: str, stored: Mapping[str, torch.Tensor], source: str) -> torch.Tensor:
    tensor = stored[name]
    if tensor.dtype == torch.float16:
        return tensor.to(torch.float32)
    if tensor.dtype != torch.int8:
        return tensor
    scale = stored[name + SCALE]
    if tensor.ndim < 2 or scale.shape != tensor.shape[:1] or scale.dtype != torch.float32:
        raise WeightsError(f"{source} holds a scale of another shape or type than its tensor needs: {name}{SCALE}.")
    if not (torch.isfinite(scale * (_LARGEST + 1)) & (scale > 0)).all():
        raise WeightsError(f"{source} holds a scale with values that are no positive finite numbers: {name}{SCALE}.")
    return tensor.to(torch.float32) * scale.reshape(-1, *[1] * (tensor.ndim - 1))
