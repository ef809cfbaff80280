"""The turn that sets stored pixels upright, from a container's display matrix or a picture's EXIF tag."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from av.sidedata.sidedata import SideData
from av.video.frame import VideoFrame
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

_EXIF_ORIENTATION = 0x0112
_ONE = 65536.0  # the display matrix holds 16.16 fixed-point numbers


@dataclass(frozen=True, slots=True)
class Turn:
    """One of the eight ways to lay a picture: transpose first, then mirror left-right, then top-bottom."""

    transpose: bool = False
    flip_x: bool = False
    flip_y: bool = False

    @property
    def mirrored(self) -> bool:
        """Whether the turn shows a mirror image."""
        return self.transpose ^ self.flip_x ^ self.flip_y

    @property
    def rotation_degrees(self) -> int:
        """Clockwise rotation, 0, 90, 180 or 270; of a mirrored turn, the one after a left-right mirror."""
        if self.transpose:
            return 90 if self.flip_x else 270
        return 180 if self.flip_y else 0

    def upright(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Turn a stored picture (H, W, 3) upright; shape (W, H, 3) where the turn transposes."""
        if self == Turn():
            return image
        turned = image.transpose(1, 0, 2) if self.transpose else image
        if self.flip_x:
            turned = turned[:, ::-1]
        if self.flip_y:
            turned = turned[::-1]
        # plane by plane: half the time of one strided copy
        return np.stack([np.ascontiguousarray(turned[..., channel]) for channel in range(3)], axis=-1)


_BY_EXIF = {
    1: Turn(),
    2: Turn(flip_x=True),
    3: Turn(flip_x=True, flip_y=True),
    4: Turn(flip_y=True),
    5: Turn(transpose=True),
    6: Turn(transpose=True, flip_x=True),
    7: Turn(transpose=True, flip_x=True, flip_y=True),
    8: Turn(transpose=True, flip_y=True),
}


def turn_from_matrix(matrix: tuple[int, ...]) -> Turn | None:
    """Turn of a display matrix (9 numbers, 16.16 fixed point), or None where it is not one of the eight."""
    xx, yx, xy, yy = (matrix[i] / _ONE for i in (0, 1, 3, 4))  # x' = xx x + xy y ; y' = yx x + yy y
    if abs(xx) > 0.99 and abs(yy) > 0.99:
        return Turn(flip_x=xx < 0, flip_y=yy < 0)
    if abs(xy) > 0.99 and abs(yx) > 0.99:
        return Turn(transpose=True, flip_x=xy < 0, flip_y=yx < 0)
    return None


def turn_from_exif(path: Path) -> Turn:
    """Turn that the EXIF tag of a still picture asks for; none where it has no such tag."""
    try:
        with Image.open(path) as picture:
            return _BY_EXIF.get(picture.getexif().get(_EXIF_ORIENTATION, 1), Turn())
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return Turn()


def turn_of(picture: VideoFrame, path: Path) -> Turn:
    """Turn of a decoded picture.

    Angles that are no multiple of 90 degrees are not applied.
    """
    try:
        side = list(cast(Iterable[SideData], picture.side_data))  # in truth not the mapping its type says
    except ValueError:  # PyAV 18.1 knows no name for EXIF side data; only stills carry it
        return turn_from_exif(path)
    for data in side:
        if data.type.name == "DISPLAYMATRIX":
            return turn_from_matrix(struct.unpack("=9i", bytes(data)[:36])) or Turn()
    return Turn()
