"""The settings: the dialog's action, and what follows when settings are taken."""

from PySide6.QtWidgets import QMainWindow

from lav_gui.ui.actions import Commands
from lav_gui.ui.costs import effect_words
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.document import Video
from lav_gui.ui.viewmodels.preferences import Effect
from lav_gui.ui.views.settings_dialog import SettingsDialog
from lav_gui.ui.wording import say


def settings_commands(window: QMainWindow, desk: Desk) -> Commands:
    """What the actions of the settings do; what follows from a change is joined here."""
    preferences = desk.preferences

    def measure(video: Video) -> None:
        preferences.frame_bytes = 3 * video.info.width * video.info.height

    def forget() -> None:
        preferences.frame_bytes = None

    def tell(effects: frozenset[Effect]) -> None:
        if effects:
            desk.messages.tell(say("Settings saved. {effects}", effects=effect_words(effects)))

    preferences.accepted.connect(tell)
    preferences.rate_chosen.connect(desk.results.judge_at)
    desk.document.opened.connect(measure)
    desk.document.closed.connect(forget)
    return {"file.settings": lambda: SettingsDialog(preferences, window).open()}
