"""Faces to look at: the crop, its mask and its heatmap side by side, best and worst of each method and of the reals.

Chosen by rule, not by taste: figures tell how often, pictures tell what.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from lav_gui.training.evaluation.localization import upsample
from lav_gui.training.evaluation.scoring import ScoredFace, ScoringSettings, cut_face
from lav_gui.training.evaluation.videos import by_video
from lav_gui.training.sets.index import FAKE
from lav_gui.training.sets.store import PreparedSet
from model_zoo.weights_record import Weights

TILE_PX = 168
_GAP_PX = 6
_LEAST_VEIL = 0.1
"""Opacity of a cell of value 0, as in the window."""

_HEATMAP_OPACITY = 0.7
_MASK_RGB = (0, 158, 115)


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One face to be shown.

    Attributes
    ----------
    kind : str
        As ``FaceForensics++, Deepfakes: lowest``.
    video : str
    frame_index : int
    fake_prob : float
        Of this face alone.
    pixel_auc : float
        NaN where it is undefined.
    picture : ndarray of shape (TILE_PX, 3 TILE_PX + gaps, 3), uint8
        RGB: crop, mask (green), heatmap.
    """

    kind: str
    video: str
    frame_index: int
    fake_prob: float
    pixel_auc: float
    picture: NDArray[np.uint8]


def choose_samples(
    prepared: PreparedSet, faces: Sequence[ScoredFace], weights: Weights, scoring: ScoringSettings, count: int
) -> tuple[Sample, ...]:
    """At most so many samples: of each method in turn the median, the lowest, the highest video; likewise of the reals.

    Of a video the face whose logit is nearest to the video's median is shown.
    """
    queues = [_queue(kind, own) for kind, own in _kinds(faces)]
    taken: list[tuple[str, ScoredFace]] = []
    for turn in range(max((len(queue) for queue in queues), default=0)):
        taken += [queue[turn] for queue in queues if turn < len(queue)]
    shown = sorted(taken[:count], key=_by_kind)
    return tuple(_sample(prepared, kind, face, weights, scoring) for kind, face in shown)


def _by_kind(item: tuple[str, ScoredFace]) -> tuple[str, int]:
    """Methods in the order of their names, and of each the lowest, the middle, the highest."""
    name, word = item[0].rsplit(": ", 1)
    return name, ("lowest", "middle", "highest").index(word)


def _kinds(faces: Sequence[ScoredFace]) -> list[tuple[str, list[ScoredFace]]]:
    kinds: dict[str, list[ScoredFace]] = {}
    for face in faces:
        row = face.row
        name = f"{row.dataset}, {row.method}" if row.label == FAKE else "real"
        kinds.setdefault(name, []).append(face)
    return sorted(kinds.items())


def _queue(kind: str, faces: Sequence[ScoredFace]) -> list[tuple[str, ScoredFace]]:
    """One face per video, in the order in which they are worth showing."""
    standing = [_middle(own) for own in by_video(faces).values()]
    ranked = sorted(standing, key=lambda face: face.logit)
    places = {len(ranked) // 2: "middle", 0: "lowest", len(ranked) - 1: "highest"}
    return [(f"{kind}: {word}", ranked[place]) for place, word in places.items()]


def _middle(faces: Sequence[ScoredFace]) -> ScoredFace:
    """The face nearest to the median; of those with a known mask where there are any."""
    masked = [face for face in faces if face.row.mask] or list(faces)
    median = float(np.median([face.logit for face in masked]))
    return min(masked, key=lambda face: abs(face.logit - median))


def _sample(
    prepared: PreparedSet, kind: str, face: ScoredFace, weights: Weights, scoring: ScoringSettings
) -> Sample:  # fmt: skip
    view = cut_face(prepared.patch(face.row), weights.input_size, scoring)
    return Sample(
        kind=kind,
        video=face.row.video,
        frame_index=face.row.frame_index,
        fake_prob=float(weights.fake_prob(np.array(face.logit))),
        pixel_auc=float("nan") if face.localization is None else face.localization.pixel_auc,
        picture=draw(view.image, view.mask, face.heatmap),
    )


def draw(image: NDArray[np.uint8], mask: NDArray[np.uint8] | None, heatmap: NDArray[np.float16]) -> NDArray[np.uint8]:
    """Crop, mask and heatmap side by side.

    Parameters
    ----------
    image : ndarray of shape (S, S, 3), uint8
    mask : ndarray of shape (S, S), uint8, or None
        None leaves the tile gray.
    heatmap : ndarray of shape (G, G), float16
    """
    face = cv2.resize(image, (TILE_PX, TILE_PX), interpolation=cv2.INTER_AREA).astype(np.float32)
    gap = np.full((TILE_PX, _GAP_PX, 3), 255, np.float32)
    tiles = [face, gap, _masked(face, mask), gap, _heated(face, heatmap)]
    return np.clip(np.concatenate(tiles, axis=1), 0, 255).astype(np.uint8)


def _masked(face: NDArray[np.float32], mask: NDArray[np.uint8] | None) -> NDArray[np.float32]:
    if mask is None:
        return np.full_like(face, 235)
    share = cv2.resize(mask, (TILE_PX, TILE_PX), interpolation=cv2.INTER_AREA)[:, :, None] / np.float32(255)
    gray = face.mean(axis=2, keepdims=True)
    return np.asarray(gray * (1 - 0.6 * share) + 0.6 * share * np.array(_MASK_RGB, np.float32), np.float32)


def _heated(face: NDArray[np.float32], heatmap: NDArray[np.float16]) -> NDArray[np.float32]:
    """As the window lays it over the picture: low values let the picture through."""
    values = np.clip(upsample(heatmap.astype(np.float32), TILE_PX), 0, 1)
    steps = (values * 255 + 0.5).astype(np.uint8)
    colors = cv2.applyColorMap(steps, cv2.COLORMAP_INFERNO)[:, :, ::-1].astype(np.float32)
    alpha = (_HEATMAP_OPACITY * (_LEAST_VEIL + (1 - _LEAST_VEIL) * values))[:, :, None]
    return np.asarray(face * (1 - alpha) + colors * alpha, np.float32)
