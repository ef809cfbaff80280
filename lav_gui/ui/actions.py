"""The actions of a window, alive: made from the table in `action_table`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QMenuBar, QWidget

from lav_gui.ui.action_table import ACTIONS, MENUS, ActionSpec, Submenu, names_in
from lav_gui.ui.colors import Theme
from lav_gui.ui.key_map import SPECS, KeyMap, title_of
from lav_gui.ui.style import icon
from lav_gui.ui.wording import say, unmarked

Commands = Mapping[str, Callable[..., object]]
"""What each action does: called with the new state for toggles and holds, without arguments otherwise."""


class Actions(QObject):
    """The actions of one window, alive.

    Parameters
    ----------
    window : QWidget
        Shortcuts work anywhere in it.
    commands : mapping
        One callable per action.
    theme : Theme
        Colors of the icons.
    keys : KeyMap, optional
        The shortcuts; followed as they change.
    """

    def __init__(self, window: QWidget, commands: Commands, theme: Theme, keys: KeyMap | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._keys = keys or KeyMap(parent=self)
        self._made: dict[str, QAction] = {}
        for spec in ACTIONS:
            self._made[spec.name] = self._make(spec, commands[spec.name])
        self._keys.changed.connect(self._renew_keys)
        self._renew_keys()
        self.restyle(theme)
        self.set_conditions(frozenset())

    def __getitem__(self, name: str) -> QAction:
        return self._made[name]

    def set_conditions(self, conditions: frozenset[str]) -> None:
        """Enable what can be done now."""
        for spec in ACTIONS:
            self._made[spec.name].setEnabled(conditions.issuperset(spec.needs))

    def restyle(self, theme: Theme) -> None:
        """Draw all icons in the colors of a theme."""
        for spec in ACTIONS:
            if spec.symbol:
                self._made[spec.name].setIcon(icon(spec.symbol, theme))

    def retitle(self, name: str, text: str) -> None:
        """Give an action another text, as it says what it would do now."""
        self._made[name].setText(text.replace("&", "&&"))

    def set_playing(self, playing: bool, theme: Theme) -> None:
        """Show what the play button would do."""
        self._made["playback.play"].setIcon(icon("pause" if playing else "play", theme))

    def fill_menus(self, bar: QMenuBar, panels: list[QAction], recent: QMenu | None = None) -> None:
        """Build the menus; `recent` is that of the cases that were open lately."""
        special = {"PANELS": panels, "RECENT": [] if recent is None else [recent.menuAction()]}
        for title, entries in MENUS:
            menu = QMenu(say(title), bar)
            bar.addMenu(menu)
            self._fill_menu(menu, entries, special)

    def _fill_menu(self, menu: QMenu, entries: tuple[str | Submenu, ...], special: Mapping[str, list[QAction]]) -> None:
        for entry in entries:
            if isinstance(entry, tuple):
                inner = QMenu(say(entry[0]), menu)
                menu.addMenu(inner)
                self._fill_menu(inner, entry[1], special)
            elif entry == "-":
                menu.addSeparator()
            else:
                menu.addActions(special[entry] if entry in special else [self._made[entry]])

    def _make(self, spec: ActionSpec, command: Callable[..., object]) -> QAction:
        action = QAction(say(spec.text), self._window)
        action.setIconText(unmarked(action.text()).rstrip("…"))
        action.setObjectName(spec.name)
        action.setCheckable(spec.toggles)
        if spec.hold:
            action.setAutoRepeat(False)
            action.triggered.connect(HeldKey(command, self).press)
        elif spec.toggles:
            action.toggled.connect(command)
        else:
            action.triggered.connect(lambda _=False: command())
        self._window.addAction(action)
        return action

    def _renew_keys(self) -> None:
        """Give all actions their shortcuts, and tell them in the tool tips."""
        for name, action in self._made.items():
            hint, words = say(SPECS[name].hint), self._keys.words(name)
            action.setShortcuts([QKeySequence(key) for key in self._keys.keys(name)])
            action.setToolTip(f"{hint} ({words})" if words else hint)


class HeldKey(QObject):
    """Tells a command that its key is down, and later that it is up, whatever has the focus."""

    def __init__(self, command: Callable[..., object], parent: QObject) -> None:
        super().__init__(parent)
        self._command = command

    def press(self) -> None:
        """Begin; ends with the next release of any key, or when the window loses the focus."""
        self._command(True)
        self._watch(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the end."""
        released = event.type() == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent) and not event.isAutoRepeat()
        if released or event.type() == QEvent.Type.ApplicationDeactivate:
            self._watch(False)
            self._command(False)
        return super().eventFilter(watched, event)

    def _watch(self, begin: bool) -> None:
        application = QApplication.instance()
        if application is not None:
            (application.installEventFilter if begin else application.removeEventFilter)(self)


class FocusKeys(QObject):
    """Lets a focused button be pressed with Space, although Space is a shortcut: for work by keyboard alone."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claim the key for the button."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(watched, QAbstractButton)
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space.value
        ):
            event.accept()
            return True
        return super().eventFilter(watched, event)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One line of the sheet of shortcuts."""

    keys: str
    title: str
    hint: str

    def holds(self, words: list[str]) -> bool:
        """Whether all words, in small letters, are in it."""
        text = f"{self.keys} {self.title} {self.hint}".casefold()
        return all(word in text for word in words)


def shortcut_rows(keys: KeyMap) -> list[tuple[str, list[KeyRow]]]:
    """The sheet of shortcuts: (menu, lines), in the order of the menus; only actions that have a key."""
    sheet = []
    for title, entries in MENUS:
        found = [name for name in names_in(entries) if name in SPECS and keys.words(name)]
        if found:
            rows = [KeyRow(keys.words(name), title_of(name), say(SPECS[name].hint)) for name in found]
            sheet.append((unmarked(say(title)), rows))
    return sheet
