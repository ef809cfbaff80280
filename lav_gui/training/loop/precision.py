"""The precision of a training's network: float32, or a half precision by autocast."""

import torch

_TYPES = {"bf16": torch.bfloat16, "fp16": torch.float16}


def autocast(device: torch.device, precision: str) -> torch.autocast:
    """Context in which the network runs in "float32", "bf16" or "fp16"."""
    dtype = _TYPES.get(precision, torch.bfloat16)  # some type is asked for even where it is switched off
    return torch.autocast(device.type, dtype, enabled=precision in _TYPES)
