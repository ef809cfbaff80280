"""The choices before an analysis, each with what it costs, the estimated time, and the start."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QLabel, QPushButton, QSpinBox, QVBoxLayout, QWidget

from lav_gui.settings import Sampling
from lav_gui.ui.style import UNIT, figures
from lav_gui.ui.viewmodels.choices import ChoicesModel
from lav_gui.ui.wording import clock, duration, say

SAMPLINGS = ("", "every:1", "every:2", "every:5", "every:10", "fps:1", "fps:2", "fps:5", "fps:10")
DEVICES = ("auto", "cpu", "cuda", "mps")
STRIDES = (0, 1, 2, 4, 8, 16)


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
        self._face = QSpinBox()
        self._face.setRange(16, 2000)
        self._face.setSuffix(" px")
        self._face.setToolTip(self.tr("Smaller faces are left out; smaller values take longer"))
        self._face.valueChanged.connect(lambda value: choices.change(min_face_px=value))
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
        devices = {
            "auto": say("Automatic"),
            "cpu": say("Processor"),
            "cuda": say("NVIDIA GPU"),
            "mps": say("Apple GPU"),
        }
        for device in DEVICES:
            self._device.addItem(devices[device], device)
        for text in SAMPLINGS:
            sampling = Sampling.parse(text) if text else None
            self._sampling.addItem(sampling_words(sampling) if sampling else say("Automatic"), sampling)
        self._detector.addItem(say("MTCNN (default)"), "mtcnn")
        self._detector.addItem(say("YuNet (faster)"), "yunet")
        for stride in STRIDES:
            self._stride.addItem(_stride_words(stride), stride)

    def _renew(self) -> None:
        settings = self._choices.settings
        self._fill_models()
        for box, value in (
            (self._device, settings.device),
            (self._sampling, settings.sampling),
            (self._detector, settings.detector),
            (self._stride, settings.contributions_every),
        ):
            _select(box, value)
        automatic = say("Automatic: {rule}", rule=sampling_words(self._choices.automatic_sampling()))
        self._sampling.setItemText(0, automatic)
        with QSignalBlocker(self._face):
            self._face.setValue(settings.min_face_px)
        self._part.setText(_part_words(settings.from_seconds, settings.to_seconds))
        self._estimate.setText(self._estimate_words())

    def _fill_models(self) -> None:
        box = self._model
        box.clear()
        for weights in self._choices.weights:
            text = weights.name if weights.trained else say("{name} (UNTRAINED)", name=weights.name)
            box.addItem(text, weights.name)
        wanted = self._choices.settings.model
        box.setCurrentIndex(max(0, box.findData(wanted)) if wanted != "default" else self._default_row())

    def _default_row(self) -> int:
        return max(0, self._model.findData(self._choices.default_name))

    def _estimate_words(self) -> str:
        estimate = self._choices.estimate()
        if estimate is None:
            return ""
        time = duration(estimate.seconds)
        frames = say("{count} frames", count=estimate.frames)
        if estimate.measured_on:
            return say("{frames}, about {time} (pace of the last analysis here)", frames=frames, time=time)
        return say("{frames}, about {time} (a guess until the first analysis here)", frames=frames, time=time)

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


def sampling_words(sampling: Sampling) -> str:
    """A sampling rule in words."""
    text = str(sampling)
    if text == "every:1":
        return say("every frame")
    mode, _, value = text.partition(":")
    return say("every {value}th frame", value=value) if mode == "every" else say("{value} per second", value=value)


def _stride_words(stride: int) -> str:
    if stride == 0:
        return say("not weighed")
    return say("weighed on every frame") if stride == 1 else say("weighed on 1 of {stride}", stride=stride)


def _part_words(first: float | None, last: float | None) -> str:
    if first is None and last is None:
        return say("Whole video")
    start = say("start") if first is None else clock(first)
    end = say("end") if last is None else clock(last)
    return f"{start} – {end}"


def _select(box: QComboBox, value: object) -> None:
    """Show a value that the box offers; one that it does not offer is added as it is."""
    found = next((row for row in range(box.count()) if box.itemData(row) == value), None)
    if found is None:
        box.addItem(str(value), value)
        found = box.count() - 1
    box.setCurrentIndex(found)
