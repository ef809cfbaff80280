"""What remains of the video AUC when pictures suffer: one curve per kind of damage, each level with its interval."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace

from lav_gui.records import Stage
from lav_gui.training.evaluation.scoring import ScoringSettings
from lav_gui.training.evaluation.stand_ins import Scorers
from lav_gui.training.evaluation.tables import Judge, Part, part_of
from lav_gui.training.evaluation.videos import video_scores
from lav_gui.training.pictures.degradation import DEEPER_FORENSICS, SWEEP, Degradation
from lav_gui.training.sets.index import FaceRow
from lav_gui.training.sets.store import PreparedSet

Sweep = Mapping[str, Sequence[Degradation]]
"""Name of a curve to its levels, in the order in which they are drawn."""

SHORT: Sweep = {
    "H.264 CRF": tuple(Degradation("h264", level) for level in (23, 32, 40)),
    "resize": tuple(Degradation("resize", level) for level in (0.5, 0.25)),
}
"""Recompression and resizing, the two that a video on its way through the net always meets."""

SWEEPS: Mapping[str, Sweep] = {
    "none": {},
    "short": SHORT,
    "full": SWEEP,
    "deeper_forensics": {f"DeeperForensics, {name}": levels for name, levels in DEEPER_FORENSICS.items()},
}
"""What can be asked for by name."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One kind of damage.

    Attributes
    ----------
    name : str
    levels : tuple of Degradation
    parts : tuple of Part
        Figures of all videos at each level.
    """

    name: str
    levels: tuple[Degradation, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Robustness:
    """All curves, and the same faces undamaged.

    Attributes
    ----------
    untouched : Part
    curves : tuple of Curve
    """

    untouched: Part
    curves: tuple[Curve, ...]


def sweep(
    prepared: PreparedSet,
    rows: Sequence[FaceRow],
    judge: Judge,
    scoring: ScoringSettings,
    scorers: Scorers,
    *,
    asked: Sweep,
) -> Generator[Stage, None, Robustness]:
    """Score the same faces anew at each level.

    Parameters
    ----------
    prepared : PreparedSet
    rows : sequence of FaceRow
        Few frames of each video are enough: every level scores them all.
    judge : Judge
    scoring : ScoringSettings
        Its degradation is replaced by each of the sweep.
    scorers : Scorers
    asked : Sweep

    Raises
    ------
    TrainingError, ModelError
        As in `Scorers.score`.
    """
    plain = replace(scoring, streams=False, degradation=None)
    untouched = yield from _level(prepared, rows, judge, plain, scorers, name="untouched")
    curves = []
    for name, levels in asked.items():
        parts = []
        for degradation in levels:
            damaged = replace(plain, degradation=degradation)
            text = f"{name} {degradation.level:g}"
            part = yield from _level(prepared, rows, judge, damaged, scorers, name=text)
            parts.append(part)
        curves.append(Curve(name, tuple(levels), tuple(parts)))
    return Robustness(untouched, tuple(curves))


def _level(
    prepared: PreparedSet,
    rows: Sequence[FaceRow],
    judge: Judge,
    scoring: ScoringSettings,
    scorers: Scorers,
    *,
    name: str,
) -> Generator[Stage, None, Part]:
    faces = yield from scorers.score(prepared, rows, scoring, text=f"robustness: {name}")
    return part_of("robustness", name, video_scores(faces), judge)
