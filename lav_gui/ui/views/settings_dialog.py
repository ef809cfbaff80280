"""The settings, each with what it costs and changes. Cancel changes nothing; OK says what takes effect when."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTabWidget, QVBoxLayout, QWidget

from lav_gui.errors import LavError
from lav_gui.settings import LARGEST_CACHE, SMALLEST_CACHE
from lav_gui.ui import costs
from lav_gui.ui.choice_words import (
    DETECTOR_NAMES,
    DEVICE_NAMES,
    LARGEST_FACE,
    SMALLEST_FACE,
    STRIDES,
    color_entries,
    model_words,
    sampling_entries,
    stride_words,
)
from lav_gui.ui.style import UNIT
from lav_gui.ui.viewmodels.preferences import PreferencesModel
from lav_gui.ui.views.operating_points import OperatingPointList
from lav_gui.ui.views.setting_rows import SettingRows, choice_box, fill, number_box, select, set_number
from lav_gui.ui.wording import say

WIDTH = 720


class AnalysisPage(SettingRows):
    """What changes the numbers of an analysis."""

    def __init__(self, preferences: PreferencesModel) -> None:
        super().__init__(say("Analysis"))
        self._preferences = preferences
        change = preferences.change_analysis
        self._model = choice_box((), lambda value: change(model=value))
        devices = [(say(name), device) for device, name in DEVICE_NAMES.items()]
        self._device = choice_box(devices, lambda value: change(device=value))
        self._sampling = choice_box((), lambda value: change(sampling=value))
        detectors = [(say(name), detector) for detector, name in DETECTOR_NAMES.items()]
        self._detector = choice_box(detectors, lambda value: change(detector=value))
        self._face = number_box(SMALLEST_FACE, LARGEST_FACE, say("px"), lambda value: change(min_face_px=value))
        strides = [(stride_words(stride), stride) for stride in STRIDES]
        self._stride = choice_box(strides, lambda value: change(contributions_every=value))
        self._color = choice_box(color_entries(), lambda value: change(color=value))
        self.add(say("&Model"), self._model)
        self.add(say("&Device"), self._device)
        self.add(say("&Frames"), self._sampling)
        self.add(say("D&etector"), self._detector)
        self.add(say("&Smallest face"), self._face)
        self.add(say("S&treams"), self._stride)
        self.add(say("C&olor"), self._color)
        self.end()

    def renew(self) -> None:
        """Show the draft."""
        chosen, choices = self._preferences.draft.analysis, self._preferences.choices
        fill(self._model, [(model_words(weights), weights.name) for weights in choices.weights])
        select(self._model, choices.default_name if chosen.model == "default" else chosen.model)
        fill(self._sampling, sampling_entries(choices.automatic_sampling(chosen)))
        for box, value in (
            (self._device, chosen.device),
            (self._sampling, chosen.sampling),
            (self._detector, chosen.detector),
            (self._stride, chosen.contributions_every),
            (self._color, chosen.color),
        ):
            select(box, value)
        set_number(self._face, chosen.min_face_px)
        weights = self._preferences.weights
        self.explain(self._model, costs.model_cost(weights))
        self.explain(self._device, costs.device_cost(choices.pace))
        self.explain(self._sampling, costs.sampling_cost(self._preferences.estimate, choices.pace))
        self.explain(self._detector, costs.detector_cost(chosen))
        self.explain(self._face, costs.face_cost(weights))
        self.explain(self._stride, costs.streams_cost(chosen))
        self.explain(self._color, costs.color_cost(chosen))


class ThresholdPage(SettingRows):
    """How often a real video may be called likely manipulated."""

    def __init__(self, preferences: PreferencesModel) -> None:
        super().__init__(say("Thresholds"))
        self._preferences = preferences
        self._points = OperatingPointList()
        self._points.rate_asked.connect(preferences.choose_rate)
        introduction = QLabel(
            say(
                "How often may a real video be called “likely manipulated”? A stricter threshold accuses fewer real "
                "videos and misses more manipulated ones. It costs no time: results stay, only the verdict is made "
                "anew."
            )
        )
        introduction.setWordWrap(True)
        introduction.setContentsMargins(0, 0, 0, UNIT)
        self.add_whole(introduction)
        self.add_whole(self._points)
        self.end()

    def renew(self) -> None:
        """Show the operating points of the draft's weights."""
        model = self._preferences
        self._points.show_points(model.operating_points, model.chosen_point, costs.no_points_words(model.weights))


