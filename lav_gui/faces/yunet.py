"""YuNet (Wu et al., Machine Intelligence Research 2023) through OpenCV: the second detector, on the CPU.

Its model file is not shipped and nothing is downloaded; it is used where the user has put it.
"""

import hashlib
import os
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from lav_gui.errors import FaceError
from lav_gui.faces.reduction import detection_in_frame, distinct, reduce_image
from lav_gui.records import Detection
from model_zoo.registry import user_folder

MODEL_FILE = "face_detection_yunet_2023mar.onnx"
"""As the OpenCV model zoo names it (MIT license)."""
SMALLEST_FACE = 20
"""Side in reduced pixels of the smallest face asked for. YuNet was trained on faces of 10 to 300 pixels."""
LOWEST_SCORE, SURE_SCORE = 0.6, 0.8
OVERLAP, MOST_CANDIDATES = 0.3, 5000


class YunetDetector:
    """One small network over the reduced frame; boxes with five landmarks.

    Raises
    ------
    FaceError
        If the model file is absent or cannot be read.
    """

    name = "yunet"
    sure_score = SURE_SCORE

    def __init__(self) -> None:
        path = _model_path()
        level = cv2.utils.logging.getLogLevel()
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)  # OpenCV 5 warns that targets are ignored
        try:
            model = path.read_bytes()
            self.weights_sha256 = hashlib.sha256(model).hexdigest()
            self._network = cv2.FaceDetectorYN.create(
                "onnx",
                np.frombuffer(model, dtype=np.uint8),
                np.zeros(0, dtype=np.uint8),
                (320, 320),
                LOWEST_SCORE,
                OVERLAP,
                MOST_CANDIDATES,
            )
        except (OSError, cv2.error) as error:
            raise FaceError(f"{path} cannot be read as a YuNet model; put {MODEL_FILE} there again.") from error
        finally:
            cv2.utils.logging.setLogLevel(level)

    def detect(
        self, images: Sequence[NDArray[np.uint8]], min_face_px: int, sample_aspect_ratio: Fraction
    ) -> list[tuple[Detection, ...]]:
        """See `FaceDetector.detect`. Scores from 0.6; the frame is reduced so that `min_face_px` becomes 20 pixels."""
        scale = SMALLEST_FACE / min_face_px
        return [self._detect_one(*reduce_image(image, scale, sample_aspect_ratio)) for image in images]

    def _detect_one(self, reduced: NDArray[np.uint8], steps: tuple[float, float]) -> tuple[Detection, ...]:
        height, width = reduced.shape[:2]
        try:
            self._network.setInputSize((width, height))
            _, rows = self._network.detect(np.ascontiguousarray(reduced[..., ::-1]))
        except cv2.error as error:
            raise FaceError(
                f"The face detector YuNet failed on a picture reduced to {width} x {height}; choose the detector mtcnn."
            ) from error
        if rows is None:
            return ()
        found = []
        for left, top, wide, high, *points, score in np.asarray(rows, dtype=np.float64).tolist():
            if wide > 0 and high > 0:
                box = (left, top, left + wide, top + high)
                found.append(detection_in_frame(box, score, np.array(points).reshape(5, 2), steps))
        return distinct(found)


def _model_path() -> Path:
    """The file LAV_YUNET names, else the one in the user's folder of models."""
    named = os.environ.get("LAV_YUNET")
    path = Path(named) if named else user_folder() / MODEL_FILE
    if not path.is_file():
        raise FaceError(f"The face detector YuNet needs its model file; put {MODEL_FILE} at {path} or choose mtcnn.")
    return path
