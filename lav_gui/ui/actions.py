"""The actions of a window, alive: made from the table in `action_table`."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QMenuBar, QWidget

from lav_gui.ui.action_table import ACTIONS, MENUS, ActionSpec
from lav_gui.ui.colors import Theme
from lav_gui.ui.style import icon
from lav_gui.ui.wording import say

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
    """

    def __init__(self, window: QWidget, commands: Commands, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._made: dict[str, QAction] = {}
        for spec in ACTIONS:
            self._made[spec.name] = self._make(spec, commands[spec.name])
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

    def set_playing(self, playing: bool, theme: Theme) -> None:
        """Show what the play button would do."""
        self._made["playback.play"].setIcon(icon("pause" if playing else "play", theme))

    def fill_menus(self, bar: QMenuBar, panels: list[QAction]) -> None:
        """Build the menus."""
        for title, names in MENUS:
            menu = QMenu(say(title), bar)
            bar.addMenu(menu)
            for name in names:
                if name == "-":
                    menu.addSeparator()
                elif name == "PANELS":
                    menu.addActions(panels)
                else:
                    menu.addAction(self._made[name])

    def _make(self, spec: ActionSpec, command: Callable[..., object]) -> QAction:
        action = QAction(say(spec.text), self._window)
        action.setObjectName(spec.name)
        action.setCheckable(spec.toggles)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        keys = ", ".join(sequence.toString(QKeySequence.SequenceFormat.NativeText) for sequence in action.shortcuts())
        action.setToolTip(f"{say(spec.hint)} ({keys})" if keys else say(spec.hint))
        if spec.hold:
            action.setAutoRepeat(False)
            action.triggered.connect(HeldKey(command, self).press)
        elif spec.toggles:
            action.toggled.connect(command)
        else:
            action.triggered.connect(lambda _=False: command())
        self._window.addAction(action)
        return action


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


def shortcut_rows() -> list[tuple[str, list[tuple[str, str]]]]:
    """The sheet of shortcuts: (menu, [(keys, what it does)]), in the order of the menus."""
    by_name = {spec.name: spec for spec in ACTIONS}
    sheet = []
    for title, names in MENUS:
        specs = [by_name[name] for name in names if name in by_name and by_name[name].keys]
        rows = [(_keys(spec), say(spec.hint)) for spec in specs]
        if rows:
            sheet.append((say(title).replace("&", ""), rows))
    return sheet


def _keys(spec: ActionSpec) -> str:
    keys = [QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in spec.keys]
    return " / ".join(keys)
