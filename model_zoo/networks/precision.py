"""Where half precision would lose the result: the few places that stay in float32 under autocast."""

import torch


def at_least_float32(tensor: torch.Tensor) -> torch.Tensor:
    """Widen float16 and bfloat16 to float32; leave float32 and float64 as they are. Any shape."""
    return tensor.float() if tensor.dtype in (torch.float16, torch.bfloat16) else tensor


def no_autocast(tensor: torch.Tensor) -> torch.autocast:
    """Context in which matrix products keep their operands' precision, on the tensor's kind of device."""
    return torch.autocast(device_type=tensor.device.type, enabled=False)
