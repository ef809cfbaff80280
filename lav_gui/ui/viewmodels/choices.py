"""The choices before an analysis starts, and what they will cost."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lav_gui.errors import LavError
from lav_gui.media.sampling import sample_indices
from lav_gui.records import FrameIndex
from lav_gui.settings import AnalysisSettings, Sampling, sampling_for
from lav_gui.ui.pace import Pace, load_pace, save_pace
from lav_gui.ui.viewmodels.selection import Marks
from model_zoo.registry import DEFAULT_NAME, read_catalog
from model_zoo.weights_record import Weights

GUESSED_PACE = Pace(1.2, "")
"""Before the first analysis on a computer: two cores, two faces per frame."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What an analysis will take. `measured_on` names the device of the last analysis here; empty for a guess."""

    frames: int
    seconds: float
    measured_on: str
    sampling: Sampling


class ChoicesModel(QObject):
    """Holds the settings that the next analysis will have."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, settings: AnalysisSettings, pace_file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._pace_file = pace_file
        self._pace = load_pace(pace_file)
        self._index: FrameIndex | None = None
        self._weights: tuple[Weights, ...] = ()

    @property
    def settings(self) -> AnalysisSettings:
        """The present choices, the marked part included."""
        return self._settings

    @property
    def weights(self) -> tuple[Weights, ...]:
        """The registered weights, by name."""
        return self._weights

    @property
    def default_name(self) -> str:
        """What the model "default" stands for."""
        return DEFAULT_NAME

    def load_weights(self) -> None:
        """Read the registry anew; cards that cannot be used are told."""
        catalog = read_catalog()
        self._weights = catalog.weights
        for problem in catalog.problems:
            self.failed.emit(LavError(problem.sentence))
        self.changed.emit()

    def set_video(self, index: FrameIndex | None) -> None:
        """Choose for a video; None for none."""
        self._index = index
        self.set_marks(Marks())

    def set_marks(self, marks: Marks) -> None:
        """Analyze only the marked part."""
        index = self._index
        self.change(
            from_seconds=None if marks.first is None or index is None else index.seconds(marks.first),
            to_seconds=None if marks.last is None or index is None else index.seconds(marks.last),
        )

    def change(self, **choices: object) -> None:
        """Take other values for some settings."""
        try:
            settings = replace(self._settings, **choices)  # type: ignore[arg-type]
        except LavError as error:
            self.failed.emit(error)
            return
        if settings != self._settings:
            self._settings = settings
        self.changed.emit()

    def adopt(self, settings: AnalysisSettings) -> None:
        """Take the settings of an earlier run."""
        self._settings = settings
        self.changed.emit()

    @property
    def pace(self) -> Pace:
        """The pace of the last analysis here; a guess, without a device, before the first one."""
        return self._pace or GUESSED_PACE

    def estimate(self, settings: AnalysisSettings | None = None) -> Estimate | None:
        """What the analysis will take, with the present choices or others; None without a video."""
        if self._index is None:
            return None
        chosen = settings or self._settings
        sampling = sampling_for(chosen, self._device(chosen))
        frames = sample_indices(self._index, sampling, chosen.from_seconds, chosen.to_seconds)
        return Estimate(len(frames), len(frames) * self.pace.seconds_per_frame, self.pace.device, sampling)

    def automatic_sampling(self, settings: AnalysisSettings | None = None) -> Sampling:
        """What "automatic" will be, as far as it can be known here: by the device asked for, or used last."""
        chosen = settings or self._settings
        return sampling_for(replace(chosen, sampling=None), self._device(chosen))

    def weights_of(self, settings: AnalysisSettings) -> Weights | None:
        """The registered weights that settings name; None where they are not registered."""
        name = self.default_name if settings.model == "default" else settings.model
        return next((weights for weights in self._weights if weights.name == name), None)

    def _device(self, settings: AnalysisSettings) -> str:
        if settings.device != "auto":
            return settings.device
        return "cuda" if self._pace is not None and _is_gpu(self._pace.device) else "cpu"

    def learn(self, seconds_per_frame: float, device: str) -> None:
        """Keep the pace of an analysis that ended."""
        self._pace = Pace(seconds_per_frame, device)
        save_pace(self._pace_file, self._pace)
        self.changed.emit()


def _is_gpu(device: str) -> bool:
    return any(word in device.lower() for word in ("cuda", "nvidia", "mps", "gpu"))
