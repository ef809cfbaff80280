"""What the actions of the menu Help do: keys, explanations, and what this program is."""

from PySide6.QtWidgets import QMainWindow, QWhatsThis

from lav_gui.ui.about_facts import facts_of
from lav_gui.ui.actions import Commands
from lav_gui.ui.key_actions import show_key_dialog
from lav_gui.ui.key_map import KeyMap
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.views.about_sheet import AboutSheet
from lav_gui.ui.views.context_help import AREAS, explain
from lav_gui.ui.views.sheets import ShortcutSheet
from lav_gui.ui.wiring import Views
from model_zoo.errors import WeightsError
from model_zoo.registry import read_card_text
from model_zoo.weights_record import Weights


def help_commands(window: QMainWindow, desk: Desk, keys: KeyMap) -> Commands:
    """One callable per action of the menu Help that shows something."""

    def show_shortcuts() -> None:
        sheet = ShortcutSheet(window, keys)
        sheet.change_asked.connect(sheet.accept)
        sheet.change_asked.connect(lambda: show_key_dialog(window, keys))
        sheet.open()

    return {
        "help.shortcuts": show_shortcuts,
        "help.keys": lambda: show_key_dialog(window, keys),
        "help.whats_this": QWhatsThis.enterWhatsThisMode,
        "help.about": lambda: AboutSheet(window, desk.choices.weights, card_of).open(),
    }


def explain_views(views: Views) -> None:
    """Give the main areas of the window their explanation."""
    explain({name: getattr(views, name) for name in AREAS})


def card_of(weights: Weights) -> str:
    """The model card of weights in Markdown; what their record tells where there is none, or why it cannot be read."""
    try:
        return read_card_text(weights.name) or facts_of(weights)
    except WeightsError as error:
        return f"{error}\n\n{facts_of(weights)}"
