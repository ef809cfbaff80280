"""The strip beside the picture."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSlider, QToolButton
from pytestqt.qtbot import QtBot

from lav_gui.ui.viewmodels.display import Display, View
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


def filled(qtbot: QtBot) -> tuple[ViewStrip, dict[View, QAction]]:
    strip = ViewStrip()
    qtbot.addWidget(strip)
    views = {view: QAction(name, strip) for view, name in ((View.ORIGINAL, "&Original"), (View.SPLIT, "&Split"))}
    names = ["Heatmap", "Boxes", "Fit", "100 %"]
    actions = [QAction(name, strip) for name in names]
    strip.fill(views, actions[:2], actions[2:])
    return strip, views


def test_it_holds_the_buttons_in_order(qtbot: QtBot) -> None:
    strip, _ = filled(qtbot)
    found = [button.accessibleName() for button in strip.findChildren(QToolButton)]
    assert found == ["View: Original", "Heatmap", "Boxes", "Fit", "100 %"]


def test_the_menu_of_views_says_which_is_shown(qtbot: QtBot) -> None:
    strip, views = filled(qtbot)
    chooser = strip.findChildren(QToolButton)[0]
    assert chooser.menu().actions() == list(views.values())
    strip.show_display(Display(view=View.SPLIT))
    assert chooser.accessibleName() == "View: Split"
    views[View.SPLIT].setEnabled(False)
    assert not chooser.isEnabled()
