"""Which keys each action has: those of the table of actions, and the user's own. No two actions share a key."""

import re
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from lav_gui.errors import SettingsError
from lav_gui.settings import check_keys
from lav_gui.ui.action_table import ACTIONS, MENUS, ActionSpec
from lav_gui.ui.wording import say, unmarked

Changes = tuple[tuple[str, tuple[str, ...]], ...]

SPECS: Mapping[str, ActionSpec] = {spec.name: spec for spec in ACTIONS}

RESERVED = ("Tab", "Shift+Tab", "Return", "Enter")
"""Keys that move between controls or press them."""

_MNEMONIC = re.compile(r"&(\w)")


class KeyMap(QObject):
    """The keys of all actions.

    Parameters
    ----------
    changes : tuple of (str, tuple of str)
        The user's own keys by action, in Qt's portable form.
    parent : QObject, optional

    Raises
    ------
    SettingsError
        If there is no such action or key, or two actions would share one.
    """

    changed = Signal()

    def __init__(self, changes: Changes = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        check_keys(dict(changes), list(SPECS), "keys")
        self._own = {name: tuple(_read(key, name) for key in keys) for name, keys in changes}
        for name, keys in self._own.items():
            for key in keys:
                holder = self.holder(key, name)
                if holder:
                    raise SettingsError(
                        f"The key {key} of {name} in [keys] belongs to {holder} already; give one of them another key."
                    )

    @property
    def changes(self) -> Changes:
        """The user's own keys, to be saved; only where they differ from those of the table."""
        return tuple(sorted(self._own.items()))

    def keys(self, name: str) -> tuple[str, ...]:
        """Keys of an action, in Qt's portable form."""
        own = self._own.get(name)
        return own if own is not None else tuple(normal(key) for key in SPECS[name].keys)

    def words(self, name: str) -> str:
        """Keys of an action as the user's keyboard names them; "" where it has none."""
        return " / ".join(native(key) for key in self.keys(name))

    def is_changed(self, name: str) -> bool:
        """Whether an action has keys of the user's own."""
        return name in self._own

    def holder(self, key: str, name: str = "") -> str:
        """Who has a key already: an action's id, or a menu's title; "" where nobody but `name` has it."""
        key = normal(key)
        holders = [spec.name for spec in ACTIONS if spec.name != name and key in self.keys(spec.name)]
        return holders[0] if holders else _menu_of(key)

    def objection(self, key: str, name: str) -> str:
        """A sentence that tells why an action cannot have a key; "" where it can."""
        key = normal(key)
        if not key:
            return say("This is no key that can be used; press another.")
        if key in RESERVED:
            return say("{key} moves between controls or presses them; choose another key.", key=native(key))
        holder = self.holder(key, name)
        if not holder:
            return ""
        if holder in SPECS:
            action = title_of(holder)
            return say(
                "{key} belongs to “{action}”; take it from there, or press another.", key=native(key), action=action
            )
        return say("{key} opens the menu “{menu}”; choose another key.", key=native(key), menu=holder)

    def set_keys(self, name: str, keys: tuple[str, ...], *, take: bool = False) -> None:
        """Give an action other keys.

        Parameters
        ----------
        name : str
        keys : tuple of str
        take : bool
            Take a key away from the action that has it; otherwise that is an error.

        Raises
        ------
        SettingsError
            If a key cannot be had; the sentence names who has it.
        """
        wanted = tuple(dict.fromkeys(normal(key) for key in keys))
        holders = {key: self.holder(key, name) for key in wanted}
        for key, holder in holders.items():
            objection = self.objection(key, name)
            if objection and not (take and holder in SPECS):
                raise SettingsError(objection)
        for key, holder in holders.items():
            if holder:
                self._put(holder, tuple(other for other in self.keys(holder) if other != key))
        self._put(name, wanted)
        self.changed.emit()

    def reset(self, name: str) -> None:
        """Give an action the keys of the table again, as far as no other has taken one."""
        self._own.pop(name, None)
        free = tuple(key for key in self.keys(name) if not self.holder(key, name))
        self._put(name, free)
        self.changed.emit()

    def reset_all(self) -> None:
        """Give all actions the keys of the table again."""
        self._own.clear()
        self.changed.emit()

    def _put(self, name: str, keys: tuple[str, ...]) -> None:
        self._own[name] = keys
        if keys == tuple(normal(key) for key in SPECS[name].keys):
            del self._own[name]


def normal(key: str) -> str:
    """One key in Qt's portable form, the same for all ways to write it; "" for what is no key."""
    text = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
    return "" if ", " in text else text


def native(key: str) -> str:
    """One key as the user's keyboard names it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def title_of(name: str) -> str:
    """What an action is called, without marks."""
    return unmarked(say(SPECS[name].text)).rstrip("…")


def _read(key: str, name: str) -> str:
    read = normal(key)
    if not read:
        raise SettingsError(f"{key!r}, the key of {name} in [keys], is no key; write it as in Ctrl+O.")
    return read


def _menu_of(key: str) -> str:
    """Title of the menu that a key opens; "" where it opens none."""
    for title, _ in MENUS:
        found = _MNEMONIC.search(say(title))
        if found is not None and key == f"Alt+{found.group(1).upper()}":
            return unmarked(say(title))
    return ""
