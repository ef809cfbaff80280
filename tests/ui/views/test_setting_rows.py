"""Rows of a settings page."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from lav_gui.ui.views.setting_rows import SettingRows, choice_box, fill, number_box, select, set_number


def test_a_control_has_a_name_a_mnemonic_and_its_line_is_read_with_it(qtbot: QtBot) -> None:
    rows = SettingRows("Page")
    qtbot.addWidget(rows)
    control = choice_box([("One", 1)], lambda _: None)
    rows.add("&Number", control)
    rows.explain(control, "Costs nothing.")
    assert control.accessibleName() == "Number"
    assert control.accessibleDescription() == "Costs nothing."
    labels = rows.findChildren(QLabel)
    assert labels[0].buddy() is control
    assert labels[1].text() == "Costs nothing."


def test_a_box_hands_on_what_is_chosen_and_shows_what_it_did_not_offer(qtbot: QtBot) -> None:
    taken: list[object] = []
    box = choice_box([("One", 1), ("Two", 2)], taken.append)
    qtbot.addWidget(box)
    select(box, 2)
    assert box.currentText() == "Two"
    assert taken == []
    box.activated.emit(1)
    assert taken == [2]
    select(box, 7)
    assert box.currentText() == "7"
    fill(box, [("Three", 3)])
    assert box.count() == 1


def test_a_number_is_handed_on_when_it_is_changed_by_hand_alone(qtbot: QtBot) -> None:
    taken: list[int] = []
    box = number_box(16, 100, "px", taken.append)
    qtbot.addWidget(box)
    set_number(box, 200)
    assert box.value() == 200
    assert taken == []
    box.setValue(150)
    assert taken == [150]
