"""An evaluation as a record, a JSON document and tables."""

import csv
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from lav_gui.errors import TrainingError
from lav_gui.replacing import replacing
from lav_gui.training.evaluation.exposure import SetUse
from lav_gui.training.evaluation.robustness import Robustness
from lav_gui.training.evaluation.scoring import ScoredFace
from lav_gui.training.evaluation.tables import Figure, Part
from lav_gui.training.evaluation.videos import VideoScore, logits_of
from model_zoo.weights_record import Weights

SCHEMA = "lav.evaluation/1"


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """All that was measured of one set of weights on one prepared set.

    Attributes
    ----------
    weights : Weights
        As they were when judged: calibration and thresholds included.
    set_name, set_sha256, packed_from : str
        The prepared set, the hash of its index, and where it is packed of the index it was packed from.
    notes : tuple of str
        What the weights had seen of these videos before (`exposure`), and why nothing is cross-fitted then.
    settings : tuple of (str, str)
    created : str
        UTC, ISO 8601.
    videos : tuple of VideoScore
    whole, frames : Part
        All figures over videos, and over frames (intervals over people in both).
    parts : tuple of Part
        By dataset, method, compression and face size.
    pairs, rules, streams, localization : tuple of Part
        Empty where there is nothing to tell. Of `localization` those of kind ``localization baseline`` are the
        figures of maps that look at no picture (`localization.baselines`), each after the heatmap's of the same name.
    robustness : Robustness or None
        None where no sweep was asked for.
    cross_fitted : Part or None
        Where the weights were calibrated on these very videos: figures by calibrations without their people.
    stand_ins : tuple of (str, str)
        Split and SHA-256 of the weights that scored it, where those were not the judged ones (`stand_ins`).
    """

    weights: Weights
    set_name: str
    set_sha256: str
    packed_from: str
    notes: tuple[str, ...]
    settings: tuple[tuple[str, str], ...]
    created: str
    videos: tuple[VideoScore, ...]
    whole: Part
    frames: Part
    parts: tuple[Part, ...]
    pairs: tuple[Part, ...]
    rules: tuple[Part, ...]
    streams: tuple[Part, ...]
    localization: tuple[Part, ...]
    robustness: Robustness | None
    cross_fitted: Part | None = None
    stand_ins: tuple[tuple[str, str], ...] = ()


def write_document(evaluation: Evaluation, path: Path) -> None:
    """Write an evaluation as JSON, what cannot be computed as null; an old file is replaced when all is written."""
    plain = {
        "schema": SCHEMA,
        "weights": evaluation.weights.to_dict(),
        **{name: _plain(getattr(evaluation, name)) for name in _told()},
    }
    text = json.dumps(_without_nan(plain), indent=1, ensure_ascii=False, allow_nan=False)
    with replacing(path) as partial:
        partial.write_text(text + "\n", encoding="utf-8")


def _told() -> list[str]:
    return [field.name for field in fields(Evaluation) if field.name != "weights"]


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return asdict(value) if hasattr(value, "__dataclass_fields__") else value


def _without_nan(value: Any) -> Any:
    """JSON knows no NaN and no infinity: both become null."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): _without_nan(item) for key, item in value.items()}
    return [_without_nan(item) for item in value] if isinstance(value, list | tuple) else value


_JUDGED_BY = ("calibration", "operating_points", "inconclusive", "envelope")


def is_judged_as(stated: Weights, weights: Weights) -> bool:
    """Whether weights that were evaluated as stated had this record's calibration, thresholds and tested conditions."""
    return all(getattr(stated, name) == getattr(weights, name) for name in _JUDGED_BY)


OUTDATED = "was made with another calibration, other thresholds or other tested conditions; run lav evaluate again"
"""What is said of an evaluation that is not."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a card of weights needs of an evaluation: the weights as they stood, on what, and the figures."""

    weights: Weights
    judged: SetUse
    whole: Part
    parts: tuple[Part, ...]
    cross_fitted: Part | None
    notes: tuple[str, ...]
    stand_ins: tuple[tuple[str, str], ...]


def set_use_of(plain: Mapping[str, Any]) -> SetUse:
    """The prepared set of an ``evaluation.json``, and the split of it that was evaluated."""
    split = dict(plain["settings"])["split"]
    return SetUse(plain["set_name"], plain["set_sha256"], plain.get("packed_from", ""), split)


SWEEP_FRAMES = "frames per track in the sweep"
"""Name of a setting of an evaluation."""


def sweep_frames(settings: Iterable[Sequence[str]]) -> str:
    """How many frames of each track a sweep scored; evaluations of older versions do not say it, and it was fewer."""
    return next((value for name, value in settings if name == SWEEP_FRAMES), "fewer")


def read_judgement(path: Path) -> Judgement:
    """Read back from an ``evaluation.json`` what a card needs.

    Raises
    ------
    TrainingError
        If the file cannot be read or is of another schema.
    """
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        if plain["schema"] != SCHEMA:
            raise TrainingError(f"{path} is not an evaluation of schema {SCHEMA}; run lav evaluate again.")
        return Judgement(
            weights=Weights.from_dict(plain["weights"]),
            judged=set_use_of(plain),
            whole=_part(plain["whole"]),
            parts=tuple(_part(part) for kind in ("parts", "pairs", "streams", "localization") for part in plain[kind]),
            cross_fitted=_part(crossed) if (crossed := plain.get("cross_fitted")) else None,
            notes=tuple(plain["notes"]),
            stand_ins=tuple((split, sha256) for split, sha256 in plain.get("stand_ins", ())),
        )
    except OSError as error:
        raise TrainingError(f"{path} cannot be opened: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise TrainingError(f"{path} cannot be read as an evaluation: {error}.") from error


def _part(plain: Mapping[str, Any]) -> Part:
    values: dict[str, Any] = {**plain, "figures": tuple(_figure(figure) for figure in plain["figures"])}
    return Part(**values)


def _figure(plain: Mapping[str, Any]) -> Figure:
    values: dict[str, Any] = {key: math.nan if value is None else value for key, value in plain.items()}
    return Figure(**values)


def write_videos(evaluation: Evaluation, path: Path) -> None:
    """Write one line per video, its raw logit and fake probability included."""
    names = [field.name for field in fields(VideoScore)]
    probabilities = evaluation.weights.fake_prob(logits_of(evaluation.videos))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*names, "fake_prob"])
        for video, probability in zip(evaluation.videos, probabilities.tolist(), strict=True):
            writer.writerow([*(_cell(getattr(video, name)) for name in names), f"{probability:.6f}"])


def write_faces(faces: Sequence[ScoredFace], path: Path) -> None:
    """Write one line per scored face."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["video", "track_id", "frame_index", "patch", "label", *_FACE_NUMBERS, "pixel_auc"])
        for face in faces:
            row, found = face.row, face.localization
            told = [row.video, row.track_id, row.frame_index, row.patch, row.label]
            told += [_cell(getattr(face, name)) for name in _FACE_NUMBERS]
            writer.writerow([*told, "" if found is None else _cell(found.pixel_auc)])


_FACE_NUMBERS = ("logit", "rgb_logit", "noise_logit", "sharpness")


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.6g}"
    return str(value)
