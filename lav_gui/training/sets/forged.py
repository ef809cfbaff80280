"""Which faces of a fake are the forged ones, and where: by the masks of its dataset, or by its aligned original."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lav_gui.errors import MediaError, TrainingError
from lav_gui.records import MediaInfo
from lav_gui.training.sets.index import REAL
from lav_gui.training.sets.masks import MaskReader
from lav_gui.training.sets.pair_masks import DerivedMask, derive_mask
from lav_gui.training.sets.patches import Cut, cut_window
from lav_gui.training.sets.settings import PrepareSettings
from lav_gui.training.sets.sources import MaskKind, Problem, Source

FORGED_LEAST = 0.02
"""Part of a face's box that must be forged for the face to count as a forged one."""


@dataclass(frozen=True, slots=True, eq=False)
class Masked:
    """Forged faces of a source with their masks.

    Attributes
    ----------
    cuts : tuple of Cut
        Without a mask where none can be had.
    problems : tuple of Problem
    notes : tuple of str
        How good the masks are that were derived from the original.
    """

    cuts: tuple[Cut, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def with_masks(
    source: Source,
    cuts: tuple[Cut, ...],
    original: Sequence[Cut],
    media: tuple[int, MediaInfo],
    settings: PrepareSettings,
) -> Masked:
    """The same faces with their masks; of a fake of several people only those that masks show to be forged.

    Parameters
    ----------
    source : Source
    cuts : tuple of Cut
        Its faces, without masks.
    original : sequence of Cut
        The same faces of the aligned original; empty where there is none.
    media : tuple of int and MediaInfo
        Frame count and facts of the source's file.
    settings : PrepareSettings

    Returns
    -------
    Masked
    """
    count, info = media
    if source.label == REAL or not cuts:
        return Masked(cuts)
    derive = source.mask.kind is MaskKind.PAIR or (settings.pair_masks and source.mask.kind is MaskKind.NONE)
    notes: tuple[str, ...] = ()
    if derive:
        masked, problems, notes = _derived(source, cuts, original)
    else:
        masked, problems = _told(source, cuts, count, (info.height, info.width))
    kept, problems = _forged(source, masked, problems)
    return Masked(kept, tuple(problems), notes)


def _told(source: Source, cuts: tuple[Cut, ...], count: int, size: tuple[int, int]) -> tuple[list[Cut], list[Problem]]:
    """Faces with the masks of the dataset."""
    masked: list[Cut] = []
    try:
        with MaskReader(source.mask, count, size) as reader:
            frame_index, mask = -1, None
            for cut in cuts:
                if cut.frame_index != frame_index:
                    frame_index, mask = cut.frame_index, reader.mask(cut.frame_index)
                masked.append(cut if mask is None else replace(cut, mask=cut_window(mask, cut.window)))
    except (TrainingError, MediaError) as error:
        return list(cuts), [Problem(str(source.path), f"{error} Its faces have no mask.")]
    return masked, []


def _derived(
    source: Source, cuts: tuple[Cut, ...], original: Sequence[Cut]
) -> tuple[list[Cut], list[Problem], tuple[str, ...]]:
    """Faces with masks from their aligned original, those of poor quality stay without; and how good the masks are."""
    if not original:
        return list(cuts), [Problem(str(source.path), "it has no aligned original to derive masks from")], ()
    theirs = {(cut.frame_index, cut.track_id): cut for cut in original}
    found = [derive_mask(theirs[cut.frame_index, cut.track_id].image, cut.image, cut.patch_box) for cut in cuts]
    masked = [replace(cut, mask=one.mask) if one.is_good else cut for cut, one in zip(cuts, found, strict=True)]
    poor = sum(not one.is_good for one in found)
    what = f"{poor} of {len(cuts)} masks derived from its original are poor; those faces have none"
    return masked, [Problem(str(source.path), what)] if poor else [], (_quality(source, found),)


def _quality(source: Source, found: Sequence[DerivedMask]) -> str:
    """Mean figures of the masks of a source, poor ones included."""
    contrast, cover, spill = np.mean([(one.contrast, one.cover, one.spill) for one in found], axis=0)
    good = sum(one.is_good for one in found)
    return (
        f"{source.key}: {good} of {len(found)} masks derived from its original are good; "
        f"mean contrast {contrast:.2f}, cover {cover:.2f}, spill {spill:.2f}"
    )


def _forged(source: Source, cuts: list[Cut], problems: list[Problem]) -> tuple[tuple[Cut, ...], list[Problem]]:
    """Leave out people whom no mask touches, and faces of forged people on frames whose mask is empty there."""
    shares: dict[int, list[float]] = {}
    for cut in cuts:
        if cut.mask is not None:
            shares.setdefault(cut.track_id, []).append(_forged_share(cut))
    if not shares:
        return tuple(cuts), problems
    forged = {track_id for track_id, values in shares.items() if float(np.mean(values)) >= FORGED_LEAST}
    kept = [cut for cut in cuts if cut.track_id in forged and (cut.mask is None or _forged_share(cut) >= FORGED_LEAST)]
    others = {cut.track_id for cut in cuts} - forged
    if others:
        problems.append(Problem(str(source.path), f"{len(others)} people whom no mask touches are left out"))
    empty = sum(cut.track_id in forged for cut in cuts) - len(kept)
    if empty:
        problems.append(Problem(str(source.path), f"{empty} faces with an empty mask are left out"))
    return tuple(kept), problems


def _forged_share(cut: Cut) -> float:
    """Part of the face's box that its mask calls forged."""
    if cut.mask is None:
        return 0.0
    height, width = cut.mask.shape
    left, top, right, bottom = (round(edge) for edge in cut.patch_box)
    inside = cut.mask[max(top, 0) : min(bottom, height), max(left, 0) : min(right, width)]
    return float((inside > 0).mean()) if inside.size else 0.0
