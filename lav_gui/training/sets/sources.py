"""What an adapter finds: the videos and pictures of a dataset, each with all that is known of it."""

import os
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from lav_gui.errors import TrainingError
from lav_gui.training.sets.index import FAKE, REAL, SPLITS

VIDEO_SUFFIXES = frozenset({".mp4", ".avi", ".mkv", ".mov", ".webm", ".m4v", ".gif"})
PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"})
FRAME_FIELD = re.compile(r"\{frame(?::0(\d+)d)?\}")


class MaskKind(StrEnum):
    """Where the forged part of a fake is told."""

    NONE = "none"
    PICTURE = "picture"
    VIDEO = "video"
    PATTERN = "pattern"
    PAIR = "pair"


@dataclass(frozen=True, slots=True)
class MaskRule:
    """Where the masks of a source lie.

    Attributes
    ----------
    kind : MaskKind
        ``PICTURE``: one, for a still picture. ``VIDEO``: aligned frame by frame. ``PATTERN``: pictures of some frames,
        with ``{frame}`` or ``{frame:04d}`` in the file name. ``PAIR``: derived from the aligned original.
    place : str
        Path or pattern; empty for ``NONE`` and ``PAIR``.
    """

    kind: MaskKind = MaskKind.NONE
    place: str = ""

    @classmethod
    def parse(cls, text: str, folder: Path) -> "MaskRule":
        """Read a CSV cell: empty, ``pair``, a path, or a pattern with ``{frame}``; relative to `folder`."""
        if not text:
            return NO_MASK
        if text == "pair":
            return cls(MaskKind.PAIR)
        path = folder / text
        if FRAME_FIELD.search(path.name):
            return cls(MaskKind.PATTERN, str(path))
        return cls(MaskKind.VIDEO if path.suffix.lower() in VIDEO_SUFFIXES else MaskKind.PICTURE, str(path))

    def frames(self) -> dict[int, Path]:
        """Pictures of a pattern that exist, by frame number; empty for the other kinds."""
        if self.kind is not MaskKind.PATTERN:
            return {}
        pattern = Path(self.place)
        head, tail = FRAME_FIELD.sub("\0", pattern.name, count=1).split("\0")
        if not pattern.parent.is_dir():
            return {}
        wanted = re.compile(re.escape(head) + r"(\d+)" + re.escape(tail))
        names = sorted(name for name in os.listdir(pattern.parent) if name.startswith(head))
        matches = [wanted.fullmatch(name) for name in names]
        return {int(found[1]): pattern.parent / found[0] for found in matches if found}


NO_MASK = MaskRule()


@dataclass(frozen=True, slots=True)
class Source:
    """One video or picture of a dataset.

    Attributes
    ----------
    path : Path
    label : int
        0 real, 1 fake.
    dataset, method, compression : str
        As in `FaceRow`.
    name : str
        Unique together with dataset, method and compression.
    identity : str
        Who is seen; unique within its dataset.
    other_identity : str
        Who else went into a fake; empty where there is none or it is not known.
    group : str
        What must not cross splits. Adapters may leave it empty; `splits.connect` fills it.
    pair : str
        `key` of the aligned original of a fake; empty where there is none.
    split : str
        Where the dataset says so; else empty.
    mask : MaskRule
    """

    path: Path
    label: int
    dataset: str
    method: str
    compression: str
    name: str
    identity: str
    other_identity: str = ""
    group: str = ""
    pair: str = ""
    split: str = ""
    mask: MaskRule = NO_MASK

    def __post_init__(self) -> None:
        if self.label not in (REAL, FAKE):
            raise TrainingError(f"{self.path} has the label {self.label}; write 0 (real) or 1 (fake).")
        if self.split not in ("", *SPLITS):
            raise TrainingError(f"{self.path} has the split {self.split!r}; write {', '.join(SPLITS)} or nothing.")

    @property
    def key(self) -> str:
        """The same as `FaceRow.video`."""
        return "/".join((self.dataset, self.method, self.compression, self.name))


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was found wrong and left out, or went on otherwise: where, and one sentence."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class Found:
    """What an adapter found under a root.

    Attributes
    ----------
    sources : tuple of Source
        In a stable order.
    problems : tuple of Problem
        What could not be used, by name.
    notes : tuple of str
        What a reader of the card should know, as labels that were converted.
    """

    sources: tuple[Source, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def files_in(folder: Path, suffixes: frozenset[str] = VIDEO_SUFFIXES) -> list[Path]:
    """Files of a folder with one of the suffixes, sorted by name; empty where there is no such folder."""
    if not folder.is_dir():
        return []
    return sorted(p for p in folder.iterdir() if p.suffix.lower() in suffixes and not p.name.startswith("."))
