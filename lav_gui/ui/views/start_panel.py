"""The choices before an analysis, each with what it costs, the estimated time, and the start."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from lav_gui.ui.choice_words import (
    DETECTOR_NAMES,
    DEVICE_NAMES,
    LARGEST_FACE,
    SMALLEST_FACE,
    STRIDES,
    model_words,
    sampling_entries,
    stride_words,
)
from lav_gui.ui.costs import estimate_words
from lav_gui.ui.style import UNIT, figures
from lav_gui.ui.viewmodels.choices import ChoicesModel
from lav_gui.ui.views.setting_rows import fill, number_box, select, set_number
from lav_gui.ui.wording import clock, say


class StartPanel(QFrame):
    """Shows and changes the `ChoicesModel`."""

    start_asked = Signal()

    def __init__(self, choices: ChoicesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self.setAccessibleName(self.tr("Settings of the analysis"))
        self._model = self._combo(self.tr("Trained weights of the network"), "model")
        self._device = self._combo(self.tr("Where the network runs"), "device")
        self._sampling = self._combo(self.tr("Which frames are analyzed; more frames take longer"), "sampling")
        self._detector = self._combo(self.tr("What finds the faces"), "detector")
        self._stride = self._combo(
            self.tr(
                "On how many of the analyzed frames the two streams are weighed; each takes four passes instead of one"
            ),
            "contributions_every",
        )
        self._face = number_box(SMALLEST_FACE, LARGEST_FACE, say("px"), lambda value: choices.change(min_face_px=value))
        self._face.setToolTip(self.tr("Smaller faces are left out; smaller values take longer"))
        self._part = QLabel()
        self._part.setFont(figures(self._part.font()))
        self._part.setToolTip(self.tr("Mark the part with I and O"))
        self._estimate = QLabel()
        self._estimate.setWordWrap(True)
        self._start = QPushButton(self.tr("Analyze"))
        self._start.setProperty("primary", True)
        self._start.clicked.connect(self.start_asked)
        self._fill()
        self._lay_out()
        choices.changed.connect(self._renew)
        self._renew()

    def set_ready(self, ready: bool, why_not: str) -> None:
        """Whether the analysis can start; if not, the button says why."""
        self._start.setEnabled(ready)
        self._start.setText(self.tr("Analyze") if ready or not why_not else why_not)

    def _combo(self, explanation: str, setting: str) -> QComboBox:
        box = QComboBox()
        box.setToolTip(explanation)
        box.setAccessibleDescription(explanation)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(10)
        box.activated.connect(lambda _: self._choices.change(**{setting: box.currentData()}))
        return box

    def _fill(self) -> None:
        fill(self._device, [(say(name), device) for device, name in DEVICE_NAMES.items()])
        fill(self._detector, [(say(name), detector) for detector, name in DETECTOR_NAMES.items()])
        fill(self._stride, [(stride_words(stride), stride) for stride in STRIDES])

    def _renew(self) -> None:
        settings = self._choices.settings
        fill(self._model, [(model_words(weights), weights.name) for weights in self._choices.weights])
        select(self._model, self._choices.default_name if settings.model == "default" else settings.model)
        fill(self._sampling, sampling_entries(self._choices.automatic_sampling()))
        for box, value in (
            (self._device, settings.device),
            (self._sampling, settings.sampling),
            (self._detector, settings.detector),
            (self._stride, settings.contributions_every),
        ):
            select(box, value)
        set_number(self._face, settings.min_face_px)
        self._part.setText(_part_words(settings.from_seconds, settings.to_seconds))
        self._estimate.setText(estimate_words(self._choices.estimate()))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setHorizontalSpacing(UNIT)
        form.setVerticalSpacing(UNIT // 2)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows = (
            (self.tr("Model"), self._model),
            (self.tr("Device"), self._device),
            (self.tr("Frames"), self._sampling),
            (self.tr("Part"), self._part),
            (self.tr("Detector"), self._detector),
            (self.tr("Smallest face"), self._face),
            (self.tr("Streams"), self._stride),
        )
        for name, widget in rows:
            widget.setAccessibleName(name)
            form.addRow(name, widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        layout.addLayout(form)
        layout.addWidget(self._estimate)
        layout.addWidget(self._start)


def _part_words(first: float | None, last: float | None) -> str:
    if first is None and last is None:
        return say("Whole video")
    start = say("start") if first is None else clock(first)
    end = say("end") if last is None else clock(last)
    return f"{start} – {end}"
