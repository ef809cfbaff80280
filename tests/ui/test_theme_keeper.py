"""The theme changes while the program runs."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lav_gui.ui import theme_keeper as module
from lav_gui.ui.colors import DARK, LIGHT
from lav_gui.ui.main_window import MainWindow
from lav_gui.ui.style import current_theme, theme_of
from lav_gui.ui.theme_keeper import ThemeKeeper
from lav_gui.ui.viewmodels.desk import Desk


@pytest.fixture
def keeper(qapp: QApplication) -> Iterator[ThemeKeeper]:
    made = ThemeKeeper(qapp, "light")
    yield made
    made.want("system")
    qapp.styleHints().colorSchemeChanged.disconnect(made._renew)
    made.deleteLater()


def test_another_theme_is_taken_at_once(keeper: ThemeKeeper) -> None:
    assert current_theme() is LIGHT
    keeper.want("dark")
    assert current_theme() is DARK
    keeper.want("light")
    assert current_theme() is LIGHT


def test_the_systems_theme_is_followed_and_a_wanted_one_is_kept(
    keeper: ThemeKeeper, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = [DARK]  # what the system shows: the platform of the tests has no scheme of its own
    monkeypatch.setattr(
        module, "theme_of", lambda _, wanted: shown[0] if wanted == "system" else theme_of(qapp, wanted)
    )
    keeper.want("system")
    assert current_theme() is DARK
    shown[0] = LIGHT
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert current_theme() is LIGHT
    keeper.want("dark")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert current_theme() is DARK


def test_no_part_of_a_window_stays_light(
    keeper: ThemeKeeper, qtbot: QtBot, make_window: Callable[..., MainWindow], opened: Desk
) -> None:
    window = make_window(opened)
    window.views.picture.hide()  # its colors are the video's
    keeper.want("light")
    light = share_of_light(window)
    keeper.want("dark")
    assert light > 0.5
    assert share_of_light(window) < 0.05


def share_of_light(window: MainWindow) -> float:
    """Share of the pixels that are nearly white."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return float((rows[:, : image.width()] > 200).mean())
