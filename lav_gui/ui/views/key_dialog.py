"""The sheet on which shortcuts are changed; each change holds at once."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from lav_gui.ui.action_table import MENUS, names_in
from lav_gui.ui.key_map import SPECS, KeyMap, native, title_of
from lav_gui.ui.style import UNIT
from lav_gui.ui.wording import say, unmarked

SIZE = (680, 600)
NAME_ROLE = Qt.ItemDataRole.UserRole
ACTION, KEYS, OWN = range(3)
_LONE = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, Qt.Key.Key_unknown)
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOVES = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class KeyField(QLineEdit):
    """Takes one key press as a shortcut. Tab leaves it; Return is done with it."""

    pressed = Signal(str)
    """The key, in Qt's portable form."""
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAccessibleName(say("New key"))
        self.setPlaceholderText(say("Press the new key here, then Return"))
        self.key = ""

    def clear(self) -> None:
        """Forget the key."""
        self.key = ""
        super().clear()

    def event(self, event: QEvent) -> bool:
        """Take keys that would do something elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the key that was pressed."""
        if event.key() in _MOVES:
            event.ignore()
        elif event.key() in _ENDS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.done.emit()
        elif event.key() not in _LONE:
            self.key = pressed_key(event)
            self.setText(native(self.key))
            self.pressed.emit(self.key)


