"""The card of a prepared set: where it comes from, what is in it, how it was made, what was found wrong."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lav_gui.errors import TrainingError
from lav_gui.replacing import replacing
from lav_gui.training.sets.index import FaceRow
from lav_gui.training.sets.sources import Problem

SCHEMA = "lav.prepared/1"


@dataclass(frozen=True, slots=True)
class Origin:
    """One dataset that went in: which adapter read it, from where, and under what terms it may be used."""

    adapter: str
    root: str
    license_note: str


@dataclass(frozen=True, slots=True)
class Count:
    """Faces and sources of one kind; `masked` counts the faces of known forged part."""

    split: str
    label: int
    dataset: str
    method: str
    compression: str
    faces: int
    masked: int
    sources: int


@dataclass(frozen=True, slots=True)
class SetCard:
    """What there is to know of a prepared set without opening its pictures.

    Attributes
    ----------
    name : str
        Of the set.
    created : str
        UTC, ISO 8601.
    origins : tuple of Origin
    settings : tuple of (str, str)
        How it was made, name and value, with the hash of the detector's weights and our version.
    counts : tuple of Count
    index_sha256 : str
        Of the index file; ties a training to the very rows it saw.
    problems : tuple of Problem
        All that was left out, or kept otherwise than asked, by name.
    leaks : tuple of Problem
        What crosses splits and was allowed.
    notes : tuple of str
        What else the adapters had to say, whose face is borrowed across splits, how good derived masks are.
    packed_from : str
        Hash of the index of the set that was packed into this one, the first where it was packed again, or whose videos
        these are copies of; else empty.
    """

    name: str
    created: str
    origins: tuple[Origin, ...]
    settings: tuple[tuple[str, str], ...]
    counts: tuple[Count, ...]
    index_sha256: str
    problems: tuple[Problem, ...]
    leaks: tuple[Problem, ...]
    notes: tuple[str, ...] = ()
    packed_from: str = ""

    @property
    def first_sha256(self) -> str:
        """Hash of the index by which the videos are known again, packed or copied as they may be."""
        return self.packed_from or self.index_sha256

    @property
    def faces(self) -> int:
        """All faces of the set."""
        return sum(count.faces for count in self.counts)


def count_rows(rows: Iterable[FaceRow]) -> tuple[Count, ...]:
    """Faces, masks and sources per split, label, dataset, method and compression, sorted."""
    faces: Counter[tuple[str, int, str, str, str]] = Counter()
    masked: Counter[tuple[str, int, str, str, str]] = Counter()
    videos: dict[tuple[str, int, str, str, str], set[str]] = {}
    for row in rows:
        kind = (row.split, row.label, row.dataset, row.method, row.compression)
        faces[kind] += 1
        masked[kind] += bool(row.mask)
        videos.setdefault(kind, set()).add(row.source)
    return tuple(Count(*kind, faces[kind], masked[kind], len(videos[kind])) for kind in sorted(faces))


def sha256_of(path: Path) -> str:
    """SHA-256 of a small file, lower-case hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_card(path: Path, card: SetCard) -> None:
    """Write a card as JSON; the old file is replaced only when the new one is complete.

    Raises
    ------
    TrainingError
        If the file cannot be written.
    """
    plain = {"schema": SCHEMA, **asdict(card)}
    try:
        with replacing(path) as partial:
            partial.write_text(json.dumps(plain, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise TrainingError(f"{path} cannot be written: {error.strerror}.") from error


def read_card(path: Path) -> SetCard:
    """Read what `write_card` wrote.

    Raises
    ------
    TrainingError
        If the file is missing, of another schema, or not understood.
    """
    try:
        plain: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(plain, dict) or plain.pop("schema", None) != SCHEMA:
            raise TrainingError(f"{path} is not the card of a prepared set ({SCHEMA}); prepare the set again.")
        return SetCard(
            name=plain["name"],
            created=plain["created"],
            origins=tuple(Origin(**origin) for origin in plain["origins"]),
            settings=tuple((str(key), str(value)) for key, value in plain["settings"]),
            counts=tuple(Count(**count) for count in plain["counts"]),
            index_sha256=plain["index_sha256"],
            problems=tuple(Problem(**problem) for problem in plain["problems"]),
            leaks=tuple(Problem(**leak) for leak in plain["leaks"]),
            notes=tuple(plain["notes"]),
            packed_from=plain.get("packed_from", ""),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrainingError(f"{path} cannot be read as the card of a prepared set: {error}.") from error
