"""The strip beside the picture."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSlider, QToolButton
from pytestqt.qtbot import QtBot

from lav_gui.ui.viewmodels.display import Display
from lav_gui.ui.views.view_strip import ViewStrip


def test_the_slider_asks_for_an_opacity_and_showing_one_does_not_ask(qtbot: QtBot) -> None:
    strip = ViewStrip()
    qtbot.addWidget(strip)
    slider = strip.findChild(QSlider)
    with qtbot.assertNotEmitted(strip.opacity_asked):
        strip.show_display(Display(opacity=0.25))
    assert slider.value() == 25
    with qtbot.waitSignal(strip.opacity_asked) as asked:
        slider.setValue(80)
    assert asked.args == [0.8]


def test_without_a_heatmap_its_opacity_cannot_be_set(qtbot: QtBot) -> None:
    strip = ViewStrip()
    qtbot.addWidget(strip)
    strip.show_display(Display(heatmap=False))
    assert not strip.findChild(QSlider).isEnabled()


def test_it_holds_the_buttons_in_order(qtbot: QtBot) -> None:
    strip = ViewStrip()
    qtbot.addWidget(strip)
    names = ["Heatmap", "Boxes", "Fit", "100 %"]
    actions = [QAction(name, strip) for name in names]
    strip.fill(actions[:2], actions[2:])
    assert [button.accessibleName() for button in strip.findChildren(QToolButton)] == names
