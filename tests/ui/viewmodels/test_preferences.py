"""The draft of the settings, and what follows when it is taken."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from lav_gui.settings import PictureSettings, Sampling, Settings, load_settings, save_settings
from lav_gui.ui.viewmodels.choices import ChoicesModel
from lav_gui.ui.viewmodels.preferences import Effect, PreferencesModel
from model_zoo.registry import UNTRAINED
from model_zoo.weights_record import OperatingPoint, Weights


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


@pytest.fixture
def preferences(
    tmp_path: Path, path: Path, trained_weights: Weights, monkeypatch: pytest.MonkeyPatch
) -> PreferencesModel:
    strict = OperatingPoint(0.9, 0.012, (0.004, 0.03), 0.7, (0.6, 0.8), 0.01)
    several = replace(trained_weights, operating_points=(*trained_weights.operating_points, strict))
    choices = ChoicesModel(Settings().analysis, tmp_path / "pace.json")
    monkeypatch.setattr(ChoicesModel, "weights", property(lambda _: (several, UNTRAINED)))
    monkeypatch.setattr(ChoicesModel, "weights_of", lambda _, s: UNTRAINED if s.model == UNTRAINED.name else several)
    made = PreferencesModel(Settings(), path, choices)
    made.begin()
    return made


def test_what_is_rejected_changes_nothing(preferences: PreferencesModel, path: Path) -> None:
    before = preferences.settings, preferences.choices.settings
    preferences.change(theme="dark")
    preferences.change_analysis(min_face_px=80)
    preferences.reject()
    assert (preferences.settings, preferences.choices.settings) == before
    assert not path.exists()
    preferences.begin()
    assert preferences.draft == Settings()


def test_what_is_accepted_is_saved_and_holds(preferences: PreferencesModel, path: Path) -> None:
    themes: list[str] = []
    effects: list[object] = []
    preferences.theme_changed.connect(themes.append)
    preferences.accepted.connect(effects.append)
    preferences.change(theme="dark", language="zh_CN")
    preferences.change_analysis(sampling=Sampling.parse("every:3"))
    assert preferences.accept()
    assert load_settings(path) == preferences.settings
    assert preferences.settings.theme == "dark"
    assert str(preferences.choices.settings.sampling) == "every:3"
    assert themes == ["dark"]
    assert effects == [frozenset({Effect.THEME, Effect.NEXT_ANALYSIS, Effect.NEXT_START})]


def test_the_marked_part_belongs_to_the_video_and_is_neither_saved_nor_lost(
    preferences: PreferencesModel, path: Path
) -> None:
    preferences.choices.change(from_seconds=1.0, to_seconds=2.0)
    preferences.begin()
    preferences.change_analysis(detector="yunet")
    assert preferences.accept()
    assert load_settings(path).analysis.from_seconds is None
    assert preferences.choices.settings.from_seconds == 1.0
    assert preferences.choices.settings.detector == "yunet"


def test_an_operating_point_is_chosen_by_its_rate_and_judges_the_run_on_screen(preferences: PreferencesModel) -> None:
    rates: list[float] = []
    preferences.rate_chosen.connect(rates.append)
    assert [point.stands_for for point in preferences.operating_points] == [0.01, 0.05]
    assert preferences.chosen_point == preferences.operating_points[1]
    preferences.choose_rate(0.01)
    assert preferences.chosen_point == preferences.operating_points[0]
    assert Effect.VERDICT in preferences.effects
    assert rates == []
    preferences.accept()
    assert rates == [0.01]
    preferences.begin()
    preferences.change(theme="dark")
    preferences.accept()
    assert rates == [0.01]


def test_weights_without_calibration_offer_no_thresholds(preferences: PreferencesModel) -> None:
    preferences.change_analysis(model=UNTRAINED.name)
    assert preferences.operating_points == ()
    assert preferences.chosen_point is None


def test_a_value_that_is_not_allowed_is_told_and_not_taken(preferences: PreferencesModel) -> None:
    told: list[object] = []
    preferences.failed.connect(told.append)
    preferences.change(cache_megabytes=1)
    preferences.change_analysis(min_face_px=1)
    assert len(told) == 2
    assert preferences.draft == Settings()


def test_what_cannot_be_saved_is_told_and_does_not_hold(preferences: PreferencesModel, path: Path) -> None:
    path.write_text("not toml at all =")
    told: list[object] = []
    preferences.failed.connect(told.append)
    preferences.change(theme="dark")
    assert not preferences.accept()
    assert "mend or delete" in str(told[0])
    assert preferences.settings.theme == "system"


def test_the_defaults_can_be_restored(preferences: PreferencesModel) -> None:
    preferences.change(theme="dark")
    preferences.change_analysis(min_face_px=99)
    preferences.restore_defaults()
    assert preferences.draft == Settings()


def test_how_the_picture_is_shown_is_saved_beside_the_rest(preferences: PreferencesModel, path: Path) -> None:
    save_settings(Settings(theme="dark"), path)
    preferences.save_picture(PictureSettings(gain=8))
    assert load_settings(path) == Settings(theme="dark", picture=PictureSettings(gain=8))


def test_a_picture_shown_as_before_is_not_written(preferences: PreferencesModel, path: Path) -> None:
    preferences.save_picture(PictureSettings())
    assert not path.exists()


def test_a_file_that_cannot_be_read_is_left_alone(preferences: PreferencesModel, path: Path, qtbot: QtBot) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("thme = 'dark'", encoding="utf-8")
    with qtbot.waitSignal(preferences.failed):
        preferences.save_picture(PictureSettings(gain=8))
    assert path.read_text(encoding="utf-8") == "thme = 'dark'"
