"""How the network does on held-out faces, between two steps: the analysis crop, the verdict's video score.

Quick, not final: in the training's precision and at its present crop side. ``lav evaluate`` gives the figures that may
be quoted.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.special import expit
from torch.utils.data import DataLoader, Dataset

from lav_gui.training.evaluation.intervals import grouped_bootstrap
from lav_gui.training.evaluation.localization import localize
from lav_gui.training.evaluation.metrics import auc, log_loss
from lav_gui.training.evaluation.scoring import ScoredFace, ScoringSettings, choose_rows
from lav_gui.training.evaluation.videos import groups_of, labels_of, logits_of, video_scores
from lav_gui.training.loop.messages import Validated
from lav_gui.training.loop.options import DataConfig
from lav_gui.training.loop.precision import autocast
from lav_gui.training.loop.processes import World
from lav_gui.training.pictures.view import FaceView, View, cut_view
from lav_gui.training.sets.index import FaceRow
from lav_gui.training.sets.store import PreparedSet
from model_zoo.margins import margins
from model_zoo.networks import Network
from model_zoo.transforms import RGB_STATISTICS, normalize

BATCH = 8
RESAMPLES = 500
"""Of the bootstrap; the evaluation takes more."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """The faces to validate on: rows and the set that holds each."""

    rows: tuple[FaceRow, ...]
    owners: tuple[PreparedSet, ...]


def hold_out(sets: Sequence[PreparedSet], data: DataConfig) -> HeldOut:
    """Choose the faces of the validation split, evenly spaced over each video."""
    settings = ScoringSettings(split=data.validation_split, frames_per_video=data.validation_frames)
    pairs = [(row, prepared) for prepared in sets for row in choose_rows(prepared.rows, settings)]
    return HeldOut(tuple(row for row, _ in pairs), tuple(prepared for _, prepared in pairs))


class _Views(Dataset[FaceView]):
    def __init__(self, held_out: HeldOut, places: Sequence[int], size: int) -> None:
        self._held_out, self._places, self._size = held_out, places, size

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, at: int) -> FaceView:
        place = self._places[at]
        return cut_view(self._held_out.owners[place].patch(self._held_out.rows[place]), self._size, View())


@dataclass(frozen=True, slots=True)
class Validator:
    """What validation needs to know of the training.

    Attributes
    ----------
    held_out : HeldOut
    mean, std : tuple of 3 float
    precision : str
        "float32", "bf16" or "fp16".
    map_contrast : float
        As in `Weights`: the checkpoint is chosen by the very logit that its weights will have.
    """

    held_out: HeldOut
    mean: RGB_STATISTICS
    std: RGB_STATISTICS
    precision: str
    map_contrast: float = 0.0

    def validate(self, network: Network, world: World, size: int, images: int, epoch: float) -> Validated:
        """Score the faces, shared among the processes, and tell how well; `best` is left False.

        The network is put into evaluation mode and back.
        """
        was_training = network.training
        network.eval()
        places = range(world.rank, len(self.held_out.rows), world.size)
        scored = world.gathered(list(self._scored(network, world.device, places, size)))
        network.train(was_training)
        return _report(scored, size, images, epoch)

    @torch.inference_mode()
    def _scored(
        self, network: Network, device: torch.device, places: Sequence[int], size: int
    ) -> Iterator[tuple[ScoredFace, float]]:
        """Each face, and the margin of the class head alone, which is what the class loss knows."""
        loader = DataLoader(_Views(self.held_out, places, size), batch_size=BATCH, collate_fn=list)
        order = iter(places)
        for views in loader:
            images = torch.from_numpy(np.stack([view.image for view in views])).to(device)
            rgb = normalize(images, self.mean, self.std)
            residual = network.residual(rgb)
            with autocast(device, self.precision):
                output = network(rgb, residual)
            classes, logits = margins(output).tolist(), margins(output, self.map_contrast).tolist()
            heatmaps = output.map_logits.float().softmax(dim=1)[:, 1].cpu().numpy()
            for view, of_class, logit, heatmap in zip(views, classes, logits, heatmaps, strict=True):
                row = self.held_out.rows[next(order)]
                found = None if view.mask is None else localize(heatmap, view.mask)
                half = heatmap.astype(np.float16)
                yield ScoredFace(row, logit, math.nan, math.nan, half, math.nan, found), of_class


def _report(scored: Sequence[tuple[ScoredFace, float]], size: int, images: int, epoch: float) -> Validated:
    faces, of_class = [face for face, _ in scored], np.array([margin for _, margin in scored])
    rows = [face.row for face in faces]
    labels, logits = labels_of(rows), np.array([face.logit for face in faces])
    videos = video_scores(faces)
    cells = [f.localization.pixel_auc for f in faces if f.localization is not None and f.row.label == 1]
    return Validated(
        images=images,
        epoch=epoch,
        size=size,
        faces=len(faces),
        videos=len(videos),
        frame_auc=auc(labels, logits),
        frame_auc_interval=_interval(labels, logits, groups_of(rows)),
        video_auc=auc(labels_of(videos), logits_of(videos)),
        video_auc_interval=_interval(labels_of(videos), logits_of(videos), groups_of(videos)),
        class_loss=log_loss(labels, expit(of_class)),
        pixel_auc=float(np.nanmean(cells)) if cells and not np.isnan(cells).all() else math.nan,
        best=False,
    )


def _interval(labels: NDArray[np.int64], scores: NDArray[np.float64], groups: Sequence[str]) -> tuple[float, float]:
    if math.isnan(auc(labels, scores)):
        return math.nan, math.nan
    return grouped_bootstrap(auc, labels, scores, groups, rng=np.random.default_rng(0), resamples=RESAMPLES)
