"""What a training reports, one record each; on the command line one JSON line each."""

import json
import math
from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Report:
    """Base of all reports; `event` names the kind in the JSON line."""

    event: ClassVar[str] = ""

    def to_json(self) -> str:
        """One line of JSON; a number that is not finite becomes null."""
        return json.dumps({"event": self.event, **_jsonable(asdict(self))}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Started(Report):
    """A training begins or goes on.

    `images` were seen before, `total_images` will have been at the end; `processes` train side by side.
    """

    event: ClassVar[str] = "started"

    run: str
    images: int
    total_images: int
    epoch_images: int
    device: str
    precision: str
    processes: int
    parameters: int


@dataclass(frozen=True, slots=True)
class Losses:
    """Means over the steps since the last report; each part as it enters the sum, before its weight."""

    total: float
    classes: float
    map: float
    similarity: float


@dataclass(frozen=True, slots=True)
class StepDone(Report):
    """Every few steps: where the training is and how fast it goes.

    `training_auc` is that of the pictures since the last report as they were trained on, worn and blended; NaN where
    all of them were mixed.
    """

    event: ClassVar[str] = "step"

    step: int
    images: int
    epoch: float
    size: int
    losses: Losses
    training_auc: float
    learning_rate: float
    images_per_second: float
    eta_seconds: float
    memory_mb: float


@dataclass(frozen=True, slots=True)
class Validated(Report):
    """Metrics on held-out faces, with 95 % intervals over groups of videos; NaN where a class is missing."""

    event: ClassVar[str] = "validation"

    images: int
    epoch: float
    size: int
    faces: int
    videos: int
    frame_auc: float
    frame_auc_interval: tuple[float, float]
    video_auc: float
    video_auc_interval: tuple[float, float]
    class_loss: float
    pixel_auc: float
    best: bool


@dataclass(frozen=True, slots=True)
class Saved(Report):
    """A checkpoint, or the best weights so far, lie on disk."""

    event: ClassVar[str] = "checkpoint"

    path: str
    images: int
    best: bool


@dataclass(frozen=True, slots=True)
class Noted(Report):
    """Something went otherwise than planned; the training goes on."""

    event: ClassVar[str] = "notice"

    text: str


@dataclass(frozen=True, slots=True)
class Ended(Report):
    """The last report. `reason` is finished, interrupted or stopped; `best` is where the best weights lie, or empty."""

    event: ClassVar[str] = "ended"

    reason: str
    images: int
    best: str
    best_video_auc: float


@dataclass(frozen=True, slots=True)
class Estimate(Report):
    """What a dry run of one batch found, at the largest crop size."""

    event: ClassVar[str] = "estimate"

    images_per_second: float
    total_seconds: float
    memory_mb: float
    memory_available_mb: float
    disk_mb: float
    disk_free_mb: float


def told(report: Report) -> str:
    """One line for a person."""
    match report:
        case Started():
            begun = f"goes on after {report.images}" if report.images else "begins"
            where = f"{report.device}, {report.precision}, {report.processes} processes"
            return f"training {begun}: {report.total_images} pictures, {report.parameters:,} parameters, {where}"
        case StepDone():
            parts = f"loss {report.losses.total:.4f} (class {report.losses.classes:.4f}, map {report.losses.map:.4f})"
            pace = f"{report.images_per_second:.1f} pictures/s, {duration(report.eta_seconds)} to go"
            parts += f", AUC {report.training_auc:.3f}"
            return f"{report.images:>9} pictures, {report.size} px: {parts}, rate {report.learning_rate:.2e}, {pace}"
        case Validated():
            frame, video = report.frame_auc_interval, report.video_auc_interval
            figures = f"frame AUC {_figure(report.frame_auc, frame)}, video AUC {_figure(report.video_auc, video)}"
            counts = f"{report.faces} faces of {report.videos} videos"
            return f"validation: {figures}, pixel AUC {report.pixel_auc:.3f}, {counts}" + (
                ", best" if report.best else ""
            )
        case Saved():
            return f"saved {'the best weights' if report.best else 'a checkpoint'}: {report.path}"
        case Noted():
            return f"note: {report.text}"
        case Ended():
            return f"{report.reason} after {report.images} pictures; best weights: {report.best or 'none'}"
        case Estimate():
            memory = f"memory {report.memory_mb:.0f} of {report.memory_available_mb:.0f} MB"
            disk = f"disk {report.disk_mb:.0f} of {report.disk_free_mb:.0f} MB"
            pace = f"{report.images_per_second:.2f} pictures/s"
            return f"estimate: {duration(report.total_seconds)} at {pace} (validations counted), {memory}, {disk}"
    return report.to_json()


def duration(seconds: float) -> str:
    """As 2 h 05 min, 7 min or 40 s."""
    if not math.isfinite(seconds):
        return "an unknown time"
    minutes = round(seconds / 60)
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60:02} min"
    return f"{minutes} min" if seconds >= 60 else f"{seconds:.0f} s"


def _figure(value: float, interval: tuple[float, float]) -> str:
    return f"{value:.3f} ({interval[0]:.3f} to {interval[1]:.3f})"


def _jsonable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
