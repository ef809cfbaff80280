"""MTCNN of facenet-pytorch (Zhang et al., IEEE SPL 2016): the default detector. Weights come in its wheel."""

import hashlib
import math
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import facenet_pytorch
import numpy as np
import torch
from numpy.typing import NDArray

from lav_gui.errors import FaceError
from lav_gui.faces.reduction import detection_in_frame, distinct, reduce_image
from lav_gui.records import Detection

SMALLEST_FACE = 30
"""Side in reduced pixels of the smallest face asked for: the frame is reduced until such a face is as small as this.

Measured on 32 faces of 8 clips shrunk to 28 px on the shorter side (70 % of a limit of 40): all found, mean IoU 0.85.
Against 24 it costs 8 % at 1080p, and faces near the limit score higher, scenery lower.
"""
THRESHOLDS = (0.6, 0.7, 0.85)
"""Of the three stages; the first two as published. The last is the lowest score that `detect` returns:
below it backs of heads, hands and signs outnumbered faces in the clips looked at."""
SURE_SCORE = 0.985
"""At one frame per second of 79 clips every person in front scored 0.999 at least once; scenery at most 0.973."""
GPU_FRAMES = 16
"""Frames per pass on a GPU. On a CPU frames go one by one: faster there, and no result depends on its neighbors."""


class MtcnnDetector:
    """Three small networks over a picture pyramid; boxes with five landmarks.

    Parameters
    ----------
    device : str
        As torch names it. On "mps" it runs on the CPU: its area resampling is not available there.

    Raises
    ------
    FaceError
        If the weights are missing or damaged, or the device cannot be used.
    """

    name = "mtcnn"
    sure_score = SURE_SCORE

    def __init__(self, device: str) -> None:
        self.device = "cpu" if device.startswith("mps") else device
        self.weights_sha256 = _weights_sha256()
        try:
            self._network = facenet_pytorch.MTCNN(
                keep_all=True, thresholds=list(THRESHOLDS), device=torch.device(self.device)
            ).eval()
        except (OSError, RuntimeError, AssertionError) as error:
            raise FaceError(
                f"The face detector MTCNN cannot be loaded on {self.device}; install facenet-pytorch 2.5.3 again "
                "or choose another device."
            ) from error

    def detect(
        self, images: Sequence[NDArray[np.uint8]], min_face_px: int, sample_aspect_ratio: Fraction
    ) -> list[tuple[Detection, ...]]:
        """See `FaceDetector.detect`. Scores from 0.85; the frame is reduced so that `min_face_px` becomes 30 pixels."""
        reduced = [reduce_image(image, SMALLEST_FACE / min_face_px, sample_aspect_ratio) for image in images]
        smallest = min(SMALLEST_FACE, min_face_px)
        chunk = 1 if self.device == "cpu" else GPU_FRAMES
        found: list[tuple[Detection, ...]] = []
        while len(found) < len(reduced):
            group = _equal_sized(reduced[len(found) : len(found) + chunk])
            found += self._detect_group(group, smallest)
        return found

    def _detect_group(
        self, group: Sequence[tuple[NDArray[np.uint8], tuple[float, float]]], smallest: int
    ) -> list[tuple[Detection, ...]]:
        """Detect in reduced pictures of one size; a GPU out of memory takes half of them at a time."""
        pictures = np.stack([picture for picture, _ in group])
        if min(pictures.shape[1:3]) < smallest:
            return [() for _ in group]
        self._network.min_face_size = smallest
        try:
            boxes, scores, landmarks = self._network.detect(pictures, landmarks=True)
        except torch.OutOfMemoryError as error:
            if len(group) == 1:
                raise FaceError("The GPU has no memory left to look for faces; choose the device cpu.") from error
            half = len(group) // 2
            return self._detect_group(group[:half], smallest) + self._detect_group(group[half:], smallest)
        except (RuntimeError, IndexError, ValueError) as error:
            height, width = pictures.shape[1:3]
            raise FaceError(
                f"The face detector MTCNN failed on a picture reduced to {width} x {height}; choose the detector yunet."
            ) from error
        return [
            _detections(*faces) for faces in zip(boxes, scores, landmarks, [step for _, step in group], strict=True)
        ]


def _detections(
    boxes: NDArray[np.object_] | None,
    scores: NDArray[np.object_],
    landmarks: NDArray[np.object_],
    steps: tuple[float, float],
) -> tuple[Detection, ...]:
    """Records of one picture's raw output; empty and non-finite boxes are none."""
    if boxes is None:
        return ()
    found = []
    for box, score, points in zip(boxes, scores, landmarks, strict=True):
        left, top, right, bottom = (float(edge) for edge in box)
        if math.isfinite(left + top + right + bottom) and right > left and bottom > top:
            five = np.asarray(points, dtype=np.float64)
            found.append(detection_in_frame((left, top, right, bottom), float(score), five, steps))
    return distinct(found)


def _equal_sized(
    pictures: Sequence[tuple[NDArray[np.uint8], tuple[float, float]]],
) -> Sequence[tuple[NDArray[np.uint8], tuple[float, float]]]:
    """Leading pictures that have the size of the first."""
    for count, (picture, _) in enumerate(pictures):
        if picture.shape != pictures[0][0].shape:
            return pictures[:count]
    return pictures


def _weights_sha256() -> str:
    """SHA-256 over name and content of the three weight files, in the order of their names."""
    folder = Path(facenet_pytorch.__file__).parent / "data"
    digest = hashlib.sha256()
    try:
        for name in ("onet.pt", "pnet.pt", "rnet.pt"):
            digest.update(name.encode() + b"\0" + (folder / name).read_bytes())
    except OSError as error:
        raise FaceError(
            f"The face detector's weights {error.filename} are missing; install facenet-pytorch 2.5.3 again."
        ) from error
    return digest.hexdigest()
