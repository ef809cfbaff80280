"""The logit of a face: how far the network leans to fake, by its class head and, if the weights say so, its map."""

import math

import torch

from model_zoo.networks.network import NetworkOutput

PART = 0.25
"""Share of the map's cells that count as the highest, and as the lowest."""

LIMIT = math.log(999)
"""Cells count with margins up to this, a probability of .001 to .999: how sure a map is beyond that tells little, and
without the limit the contrast ranked the held-out clips worse than the class head alone."""


def margins(output: NetworkOutput, map_contrast: float = 0.0) -> torch.Tensor:
    """Fake minus real logit of each crop, from both heads.

    The margin of the class head, plus `map_contrast` times the contrast of the map: the mean margin of the highest
    quarter of its cells minus that of the lowest quarter. What a source's smoothness or compression adds to all cells
    alike cancels as long as no cell reaches `LIMIT`, beyond which none counts; a forged part beside an untouched one
    does not.
    *Locate and Verify* judges by the class head alone, which is `map_contrast` 0.

    Parameters
    ----------
    output : NetworkOutput
    map_contrast : float
        Weight of the contrast, at least 0; `Weights.map_contrast`.

    Returns
    -------
    Tensor of shape (B,), float64
        On the CPU.
    """
    classes = output.class_logits.cpu().double()  # (B, 2)
    margin = classes[:, 1] - classes[:, 0]
    if map_contrast == 0.0:
        return margin
    cells = output.map_logits.cpu().double()  # (B, 2, G, G)
    ordered = (cells[:, 1] - cells[:, 0]).clamp(-LIMIT, LIMIT).flatten(1).sort(dim=1).values  # (B, G * G)
    count = max(1, round(PART * ordered.shape[1]))
    return margin + map_contrast * (ordered[:, -count:].mean(dim=1) - ordered[:, :count].mean(dim=1))
