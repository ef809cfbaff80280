"""The forged part of a fake's frames, as its dataset tells it, in the pixels of the fake's own frames."""

from pathlib import Path
from types import TracebackType
from typing import Any, Self

import cv2
import numpy as np
from numpy.typing import NDArray

from lav_gui.errors import MediaError, TrainingError
from lav_gui.media.reader import VideoReader
from lav_gui.records import Gap
from lav_gui.training.sets.sources import MaskKind, MaskRule
from lav_gui.training.sets.store import MASK_THRESHOLD

SIZE_SLACK_PX = 4
"""Largest difference of width or height between a mask and its frame. Encoders fill up to even sizes at the right and
the bottom, so the two share their upper left corner: the mask is cut or filled with untouched there, not resampled.
Celeb-DF id13_id10_0011 is 944 wide and its original 942: their contents differ by less than one pixel."""
COUNT_SLACK = 2
"""Largest difference of frame counts between a mask video and its fake."""


class MaskReader:
    """Masks of one source, frame by frame; use it as a context manager.

    Parameters
    ----------
    rule : MaskRule
        ``NONE`` and ``PAIR`` give no mask for any frame.
    frame_count : int
        Of the fake.
    frame_size : tuple of 2 int
        Height and width of the fake's upright frames.

    Raises
    ------
    TrainingError
        If the masks are missing or cannot belong to this source.
    """

    def __init__(self, rule: MaskRule, frame_count: int, frame_size: tuple[int, int]) -> None:
        self._size = frame_size
        self._frames: dict[int, Path] = rule.frames()
        self._video: VideoReader | None = None
        place = Path(rule.place)
        if rule.kind is MaskKind.PATTERN and not self._frames:
            raise TrainingError(f"No mask fits {rule.place}; correct the pattern.")
        if rule.kind is MaskKind.PICTURE:
            if frame_count != 1:
                raise TrainingError(f"{place} is one mask for {frame_count} frames; give a video or a pattern.")
            self._frames = {0: place}
        if rule.kind is MaskKind.VIDEO:
            self._video = _open_video(place, frame_count)

    def mask(self, frame_index: int) -> NDArray[np.uint8] | None:
        """Mask of a frame, (H, W), 0 or 255; None where there is none. Frames must be asked for in order.

        Raises
        ------
        TrainingError
            If it cannot be read, or does not have the size of the frame.
        """
        if self._video is not None:
            return self._from_video(self._video, frame_index)
        if frame_index not in self._frames:
            return None
        path = self._frames[frame_index]
        try:
            stored = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_GRAYSCALE)
        except (OSError, cv2.error) as error:
            raise TrainingError(f"The mask {path} cannot be read; get it again.") from error
        if stored is None:
            raise TrainingError(f"The mask {path} is damaged; get it again.")
        return fit_mask(np.asarray(stored), self._size, path.name)

    def _from_video(self, video: VideoReader, frame_index: int) -> NDArray[np.uint8] | None:
        if frame_index >= len(video.index):
            return None
        for found in video.frames([frame_index]):
            if not isinstance(found, Gap):
                return fit_mask(found.image.mean(axis=2), self._size, f"frame {frame_index} of the mask video")
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._video is not None:
            self._video.close()


def fit_mask(gray: NDArray[np.integer[Any] | np.floating[Any]], size: tuple[int, int], name: str) -> NDArray[np.uint8]:
    """Mask of exactly the frame's size: thresholded, never resampled.

    Parameters
    ----------
    gray : ndarray of shape (h, w)
        0 to 255; above `MASK_THRESHOLD` is forged.
    size : tuple of 2 int
        Height and width of the frame.
    name : str
        For the message.

    Returns
    -------
    ndarray of shape (H, W), uint8
        0 or 255.

    Raises
    ------
    TrainingError
        If width or height differ by more than `SIZE_SLACK_PX`.
    """
    height, width = gray.shape
    if abs(height - size[0]) > SIZE_SLACK_PX or abs(width - size[1]) > SIZE_SLACK_PX:
        raise TrainingError(
            f"The mask {name} is {width} x {height}, its frame {size[1]} x {size[0]}; give masks in the frame's size."
        )
    fitted = np.zeros(size, np.uint8)
    rows, columns = min(height, size[0]), min(width, size[1])
    fitted[:rows, :columns] = np.where(gray[:rows, :columns] > MASK_THRESHOLD, 255, 0)
    return fitted


def _open_video(path: Path, frame_count: int) -> VideoReader:
    try:
        video = VideoReader(path)
    except (MediaError, OSError) as error:
        raise TrainingError(f"The mask video {path} cannot be read; get it again.") from error
    if abs(len(video.index) - frame_count) > COUNT_SLACK:
        count = len(video.index)
        video.close()
        raise TrainingError(f"The mask video {path} has {count} frames, its fake {frame_count}; get the one that fits.")
    return video
