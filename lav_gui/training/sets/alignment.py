"""Whether a fake and its original show the same moment: what lies around the face tells, which no forger touched."""

import cv2
import numpy as np
from numpy.typing import NDArray

from lav_gui.records import Box
from lav_gui.training.sets.masks import SIZE_SLACK_PX
from lav_gui.training.sets.patches import Cut

THUMBNAIL = 48
AROUND_MOST = 3.0
"""Largest mean difference around the face, in gray levels of thumbnails.

FaceForensics++ at c40 and Celeb-DF pairs show 0.9 to 1.5; Celeb-DF a second apart 2.5 to 3.8. Where head and camera
stand still, a wrong moment is not noticed, and does no harm: the box is the same."""
FACE_REACH = 0.1
"""Part of the box's side by which the face is taken to reach beyond its box."""


def difference_around(original: NDArray[np.uint8], fake: NDArray[np.uint8], box_xyxy: Box) -> float:
    """Mean gray difference of two patches outside of the face.

    Parameters
    ----------
    original, fake : ndarray of shape (H, W, 3), uint8
        The same window of both frames.
    box_xyxy : Box
        Of the face, in patch pixels.

    Returns
    -------
    float
        In 8-bit gray levels of thumbnails of 48 x 48; of the whole patch where nothing lies outside.
    """
    size = (THUMBNAIL, THUMBNAIL)
    small = [
        cv2.resize(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), size, interpolation=cv2.INTER_AREA).astype(np.float64)
        for image in (original, fake)
    ]
    height, width = original.shape[:2]
    left, top, right, bottom = box_xyxy
    reach_x, reach_y = FACE_REACH * (right - left), FACE_REACH * (bottom - top)
    columns = _cells(left - reach_x, right + reach_x, width)
    rows = _cells(top - reach_y, bottom + reach_y, height)
    outside = np.ones(size, bool)
    outside[rows, columns] = False
    difference = np.abs(small[0] - small[1])
    return float(difference[outside].mean() if outside.any() else difference.mean())


def same_moment(original: Cut, fake: Cut) -> bool:
    """Whether a face was cut from the same moment in both, by `difference_around`."""
    height = min(original.image.shape[0], fake.image.shape[0])
    width = min(original.image.shape[1], fake.image.shape[1])
    if max(original.image.shape[0], fake.image.shape[0]) - height > SIZE_SLACK_PX:
        return False
    if max(original.image.shape[1], fake.image.shape[1]) - width > SIZE_SLACK_PX:
        return False
    around = difference_around(original.image[:height, :width], fake.image[:height, :width], original.patch_box)
    return around <= AROUND_MOST


def _cells(low: float, high: float, length: int) -> slice:
    return slice(max(0, int(low * THUMBNAIL / length)), max(0, int(np.ceil(high * THUMBNAIL / length))))
