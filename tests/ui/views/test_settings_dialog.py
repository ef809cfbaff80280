"""The dialog of the settings."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QLabel, QRadioButton, QSpinBox
from pytestqt.qtbot import QtBot

from lav_gui.settings import AnalysisSettings, Settings
from lav_gui.ui.viewmodels.choices import ChoicesModel
from lav_gui.ui.viewmodels.preferences import PreferencesModel
from lav_gui.ui.views.settings_dialog import SettingsDialog
from model_zoo.weights_record import Weights


@pytest.fixture
def preferences(tmp_path: Path, trained_weights: Weights, monkeypatch: pytest.MonkeyPatch) -> PreferencesModel:
    choices = ChoicesModel(AnalysisSettings(), tmp_path / "pace.json")
    monkeypatch.setattr(ChoicesModel, "weights", property(lambda _: (trained_weights,)))
    monkeypatch.setattr(ChoicesModel, "weights_of", lambda *_: trained_weights)
    return PreferencesModel(Settings(), tmp_path / "settings.toml", choices)


@pytest.fixture
def dialog(qtbot: QtBot, preferences: PreferencesModel) -> SettingsDialog:
    made = SettingsDialog(preferences)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    return made


def control(dialog: SettingsDialog, name: str) -> QComboBox | QSpinBox:
    return next(c for k in (QComboBox, QSpinBox) for c in dialog.findChildren(k) if c.accessibleName() == name)


def pick(dialog: SettingsDialog, name: str, text: str) -> None:
    box = control(dialog, name)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def texts(dialog: SettingsDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if not label.isHidden())


NAMES = (
    "Model", "Device", "Frames", "Detector", "Smallest face", "Streams", "Color", "Theme", "Language",
    "Memory for frames",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_choice_says_what_it_costs_and_changes(dialog: SettingsDialog, name: str) -> None:
    assert control(dialog, name).accessibleDescription().endswith(".")


def test_every_choice_reaches_the_draft(dialog: SettingsDialog, preferences: PreferencesModel) -> None:
    pick(dialog, "Device", "Processor")
    pick(dialog, "Frames", "1 frame in 5")
    pick(dialog, "Detector", "YuNet (faster)")
    pick(dialog, "Streams", "not weighed")
    pick(dialog, "Color", "Always BT.601")
    pick(dialog, "Theme", "Dark")
    pick(dialog, "Language", "简体中文")
    control(dialog, "Smallest face").setValue(64)
    control(dialog, "Memory for frames").setValue(1024)
    draft = preferences.draft
    chosen = draft.analysis
    assert (chosen.device, str(chosen.sampling), chosen.detector) == ("cpu", "every:5", "yunet")
    assert (chosen.contributions_every, str(chosen.color), chosen.min_face_px) == (0, "bt601", 64)
    assert (draft.theme, draft.language, draft.cache_megabytes) == ("dark", "zh_CN", 1024)


def test_it_says_what_takes_effect_when(dialog: SettingsDialog) -> None:
    assert "Nothing is changed yet." in texts(dialog)
    pick(dialog, "Theme", "Dark")
    assert "The theme changes at once." in texts(dialog)
    pick(dialog, "Device", "Processor")
    assert "The next analysis uses the new settings" in texts(dialog)


def test_thresholds_are_chosen_by_rate(dialog: SettingsDialog, preferences: PreferencesModel) -> None:
    (button,) = dialog.findChildren(QRadioButton)
    assert "5 % false alarms" in button.text()
    button.click()
    assert "judged anew" in texts(dialog)


def test_it_says_where_the_settings_are_kept(dialog: SettingsDialog, tmp_path: Path) -> None:
    assert str(tmp_path / "settings.toml") in texts(dialog)


def test_cancel_changes_nothing(dialog: SettingsDialog, preferences: PreferencesModel, tmp_path: Path) -> None:
    pick(dialog, "Theme", "Dark")
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel).click()
    assert preferences.settings == Settings()
    assert not (tmp_path / "settings.toml").exists()


def test_ok_saves(dialog: SettingsDialog, preferences: PreferencesModel, tmp_path: Path) -> None:
    pick(dialog, "Theme", "Dark")
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
    assert preferences.settings.theme == "dark"
    assert "dark" in (tmp_path / "settings.toml").read_text()


def test_what_cannot_be_saved_keeps_the_dialog_open_and_says_why(
    dialog: SettingsDialog, preferences: PreferencesModel, tmp_path: Path
) -> None:
    (tmp_path / "settings.toml").write_text("not toml =")
    dialog.show()
    dialog.accept()
    assert dialog.isVisible()
    assert "mend or delete" in texts(dialog)
    dialog.hide()


def test_the_defaults_come_back_by_a_button(dialog: SettingsDialog, preferences: PreferencesModel) -> None:
    pick(dialog, "Theme", "Dark")
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.RestoreDefaults).click()
    assert preferences.draft.theme == "system"
