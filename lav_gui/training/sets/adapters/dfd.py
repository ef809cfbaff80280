"""DeepFakeDetection (Google and Jigsaw, 2019): the actors that come with FaceForensics++.

Official: ``original_sequences/actors/c23/videos/01__exit_phone_room.mp4``,
``manipulated_sequences/DeepFakeDetection/c23/videos/01_02__exit_phone_room__0XUW13RW.mp4``, masks in
``manipulated_sequences/DeepFakeDetection/masks/videos``. Flat: folders of either sort of name, their compression at
the end of the folder's name. 01_02 shows the actor 01 under the face of 02; its original is 01 in the same scene.
All actors lend each other their face, so the videos are divided by who is seen (see `splits`).
"""

import re
from dataclasses import replace
from pathlib import Path

from lav_gui.training.sets.adapters.ffpp import COMPRESSION
from lav_gui.training.sets.index import FAKE, REAL
from lav_gui.training.sets.sources import NO_MASK, Found, MaskKind, MaskRule, Problem, Source, files_in

DATASET, METHOD = "DFD", "DeepFakeDetection"
ORIGINAL = re.compile(r"(\d+)__([A-Za-z0-9_]+)")
FORGED = re.compile(r"(\d+)_(\d+)__([A-Za-z0-9_]+?)(?:__[A-Z0-9]+)?")


def find(root: Path) -> Found:
    """All videos of a tree; those with an odd name are problems."""
    sources: list[Source] = []
    problems: list[Problem] = []
    originals: dict[tuple[str, str, str], str] = {}
    for folder, compression in _folders(root):
        for path in files_in(folder):
            forged, real = FORGED.fullmatch(path.stem), ORIGINAL.fullmatch(path.stem)
            if forged is not None:
                scene = (forged[1], forged[3], compression)
                sources.append(_fake(path, forged[1], forged[2], compression, originals.get(scene, "")))
            elif real is not None:
                source = _real(path, real[1], compression)
                originals[real[1], real[2], compression] = source.key
                sources.append(source)
            else:
                problems.append(Problem(str(path), "its name is not that of a DFD video; left out"))
    return Found(tuple(sources), tuple(problems))


def detect(root: Path) -> bool:
    """Whether one of the layouts is there."""
    names = (path.stem for folder, _ in _folders(root) for path in files_in(folder)[:1])
    return any(FORGED.fullmatch(name) or ORIGINAL.fullmatch(name) for name in names)


def _folders(root: Path) -> list[tuple[Path, str]]:
    """Folders of videos with their compression, those of originals first."""
    found = []
    for top in ("original_sequences/actors", "manipulated_sequences/DeepFakeDetection"):
        levels = sorted((root / top).glob("*/videos"))
        found += [(videos, _compression(videos.parent)) for videos in levels if _compression(videos.parent)]
    if found or not root.is_dir():
        return found
    flat = [path for path in (root, *sorted(root.iterdir())) if path.is_dir() and files_in(path)]
    return [(path, _compression(path)) for path in sorted(flat, key=lambda p: ("manip" in p.name.lower(), p.name))]


def _compression(folder: Path) -> str:
    found = COMPRESSION.search(folder.name)
    return "" if found is None else found[1].replace("raw", "c0")


def _real(path: Path, identity: str, compression: str) -> Source:
    return Source(path, REAL, DATASET, "real", compression, path.stem, identity)


def _fake(path: Path, identity: str, other: str, compression: str, pair: str) -> Source:
    source = Source(path, FAKE, DATASET, METHOD, compression, path.stem, identity, other, pair=pair)
    places = (path.parent.parent.parent / "masks" / "videos", path.parent.parent / "masks" / "videos")
    masks = [place / path.name for place in places if (place / path.name).is_file()]
    return replace(source, mask=MaskRule(MaskKind.VIDEO, str(masks[0])) if masks else NO_MASK)
