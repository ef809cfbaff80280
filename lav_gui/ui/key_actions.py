"""The user's own shortcuts: read with the settings, changed on a sheet, saved at once."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from lav_gui.errors import LavError, SettingsError
from lav_gui.ui.key_map import KeyMap
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.views.empty import EmptyView
from lav_gui.ui.views.key_dialog import KeyDialog
from lav_gui.ui.views.notes_view import NotesView


def read_keys(desk: Desk, parent: QObject) -> KeyMap:
    """The keys that the settings say, saved whenever they change; those of the program, and why, if they are wrong."""
    try:
        keys = KeyMap(desk.preferences.settings.keys, parent)
    except SettingsError as error:
        desk.messages.report(error, stays=True)
        keys = KeyMap(parent=parent)

    def save() -> None:
        try:
            desk.preferences.save_keys(keys.changes)
        except LavError as error:
            desk.messages.report(error, stays=True)

    keys.changed.connect(save)
    return keys


def follow_keys(keys: KeyMap, empty: EmptyView, notes: NotesView) -> None:
    """Have the views name the keys that hold."""

    def tell() -> None:
        empty.show_open_key(keys.words("file.open"))
        empty.show_help_keys(keys.words("help.shortcuts"), keys.words("help.whats_this"))
        notes.show_add_keys(keys.words("notes.add"), keys.words("notes.mark"))

    keys.changed.connect(tell)
    tell()


def show_key_dialog(window: QWidget, keys: KeyMap) -> None:
    """Open the sheet on which shortcuts are changed."""
    KeyDialog(window, keys).open()
