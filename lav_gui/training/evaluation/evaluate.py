"""``lav evaluate``: one set of weights over one prepared set, into a JSON document, two tables and a page."""

import datetime
import math
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from lav_gui.errors import TrainingError
from lav_gui.records import Stage
from lav_gui.training.evaluation.cross_fit import cross_fitted
from lav_gui.training.evaluation.document import SWEEP_FRAMES, Evaluation, write_document, write_faces, write_videos
from lav_gui.training.evaluation.exposure import SetUse
from lav_gui.training.evaluation.intervals import RESAMPLES
from lav_gui.training.evaluation.localization import BASELINES, FIGURES, Localization, baselines
from lav_gui.training.evaluation.metrics import auc
from lav_gui.training.evaluation.page import write_page
from lav_gui.training.evaluation.robustness import SWEEPS, Robustness, Sweep, sweep
from lav_gui.training.evaluation.samples import Sample, choose_samples
from lav_gui.training.evaluation.scoring import STREAMS, ScoredFace, ScoringSettings, choose_rows
from lav_gui.training.evaluation.stand_ins import Scorers, told
from lav_gui.training.evaluation.tables import Judge, Part, all_figures, cuts, pair_parts, part_of
from lav_gui.training.evaluation.videos import (
    RULES,
    VideoScore,
    by_video,
    groups_of,
    labels_of,
    logits_of,
    rule_scores,
    video_scores,
)
from lav_gui.training.sets.index import FAKE, FaceRow
from lav_gui.training.sets.store import PreparedSet
from model_zoo.networks import Network
from model_zoo.weights_record import Weights


@dataclass(frozen=True, slots=True)
class EvaluationSettings:
    """How an evaluation is made.

    Attributes
    ----------
    scoring : ScoringSettings
    resamples : int
        Of the bootstrap behind each interval.
    seed : int
    sweep : str
        Key of `robustness.SWEEPS`.
    sweep_frames : int
        Frames per track in the robustness sweep, evenly spaced; 0 takes all.
    samples : int
        Faces shown with mask and heatmap; 0 shows none, and the page then holds no picture of a person.
    """

    scoring: ScoringSettings = field(default_factory=ScoringSettings)
    resamples: int = RESAMPLES
    seed: int = 0
    sweep: str = "none"
    sweep_frames: int = 4
    samples: int = 12

    def __post_init__(self) -> None:
        if self.sweep not in SWEEPS:
            raise TrainingError(f"There is no robustness sweep {self.sweep!r}; choose one of {', '.join(SWEEPS)}.")
        if self.resamples < 100 or self.sweep_frames < 0 or self.samples < 0:
            raise TrainingError("An evaluation needs at least 100 resamples, and no count may be negative.")


def evaluate(
    weights: Weights,
    prepared: PreparedSet,
    settings: EvaluationSettings,
    out: Path,
    *,
    network: Network | None = None,
    stand_ins: Sequence[Weights] = (),
) -> Generator[Stage, None, Evaluation]:
    """Judge weights on a prepared set.

    Parameters
    ----------
    weights : Weights
    prepared : PreparedSet
    settings : EvaluationSettings
    out : Path
        Folder for ``evaluation.json``, ``videos.csv``, ``faces.csv`` and ``page.html``; made where it is missing.
    network : Network or None
        One in memory instead of the files of `weights`; it stays as it is.
    stand_ins : sequence of Weights
        Score the splits that `weights` were trained on and they were not (`stand_ins.Scorers`).

    Yields
    ------
    Stage

    Raises
    ------
    TrainingError
        If the split is empty, a patch cannot be read, or the folder cannot be written.
    ModelError
        If the network cannot be run.
    """
    rows = choose_rows(prepared.rows, settings.scoring)
    if not rows:
        known = ", ".join(sorted({row.split for row in prepared.rows})) or "none"
        raise TrainingError(
            f"{prepared.folder} has no face in the split {settings.scoring.split!r}; its splits are: {known}."
        )
    scorers = Scorers(weights, tuple(stand_ins), network)
    faces = yield from scorers.score(prepared, rows, settings.scoring)
    robustness = yield from _swept(prepared, rows, settings, scorers)
    yield Stage("making tables", 0, 1)
    evaluation = _judged(scorers, prepared, settings, faces, robustness)
    samples = choose_samples(prepared, faces, weights, settings.scoring, settings.samples)
    yield Stage("writing the page", 0, 1)
    _write(evaluation, faces, samples, out)
    yield Stage("writing the page", 1, 1)
    return evaluation


