"""Buttons made of actions."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from lav_gui.ui.views.buttons import SMALL_BUTTON, small_button, text_button


def test_buttons_follow_their_action_and_have_a_name_without_mnemonic(qapp: QApplication) -> None:
    action = QAction("&Play or pause")
    for make in (small_button, text_button):
        button = make(action)
        assert button.accessibleName() == "Play or pause"
        action.setEnabled(False)
        assert not button.isEnabled()
        action.setEnabled(True)
        assert button.isEnabled()


def test_a_small_button_never_shrinks(qapp: QApplication) -> None:
    button = small_button(QAction("Play"))
    assert button.minimumWidth() == button.maximumWidth() == SMALL_BUTTON
