"""A prepared set as it is read: rows, and the patch of a row, from single files or from shards.

A *patch* is the part of the upright decoded frame around a face, in its own pixels: cut at whole pixels, never
resampled, stored without loss. So the analysis crop can be cut from it exactly as from the frame, and augmentation has
room around it.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from lav_gui.errors import TrainingError
from lav_gui.training.sets.card import SetCard, read_card
from lav_gui.training.sets.index import FaceRow, read_index

INDEX_NAME, CARD_NAME = "index.csv", "card.json"
PATCH_MARGIN = 2.0
"""Side of a patch over the longer display side of the face box, as far as the frame reaches."""

MASK_THRESHOLD = 127
"""A mask pixel above it is forged."""


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """One face of one frame in the frame's own pixels.

    Attributes
    ----------
    row : FaceRow
        Box and landmarks in this patch's pixels.
    image : ndarray of shape (H, W, 3), uint8
        RGB.
    mask : ndarray of shape (H, W), uint8, or None
        0 untouched, 255 forged; all 0 for a real; None for a fake whose forged part is not known.
    """

    row: FaceRow
    image: NDArray[np.uint8]
    mask: NDArray[np.uint8] | None


class PreparedSet:
    """A folder made by ``lav prepare``.

    Parameters
    ----------
    folder : Path

    Raises
    ------
    TrainingError
        If the folder holds no complete prepared set.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: tuple[FaceRow, ...] = read_index(folder / INDEX_NAME)

    @cached_property
    def card(self) -> SetCard:
        """Where the set comes from and how it was made."""
        return read_card(self.folder / CARD_NAME)

    def patch(self, row: FaceRow) -> Patch:
        """Read one patch with its mask.

        Raises
        ------
        TrainingError
            If a file is missing or damaged, or the mask does not have the patch's size.
        """
        bgr = self._decode(row.patch, cv2.IMREAD_COLOR)
        image = np.ascontiguousarray(bgr[:, :, ::-1])
        mask: NDArray[np.uint8] | None = np.zeros(image.shape[:2], np.uint8) if row.label == 0 else None
        if row.mask:
            gray = self._decode(row.mask, cv2.IMREAD_GRAYSCALE)
            if gray.shape != image.shape[:2]:
                raise TrainingError(f"The mask {row.mask} in {self.folder} does not fit its face; prepare it again.")
            mask = np.where(gray > MASK_THRESHOLD, np.uint8(255), np.uint8(0))
        return Patch(row, image, mask)

    def stored_bytes(self, place: str) -> bytes:
        """PNG bytes of a single file, or of a member of a tar shard: `FaceRow.patch` or `FaceRow.mask`.

        Raises
        ------
        TrainingError
            If they cannot be read.
        """
        try:
            if ".tar:" not in place:
                return (self.folder / place).read_bytes()
            shard, offset, count = place.rsplit(":", 2)
            with (self.folder / shard).open("rb") as file:
                file.seek(int(offset))
                return file.read(int(count))
        except (OSError, ValueError) as error:
            raise TrainingError(f"{place} in {self.folder} cannot be read ({error}); prepare it again.") from error

    def _decode(self, place: str, mode: int) -> NDArray[np.uint8]:
        try:
            picture = cv2.imdecode(np.frombuffer(self.stored_bytes(place), np.uint8), mode)
        except cv2.error as error:
            raise TrainingError(f"{place} in {self.folder} is damaged; prepare it again.") from error
        if picture is None:
            raise TrainingError(f"{place} in {self.folder} is damaged; prepare it again.")
        return np.asarray(picture, np.uint8)
