"""Figures with intervals, for all videos and for each part of them."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from lav_gui.training.evaluation import metrics
from lav_gui.training.evaluation.intervals import (
    RESAMPLES,
    UNKNOWN,
    Statistic,
    clopper_pearson,
    grouped_bootstrap,
    mean_interval,
)
from lav_gui.training.evaluation.metrics import Labels, Scores
from lav_gui.training.evaluation.videos import VideoScore, groups_of, labels_of, logits_of
from lav_gui.training.sets.index import FAKE, REAL
from model_zoo.weights_record import Envelope, Weights

UNSET_THRESHOLD = 0.5
"""Judged at where the weights state no operating point."""

SIZE_EDGES = (64.0, 96.0, 160.0, 256.0)
"""Bounds of the face-size classes: shorter side of the face in display pixels."""

TOO_FEW = "from one person only"
"""Why a figure has no interval."""

FEWEST = 3
"""With fewer reals or fewer fakes a figure of the ranking says nothing, and no table of parts prints it."""

TOO_FEW_VIDEOS = "too few"
"""Stands in a table where there are not `FEWEST` of both."""

_NAMES = {
    "pixel_auc": "pixel AUC in the crop",
    "pixel_iou": "pixel IoU",
    "cell_iou": "cell IoU",
    "patch_accuracy": "patch accuracy",
    "pointing_game": "pointing game",
}

COSTS = frozenset({"log loss", "log loss of the base rate", "Cllr", "Cllr at its best calibration"})
"""Figures that have no upper end."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its 95 % interval; NaN, with the reason in `note`, where it cannot be computed."""

    name: str
    value: float
    low: float
    high: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the set with its figures.

    Attributes
    ----------
    kind : str
        What it was cut by, as ``dataset`` or ``method``.
    name : str
        Which one.
    reals, fakes : int
        How many were judged (videos, frames or pairs, as `unit` says).
    groups : int
        People shown in them (`videos.groups_of`): what the bootstrap drew from.
    figures : tuple of Figure
    unit : str
    """

    kind: str
    name: str
    reals: int
    fakes: int
    groups: int
    figures: tuple[Figure, ...]
    unit: str = "videos"

    def figure(self, name: str) -> Figure:
        """The figure of a name.

        Raises
        ------
        KeyError
            If there is none.
        """
        return {figure.name: figure for figure in self.figures}[name]


@dataclass(frozen=True, slots=True)
class Judge:
    """How figures are made: whose calibration, how many resamples, from which chance.

    Each figure starts from the same seed, so that it does not depend on which others were asked for.
    """

    weights: Weights
    resamples: int = RESAMPLES
    seed: int = 0
    thresholds: tuple[float, ...] = field(init=False)

    def __post_init__(self) -> None:
        stated = tuple(point.threshold for point in self.weights.operating_points)
        object.__setattr__(self, "thresholds", stated or (UNSET_THRESHOLD,))

    def figure(self, name: str, statistic: Statistic, labels: Labels, logits: Scores, groups: Sequence[str]) -> Figure:
        """A figure with its bootstrap interval over people; a cost in bits or nats may lie above 1."""
        value = statistic(labels, logits) if len(labels) else math.nan
        if math.isnan(value):
            return Figure(name, value, *UNKNOWN, metrics.why_undefined(labels) or "there is no score")
        rng = np.random.default_rng(self.seed)
        highest = math.inf if name in COSTS else 1.0
        low, high = grouped_bootstrap(
            statistic, labels, logits, groups, rng=rng, resamples=self.resamples, highest=highest
        )
        return Figure(name, value, low, high, TOO_FEW if math.isnan(low) else "")

    def mean(self, name: str, values: Scores, groups: Sequence[str]) -> Figure:
        """The mean of values in [0, 1] that are known (not NaN), with its interval."""
        known = ~np.isnan(values)
        kept, own = values[known], [group for group, is_known in zip(groups, known, strict=True) if is_known]
        if len(kept) == 0:
            return Figure(name, math.nan, *UNKNOWN, "there is none")
        rng = np.random.default_rng(self.seed)
        low, high = mean_interval(kept, own, rng=rng, resamples=self.resamples)
        return Figure(name, float(kept.mean()), low, high, TOO_FEW if math.isnan(low) else "")

    def probability(self, metric: Callable[[Labels, Scores], float]) -> Statistic:
        """A figure of calibrated probabilities, as one of raw logits."""
        return lambda labels, logits: metric(labels, self.weights.fake_prob(logits))

    def ratio(self, labels: Labels, logits: Scores) -> float:
        """Cllr of the calibrated logits."""
        return metrics.cllr(labels, self.weights.calibrated(logits))


RANKING: Mapping[str, Statistic] = {
    "AUC": metrics.auc,
    "EER": metrics.eer,
    "AP": metrics.average_precision,
    "TPR at 5 % FPR": lambda labels, logits: metrics.tpr_at_fpr(labels, logits, 0.05),
    "TPR at 1 % FPR": lambda labels, logits: metrics.tpr_at_fpr(labels, logits, 0.01),
}
"""Figures that need an order only."""


def is_of_too_few(name: str, reals: int, fakes: int) -> bool:
    """Whether a figure ranks fakes against reals of which there are some, but not `FEWEST` of both."""
    return name in RANKING and 0 < min(reals, fakes) < FEWEST


def shown_name(name: str) -> str:
    """A figure's name as tables print it."""
    return _NAMES.get(name, name.replace("at asked rate", "at target FPR"))


