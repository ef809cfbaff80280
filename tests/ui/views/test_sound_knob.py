"""The knob is there when there is sound, and says why nothing is heard."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from lav_gui.ui.viewmodels.sound import Sound
from lav_gui.ui.views.sound_knob import SoundKnob


@pytest.fixture
def knob(qtbot: QtBot) -> Iterator[SoundKnob]:
    made = SoundKnob()
    yield made
    made.close()
    made.deleteLater()


def test_it_is_hidden_without_sound(knob: SoundKnob) -> None:
    assert knob.isHidden()
    knob.show_sound(Sound(in_file=True))
    assert knob.isVisible()
    knob.show_sound(Sound())
    assert knob.isHidden()


def test_the_slider_asks_for_a_volume_and_showing_one_asks_for_nothing(knob: SoundKnob, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(knob.volume_asked):
        knob.show_sound(Sound(in_file=True, volume=0.3))
    slider = knob.findChild(QSlider)
    assert slider.value() == 30
    assert slider.accessibleName()
    with qtbot.waitSignal(knob.volume_asked) as asked:
        slider.setValue(70)
    assert asked.args == [0.7]


def test_trouble_stands_in_place_of_the_volume(knob: SoundKnob) -> None:
    knob.show_sound(Sound(in_file=True, trouble="no sound device"))
    assert knob.findChild(QLabel).text() == "no sound device"
    assert not knob.findChild(QSlider).isVisible()
    sentence = "clip.mp4 holds no sound that can be decoded; it plays silently."
    knob.show_sound(Sound(in_file=True, trouble=sentence))
    assert knob.findChild(QLabel).text() == "no sound"
    assert knob.findChild(QLabel).toolTip() == sentence


def test_at_another_speed_it_says_why_nothing_is_heard(knob: SoundKnob) -> None:
    knob.show_sound(Sound(in_file=True, off_speed=True))
    assert knob.findChild(QLabel).text() == "silent at this speed"
    assert "normal speed" in knob.findChild(QLabel).toolTip()
    assert not knob.findChild(QSlider).isVisible()
    knob.show_sound(Sound(in_file=True))
    assert knob.findChild(QSlider).isVisible()


def test_the_button_comes_first(knob: SoundKnob) -> None:
    knob.add_button(QAction("&Mute", knob))
    assert knob.layout().itemAt(0).widget() is knob.findChild(QToolButton)