def _swept(
    prepared: PreparedSet,
    rows: Sequence[FaceRow],
    settings: EvaluationSettings,
    scorers: Scorers,
) -> Generator[Stage, None, Robustness | None]:
    asked: Sweep = SWEEPS[settings.sweep]
    if not asked:
        return None
    scoring = replace(settings.scoring, frames_per_video=settings.sweep_frames)
    judge = Judge(scorers.weights, settings.resamples, settings.seed)
    return (yield from sweep(prepared, choose_rows(rows, scoring), judge, scoring, scorers, asked=asked))


def _judged(
    scorers: Scorers,
    prepared: PreparedSet,
    settings: EvaluationSettings,
    faces: Sequence[ScoredFace],
    robustness: Robustness | None,
) -> Evaluation:
    weights = scorers.weights
    judge = Judge(weights, settings.resamples, settings.seed)
    videos = video_scores(faces)
    judged = SetUse.of(prepared.card, settings.scoring.split)
    seen, used = scorers.seen(judged), scorers.used(judged)
    crossed, why_not = cross_fitted(videos, judged, judge, seen)
    return Evaluation(
        weights=weights,
        set_name=prepared.card.name,
        set_sha256=prepared.card.index_sha256,
        packed_from=prepared.card.packed_from,
        notes=(*seen, *why_not, *([told(used)] if used else [])),
        settings=settings_document(settings),
        created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        videos=videos,
        whole=_whole("videos", videos, judge),
        frames=frames_part(faces, judge),
        parts=tuple(part_of(*cut, judge) for cut in cuts(videos, judge.weights.envelope)),
        pairs=pair_parts(videos, judge),
        rules=_rules(faces, videos, judge),
        streams=_streams(faces, judge) if settings.scoring.streams else (),
        localization=localization_parts(faces, judge),
        robustness=robustness,
        cross_fitted=crossed,
        stand_ins=tuple((split, own.sha256) for split, own in used),
    )


def settings_document(settings: EvaluationSettings) -> tuple[tuple[str, str], ...]:
    """Every choice of an evaluation, name and value."""
    scoring = settings.scoring
    damage = scoring.degradation
    return (
        ("split", scoring.split),
        ("device", scoring.device),
        ("crop margin", f"{scoring.margin:g}"),
        ("frames per track", str(scoring.frames_per_video or "all")),
        ("degradation", "none" if damage is None else f"{damage.kind} {damage.level:g}"),
        ("bootstrap resamples", str(settings.resamples)),
        ("seed", str(settings.seed)),
        ("robustness sweep", settings.sweep),
        (SWEEP_FRAMES, str(settings.sweep_frames or "all")),
    )


def _whole(name: str, videos: Sequence[VideoScore], judge: Judge) -> Part:
    labels, groups = labels_of(videos), groups_of(videos)
    figures = all_figures(labels, logits_of(videos), groups, judge)
    fakes = int(labels.sum())
    return Part("all", name, len(labels) - fakes, fakes, len(set(groups)), figures)


def frames_part(faces: Sequence[ScoredFace], judge: Judge) -> Part:
    """All figures over frames; their intervals know that the frames of one person are no independent witnesses."""
    rows = [face.row for face in faces]
    labels, groups = labels_of(rows), groups_of(rows)
    figures = all_figures(labels, np.array([face.logit for face in faces]), groups, judge)
    fakes = int(labels.sum())
    return Part("all", "frames", len(labels) - fakes, fakes, len(set(groups)), figures, "frames")


