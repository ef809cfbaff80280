"""The user's settings: a draft that a dialog changes, and what follows when it is taken."""

from collections.abc import Iterator
from dataclasses import fields, replace
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lav_gui.errors import LavError
from lav_gui.settings import AnalysisSettings, PictureSettings, Settings, load_settings, save_settings
from lav_gui.ui.viewmodels.choices import ChoicesModel, Estimate
from model_zoo.weights_record import OperatingPoint, Weights


class Effect(StrEnum):
    """When a change takes effect, and on what."""

    THEME = "theme"
    VERDICT = "verdict"
    NEXT_ANALYSIS = "next_analysis"
    NEXT_START = "next_start"


class PreferencesModel(QObject):
    """Holds the settings as they are saved, and a draft while they are being changed.

    Parameters
    ----------
    settings : Settings
        As they were read.
    path : Path
        Where they are saved.
    choices : ChoicesModel
        Gets the settings of the next analysis, and knows weights and pace.
    parent : QObject, optional
    """

    draft_changed = Signal()
    accepted = Signal(object)
    """Frozenset of `Effect`: what the change that was taken and saved affects."""
    theme_changed = Signal(str)
    rate_chosen = Signal(float)
    """False-positive rate by which the run on screen is to be judged."""
    failed = Signal(object)
    """`LavError`: a value is not allowed, or the settings cannot be saved."""

    def __init__(self, settings: Settings, path: Path, choices: ChoicesModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = self._draft = self._begun = settings
        self._path = path
        self._choices = choices
        self._rate_touched = False
        self.frame_bytes: int | None = None
        """Bytes of one decoded frame of the open video; None without one."""

    @property
    def settings(self) -> Settings:
        """The settings that hold."""
        return self._settings

    @property
    def path(self) -> Path:
        """Where they are saved."""
        return self._path

    @property
    def draft(self) -> Settings:
        """The settings as they will be if the draft is taken."""
        return self._draft

    @property
    def choices(self) -> ChoicesModel:
        """The choices of the next analysis, with the registered weights."""
        return self._choices

    @property
    def weights(self) -> Weights | None:
        """The weights that the draft names; None where they are not registered."""
        return self._choices.weights_of(self._draft.analysis)

    @property
    def operating_points(self) -> tuple[OperatingPoint, ...]:
        """The operating points of the draft's weights, strictest first; none where nothing was measured."""
        weights = self.weights
        if weights is None or not weights.trained or weights.calibration is None:
            return ()
        return tuple(sorted(weights.operating_points, key=lambda point: point.stands_for))

    @property
    def chosen_point(self) -> OperatingPoint | None:
        """The operating point that the draft's rate picks."""
        weights = self.weights
        points = self.operating_points
        return None if weights is None or not points else weights.operating_point(self._analysis.false_positive_rate)

    @property
    def estimate(self) -> Estimate | None:
        """What an analysis of the open video would take under the draft."""
        return self._choices.estimate(self._analysis)

    @property
    def effects(self) -> frozenset[Effect]:
        """What taking the draft would affect."""
        return frozenset(self._effects())

    def begin(self) -> None:
        """Start a draft from what holds now, the present choices of the next analysis included."""
        whole = replace(self._choices.settings, from_seconds=None, to_seconds=None)
        self._draft = self._begun = replace(self._settings, analysis=whole)
        self._rate_touched = False
        self.draft_changed.emit()

    def change(self, **choices: object) -> None:
        """Change the draft's settings of the window: language, theme, cache."""
        try:
            self._draft = replace(self._draft, **choices)  # type: ignore[arg-type]
        except LavError as error:
            self.failed.emit(error)
        self.draft_changed.emit()

    def change_analysis(self, **choices: object) -> None:
        """Change the draft's settings of the analysis."""
        try:
            self._draft = replace(self._draft, analysis=replace(self._analysis, **choices))  # type: ignore[arg-type]
        except LavError as error:
            self.failed.emit(error)
        self.draft_changed.emit()

    def choose_rate(self, false_positive_rate: float) -> None:
        """Choose an operating point by its false-positive rate; the run on screen is judged by it too."""
        self._rate_touched = True
        self.change_analysis(false_positive_rate=false_positive_rate)

    def restore_defaults(self) -> None:
        """Set the draft to what the program comes with."""
        self._draft = Settings(keys=self._settings.keys)
        self._rate_touched = self._analysis.false_positive_rate != self._begun.analysis.false_positive_rate
        self.draft_changed.emit()

    def save_keys(self, keys: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
        """Keep changed shortcuts, and save them at once.

        Raises
        ------
        SettingsError
            If they cannot be saved; they hold all the same until the end.
        """
        self._settings = replace(self._settings, keys=keys)
        self._draft, self._begun = replace(self._draft, keys=keys), replace(self._begun, keys=keys)
        save_settings(self._settings, self._path)

    def save_picture(self, picture: PictureSettings) -> None:
        """Keep how the picture is shown for the next start; a file that cannot be read is left as it is."""
        if picture == self._settings.picture:
            return
        self._settings = replace(self._settings, picture=picture)
        try:
            save_settings(replace(load_settings(self._path), picture=picture), self._path)
        except LavError as error:
            self.failed.emit(error)

    def reject(self) -> None:
        """Forget the draft; nothing changes."""
        self._draft = self._begun = self._settings
        self._rate_touched = False

    def accept(self) -> bool:
        """Save the draft and make it hold; False, with the reason told, where it cannot be saved."""
        draft, effects = self._draft, self.effects
        try:
            save_settings(draft, self._path)
        except LavError as error:
            self.failed.emit(error)
            return False
        touched = self._rate_touched
        self._settings = self._begun = draft
        self._rate_touched = False
        self._take_analysis(draft.analysis)
        if Effect.THEME in effects:
            self.theme_changed.emit(draft.theme)
        if touched:
            self.rate_chosen.emit(draft.analysis.false_positive_rate)
        self.accepted.emit(effects)
        return True

    @property
    def _analysis(self) -> AnalysisSettings:
        return self._draft.analysis

    def _take_analysis(self, analysis: AnalysisSettings) -> None:
        """Make them the next analysis's, but keep the part that is marked."""
        names = [field.name for field in fields(analysis) if field.name not in ("from_seconds", "to_seconds")]
        self._choices.change(**{name: getattr(analysis, name) for name in names})

    def _effects(self) -> Iterator[Effect]:
        old, new = self._begun, self._draft
        if old.theme != new.theme:
            yield Effect.THEME
        if self._rate_touched:
            yield Effect.VERDICT
        if old.analysis != new.analysis:
            yield Effect.NEXT_ANALYSIS
        if (old.language, old.cache_megabytes) != (new.language, new.cache_megabytes):
            yield Effect.NEXT_START
