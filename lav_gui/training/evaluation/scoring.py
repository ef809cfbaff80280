"""Scores of a prepared set, by the very path of the analysis: its crop, its network runner, its verdict function.

So a figure of an evaluation tells of what an analyst will see, not of a kin of it. The stream ablations come with the
contributions: their four margins hold the answer of each stream alone (`engine.contributions`).
"""

import copy
import math
import zlib
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from lav_gui.engine import runner as engine_runner
from lav_gui.engine.device import choose_device
from lav_gui.engine.runner import FaceAnswer, NetworkRunner
from lav_gui.engine.sharpness import sharpness
from lav_gui.errors import ModelError, TrainingError
from lav_gui.records import Contributions, Stage
from lav_gui.settings import AnalysisSettings
from lav_gui.training.evaluation.localization import Localization, localize
from lav_gui.training.pictures.degradation import Degradation, apply
from lav_gui.training.pictures.view import FaceView, View, cut_view
from lav_gui.training.sets.index import ALL_SPLITS, HELD_OUT, SPLITS, FaceRow, splits_of
from lav_gui.training.sets.store import Patch, PreparedSet
from model_zoo.networks import Network
from model_zoo.weights_record import Weights

Item = TypeVar("Item")

_SPLITS = (*SPLITS, HELD_OUT, ALL_SPLITS)
STREAMS = ("both", "rgb", "noise")
"""What the network sees: both streams, or one, the other at its contribution baseline."""


@dataclass(frozen=True, slots=True)
class ScoringSettings:
    """Which faces are scored, and how.

    Attributes
    ----------
    split : str
        ``train``, ``val``, ``test``, ``held_out`` (val and test) or ``all``.
    device : str
        "auto", "cpu", "cuda", "cuda:N" or "mps".
    batch_size : int
        Faces per pass on a GPU.
    margin : float
        Side of the crop over the longer side of the face box, as in the analysis.
    frames_per_video : int
        At most so many frames of each track, evenly spaced; 0 takes all.
    streams : bool
        Also the answer of each stream alone: three passes instead of one.
    degradation : Degradation or None
        Done to the patch before the crop is cut.
    seed : int
        For a degradation that has chance in it.
    """

    split: str = "test"
    device: str = "auto"
    batch_size: int = 8
    margin: float = AnalysisSettings().crop_margin
    frames_per_video: int = 0
    streams: bool = False
    degradation: Degradation | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        rules = {
            f"the split must be one of {', '.join(_SPLITS)}": self.split in _SPLITS,
            "the batch size must be at least 1": self.batch_size >= 1,
            "the crop margin must lie between 1 and 3": 1 <= self.margin <= 3,
            "the number of frames per video must not be negative": self.frames_per_video >= 0,
        }
        broken = [rule for rule, kept in rules.items() if not kept]
        if broken:
            raise TrainingError(f"This evaluation is not possible: {broken[0]}.")


@dataclass(frozen=True, slots=True, eq=False)
class ScoredFace:
    """What the network said of one face.

    Attributes
    ----------
    row : FaceRow
    logit : float
        Fake minus real, raw.
    rgb_logit, noise_logit : float
        The same of one stream alone; NaN where not asked for.
    heatmap : ndarray of shape (G, G), float16
    sharpness : float
        Of the crop, as the analysis measures it.
    localization : Localization or None
        None where the forged part is not known.
    """

    row: FaceRow
    logit: float
    rgb_logit: float
    noise_logit: float
    heatmap: NDArray[np.float16]
    sharpness: float
    localization: Localization | None

    def logit_of(self, stream: str) -> float:
        """Logit of ``both``, ``rgb`` or ``noise``."""
        return {"both": self.logit, "rgb": self.rgb_logit, "noise": self.noise_logit}[stream]


