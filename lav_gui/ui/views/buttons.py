"""Buttons made of actions; they follow the action's text, icon and state."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton

from lav_gui.ui.wording import unmarked

SMALL_ICON, SMALL_BUTTON = 16, 28


def small_button(action: QAction) -> QToolButton:
    """A button with the icon alone."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setIconSize(QSize(SMALL_ICON, SMALL_ICON))
    button.setFixedSize(SMALL_BUTTON, SMALL_BUTTON)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(unmarked(action.text()))
    return button


def text_button(action: QAction) -> QToolButton:
    """A button with icon and text."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setIconSize(QSize(20, 20))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(unmarked(action.text()))
    return button
