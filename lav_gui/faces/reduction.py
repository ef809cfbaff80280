"""What all detectors share: the reduced frame they look at, and the way of a box back to the frame. No torch."""

from collections.abc import Sequence
from fractions import Fraction

import cv2
import numpy as np
from numpy.typing import NDArray

from lav_gui.faces import geometry
from lav_gui.records import Box, Detection

SAME_FACE_IOU = 0.5
"""Two boxes of one picture that overlap as much are one face; the surer one stays."""


def reduce_image(
    image: NDArray[np.uint8], scale: float, sample_aspect_ratio: Fraction
) -> tuple[NDArray[np.uint8], tuple[float, float]]:
    """Bring a frame to display geometry and reduce it for detection (area average; never enlarged in height).

    Parameters
    ----------
    image : ndarray of shape (H, W, 3), uint8
    scale : float
        Reduced pixels per display pixel; above 1 it counts as 1.
    sample_aspect_ratio : Fraction

    Returns
    -------
    reduced : ndarray of shape (h, w, 3), uint8
    steps : tuple of 2 float
        Stored pixels per reduced pixel in x and y, exact for the rounded size: brings edges back to the frame.
    """
    height, width = image.shape[:2]
    scale = min(1.0, scale)
    size = (max(1, round(width * float(sample_aspect_ratio) * scale)), max(1, round(height * scale)))
    steps = (width / size[0], height / size[1])
    if size == (width, height):
        return image, steps
    interpolation = cv2.INTER_AREA if steps[0] >= 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(image, size, interpolation=interpolation), dtype=np.uint8), steps


def detection_in_frame(
    box_xyxy: Box, score: float, landmarks: NDArray[np.float64], steps: tuple[float, float]
) -> Detection:
    """Detection in frame pixels from one in reduced pixels (both as edges); landmarks become pixel centers."""
    left, top, right, bottom = box_xyxy
    box = (left * steps[0], top * steps[1], right * steps[0], bottom * steps[1])
    points = landmarks * np.asarray(steps) - 0.5
    return Detection(box, min(max(score, 0.0), 1.0), points)


def distinct(detections: Sequence[Detection]) -> tuple[Detection, ...]:
    """One detection per face (the surer of two that overlap by `SAME_FACE_IOU`), from left to right."""
    kept: list[Detection] = []
    for found in sorted(detections, key=lambda d: (-d.score, d.box_xyxy)):
        if all(geometry.iou(found.box_xyxy, other.box_xyxy) < SAME_FACE_IOU for other in kept):
            kept.append(found)
    return tuple(sorted(kept, key=lambda d: d.box_xyxy))
