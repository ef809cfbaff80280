"""The choices before an analysis."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from lav_gui.media.reader import VideoReader
from lav_gui.settings import AnalysisSettings, Sampling
from lav_gui.ui.viewmodels.choices import ChoicesModel
from lav_gui.ui.viewmodels.selection import Marks
from lav_gui.ui.views.start_panel import StartPanel


@pytest.fixture
def choices(tmp_path: Path, demo_clip: Path) -> ChoicesModel:
    made = ChoicesModel(AnalysisSettings(), tmp_path / "pace.json")
    made.load_weights()
    with VideoReader(demo_clip) as reader:
        made.set_video(reader.index)
    return made


@pytest.fixture
def panel(qtbot: QtBot, choices: ChoicesModel) -> StartPanel:
    made = StartPanel(choices)
    qtbot.addWidget(made)
    return made


def box(panel: StartPanel, name: str) -> QComboBox:
    return next(each for each in panel.findChildren(QComboBox) if each.accessibleName() == name)


def texts(panel: StartPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel)]


def choose(panel: StartPanel, name: str, text: str) -> None:
    chosen = box(panel, name)
    chosen.setCurrentIndex(chosen.findText(text))
    chosen.activated.emit(chosen.currentIndex())


def test_every_choice_changes_the_settings(panel: StartPanel, choices: ChoicesModel) -> None:
    choose(panel, "Device", "Processor")
    choose(panel, "Frames", "1 frame in 5")
    choose(panel, "Detector", "YuNet (faster)")
    choose(panel, "Streams", "not weighed")
    panel.findChild(QSpinBox).setValue(64)
    settings = choices.settings
    assert (settings.device, str(settings.sampling), settings.detector) == ("cpu", "every:5", "yunet")
    assert (settings.contributions_every, settings.min_face_px) == (0, 64)


def test_the_untrained_model_is_marked(panel: StartPanel) -> None:
    assert "lvnet.untrained (UNTRAINED)" in [
        box(panel, "Model").itemText(i) for i in range(box(panel, "Model").count())
    ]


def test_the_estimate_follows_the_choices(panel: StartPanel, choices: ChoicesModel) -> None:
    assert any("a guess until the first analysis here" in text for text in texts(panel))
    choices.change(sampling=Sampling.parse("every:1"))
    assert any(text.startswith("56 frames, about") for text in texts(panel))
    choices.learn(1.0, "cpu")
    assert any("pace of the last analysis here" in text for text in texts(panel))


def test_the_marked_part_is_told(panel: StartPanel, choices: ChoicesModel) -> None:
    assert "Whole video" in texts(panel)
    choices.set_marks(Marks(12, None))
    assert "00:00:01.000 – end" in texts(panel)


def test_a_setting_from_the_file_that_is_not_offered_is_shown_all_the_same(
    panel: StartPanel, choices: ChoicesModel
) -> None:
    choices.change(sampling=Sampling.parse("every:7"), device="cuda:1")
    assert box(panel, "Frames").currentText() == "every:7"
    assert box(panel, "Device").currentText() == "cuda:1"


def test_the_button_starts_or_says_why_not(panel: StartPanel, qtbot: QtBot) -> None:
    button = panel.findChild(QPushButton)
    panel.set_ready(False, "Reading the file…")
    assert not button.isEnabled()
    assert button.text() == "Reading the file…"
    panel.set_ready(True, "")
    with qtbot.waitSignal(panel.start_asked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
