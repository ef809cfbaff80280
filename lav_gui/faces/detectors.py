"""What a face detector is, and which ones there are. No torch here: the networks are imported when one is built."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from lav_gui.errors import FaceError
from lav_gui.records import Detection


class FaceDetector(Protocol):
    """Finds faces in decoded frames."""

    @property
    def name(self) -> str:
        """Setting under which it is chosen."""

    @property
    def weights_sha256(self) -> str:
        """Of the detector's weights, for the report."""

    @property
    def sure_score(self) -> float:
        """Score at and above which one detection alone is evidence of a face and may open a track.

        `detect` also returns weaker ones (each detector states down to where), which only go on with a known face.
        """

    def detect(
        self, images: Sequence[NDArray[np.uint8]], min_face_px: int, sample_aspect_ratio: Fraction
    ) -> list[tuple[Detection, ...]]:
        """Faces of each picture, from left to right.

        Parameters
        ----------
        images : sequence of ndarray (H, W, 3), uint8
            RGB, upright stored pixels; sizes may differ.
        min_face_px : int
            Smallest face side in display pixels that must be found. Somewhat smaller faces may be returned too.
        sample_aspect_ratio : Fraction
            Display width of a stored pixel over its height.

        Raises
        ------
        FaceError
            If the detector cannot do its work on this picture or device.
        """


def build_detector(name: str, device: str) -> FaceDetector:
    """Build a detector by its name in the settings.

    Parameters
    ----------
    name : str
        "mtcnn" or "yunet".
    device : str
        As torch names it: "cpu", "cuda:0", "mps".

    Raises
    ------
    FaceError
        If there is none of that name, or its weights are missing or damaged.
    """
    if name == "mtcnn":
        from lav_gui.faces.mtcnn import MtcnnDetector

        return MtcnnDetector(device)
    if name == "yunet":
        from lav_gui.faces.yunet import YunetDetector

        return YunetDetector()
    raise FaceError(f"There is no face detector named {name!r}; choose mtcnn or yunet.")
