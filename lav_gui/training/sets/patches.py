"""A patch: the frame's own pixels around a face, cut at whole pixels, written without loss."""

import math
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from lav_gui.errors import TrainingError
from lav_gui.records import Box
from lav_gui.training.sets.store import PATCH_MARGIN

PNG_LEVEL = 1
"""Of zlib: natural pictures of noise hardly shrink more at higher levels, which take five times as long."""

Window = tuple[int, int, int, int]
"""Left, top, right, bottom pixel of a frame, the last two exclusive."""


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """A face cut out of a frame.

    Attributes
    ----------
    frame_index, track_id : int
    box_xyxy : Box
        In frame pixels.
    points : ndarray of shape (68, 2), float64
        In frame pixels.
    window : Window
        Where the patch lies in the frame.
    image : ndarray of shape (H, W, 3), uint8
        RGB.
    mask : ndarray of shape (H, W), uint8, or None
        0 or 255; None where not known.
    """

    frame_index: int
    track_id: int
    box_xyxy: Box
    points: NDArray[np.float64]
    window: Window
    image: NDArray[np.uint8]
    mask: NDArray[np.uint8] | None

    @property
    def patch_box(self) -> Box:
        """The box in patch pixels."""
        left, top = self.window[:2]
        a, b, c, d = self.box_xyxy
        return (a - left, b - top, c - left, d - top)

    @property
    def patch_points(self) -> NDArray[np.float64]:
        """The 68 points in patch pixels."""
        return self.points - np.array(self.window[:2], np.float64)


def patch_window(box_xyxy: Box, frame_size: tuple[int, int], sample_aspect_ratio: Fraction) -> Window | None:
    """Whole pixels that a patch covers: square on the display, clipped to the frame.

    Parameters
    ----------
    box_xyxy : Box
        Face box in frame pixels; may reach beyond the frame.
    frame_size : tuple of 2 int
        Height and width of the frame.
    sample_aspect_ratio : Fraction

    Returns
    -------
    Window or None
        None where the face lies outside.
    """
    left, top, right, bottom = box_xyxy
    ratio = float(sample_aspect_ratio)
    half = PATCH_MARGIN * max((right - left) * ratio, bottom - top) / 2
    center_x, center_y = (left + right) / 2, (top + bottom) / 2
    x0, x1 = math.floor(center_x - half / ratio), math.ceil(center_x + half / ratio)
    y0, y1 = math.floor(center_y - half), math.ceil(center_y + half)
    height, width = frame_size
    window = (max(x0, 0), max(y0, 0), min(x1, width), min(y1, height))
    return window if window[2] - window[0] > 1 and window[3] - window[1] > 1 else None


def cut_window(image: NDArray[np.uint8], window: Window) -> NDArray[np.uint8]:
    """Copy of the pixels of a window out of a picture (H, W) or (H, W, 3)."""
    left, top, right, bottom = window
    return np.ascontiguousarray(image[top:bottom, left:right])


def write_png(path: Path, image: NDArray[np.uint8]) -> None:
    """Write a mask (H, W) or an RGB picture (H, W, 3) as PNG.

    Raises
    ------
    TrainingError
        If the file cannot be written.
    """
    stored = image if image.ndim == 2 else np.ascontiguousarray(image[:, :, ::-1])
    try:
        path.write_bytes(cv2.imencode(".png", stored, [cv2.IMWRITE_PNG_COMPRESSION, PNG_LEVEL])[1].tobytes())
    except OSError as error:
        raise TrainingError(f"{path} cannot be written ({error.strerror}); make room and go on.") from error
