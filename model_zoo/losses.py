"""What training minimizes: class and patch cross-entropy, mixup, and patch similarity learning without masks.

Shuai et al., *Locate and Verify*, ACM MM 2023. The paper's equations were not at hand; these follow what the authors'
released code computes, with its faults mended where a docstring says so.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F

ANCHOR_TEMPERATURE = 0.1
"""Of the similarities in `anchor_loss`; that of the supervised contrastive loss of Khosla et al., NeurIPS 2020."""

_TINY = 1e-8


def mask_cells(masks: torch.Tensor, grid: int, min_share: float = 0.0) -> torch.Tensor:
    """Which cells of the forgery map are forged, from a mask in crop pixels.

    The mask's edge is repeated to whole cells, as the network's windows do it (299 becomes 304, 2 pixels before and 3
    after, cells of 16). The released code prepares this padding and then forgets it, so that its cells drift by up to
    18 pixels and the last 14 rows and columns never count.

    Parameters
    ----------
    masks : Tensor of shape (B, S, S), bool or number
        Above 0 is forged.
    grid : int
        Cells along one side; S at least `grid`.
    min_share : float
        A cell is forged when more than this part of it is, in [0, 1). 0: any forged pixel (the released code).

    Returns
    -------
    Tensor of shape (B, G, G), int64
        0 real, 1 fake.

    Raises
    ------
    ValueError
        If the masks are not square or smaller than the grid.
    """
    side = masks.shape[-1]
    if masks.ndim != 3 or masks.shape[1] != side or side < grid:
        raise ValueError(f"Masks of shape {tuple(masks.shape)} cannot be cut into {grid} x {grid} cells.")
    cell = -(-side // grid)
    missing = cell * grid - side
    before, after = missing // 2, missing - missing // 2
    forged = (masks > 0).to(torch.float32)[:, None]
    padded = F.pad(forged, (before, after, before, after), mode="replicate")  # (B, 1, cell G, cell G)
    counts = F.avg_pool2d(padded, cell, divisor_override=1)[:, 0]  # forged pixels of each cell, whole numbers
    return (counts > min_share * cell**2).long()


def patch_loss(map_logits: torch.Tensor, cells: torch.Tensor, known: torch.Tensor) -> torch.Tensor:
    """Cross-entropy over all cells of the pictures whose forged part is known.

    Parameters
    ----------
    map_logits : Tensor of shape (B, 2, G, G)
    cells : Tensor of shape (B, G, G), int64
        From `mask_cells`.
    known : Tensor of shape (B,), bool
        False for a fake without a mask: its cells teach nothing, where the released code has NaN or a wrong label.

    Returns
    -------
    Tensor of shape (), float32
        0 where no picture is known.
    """
    per_cell = F.cross_entropy(map_logits.float(), cells, reduction="none")  # (B, G, G)
    weight = known.to(per_cell.dtype)[:, None, None].expand_as(per_cell)
    return (per_cell * weight).sum() / weight.sum().clamp_min(1.0)


def class_loss(class_logits: torch.Tensor, labels: torch.Tensor, smoothing: float = 0.0) -> torch.Tensor:
    """Cross-entropy of (B, 2) logits against (B,) labels, with label smoothing in [0, 1); float32."""
    return F.cross_entropy(class_logits.float(), labels, label_smoothing=smoothing)


@dataclass(frozen=True, slots=True, eq=False)
class Anchors:
    """Mean unit patch features of real pictures and of the reference regions of fake ones, (C,) each."""

    real: torch.Tensor
    fake: torch.Tensor


def patch_anchors(projection: torch.Tensor, labels: torch.Tensor, regions: torch.Tensor) -> Anchors | None:
    """Anchors of patch similarity learning.

    Parameters
    ----------
    projection : Tensor of shape (B, C, G, G)
        Of unit length along C or not; it is brought to unit length here.
    labels : Tensor of shape (B,), int64
    regions : Tensor of shape (B, G, G), 0 or 1
        Cells that are forged if the picture is (mouth, nose or eyes); all 0 where no landmark was found.

    Returns
    -------
    Anchors or None
        None in a degenerate batch: without a real picture, or without a fake one that has a region. The released code
        divides by zero there and then calls every fake patch real.
    """
    unit = F.normalize(projection.float(), dim=1, eps=_TINY)
    weights = regions.to(unit.dtype) * (labels == 1)[:, None, None]
    real = labels == 0
    if not bool(real.any()) or not bool(weights.any()):
        return None
    fakes = unit[labels == 1]
    marked = (fakes * weights[labels == 1][:, None]).sum(dim=(0, 2, 3)) / fakes.shape[0]
    return Anchors(real=unit[real].mean(dim=(0, 2, 3)), fake=marked)


def similarity_cells(projection: torch.Tensor, labels: torch.Tensor, anchors: Anchors) -> torch.Tensor:
    """Pseudo-labels: a fake picture's patch is fake where it is nearer to the fake anchor than to the real one.

    Parameters
    ----------
    projection : Tensor of shape (B, C, G, G)
    labels : Tensor of shape (B,), int64
    anchors : Anchors

    Returns
    -------
    Tensor of shape (B, G, G), int64
        All 0 for real pictures.
    """
    unit = F.normalize(projection.detach().float(), dim=1, eps=_TINY)
    to_real, to_fake = (_cosine(unit, anchor.detach()) for anchor in (anchors.real, anchors.fake))  # (B, G, G)
    return ((to_real < to_fake) & (labels == 1)[:, None, None]).long()


def similarity_loss(
    map_logits: torch.Tensor, projection: torch.Tensor, labels: torch.Tensor, regions: torch.Tensor
) -> torch.Tensor:
    """Semi-supervised patch similarity learning as released: patch cross-entropy against pseudo-labels.

    The comparison that makes the labels has no gradient, so the projection head never learns: its labels come from a
    random projection. `anchor_loss` mends that. A degenerate batch (see `patch_anchors`) gives 0.

    Parameters
    ----------
    map_logits : Tensor of shape (B, 2, G, G)
    projection : Tensor of shape (B, C, G, G)
    labels : Tensor of shape (B,), int64
    regions : Tensor of shape (B, G, G)

    Returns
    -------
    Tensor of shape (), float32
    """
    anchors = patch_anchors(projection, labels, regions)
    if anchors is None:
        return map_logits.sum() * 0.0
    return F.cross_entropy(map_logits.float(), similarity_cells(projection, labels, anchors))


def anchor_loss(projection: torch.Tensor, labels: torch.Tensor, regions: torch.Tensor) -> torch.Tensor:
    """Lets the projection learn: each patch that is known is drawn to its own anchor and away from the other.

    Known are all patches of real pictures and the patches inside the reference region of fake ones; the rest of a fake
    picture, whose truth nobody knows, is left alone. Cross-entropy over the two cosines divided by
    `ANCHOR_TEMPERATURE`: a prototype form of the supervised contrastive loss (Khosla et al., NeurIPS 2020), of which
    an earlier state of the authors' code is known to have had a pairwise form. Both classes weigh the same.

    Parameters
    ----------
    projection : Tensor of shape (B, C, G, G)
    labels : Tensor of shape (B,), int64
    regions : Tensor of shape (B, G, G)

    Returns
    -------
    Tensor of shape (), float32
        0 in a degenerate batch.
    """
    anchors = patch_anchors(projection, labels, regions)
    if anchors is None:
        return projection.sum() * 0.0
    unit = F.normalize(projection.float(), dim=1, eps=_TINY)
    cosines = torch.stack([_cosine(unit, anchors.real), _cosine(unit, anchors.fake)], dim=1)  # (B, 2, G, G)
    fake = (labels == 1)[:, None, None] & (regions > 0)
    real = (labels == 0)[:, None, None].expand_as(fake)
    per_cell = F.cross_entropy(cosines / ANCHOR_TEMPERATURE, fake.long(), reduction="none")
    return 0.5 * (per_cell[real].mean() + per_cell[fake].mean())


def _cosine(unit: torch.Tensor, anchor: torch.Tensor) -> torch.Tensor:
    """Cosine of unit vectors (B, C, G, G) with an anchor (C,): (B, G, G)."""
    return torch.einsum("bchw,c->bhw", unit, F.normalize(anchor, dim=0, eps=_TINY))