def all_figures(labels: Labels, logits: Scores, groups: Sequence[str], judge: Judge) -> tuple[Figure, ...]:
    """Every figure of videos or frames: order, probabilities, and the stored thresholds."""
    calibrated = {**probability_figures(judge), "Cllr at its best calibration": metrics.cllr_min}
    at_thresholds: dict[str, Statistic] = {}
    for threshold in judge.thresholds:
        where = f"at fake probability {threshold:.3f}"
        at_thresholds[f"accuracy {where}"] = judge.probability(_accuracy(threshold))
        at_thresholds[f"balanced accuracy {where}"] = judge.probability(_balanced_accuracy(threshold))
    asked = {**RANKING, **calibrated, **at_thresholds}
    return tuple(judge.figure(name, metric, labels, logits, groups) for name, metric in asked.items())


def probability_figures(judge: Judge) -> dict[str, Statistic]:
    """Figures that a calibration makes or spoils, beside those of the base rate."""
    return {
        "Brier": judge.probability(metrics.brier),
        "Brier of the base rate": lambda own, _: metrics.brier(own, metrics.base_rate(own)),
        "log loss": judge.probability(metrics.log_loss),
        "log loss of the base rate": lambda own, _: metrics.log_loss(own, metrics.base_rate(own)),
        f"ECE ({metrics.ECE_BINS} equal bins)": judge.probability(metrics.ece),
        "Cllr": judge.ratio,
    }


def _accuracy(threshold: float) -> Statistic:
    return lambda labels, scores: metrics.accuracy_at(labels, scores, threshold)


def _balanced_accuracy(threshold: float) -> Statistic:
    return lambda labels, scores: metrics.balanced_accuracy_at(labels, scores, threshold)


def part_of(kind: str, name: str, videos: Sequence[VideoScore], judge: Judge) -> Part:
    """AUC and EER of a part, and what the first stored threshold calls fake among reals and fakes."""
    labels, logits, groups = labels_of(videos), logits_of(videos), groups_of(videos)
    figures = [judge.figure(metric, RANKING[metric], labels, logits, groups) for metric in ("AUC", "EER")]
    called = judge.weights.fake_prob(logits) >= judge.thresholds[0]
    where = f"at fake probability {judge.thresholds[0]:.3f}"
    figures += [
        rate(f"{word} called fake {where}", int(called[labels == label].sum()), int(np.sum(labels == label)))
        for word, label in (("reals", REAL), ("fakes", FAKE))
    ]
    fakes = int(labels.sum())
    return Part(kind, name, len(labels) - fakes, fakes, len(set(groups)), tuple(figures))


def rate(name: str, hits: int, count: int) -> Figure:
    """A rate over videos with Clopper and Pearson's interval."""
    if count == 0:
        return Figure(name, math.nan, *UNKNOWN, "there is none")
    return Figure(name, hits / count, *clopper_pearson(hits, count), f"{hits} of {count}")


Cut = tuple[str, str, Sequence[VideoScore]]
"""Kind, name and videos of a part."""


