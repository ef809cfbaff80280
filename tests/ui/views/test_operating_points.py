"""The thresholds as a list of false-positive rates."""

from dataclasses import replace

from PySide6.QtWidgets import QLabel, QRadioButton
from pytestqt.qtbot import QtBot

from lav_gui.ui.views.operating_points import OperatingPointList
from model_zoo.weights_record import Weights


def test_each_point_is_a_button_that_asks_for_its_rate(qtbot: QtBot, trained_weights: Weights) -> None:
    shown = OperatingPointList()
    qtbot.addWidget(shown)
    (lax,) = trained_weights.operating_points
    strict = replace(lax, threshold=0.9, asked_rate=0.01, false_positive_interval=(0.0, 0.04))
    shown.show_points((strict, lax), lax, "")
    buttons = shown.findChildren(QRadioButton)
    assert [button.text() for button in buttons] == [
        "Set for 1 % false alarms: real videos that reach the threshold",
        "Set for 5 % false alarms: real videos that reach the threshold",
    ]
    assert [button.isChecked() for button in buttons] == [False, True]
    assert "In testing" in buttons[0].accessibleDescription()
    with qtbot.waitSignal(shown.rate_asked) as asked:
        buttons[0].click()
    assert asked.args == [0.01]


def test_without_points_it_says_why(qtbot: QtBot, trained_weights: Weights) -> None:
    shown = OperatingPointList()
    qtbot.addWidget(shown)
    shown.show_points(trained_weights.operating_points, trained_weights.operating_points[0], "")
    shown.show_points((), None, "Not calibrated.")
    assert [label.text() for label in shown.findChildren(QLabel) if not label.isHidden()] == ["Not calibrated."]
    assert [button for button in shown.findChildren(QRadioButton) if not button.isHidden()] == []
