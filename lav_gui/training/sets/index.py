"""The index of a prepared set: one row per face patch, a CSV file that any spreadsheet opens."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lav_gui.errors import TrainingError
from lav_gui.records import Box
from lav_gui.replacing import replacing
from lav_gui.training.sets.landmarks import LANDMARKS
from lav_gui.training.sets.packed import TEXT, PackedNumbers

REAL, FAKE = 0, 1
SPLITS = ("train", "val", "test")
HELD_OUT, ALL_SPLITS = "held_out", "all"
"""Both ``val`` and ``test``, and all three."""


def splits_of(name: str) -> frozenset[str]:
    """The splits that a name of one or several means; of an unknown name, all."""
    if name in SPLITS:
        return frozenset((name,))
    return frozenset(SPLITS[1:] if name == HELD_OUT else SPLITS)


@dataclass(frozen=True, slots=True)
class FaceRow:
    """One face of one frame of one source.

    Attributes
    ----------
    patch : str
        Where the patch lies: a path inside the set, or ``shard.tar:offset:bytes``.
    mask : str
        The same for its mask; empty where the forged part of a fake is not known, and for every real.
    label : int
        0 real, 1 fake.
    split : str
        ``train``, ``val`` or ``test``.
    dataset, method, compression : str
        As ``FaceForensics++``, ``Deepfakes`` (``real`` for reals), ``c40``; compression is empty where not stated.
    source : str
        Video or picture, as the dataset names it; unique together with dataset, method and compression.
    identity : str
        Who is seen, as well as it is known; never empty (the source stands in).
    group : str
        What must not cross splits: rows of one group share a person, a scene or a pair.
    pair : str
        The `video` of the aligned original of a fake; empty where there is none.
    frame_index, track_id : int
        Frame by media's numbering (0 for a picture); track within the source, from 1.
    box_xyxy : Box
        The detector's box, edges in patch pixels.
    landmarks : sequence of 136 float
        x0, y0, ... of 68 points (iBUG 300-W order), pixel centers at integers, patch pixels. Whatever is given is kept
        as `PackedNumbers`.
    sample_aspect_ratio : str
        As ``1/1``.
    face_px : float
        Shorter box side in display pixels.
    codec : str
        Of the source, as FFmpeg names it.
    bits_per_pixel : float
        Of the source's video stream; NaN for a still picture.
    """

    patch: str
    mask: str
    label: int
    split: str
    dataset: str
    method: str
    compression: str
    source: str
    identity: str
    group: str
    pair: str
    frame_index: int
    track_id: int
    box_xyxy: Box
    landmarks: Sequence[float]
    sample_aspect_ratio: str
    face_px: float
    codec: str
    bits_per_pixel: float

    def __post_init__(self) -> None:
        if not isinstance(self.landmarks, PackedNumbers):
            object.__setattr__(self, "landmarks", PackedNumbers(self.landmarks))
        left, top, right, bottom = self.box_xyxy
        rules = {
            "a label that is neither 0 (real) nor 1 (fake)": self.label in (REAL, FAKE),
            f"a split that is none of {', '.join(SPLITS)}": self.split in SPLITS,
            "an empty face box": right > left and bottom > top,
            f"not {LANDMARKS} landmarks": len(self.landmarks) == 2 * LANDMARKS,
            "no identity, source or group": bool(self.identity and self.source and self.group),
        }
        broken = [fault for fault, kept in rules.items() if not kept]
        if broken:
            raise TrainingError(f"The face {self.patch} has {broken[0]}; prepare the set again.")

    @property
    def video(self) -> str:
        """Key of the source among all sources; frames of one source share it."""
        return "/".join((self.dataset, self.method, self.compression, self.source))

    @property
    def points(self) -> NDArray[np.float64]:
        """Landmarks as an array (68, 2) of x, y in patch pixels."""
        return np.array(self.landmarks, np.float64).reshape(LANDMARKS, 2)

    @property
    def pixel_aspect(self) -> Fraction:
        """Display width of a stored pixel over its height."""
        return Fraction(self.sample_aspect_ratio)


_NAMES = [field.name for field in fields(FaceRow)]
_SHARED = [*_NAMES[3:11], "sample_aspect_ratio", "codec"]
"""Texts that many rows have in common; each is kept once."""


def write_index(path: Path, rows: Iterable[FaceRow]) -> None:
    """Write an index; the old file is replaced only when the new one is complete.

    Raises
    ------
    TrainingError
        If the file cannot be written.
    """
    try:
        with replacing(path) as partial, partial.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(_NAMES)
            writer.writerows([_text(getattr(row, name)) for name in _NAMES] for row in rows)
    except OSError as error:
        raise TrainingError(f"{path} cannot be written: {error.strerror}.") from error


def read_index(path: Path) -> tuple[FaceRow, ...]:
    """Read what `write_index` wrote, in the same order.

    Raises
    ------
    TrainingError
        If the file is missing, has other columns, or a line cannot be understood (its number is told).
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file)
            header = next(lines, [])
            if header != _NAMES:
                raise TrainingError(f"{path} is not the index of a prepared set; make one with lav prepare.")
            shared: dict[str, str] = {}
            return tuple(_row(path, number, line, shared) for number, line in enumerate(lines, start=2))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TrainingError(f"{path} cannot be read as the index of a prepared set: {error}.") from error


def _row(path: Path, number: int, line: Sequence[str], shared: dict[str, str]) -> FaceRow:
    try:
        text = dict(zip(_NAMES, line, strict=True))
        left, top, right, bottom = (float(part) for part in text["box_xyxy"].split())
        return FaceRow(
            **{name: shared.setdefault(text[name], text[name]) for name in _SHARED},
            patch=text["patch"],
            mask=text["mask"],
            label=int(text["label"]),
            frame_index=int(text["frame_index"]),
            track_id=int(text["track_id"]),
            box_xyxy=(left, top, right, bottom),
            landmarks=PackedNumbers.parse(text["landmarks"]),
            face_px=float(text["face_px"]),
            bits_per_pixel=float(text["bits_per_pixel"]),
        )
    except ValueError as error:
        raise TrainingError(f"Line {number} of {path} is not understood: {error}; prepare the set again.") from error


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(format(number, TEXT) for number in value)
    return format(value, TEXT) if isinstance(value, float) else str(value)
