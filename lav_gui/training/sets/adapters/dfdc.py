"""DFDC (Dolhansky et al., 2020) and its preview (2019): videos with a ``metadata.json`` or ``dataset.json``.

Full set: ``metadata.json`` beside the videos, or in folders below (``dfdc_train_part_0`` and so on):
``{"a.mp4": {"label": "FAKE", "original": "b.mp4"}}``; the published test set writes ``"is_fake": 1``.
Preview: ``dataset.json`` at the root: ``{"method_A/...mp4": {"label": "fake", "set": "test", "target_id": 1,
"swapped_id": 2}}``. The full set names no people; the original of a fake stands for its person.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from lav_gui.errors import TrainingError
from lav_gui.training.sets.index import FAKE, REAL
from lav_gui.training.sets.sources import Found, Problem, Source, files_in

LABELS = {"REAL": REAL, "FAKE": FAKE, "0": REAL, "1": FAKE}
FULL, PREVIEW = "metadata.json", "dataset.json"


def find(root: Path) -> Found:
    """All videos that a list names; those it does not name, or that are missing, are problems.

    Raises
    ------
    TrainingError
        If a list cannot be understood.
    """
    sources: list[Source] = []
    problems: list[Problem] = []
    for path in _lists(root):
        listed = _read(path)
        for name in sorted(listed):
            source = _source(path, name, listed[name])
            if source is None:
                problems.append(Problem(str(path.parent / name), f"{path.name} tells no label for it; left out"))
            elif not source.path.is_file():
                problems.append(Problem(str(source.path), f"it is in {path.name}, but does not exist"))
            else:
                sources.append(source)
        if path.name == FULL:
            unlisted = [video for video in files_in(path.parent) if video.name not in listed]
            problems += [Problem(str(video), f"it is not in {path.name}; left out") for video in unlisted]
    there = {source.key for source in sources}
    paired = [source if source.pair in there else replace(source, pair="") for source in sources]
    return Found(tuple(paired), tuple(problems))


def detect(root: Path) -> bool:
    """Whether there is a list."""
    return bool(_lists(root))


def _lists(root: Path) -> list[Path]:
    if (root / PREVIEW).is_file():
        return [root / PREVIEW]
    return [*([root / FULL] if (root / FULL).is_file() else []), *sorted(root.glob(f"*/{FULL}"))]


def _read(path: Path) -> dict[str, dict[str, Any]]:
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TrainingError(f"{path} cannot be read as a list of DFDC: {error}.") from error
    if not isinstance(listed, dict) or not all(isinstance(about, dict) for about in listed.values()):
        raise TrainingError(f"{path} is not a list of DFDC; give the folder of the videos with their own list.")
    return listed


def _source(listing: Path, name: str, about: dict[str, Any]) -> Source | None:
    """One video, or None where no label is told."""
    label = LABELS.get(str(about.get("label", about.get("is_fake", ""))).upper())
    if label is None:
        return None
    path = listing.parent / name
    return _preview_source(path, name, label, about) if listing.name == PREVIEW else _full_source(path, label, about)


def _full_source(path: Path, label: int, about: dict[str, Any]) -> Source:
    original = Path(str(about.get("original") or path.name)).stem if label == FAKE else path.stem
    return Source(
        path=path,
        label=label,
        dataset="DFDC",
        method="DFDC" if label == FAKE else "real",
        compression="",
        name=path.stem,
        identity=original,
        pair=f"DFDC/real//{original}" if label == FAKE else "",
    )


def _preview_source(path: Path, listed_as: str, label: int, about: dict[str, Any]) -> Source:
    name = Path(listed_as).with_suffix("").as_posix()
    other = about.get("swapped_id")
    return Source(
        path=path,
        label=label,
        dataset="DFDC-preview",
        method=name.split("/", maxsplit=1)[0] if label == FAKE else "real",
        compression="",
        name=name,
        identity=str(about.get("target_id") or name),
        other_identity=str(other) if label == FAKE and other else "",
        split="test" if about.get("set") == "test" else "",
    )
