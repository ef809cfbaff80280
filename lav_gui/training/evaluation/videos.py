"""From faces to videos: the verdict's own score, and other rules beside it.

Faces belong to one video where dataset, method, compression *and* source are the same (`FaceRow.video`): the methods
of FaceForensics++ share their file names, and merged they would give one video four times the frames of four forgeries.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lav_gui.errors import TrainingError
from lav_gui.records import TrackSeries
from lav_gui.training.evaluation.scoring import ScoredFace
from lav_gui.training.sets.index import FaceRow
from lav_gui.verdict.score import is_long_enough, video_logit, video_track
from model_zoo.weights_record import Weights

TOP_SHARE = 0.25
"""Part of the frames that the rule "mean of the highest" takes."""


@dataclass(frozen=True, slots=True)
class VideoScore:
    """One video with its score and the conditions under which it was seen.

    Attributes
    ----------
    video : str
        `FaceRow.video`.
    label : int
    split, dataset, method, compression, source, identity, group, pair, codec : str
        As in `FaceRow`.
    logit : float
        Of the verdict: mean of frame logits of the highest track.
    frames, tracks : int
        Scored frames of all tracks, and tracks.
    face_px, sharpness : float
        Medians over the track that stands for the video.
    bits_per_pixel : float
        NaN where not known.
    """

    video: str
    label: int
    split: str
    dataset: str
    method: str
    compression: str
    source: str
    identity: str
    group: str
    pair: str
    codec: str
    logit: float
    frames: int
    tracks: int
    face_px: float
    sharpness: float
    bits_per_pixel: float


def by_video(faces: Iterable[ScoredFace]) -> dict[str, list[ScoredFace]]:
    """Faces of each video, in the order of the videos' names."""
    videos: dict[str, list[ScoredFace]] = {}
    for face in faces:
        videos.setdefault(face.row.video, []).append(face)
    return dict(sorted(videos.items()))


def video_scores(faces: Iterable[ScoredFace], stream: str = "both") -> tuple[VideoScore, ...]:
    """Score each video as the verdict does.

    Parameters
    ----------
    faces : iterable of ScoredFace
    stream : str
        ``both``, or ``rgb`` or ``noise`` for the answer of one stream alone.

    Raises
    ------
    TrainingError
        If a track has two faces in one frame.
    """
    return tuple(_video_score(name, own, stream) for name, own in by_video(faces).items())


def _video_score(name: str, faces: Sequence[ScoredFace], stream: str) -> VideoScore:
    series = track_series(faces, stream)
    standing, logit = video_track(series), video_logit(series)
    if standing is None or logit is None:
        raise TrainingError(f"The video {name} has no scored face.")
    row = faces[0].row
    return VideoScore(
        **{field: getattr(row, field) for field in _OF_ROW},
        label=max(face.row.label for face in faces),
        logit=logit,
        frames=len(faces),
        tracks=len(series),
        face_px=float(np.median(standing.face_px)),
        sharpness=float(np.median(standing.sharpness)),
        bits_per_pixel=row.bits_per_pixel,
    )


_OF_ROW = (
    "video", "split", "dataset", "method", "compression", "source", "identity", "group", "pair", "codec",
)  # fmt: skip


def track_series(faces: Sequence[ScoredFace], stream: str = "both") -> tuple[TrackSeries, ...]:
    """The tracks of one video as the verdict takes them.

    Time is not kept in a prepared set; frame numbers stand for seconds, which no score uses.

    Raises
    ------
    TrainingError
        If a track has two faces in one frame.
    """
    tracks: dict[int, list[ScoredFace]] = {}
    for face in sorted(faces, key=lambda face: face.row.frame_index):
        tracks.setdefault(face.row.track_id, []).append(face)
    return tuple(_series(track_id, own, stream) for track_id, own in sorted(tracks.items()))


def _series(track_id: int, faces: Sequence[ScoredFace], stream: str) -> TrackSeries:
    frames = np.array([face.row.frame_index for face in faces], np.int64)
    if np.any(np.diff(frames) == 0):
        row = faces[0].row
        raise TrainingError(f"Track {track_id} of {row.video} has two faces in one frame; prepare the set again.")
    not_measured = np.full(len(faces), math.nan)
    return TrackSeries(
        track_id=track_id,
        frame_index=frames,
        seconds=frames.astype(np.float64),
        logit=np.array([face.logit_of(stream) for face in faces], np.float64),
        face_px=np.array([face.row.face_px for face in faces], np.float64),
        sharpness=np.array([face.sharpness for face in faces], np.float64),
        rgb=not_measured,
        noise=not_measured,
        interaction=not_measured,
    )


Rule = Callable[[NDArray[np.float64], Weights], float]
"""Frame logits of a track to its score, which grows with fakeness."""


def _highest(logits: NDArray[np.float64], _: Weights) -> float:
    count = max(1, math.ceil(TOP_SHARE * len(logits)))
    return float(np.sort(logits)[-count:].mean())


RULES: Mapping[str, Rule] = {
    "mean logit (the verdict's)": lambda logits, _: float(logits.mean()),
    "mean probability": lambda logits, weights: float(weights.fake_prob(logits).mean()),
    "median logit": lambda logits, _: float(np.median(logits)),
    "highest frame": lambda logits, _: float(logits.max()),
    "mean of the highest quarter": _highest,
}
"""Ways to turn a track's frames into one number; of several tracks the highest stands, as in the verdict."""


def rule_scores(faces: Iterable[ScoredFace], rule: Rule, weights: Weights) -> NDArray[np.float64]:
    """Scores of the videos by another rule, in the order of `video_scores`."""
    scores = []
    for own in by_video(faces).values():
        series = track_series(own)
        candidates = [track for track in series if is_long_enough(track)] or list(series)
        scores.append(max(rule(track.logit, weights) for track in candidates))
    return np.array(scores, np.float64)


def labels_of(items: Sequence[VideoScore] | Sequence[FaceRow]) -> NDArray[np.int64]:
    """Labels as an array (N,)."""
    return np.array([item.label for item in items], np.int64)


def logits_of(videos: Sequence[VideoScore]) -> NDArray[np.float64]:
    """Raw logits as an array (N,)."""
    return np.array([video.logit for video in videos], np.float64)


def groups_of(items: Sequence[VideoScore] | Sequence[FaceRow]) -> list[str]:
    """Whose face is shown, for the bootstrap: dataset and `FaceRow.identity`.

    `FaceRow.group` would be too coarse: it holds everyone who is joined to someone by a swap, which in Celeb-DF is
    everyone. It keeps splits apart and has no say here. What stays unsaid by the person shown is who lent a fake their
    face: fakes of two people with one lender count as two.
    """
    return [f"{item.dataset}/{item.identity}" for item in items]
