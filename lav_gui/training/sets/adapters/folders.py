"""Folders ``real`` and ``fake`` of videos or pictures, with any folders below.

The first folder below ``fake`` is taken as the method: ``fake/stylegan/1.png``. Each file is a person of its own;
where files belong together (frames of one video, clips of one person), a CSV says so.
"""

from collections import Counter
from pathlib import Path

from lav_gui.training.sets.index import FAKE, REAL
from lav_gui.training.sets.sources import PICTURE_SUFFIXES, VIDEO_SUFFIXES, Found, Problem, Source

FOLDERS = {"real": REAL, "fake": FAKE}
_NO_PROBLEM = frozenset({".txt", ".md", ".json", ".csv", ".tsv"})


def find(root: Path) -> Found:
    """All videos and pictures; files that are neither are problems."""
    sources: list[Source] = []
    problems: list[Problem] = []
    for folder, label in FOLDERS.items():
        top = root / folder
        paths = sorted(p for p in top.rglob("*") if p.is_file() and not p.name.startswith("."))
        stems = Counter(path.with_suffix("") for path in paths)
        for path in paths:
            if path.suffix.lower() not in VIDEO_SUFFIXES | PICTURE_SUFFIXES:
                if path.suffix.lower() not in _NO_PROBLEM:
                    problems.append(Problem(str(path), "it is neither a video nor a picture by its suffix; left out"))
                continue
            inside = path.relative_to(top)
            method = inside.parts[0] if label == FAKE and len(inside.parts) > 1 else folder
            named = inside if stems[path.with_suffix("")] > 1 else inside.with_suffix("")
            name = f"{folder}/{named.as_posix()}"
            sources.append(Source(path, label, root.name or "folders", method, "", name, name))
    return Found(tuple(sources), tuple(problems))


def detect(root: Path) -> bool:
    """Whether one of the folders is there."""
    return any((root / folder).is_dir() for folder in FOLDERS)
