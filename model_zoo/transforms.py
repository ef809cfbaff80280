"""From crops to the network's input; the same for analysis, training and evaluation."""

import torch

RGB_STATISTICS = tuple[float, float, float]
"""Mean or standard deviation of red, green, blue in [0, 1]."""


def normalize(images: torch.Tensor, mean: RGB_STATISTICS, std: RGB_STATISTICS) -> torch.Tensor:
    """Scale RGB crops to [0, 1] and normalize each color: ``(image / 255 - mean) / std``.

    Parameters
    ----------
    images : Tensor of shape (B, S, S, 3) or (B, 3, S, S), uint8
        Where both readings are possible (S = 3), colors come last.
    mean, std : tuple of 3 float
        From the weights record.

    Returns
    -------
    Tensor of shape (B, 3, S, S), float32
        On the crops' device; in channels_last order where the crops came so.

    Raises
    ------
    ValueError
        If the crops are not uint8 or not of either shape.
    """
    if images.dtype != torch.uint8 or images.ndim != 4 or 3 not in (images.shape[1], images.shape[3]):
        raise ValueError(f"Crops must be uint8 of shape (B, S, S, 3) or (B, 3, S, S), not {tuple(images.shape)}.")
    if images.shape[3] == 3:
        images = images.permute(0, 3, 1, 2)
    center = torch.tensor(mean, device=images.device).view(1, 3, 1, 1)
    scale = torch.tensor(std, device=images.device).view(1, 3, 1, 1)
    return images.to(torch.float32).div_(255).sub_(center).div_(scale)
