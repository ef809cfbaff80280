"""What weights have seen before of the videos they are judged on: figures of such videos tell nothing of others.

Prepared sets are known again by the hash of their index, packed ones and re-encoded copies by that of the set they were
made from, and by split. The same videos prepared a second time, with other settings, are another set here: that is not
noticed.
"""

import re
from dataclasses import dataclass

from lav_gui.training.sets.card import SetCard
from lav_gui.training.sets.index import splits_of
from model_zoo.weights_record import Weights

TRAINED = "these videos were trained on"
CALIBRATED = "these videos were calibrated on"
CHOSEN = "these videos chose the checkpoint"

DAMNING = (TRAINED, CALIBRATED)
"""With one of these, figures are no evidence; `CHOSEN` flatters them a little."""

AND = " and "
"""Between two sets that were used together."""

_TOLD = re.compile(
    r"(?:, split (?P<split>\w+))?, SHA-256 of its index (?P<own>[0-9a-f]{64})(?:, made from (?P<first>[0-9a-f]{64}))?"
)


@dataclass(frozen=True, slots=True)
class SetUse:
    """A prepared set and the split of it that was used.

    Attributes
    ----------
    name : str
    index_sha256, packed_from : str
        As in `SetCard`.
    split : str
        ``train``, ``val``, ``test``, ``held_out``, ``all``, or empty where it is not known.
    """

    name: str
    index_sha256: str
    packed_from: str
    split: str

    @classmethod
    def of(cls, card: SetCard, split: str) -> "SetUse":
        """From the card of a prepared set."""
        return cls(card.name, card.index_sha256, card.packed_from, split)

    def told(self) -> str:
        """In words, as cards of weights hold it; `read_uses` reads it back."""
        split = f", split {self.split}" if self.split else ""
        packed = f", made from {self.packed_from}" if self.packed_from else ""
        return f"{self.name}{split}, SHA-256 of its index {self.index_sha256}{packed}"

    def overlaps(self, other: "SetUse") -> bool:
        """Whether both hold the same videos, in part at least."""
        return self._first == other._first and bool(splits_of(self.split) & splits_of(other.split))

    @property
    def _first(self) -> str:
        return self.packed_from or self.index_sha256


def read_uses(text: str, split: str = "") -> tuple[SetUse, ...]:
    """What `SetUse.told` wrote of one set, or of several joined by `AND`, whatever follows; empty where none is told.

    Parameters
    ----------
    text : str
    split : str
        Taken where the text names none.
    """
    uses, start = [], 0
    for found in _TOLD.finditer(text):
        name = text[start : found.start()].removeprefix(AND)
        uses.append(SetUse(name, found["own"], found["first"] or "", found["split"] or split))
        start = found.end()
    return tuple(uses)


def exposures(weights: Weights, judged: SetUse) -> tuple[str, ...]:
    """What these weights have seen of these videos: any of `TRAINED`, `CALIBRATED` and `CHOSEN`.

    Old cards name no split: training took ``train`` then, and validation ``val``, where nothing else was asked for.
    """
    seen = [(TRAINED, value, "train") for name, value in weights.training if name.startswith("data (train")]
    seen += [(CHOSEN, value, "val") for name, value in weights.training if name.startswith("data (val")]
    if weights.calibration is not None:
        seen.append((CALIBRATED, weights.calibration.source, ""))
    met = {word for word, text, split in seen if any(use.overlaps(judged) for use in read_uses(text, split))}
    return tuple(word for word in (*DAMNING, CHOSEN) if word in met)
