"""From a unit's faces to the pictures the network gets: blend, wear, cut. Runs in the worker processes."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple, Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch.utils.data import Dataset

from lav_gui.training.loop.plan import Unit, UnitPlan, rng_of
from lav_gui.training.pictures.augmentation import augment
from lav_gui.training.pictures.chain import CLEAN, Chain, DegradationSettings, random_chain
from lav_gui.training.pictures.pair import degraded_pair
from lav_gui.training.pictures.self_blend import BLENDS, self_blend
from lav_gui.training.pictures.view import (
    View,
    ViewRange,
    cut_alpha,
    cut_canvas,
    cut_mask,
    open_canvas,
    random_view,
    view_affine,
)
from lav_gui.training.sets.landmarks import EYES, MOUTH, NOSE
from lav_gui.training.sets.store import Patch, PreparedSet

REGIONS = {"mouth": MOUTH, "nose": NOSE, "eyes": EYES}
REGION_BORDER = 5 / 299
"""Border around a reference region's landmarks, as part of the crop: the released code's 5 pixels at 299."""

FORGED_ALPHA = 0.25
"""A pixel of a blend is called forged where its alpha is above this part of the blend's highest."""

_U8 = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class UnitPictures:
    """A real and a fake picture, in this order.

    Attributes
    ----------
    images : ndarray of shape (2, S, S, 3), uint8
    masks : ndarray of shape (2, S, S), uint8
        0 untouched, 255 forged; all 0 where not known.
    known : ndarray of shape (2,), bool
        Whether the mask is known.
    regions : ndarray of shape (2, S, S), uint8
        255 inside the reference region of patch similarity learning.
    """

    images: NDArray[np.uint8]
    masks: NDArray[np.uint8]
    known: NDArray[np.bool_]
    regions: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Units stacked to B pictures, real and fake in turn.

    Attributes
    ----------
    images : Tensor of shape (B, S, S, 3), uint8
    labels : Tensor of shape (B,), int64
    masks, regions : Tensor of shape (B, S, S), uint8
    known : Tensor of shape (B,), bool
    """

    images: torch.Tensor
    labels: torch.Tensor
    masks: torch.Tensor
    known: torch.Tensor
    regions: torch.Tensor

    def to(self, device: torch.device) -> "Batch":
        """The same on a device."""
        return Batch(*(getattr(self, f.name).to(device, non_blocking=True) for f in fields(self)))

    def pin_memory(self) -> Self:
        """Called by the loader where a GPU waits."""
        return type(self)(*(getattr(self, f.name).pin_memory() for f in fields(self)))


def stack(units: Sequence[UnitPictures]) -> Batch:
    """Make a batch."""

    def joined(name: str) -> torch.Tensor:
        return torch.from_numpy(np.concatenate([getattr(unit, name) for unit in units]))

    labels = torch.tensor([0, 1], dtype=torch.int64).repeat(len(units))
    return Batch(joined("images"), labels, joined("masks"), joined("known"), joined("regions"))


class UnitDataset(Dataset[UnitPictures]):
    """Makes the pictures of units; the key of an item is (ordinal, crop side).

    Parameters
    ----------
    plan : UnitPlan
    sets : sequence of PreparedSet
        One per ingredient of the plan.
    seed : int
    augmentation : str
        "wear", "paper" or "none".
    wear_ramp : int
        Pictures over which the worn part of the units rises from none to all.
    blends : str
        Key of `BLENDS`.
    region : str
        Key of `REGIONS`.
    """

    def __init__(
        self,
        plan: UnitPlan,
        sets: Sequence[PreparedSet],
        seed: int,
        *,
        augmentation: str,
        region: str,
        wear_ramp: int = 0,
        blends: str = "faint",
    ) -> None:
        self._plan = plan
        self._sets = sets
        self._seed = seed
        self._augmentation = augmentation
        self._region = region
        self._wear_ramp = wear_ramp
        self._blends = BLENDS[blends]

    def __getitem__(self, key: tuple[int, int]) -> UnitPictures:
        ordinal, size = key
        unit = self._plan.unit(ordinal)
        rng = rng_of(self._seed, ordinal, "make")
        worn = self._augmentation == "wear" and rng.random() * self._wear_ramp <= 2 * ordinal
        make = self._self_blend if unit.fake is None else self._labeled
        real, fake = make(unit, size, rng, worn)
        if self._augmentation == "paper":
            real, fake = (_augmented(picture, rng) for picture in (real, fake))
        return UnitPictures(
            images=np.stack([real.image, fake.image]),
            masks=np.stack([real.mask, fake.mask]),
            known=np.array([real.known, fake.known]),
            regions=np.stack([real.region, fake.region]),
        )

    def _self_blend(self, unit: Unit, size: int, rng: np.random.Generator, worn: bool) -> tuple["_Picture", "_Picture"]:
        prepared = self._sets[unit.ingredient]
        patch = prepared.patch(unit.real)
        view = self._view(rng)
        canvas = open_canvas(patch, size, view)
        donor = None if unit.donor is None else open_canvas(prepared.patch(unit.donor), size, view)
        blend = self_blend(canvas.image, canvas.landmarks, rng, self._blends, donor)
        pair = degraded_pair(blend, rng, DegradationSettings()) if worn else (blend.real, blend.image)
        alpha = cut_alpha(blend.mask, canvas, size)
        mask = np.where(alpha > FORGED_ALPHA * max(float(alpha.max()), 1e-6), np.uint8(255), np.uint8(0))
        region = region_mask(patch, size, view, REGIONS[self._region])
        real, fake = (cut_canvas(image, canvas, size) for image in pair)
        return _Picture(real, np.zeros_like(mask), True, region), _Picture(fake, mask, True, region)

    def _labeled(self, unit: Unit, size: int, rng: np.random.Generator, worn: bool) -> tuple["_Picture", "_Picture"]:
        """A pair shares view and wear; so do a real and a fake that were drawn apart, lest wear tells them apart."""
        view = self._view(rng)
        chain = random_chain(rng, DegradationSettings()) if worn else CLEAN
        prepared = self._sets[unit.ingredient]
        real_picture, fake_picture = (
            _labeled_picture(prepared.patch(row), size, view, chain, REGIONS[self._region])
            for row in (unit.real, unit.fake)
            if row is not None
        )
        return real_picture, fake_picture

    def _view(self, rng: np.random.Generator) -> View:
        return random_view(rng, ViewRange()) if self._augmentation == "wear" else View()


class _Picture(NamedTuple):
    """One picture, in the order of `UnitPictures`."""

    image: _U8
    mask: _U8
    known: bool
    region: _U8


def _labeled_picture(patch: Patch, size: int, view: View, chain: Chain, region: slice) -> _Picture:
    canvas = open_canvas(patch, size, view)
    image = cut_canvas(chain.apply(canvas.image), canvas, size)
    marked = region_mask(patch, size, view, region)
    if patch.mask is None:
        return _Picture(image, np.zeros((size, size), np.uint8), False, marked)
    mask = cut_mask(patch.mask, view_affine(patch, size, view), size)
    return _Picture(image, np.ascontiguousarray(mask[:, ::-1]) if view.flip else mask, True, marked)


def _augmented(picture: _Picture, rng: np.random.Generator) -> _Picture:
    """The released code's augmentation, on picture, mask and region alike."""
    image, (mask, region) = augment(picture.image, (picture.mask, picture.region), rng)
    return _Picture(image, mask, picture.known, region)


def region_mask(patch: Patch, size: int, view: View, region: slice) -> NDArray[np.uint8]:
    """The box around a region's landmarks with its border, in a crop: (S, S), 0 or 255."""
    (step_x, _, first_x), (_, step_y, first_y) = view_affine(patch, size, view).tolist()
    points = (patch.row.points[region] - (first_x, first_y)) / (step_x, step_y)
    if view.flip:
        points[:, 0] = size - 1 - points[:, 0]
    border = REGION_BORDER * size
    low = np.clip(np.floor(points.min(axis=0) - border), 0, size).astype(int)
    high = np.clip(np.ceil(points.max(axis=0) + border) + 1, 0, size).astype(int)
    marked = np.zeros((size, size), np.uint8)
    marked[low[1] : high[1], low[0] : high[0]] = 255
    return marked