class KeyDialog(QDialog):
    """All actions with their keys, by menu; a search field; and a place to press a new key.

    Parameters
    ----------
    parent : QWidget
    keys : KeyMap
    """

    def __init__(self, parent: QWidget, keys: KeyMap) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("Change the keyboard shortcuts"))
        self._keys = keys
        self._search, self._tree, self._field = QLineEdit(), QTreeWidget(), KeyField()
        self._items: dict[str, QTreeWidgetItem] = {}
        self._groups: list[QTreeWidgetItem] = []
        self._of, self._told = QLabel(), QLabel()
        self._set = _button(say("Set"), say("The action has this key, and no other"))
        self._add = _button(say("Add"), say("The action has this key beside those it has"))
        self._take = _button(say("Take it from there"), say("The other action loses the key"))
        self._clear = _button(say("No key"), say("The action has no key"))
        self._reset = _button(say("Reset"), say("The key that the program comes with"))
        self._reset_all = _button(say("Reset all"), say("All keys as the program comes with them"))
        self._fill_tree()
        self._lay_out()
        self._join()
        self._renew()
        self._tree.setCurrentItem(next(iter(self._items.values())))

    @property
    def chosen(self) -> str:
        """Id of the action whose keys are being changed; "" for none."""
        item = self._tree.currentItem()
        return "" if item is None else str(item.data(ACTION, NAME_ROLE) or "")

    def choose(self, name: str) -> None:
        """Pick out an action."""
        self._tree.setCurrentItem(self._items[name])

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the search."""
        super().showEvent(event)
        self._search.setFocus()

    def _fill_tree(self) -> None:
        self._tree.setHeaderLabels([say("Action"), say("Keys"), ""])
        self._tree.setAccessibleName(say("Actions and their keys"))
        self._tree.setRootIsDecorated(False)
        self._tree.setUniformRowHeights(True)
        for title, entries in MENUS:
            group = QTreeWidgetItem([unmarked(say(title))])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            group.setFont(ACTION, _bold(group.font(ACTION), bold=True))
            self._tree.addTopLevelItem(group)
            self._groups.append(group)
            for name in names_in(entries):
                if name in SPECS:
                    item = QTreeWidgetItem(group, [title_of(name)])
                    item.setData(ACTION, NAME_ROLE, name)
                    item.setToolTip(ACTION, say(SPECS[name].hint))
                    self._items[name] = item
        self._tree.expandAll()
        header = self._tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(ACTION, QHeaderView.ResizeMode.Stretch)
        for column in (KEYS, OWN):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)

    def _lay_out(self) -> None:
        self._search.setPlaceholderText(say("Search for an action or a key"))
        self._search.setAccessibleName(say("Search for an action or a key"))
        self._search.setClearButtonEnabled(True)
        self._of.setProperty("heading", True)
        self._told.setWordWrap(True)
        self._told.setMinimumHeight(4 * UNIT)
        self._set.setProperty("primary", True)
        keys, told = QHBoxLayout(), QHBoxLayout()
        for row, widgets in (
            (keys, (self._field, self._set, self._add, self._clear, self._reset)),
            (told, (self._told, self._take)),
        ):
            row.setSpacing(UNIT)
            for place, widget in enumerate(widgets):
                row.addWidget(widget, 0 if place else 1)
        closing = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        closing.addButton(self._reset_all, QDialogButtonBox.ButtonRole.ResetRole)
        closing.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        layout.setSpacing(UNIT)
        layout.addWidget(self._search)
        layout.addWidget(self._tree, 1)
        layout.addWidget(self._of)
        layout.addLayout(keys)
        layout.addLayout(told)
        layout.addWidget(closing)
        self.resize(*SIZE)

    def _join(self) -> None:
        self._search.textChanged.connect(self._filter)
        self._tree.currentItemChanged.connect(lambda *_: self._begin())
        self._tree.itemActivated.connect(lambda *_: self._field.setFocus())
        self._field.pressed.connect(lambda _: self._judge())
        self._field.done.connect(self._set.click)
        self._set.clicked.connect(lambda: self._give((self._field.key,)))
        self._add.clicked.connect(lambda: self._give((*self._keys.keys(self.chosen), self._field.key)))
        self._take.clicked.connect(lambda: self._give((self._field.key,), take=True))
        self._clear.clicked.connect(lambda: self._give(()))
        self._reset.clicked.connect(lambda: self._keys.reset(self.chosen))
        self._reset_all.clicked.connect(self._keys.reset_all)
        self._keys.changed.connect(self._renew)

    def _begin(self) -> None:
        """Another action was picked out."""
        self._field.clear()
        self._judge()

    def _give(self, keys: tuple[str, ...], *, take: bool = False) -> None:
        if self.chosen:
            self._keys.set_keys(self.chosen, keys, take=take)
            self._field.clear()
            self._judge()

    def _judge(self) -> None:
        """Tell whether the pressed key can be had, and offer what can be done."""
        name, key = self.chosen, self._field.key
        objection = self._keys.objection(key, name) if key and name else ""
        takes = bool(objection) and self._keys.holder(key, name) in SPECS
        self._of.setText(say("Key of “{action}”", action=title_of(name)) if name else say("Choose an action above"))
        self._told.setText(objection)
        self._take.setVisible(takes)
        for button in (self._set, self._add):
            button.setEnabled(bool(name and key and not objection))
        self._field.setEnabled(bool(name))
        self._clear.setEnabled(bool(name and self._keys.keys(name)))
        self._reset.setEnabled(bool(name) and self._keys.is_changed(name))

    def _renew(self) -> None:
        for name, item in self._items.items():
            changed = self._keys.is_changed(name)
            item.setText(KEYS, self._keys.words(name))
            item.setText(OWN, say("changed") if changed else "")
            item.setFont(KEYS, _bold(item.font(KEYS), bold=changed))
        self._reset_all.setEnabled(bool(self._keys.changes))
        self._judge()

    def _filter(self, text: str) -> None:
        """Show what holds all words of the search."""
        words = text.casefold().split()
        for item in self._items.values():
            shown = f"{item.text(ACTION)} {item.text(KEYS)} {item.toolTip(ACTION)}".casefold()
            item.setHidden(not all(word in shown for word in words))
        visible = [item for item in self._items.values() if not item.isHidden()]
        for group in self._groups:
            group.setHidden(all(item.parent() is not group for item in visible))
        if visible and self._tree.currentItem() not in visible:
            self._tree.setCurrentItem(visible[0])


def pressed_key(event: QKeyEvent) -> str:
    """The key of an event in Qt's portable form; Shift that only makes a sign, as in "?", is not named."""
    modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)
    text = event.text()
    if text and text.isprintable() and not text.isalnum() and not text.isspace():
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(modifiers.value | event.key()).toString(QKeySequence.SequenceFormat.PortableText)


def _bold(font: QFont, *, bold: bool) -> QFont:
    font.setBold(bold)
    return font


def _button(text: str, hint: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(hint)
    button.setAutoDefault(False)
    return button