def choose_rows(rows: Iterable[FaceRow], settings: ScoringSettings) -> tuple[FaceRow, ...]:
    """Rows of the split, evenly spaced within each track where there are more than wanted; in the set's order."""
    tracks: dict[tuple[str, int], list[tuple[int, int, FaceRow]]] = {}
    for place, row in enumerate(rows):
        if row.split in splits_of(settings.split):
            tracks.setdefault((row.video, row.track_id), []).append((row.frame_index, place, row))
    chosen = [
        item
        for track in tracks.values()
        for item in evenly_spaced(sorted(track, key=lambda item: item[:2]), settings.frames_per_video)
    ]
    return tuple(row for _, _, row in sorted(chosen, key=lambda item: item[1]))


def evenly_spaced(items: Sequence[Item], most: int) -> list[Item]:
    """At most so many of a sequence, the middles of equal parts of it; all where `most` is 0."""
    if most == 0 or len(items) <= most:
        return list(items)
    return [items[int((i + 0.5) * len(items) / most)] for i in range(most)]


def open_runner(weights: Weights, settings: ScoringSettings, network: Network | None = None) -> NetworkRunner:
    """The analysis's network runner for these weights.

    Parameters
    ----------
    weights : Weights
    settings : ScoringSettings
    network : Network or None
        One that is in memory, as during training: a copy of it is used, it stays as it is. None loads `weights`.

    Raises
    ------
    ModelError
        If the weights cannot be loaded, or the device does not exist or cannot hold them.
    """
    copied = None if network is None else copy.deepcopy(network).cpu()
    return engine_runner.open_runner(weights, choose_device(settings.device), settings.batch_size, copied)


def score_faces(
    prepared: PreparedSet,
    rows: Sequence[FaceRow],
    weights: Weights,
    settings: ScoringSettings,
    runner: NetworkRunner,
    *,
    text: str = "scoring faces",
) -> Generator[Stage, None, tuple[ScoredFace, ...]]:
    """Score faces one batch at a time.

    Parameters
    ----------
    prepared : PreparedSet
    rows : sequence of FaceRow
        Of that set.
    weights : Weights
        Gives input size and name.
    settings : ScoringSettings
    runner : NetworkRunner
        From `open_runner`.
    text : str
        What the progress says.

    Yields
    ------
    Stage

    Raises
    ------
    TrainingError
        If a patch cannot be read.
    ModelError
        If the device fails or an answer is not a number.
    """
    scored: list[ScoredFace] = []
    for start in range(0, len(rows), settings.batch_size):
        yield Stage(text, start, len(rows))
        part = rows[start : start + settings.batch_size]
        views = [cut_face(prepared.patch(row), weights.input_size, settings) for row in part]
        answers = runner.answers([view.image for view in views], [settings.streams] * len(views))
        scored += [_scored(*triple, weights) for triple in zip(part, views, answers, strict=True)]
    yield Stage(text, len(rows), len(rows))
    return tuple(scored)


def cut_face(patch: Patch, size: int, settings: ScoringSettings) -> FaceView:
    """The crop of the analysis with its mask; the picture degraded first, where that is asked for.

    The chance in a degradation depends on the seed and the patch's name only: each face meets the same at each call.
    """
    if settings.degradation is not None:
        rng = np.random.default_rng([settings.seed, zlib.crc32(patch.row.patch.encode())])
        patch = Patch(patch.row, apply(patch.image, settings.degradation, rng), patch.mask)
    return cut_view(patch, size, View(settings.margin))


def _scored(row: FaceRow, view: FaceView, answer: FaceAnswer, weights: Weights) -> ScoredFace:
    if not math.isfinite(answer.logit):
        raise ModelError(f"The answer of {weights.name} for {row.patch} is not a number; these weights are broken.")
    rgb_logit, noise_logit = (math.nan, math.nan) if answer.contributions is None else alone(answer.contributions)
    return ScoredFace(
        row=row,
        logit=answer.logit,
        rgb_logit=rgb_logit,
        noise_logit=noise_logit,
        heatmap=answer.heatmap,
        sharpness=sharpness(view.image),
        localization=None if view.mask is None else localize(answer.heatmap, view.mask),
    )


def alone(parts: Contributions) -> tuple[float, float]:
    """Margins of RGB alone and of noise alone, from the Shapley values: v(S) = v(none) + value - interaction / 2."""
    half = parts.interaction / 2
    return parts.baseline + parts.rgb - half, parts.baseline + parts.noise - half
