"""From crops to results: everything the network and the crop say of each face of a frame."""

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np

from lav_gui.engine.runner import PRECISION, FaceAnswer, open_runner
from lav_gui.engine.sharpness import sharpness
from lav_gui.errors import ModelError
from lav_gui.records import FaceCrop, FaceResult, Frame, FrameResult, face_px, frame_digest
from model_zoo.networks import Network
from model_zoo.weights_record import Weights

TOLERANCE = 1e-4
"""Largest difference of a logit between devices, or between batch shapes after a GPU's memory was full. On one device
and in one shape the same crop gives the same bits."""


class FaceScorer:
    """Scores the faces of frames with one set of weights on one device.

    Parameters
    ----------
    weights : Weights
    device : str
        As `choose_device` gave it.
    contributions_every : int
        Stream contributions on frames whose ordinal is a multiple of this; 0 switches them off.
    batch_size : int
        Faces per pass on a GPU; a CPU takes one at a time.
    network : Network or None
        A network that is loaded already; None loads that of `weights`. It is prepared for inference in place.

    Raises
    ------
    ModelError
        If the weights cannot be loaded or the device cannot hold them.
    """

    precision = PRECISION
    deterministic = True

    def __init__(
        self,
        weights: Weights,
        device: str,
        contributions_every: int,
        batch_size: int,
        *,
        network: Network | None = None,
    ) -> None:
        self._weights = weights
        self._every = contributions_every
        self._runner = open_runner(weights, device, batch_size, network)

    def results(
        self,
        frames: Sequence[Frame],
        crops: Sequence[FaceCrop],
        sample_aspect_ratio: Fraction,
        *,
        ordinals: Sequence[int],
    ) -> Iterator[FrameResult]:
        """Score frames in order; a frame is yielded as soon as its own faces are done.

        Parameters
        ----------
        frames : sequence of Frame
        crops : sequence of FaceCrop
            Of these frames, in any order; a frame without a crop gives a result without faces.
        sample_aspect_ratio : Fraction
            Of the upright frames; turns box sides into display pixels.
        ordinals : sequence of int
            Place of each frame among all frames planned for the run, from 0: contributions then fall on the same
            frames whether or not the run was interrupted.

        Raises
        ------
        ValueError
            If a crop belongs to none of the frames, or is not of the weights' input size.
        ModelError
            If the device fails or the network's answer is not a number.
        """
        faces: dict[int, list[FaceCrop]] = {frame.index: [] for frame in frames}
        for crop in crops:
            if crop.frame_index not in faces:
                raise ValueError(f"a crop of frame {crop.frame_index} came without its frame")
            if crop.image.shape[0] != self._weights.input_size:
                raise ValueError(f"crops must have a side of {self._weights.input_size}, not {crop.image.shape[0]}")
            faces[crop.frame_index].append(crop)
        images = [crop.image for frame in frames for crop in faces[frame.index]]
        measured = [
            self._is_measured(ordinal)
            for frame, ordinal in zip(frames, ordinals, strict=True)
            for _ in faces[frame.index]
        ]
        answers = self._runner.answers(images, measured)
        for frame in frames:
            results = tuple(self._face(crop, next(answers), sample_aspect_ratio) for crop in faces[frame.index])
            digest = frame_digest(frame.image)
            yield FrameResult(frame.index, frame.pts, frame.time_base, frame.picture_type, digest, results)

    def notices(self) -> tuple[str, ...]:
        """Sentences for the analyst since the last call, as that the batch was halved."""
        return self._runner.take_notices()

    def _is_measured(self, ordinal: int) -> bool:
        return self._every > 0 and ordinal % self._every == 0

    def _face(self, crop: FaceCrop, answer: FaceAnswer, sample_aspect_ratio: Fraction) -> FaceResult:
        if not math.isfinite(answer.logit):
            raise ModelError(
                f"The answer of {self._weights.name} for frame {crop.frame_index} is not a number;"
                " import the weights again or choose the device cpu."
            )
        return FaceResult(
            track_id=crop.track_id,
            box_xyxy=crop.box_xyxy,
            detection_score=crop.detection_score,
            frame_from_crop=crop.frame_from_crop,
            face_px=face_px(crop.box_xyxy, sample_aspect_ratio),
            sharpness=sharpness(crop.image),
            logit=answer.logit,
            fake_prob=float(self._weights.fake_prob(np.asarray(answer.logit))),
            heatmap=answer.heatmap,
            contributions=answer.contributions,
        )
