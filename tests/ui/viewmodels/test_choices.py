"""The choices before an analysis, and what they cost."""

from pathlib import Path

import pytest

from lav_gui.errors import SettingsError
from lav_gui.media.reader import VideoReader
from lav_gui.records import FrameIndex
from lav_gui.settings import AnalysisSettings, Sampling
from lav_gui.ui.viewmodels.choices import GUESSED_PACE, ChoicesModel
from lav_gui.ui.viewmodels.selection import Marks


@pytest.fixture
def index(demo_clip: Path) -> FrameIndex:
    with VideoReader(demo_clip) as reader:
        return reader.index


@pytest.fixture
def choices(tmp_path: Path, index: FrameIndex) -> ChoicesModel:
    model = ChoicesModel(AnalysisSettings(), tmp_path / "pace.json")
    model.set_video(index)
    return model


def test_without_a_video_there_is_no_estimate(tmp_path: Path) -> None:
    assert ChoicesModel(AnalysisSettings(), tmp_path / "pace.json").estimate() is None


def test_the_first_estimate_is_a_guess_and_says_so(choices: ChoicesModel) -> None:
    choices.change(sampling=Sampling.parse("every:2"))
    estimate = choices.estimate()
    assert estimate is not None
    assert estimate.frames == 28
    assert estimate.seconds == pytest.approx(28 * GUESSED_PACE.seconds_per_frame)
    assert estimate.measured_on == ""


def test_a_learned_pace_is_used_by_the_next_window_too(
    choices: ChoicesModel, tmp_path: Path, index: FrameIndex
) -> None:
    choices.learn(0.5, "Intel CPU")
    other = ChoicesModel(AnalysisSettings(sampling=Sampling.parse("every:1")), tmp_path / "pace.json")
    other.set_video(index)
    estimate = other.estimate()
    assert estimate is not None
    assert estimate.seconds == pytest.approx(28)
    assert estimate.measured_on == "Intel CPU"


def test_automatic_sampling_follows_the_device(choices: ChoicesModel) -> None:
    assert str(choices.automatic_sampling()) == "fps:5"
    choices.change(device="cuda")
    assert str(choices.automatic_sampling()) == "every:1"
    choices.change(device="auto")
    choices.learn(0.01, "NVIDIA H100 (cuda:0)")
    assert str(choices.automatic_sampling()) == "every:1"


def test_marks_choose_a_part_by_time(choices: ChoicesModel, index: FrameIndex) -> None:
    choices.change(sampling=Sampling.parse("every:1"))
    choices.set_marks(Marks(10, 19))
    assert choices.settings.from_seconds == index.seconds(10)
    assert choices.settings.to_seconds == index.seconds(19)
    estimate = choices.estimate()
    assert estimate is not None
    assert estimate.frames == 10
    choices.set_marks(Marks())
    assert choices.settings.from_seconds is None


def test_a_choice_that_is_not_allowed_is_told_and_not_taken(choices: ChoicesModel) -> None:
    told: list[object] = []
    choices.failed.connect(told.append)
    choices.change(min_face_px=1)
    assert isinstance(told[0], SettingsError)
    assert choices.settings.min_face_px == AnalysisSettings().min_face_px


def test_the_registered_weights_are_offered(choices: ChoicesModel) -> None:
    choices.load_weights()
    assert choices.default_name in [weights.name for weights in choices.weights]


def test_a_card_that_cannot_be_read_is_told(
    choices: ChoicesModel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LAV_MODELS", str(tmp_path))
    (tmp_path / "lvnet.broken.json").write_text("{")
    told: list[object] = []
    choices.failed.connect(told.append)
    choices.load_weights()
    assert "lvnet.broken" in str(told[0])


def test_the_settings_of_an_earlier_run_can_be_taken(choices: ChoicesModel) -> None:
    settings = AnalysisSettings(device="cpu", min_face_px=80)
    choices.adopt(settings)
    assert choices.settings == settings