def _rules(faces: Sequence[ScoredFace], videos: Sequence[VideoScore], judge: Judge) -> tuple[Part, ...]:
    labels, groups = labels_of(videos), groups_of(videos)
    fakes = int(labels.sum())
    parts = []
    for name, rule in RULES.items():
        figure = judge.figure("AUC", auc, labels, rule_scores(faces, rule, judge.weights), groups)
        parts.append(Part("rule", name, len(labels) - fakes, fakes, len(set(groups)), (figure,)))
    return tuple(parts)


def _streams(faces: Sequence[ScoredFace], judge: Judge) -> tuple[Part, ...]:
    return tuple(part_of("stream", stream, video_scores(faces, stream), judge) for stream in STREAMS)


def localization_parts(faces: Sequence[ScoredFace], judge: Judge) -> tuple[Part, ...]:
    """Figures of the heatmaps: fakes whose forged part is known, for all and by method; and the reals' patch accuracy.

    Of each video the mean over its faces counts once; the mean over videos is told, with people resampled. After each
    part come those of the baselines on the same faces (`localization.baselines`), of kind ``localization baseline``.
    """
    known = [face for face in faces if face.localization is not None]
    fakes = [face for face in known if face.row.label == FAKE]
    reals = [face for face in known if face.row.label != FAKE]
    parts = _beside_baselines("all fakes with masks", fakes, FIGURES, judge) if fakes else []
    for name in sorted({f"{face.row.dataset}, {face.row.method}" for face in fakes}):
        own = [face for face in fakes if f"{face.row.dataset}, {face.row.method}" == name]
        parts += _beside_baselines(name, own, FIGURES, judge)
    if reals:
        parts += _beside_baselines("reals (nothing is forged)", reals, ("patch_accuracy",), judge)
    return tuple(parts)


def _beside_baselines(name: str, faces: Sequence[ScoredFace], figures: Sequence[str], judge: Judge) -> list[Part]:
    parts = [_localized(name, faces, figures, judge)]
    found = [baselines(face.localization) for face in faces if face.localization is not None]
    for baseline in BASELINES if all(found) else ():
        own = [replace(face, localization=of[baseline]) for face, of in zip(faces, found, strict=True)]
        part = _localized(f"{name}: {baseline}", own, figures, judge)
        parts.append(replace(part, kind="localization baseline"))
    return parts


def _localized(name: str, faces: Sequence[ScoredFace], figures: Sequence[str], judge: Judge) -> Part:
    videos = by_video(faces)
    groups = groups_of([own[0].row for own in videos.values()])
    told = tuple(
        judge.mean(figure, np.array([_mean(own, _value(figure)) for own in videos.values()]), groups)
        for figure in figures
    )
    is_fake = faces[0].row.label == FAKE
    counts = (0, len(videos)) if is_fake else (len(videos), 0)
    return Part("localization", name, *counts, len(set(groups)), told)


def _value(figure: str) -> Callable[[Localization], float]:
    return lambda found: float(getattr(found, figure))


def _mean(faces: Sequence[ScoredFace], value: Callable[[Localization], float]) -> float:
    values = [value(face.localization) for face in faces if face.localization is not None]
    known = [number for number in values if not math.isnan(number)]
    return sum(known) / len(known) if known else math.nan


def _write(evaluation: Evaluation, faces: Sequence[ScoredFace], samples: Sequence[Sample], out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_document(evaluation, out / "evaluation.json")
        write_videos(evaluation, out / "videos.csv")
        write_faces(faces, out / "faces.csv")
        write_page(evaluation, samples, out / "page.html")
    except OSError as error:
        raise TrainingError(f"{out} cannot be written: {error.strerror}.") from error
