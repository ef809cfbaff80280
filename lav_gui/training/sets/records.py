"""What is written when a source is done, so that it is not done again: its rows, and where its patches lay."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from lav_gui.errors import TrainingError
from lav_gui.replacing import replacing
from lav_gui.training.sets.index import FaceRow
from lav_gui.training.sets.patches import PNG_LEVEL, Cut, Window
from lav_gui.training.sets.settings import PrepareSettings
from lav_gui.training.sets.sources import Problem, Source
from lav_gui.training.sets.store import PATCH_MARGIN

RECORDS = "records"
_VERSION = 2
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Face:
    """A row with what the index does not keep: the patch's window in the frame, and the picture's perceptual hash."""

    row: FaceRow
    window: Window
    phash: str


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A finished source.

    Attributes
    ----------
    key : str
        Of the source.
    fingerprint : str
        Of all that shapes its faces; another one means that it must be done again.
    faces : tuple of Face
        May be empty: then the problems tell why.
    problems : tuple of Problem
    notes : tuple of str
        How good its derived masks are.
    """

    key: str
    fingerprint: str
    faces: tuple[Face, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()


def folder_of(source: Source) -> str:
    """Folder of a source's patches inside the set: readable, and of this source alone."""
    digest = hashlib.sha256(source.key.encode()).hexdigest()[:10]
    dataset, method, name = (
        _UNSAFE.sub("_", part)[-60:] or "_" for part in (source.dataset, source.method, source.name)
    )
    return f"patches/{dataset}/{method}/{name}-{digest}"


def fingerprint(source: Source, settings: PrepareSettings, also: str) -> str:
    """Digest of sizes and times of the source's file and masks, what is known of it, and settings that shape its faces.

    Parameters
    ----------
    source : Source
    settings : PrepareSettings
    also : str
        What else shapes them: the detector's weights, the frames of the family, the original's fingerprint.
    """
    pictures = [picture for _, picture in sorted(source.mask.frames().items())]
    files = [source.path, *([Path(source.mask.place)] if source.mask.place else []), *pictures]
    states = [(str(p), s.st_size, s.st_mtime_ns) for p in files if p.exists() and (s := p.stat())]
    about = (source.key, source.label, source.identity, source.pair, str(source.mask))
    shaped_by = (settings.frames, settings.min_face_px, settings.detector, settings.pair_masks, PATCH_MARGIN, PNG_LEVEL)
    return hashlib.sha256(repr((_VERSION, states, about, shaped_by, also)).encode()).hexdigest()


def record_path(out: Path, source: Source) -> Path:
    """Where the record of a source lies."""
    return out / RECORDS / (hashlib.sha256(source.key.encode()).hexdigest()[:20] + ".json")


def write_record(path: Path, record: SourceRecord) -> None:
    """Write a record; it appears whole or not at all.

    Raises
    ------
    TrainingError
        If it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as partial:
            partial.write_text(json.dumps(asdict(record), default=list), encoding="utf-8")
    except OSError as error:
        raise TrainingError(f"{path} cannot be written ({error.strerror}); make room and go on.") from error


def read_record(path: Path) -> SourceRecord | None:
    """Read what `write_record` wrote; None where there is none, or one that an older version or an accident left."""
    try:
        plain: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return SourceRecord(
            plain["key"],
            plain["fingerprint"],
            tuple(_face(face) for face in plain["faces"]),
            tuple(Problem(**problem) for problem in plain["problems"]),
            tuple(plain["notes"]),
        )
    except (OSError, ValueError, KeyError, TypeError, TrainingError):
        return None


def cuts_of(out: Path, record: SourceRecord) -> tuple[Cut, ...]:
    """Faces of a finished original as they were cut, its patches read again.

    Raises
    ------
    TrainingError
        If a patch is gone.
    """
    cuts = []
    for face in record.faces:
        stored = cv2.imread(str(out / face.row.patch), cv2.IMREAD_COLOR)
        if stored is None:
            raise TrainingError(f"{out / face.row.patch} is gone or damaged; remove {out / RECORDS} and prepare again.")
        left, top = face.window[:2]
        a, b, c, d = face.row.box_xyxy
        cuts.append(
            Cut(
                face.row.frame_index,
                face.row.track_id,
                (a + left, b + top, c + left, d + top),
                face.row.points + np.array([left, top]),
                face.window,
                np.ascontiguousarray(stored[:, :, ::-1], dtype=np.uint8),
                None,
            )
        )
    return tuple(cuts)


def _face(plain: dict[str, Any]) -> Face:
    row = dict(plain["row"])
    row["box_xyxy"], row["landmarks"] = tuple(row["box_xyxy"]), tuple(row["landmarks"])
    left, top, right, bottom = plain["window"]
    return Face(FaceRow(**row), (left, top, right, bottom), plain["phash"])