def cuts(videos: Sequence[VideoScore], envelope: Envelope | None = None) -> list[Cut]:
    """The parts of a set: by dataset, by method against up to three choices of reals, by compression, by face size.

    With an envelope also by the tested conditions: outside them no verdict is given.
    """
    datasets = sorted({video.dataset for video in videos})
    found: list[Cut] = [("dataset", name, [video for video in videos if video.dataset == name]) for name in datasets]
    found += _method_cuts(videos)
    for compression in sorted({video.compression for video in videos}):
        own = [video for video in videos if video.compression == compression]
        found.append(("compression", compression or "not stated", own))
    for low, high in zip((0.0, *SIZE_EDGES), (*SIZE_EDGES, math.inf), strict=True):
        if own := [video for video in videos if low <= video.face_px < high]:
            found.append(("face size", _size_name(low, high), own))
    return found if envelope is None else [*found, *_tested_cuts(videos, envelope)]


def _tested_cuts(videos: Sequence[VideoScore], envelope: Envelope) -> list[Cut]:
    tested = [(video, is_tested(video, envelope)) for video in videos]
    names = {"inside": True, "outside (no verdict)": False}
    parts = {name: [video for video, inside in tested if inside == wanted] for name, wanted in names.items()}
    return [("tested conditions", name, own) for name, own in parts.items() if own]


def is_tested(video: VideoScore, envelope: Envelope) -> bool:
    """Whether a video was seen under conditions that the weights were tested on."""
    return envelope.holds(video.face_px, video.sharpness, video.bits_per_pixel, video.codec)


def _method_cuts(videos: Sequence[VideoScore]) -> list[Cut]:
    reals = [video for video in videos if video.label == REAL]
    found: list[Cut] = []
    for dataset, method in sorted({(video.dataset, video.method) for video in videos if video.label == FAKE}):
        fakes = [v for v in videos if v.label == FAKE and (v.dataset, v.method) == (dataset, method)]
        originals = {fake.pair for fake in fakes if fake.pair}
        name = f"{dataset}, {method}"
        found.append(("method, against all reals", name, [*fakes, *reals]))
        near = [video for video in reals if video.dataset == dataset]
        if len(near) < len(reals):
            found.append(("method, against the dataset's reals", name, [*fakes, *near]))
        if own := [video for video in reals if video.video in originals]:
            paired = [fake for fake in fakes if fake.pair in {video.video for video in own}]
            found.append(("method, against matched originals", name, [*paired, *own]))
    return found


def _size_name(low: float, high: float) -> str:
    if low == 0:
        return f"below {high:g} px"
    return f"{low:g} px and more" if math.isinf(high) else f"{low:g} to {high:g} px"


def pair_parts(videos: Sequence[VideoScore], judge: Judge) -> tuple[Part, ...]:
    """Share of pairs in which the fake scores above its matched original (a tie counts half), for all and by method.

    Empty where no fake has its original among the videos. The bootstrap draws people, so that an original with four
    fakes is no four witnesses.
    """
    originals = {video.video: video for video in videos if video.label == REAL}
    pairs = [(video, originals[video.pair]) for video in videos if video.label == FAKE and video.pair in originals]
    kinds = {("pairs", "all")} | {("pairs", f"{fake.dataset}, {fake.method}") for fake, _ in pairs}
    return tuple(_pair_part(*kind, pairs, judge) for kind in sorted(kinds, key=_all_first)) if pairs else ()


def _all_first(kind: tuple[str, str]) -> tuple[bool, str]:
    return kind[1] != "all", kind[1]


def _pair_part(kind: str, name: str, pairs: Sequence[tuple[VideoScore, VideoScore]], judge: Judge) -> Part:
    own = [(fake, real) for fake, real in pairs if name in ("all", f"{fake.dataset}, {fake.method}")]
    gaps = np.array([fake.logit - real.logit for fake, real in own])
    groups = groups_of([fake for fake, _ in own])
    above = judge.mean("fake above its original", (np.sign(gaps) + 1) / 2, groups)
    reals = len({real.video for _, real in own})
    gap = Figure("median gap, logit units", float(np.median(gaps)), *UNKNOWN, "no interval is made")
    return Part(kind, name, reals, len(own), len(set(groups)), (above, gap), "pairs")
