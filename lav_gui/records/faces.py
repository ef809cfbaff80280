"""Records of faces: where the detector saw one, and the square picture the network gets."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from lav_gui.records.arrays import frozen_array
from lav_gui.records.media import Box


def face_px(box_xyxy: Box, sample_aspect_ratio: Fraction = Fraction(1)) -> float:
    """Shorter side of a face box in display pixels: what is compared with the smallest face and with the envelope."""
    left, top, right, bottom = box_xyxy
    return min((right - left) * float(sample_aspect_ratio), bottom - top)


@dataclass(frozen=True, slots=True, eq=False)
class Detection:
    """One face as the detector saw it, in upright stored pixels.

    `score` is the detector's confidence in [0, 1]; `landmarks` (5, 2) float64 x, y of
    left eye, right eye, nose, left and right mouth corner as seen in the picture, or None.
    """

    box_xyxy: Box
    score: float
    landmarks: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        left, top, right, bottom = self.box_xyxy
        if not (right > left and bottom > top):
            raise ValueError(f"empty face box: {self.box_xyxy}")
        if self.landmarks is not None:
            object.__setattr__(self, "landmarks", frozen_array("landmarks", self.landmarks, (5, 2), np.float64))


@dataclass(frozen=True, slots=True, eq=False)
class FaceCrop:
    """One face of one frame, cut for the network.

    Attributes
    ----------
    frame_index : int
        Frame it was cut from.
    track_id : int
        Person it belongs to, from 1.
    box_xyxy : Box
        Face box in upright stored pixels of the frame, without margin.
    detection_score : float or None
        Detector's confidence in [0, 1]; None where the box was interpolated between two detections.
    image : ndarray of shape (S, S, 3), uint8
        RGB, square in *display* geometry (sample aspect ratio undone).
    frame_from_crop : ndarray of shape (2, 3), float64
        Maps crop (x, y, 1) to frame (x, y), pixel centers at integers.
    """

    frame_index: int
    track_id: int
    box_xyxy: Box
    detection_score: float | None
    image: NDArray[np.uint8]
    frame_from_crop: NDArray[np.float64]

    def __post_init__(self) -> None:
        size = self.image.shape[0]
        object.__setattr__(self, "image", frozen_array("image", self.image, (size, size, 3), np.uint8))
        object.__setattr__(
            self,
            "frame_from_crop",
            frozen_array("frame_from_crop", self.frame_from_crop, (2, 3), np.float64),
        )