class WindowPage(SettingRows):
    """Look, language and memory of the window."""

    def __init__(self, preferences: PreferencesModel) -> None:
        super().__init__(say("Window"))
        self._preferences = preferences
        change = preferences.change
        themes = ((say("As the system"), "system"), (say("Light"), "light"), (say("Dark"), "dark"))
        self._theme = choice_box(themes, lambda value: change(theme=value))
        languages = ((say("As the system"), "system"), ("English", "en"), ("简体中文", "zh_CN"))
        self._language = choice_box(languages, lambda value: change(language=value))
        self._cache = number_box(SMALLEST_CACHE, LARGEST_CACHE, "MB", lambda value: change(cache_megabytes=value))
        self._cache.setSingleStep(256)
        self.add(say("&Theme"), self._theme)
        self.add(say("&Language"), self._language)
        self.add(say("&Memory for frames"), self._cache)
        self.explain(self._theme, say("Takes effect at once. The gray around the picture is the same in both."))
        self.explain(
            self._language,
            say("Takes effect at the next start. Reports, errors and what is logged stay English."),
        )
        self.add_whole(_path_line(preferences))
        self.end()

    def renew(self) -> None:
        """Show the draft."""
        draft = self._preferences.draft
        select(self._theme, draft.theme)
        select(self._language, draft.language)
        set_number(self._cache, draft.cache_megabytes)
        self.explain(self._cache, costs.cache_cost(draft.cache_megabytes, self._preferences.frame_bytes))


class SettingsDialog(QDialog):
    """Changes the draft of a `PreferencesModel`; window-modal.

    Parameters
    ----------
    preferences : PreferencesModel
        A draft is begun here.
    parent : QWidget
    """

    def __init__(self, preferences: PreferencesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("Settings"))
        self._preferences = preferences
        preferences.begin()
        self._pages = (AnalysisPage(preferences), ThresholdPage(preferences), WindowPage(preferences))
        self._tabs = QTabWidget()
        self._tabs.setAccessibleName(say("Settings"))
        self._tabs.setDocumentMode(True)
        for page in self._pages:
            self._tabs.addTab(page, page.accessibleName())
        self._estimate, self._effects, self._trouble = QLabel(), QLabel(), QLabel()
        self._buttons = self._make_buttons()
        self._lay_out()
        preferences.draft_changed.connect(self._renew)
        preferences.failed.connect(self._tell)
        self._renew()

    def accept(self) -> None:
        """Take the draft; the dialog stays open where it cannot be saved."""
        self._trouble.hide()
        if self._preferences.accept():
            super().accept()

    def reject(self) -> None:
        """Change nothing."""
        self._preferences.reject()
        super().reject()

    def _make_buttons(self) -> QDialogButtonBox:
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.RestoreDefaults)
        buttons.button(kinds.Ok).setProperty("primary", True)
        defaults = buttons.button(kinds.RestoreDefaults)
        defaults.setToolTip(say("Set every choice to what the program comes with; OK takes it, Cancel does not"))
        defaults.clicked.connect(self._preferences.restore_defaults)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _lay_out(self) -> None:
        for label in (self._estimate, self._effects, self._trouble):
            label.setWordWrap(True)
        self._trouble.setProperty("trouble", True)
        self._trouble.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, 2 * UNIT)
        layout.setSpacing(UNIT)
        layout.addWidget(self._tabs, 1)
        for label in (self._estimate, self._effects, self._trouble):
            layout.addWidget(label)
        layout.addWidget(self._buttons)
        self.setMinimumWidth(WIDTH)

    def _renew(self) -> None:
        for page in self._pages:
            page.renew()
        self._estimate.setText(costs.estimate_words(self._preferences.estimate))
        self._estimate.setVisible(bool(self._estimate.text()))
        effects = costs.effect_words(self._preferences.effects)
        self._effects.setText(effects or say("Nothing is changed yet."))
        self._trouble.hide()

    def _tell(self, error: LavError) -> None:
        self._trouble.setText(str(error))
        self._trouble.show()


def _path_line(preferences: PreferencesModel) -> QLabel:
    """Where the settings are kept, for those who edit files, to be copied."""
    text = "All settings are kept in {path}, also those not shown here; your own comments in it stay."
    line = QLabel(say(text, path=str(preferences.path)))
    line.setTextFormat(Qt.TextFormat.PlainText)
    line.setProperty("muted", True)
    line.setWordWrap(True)
    line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return line
