"""Sentences for the analyst: errors, notices, questions, lasting banners. They wait in the window; nothing pops up."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from lav_gui.ui.jobs import details_of

KEPT = 6
"""Passing messages shown at once; the oldest gives way."""


class MessageKind(StrEnum):
    """How a message looks and behaves; WARNING stays until its cause is gone."""

    NOTICE = "notice"
    WARNING = "warning"
    QUESTION = "question"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Message:
    """One message.

    `choices` are (id, label) of its buttons; `details` is what "Copy details" puts on the clipboard; with `stays` it is
    not about the open file, and outlives it.
    """

    key: str
    kind: MessageKind
    text: str
    details: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    stays: bool = False

    @property
    def can_be_closed(self) -> bool:
        """Whether the analyst may send it away without an answer."""
        return self.kind in (MessageKind.NOTICE, MessageKind.ERROR)


class MessagesModel(QObject):
    """The messages shown now, one per key; of each kind the newest last."""

    changed = Signal()
    chosen = Signal(str, str)
    """Key of the message and id of the choice."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: dict[str, Message] = {}
        self._count = 0

    @property
    def shown(self) -> tuple[Message, ...]:
        """What is shown now: lasting banners first, then questions, then what passes."""
        order = (MessageKind.WARNING, MessageKind.QUESTION)
        return tuple(sorted(self._shown.values(), key=lambda m: order.index(m.kind) if m.kind in order else len(order)))

    def show(self, message: Message) -> None:
        """Show a message in place of one with the same key."""
        self._shown.pop(message.key, None)
        self._shown[message.key] = message
        passing = [key for key, each in self._shown.items() if each.can_be_closed]
        for key in passing[:-KEPT]:
            del self._shown[key]
        self.changed.emit()

    def report(self, error: BaseException, *, stays: bool = False) -> None:
        """Show an error: its sentence, with everything known of it to copy; `stays` when another file is opened."""
        text = str(error)
        same = next((m.key for m in self._shown.values() if m.kind is MessageKind.ERROR and m.text == text), None)
        self.show(Message(same or self._key(), MessageKind.ERROR, text, details_of(error), stays=stays))

    def tell(self, text: str) -> None:
        """Show a notice."""
        same = next((m.key for m in self._shown.values() if m.kind is MessageKind.NOTICE and m.text == text), None)
        self.show(Message(same or self._key(), MessageKind.NOTICE, text))

    def warn(self, key: str, text: str | None) -> None:
        """Show a lasting banner, or take it away (None)."""
        if text is None:
            self.dismiss(key)
        else:
            self.show(Message(key, MessageKind.WARNING, text))

    def ask(self, key: str, text: str, choices: tuple[tuple[str, str], ...]) -> None:
        """Ask a question; the answer comes by `chosen`."""
        self.show(Message(key, MessageKind.QUESTION, text, choices=choices))

    def choose(self, key: str, choice: str) -> None:
        """Answer a question; it goes away."""
        self.dismiss(key)
        self.chosen.emit(key, choice)

    def dismiss(self, key: str) -> None:
        """Take a message away."""
        if self._shown.pop(key, None) is not None:
            self.changed.emit()

    def clear(self) -> None:
        """Take away what was about the open file, as another is opened."""
        kept = {key: message for key, message in self._shown.items() if message.stays}
        if kept != self._shown:
            self._shown = kept
            self.changed.emit()

    def _key(self) -> str:
        self._count += 1
        return f"passing {self._count}"
