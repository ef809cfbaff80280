"""FaceForensics++ (Rössler et al., ICCV 2019): the official tree, and flat folders of it.

Official: ``original_sequences/youtube/c23/videos/183.mp4``,
``manipulated_sequences/Deepfakes/c23/videos/183_253.mp4``, masks in ``manipulated_sequences/Deepfakes/masks/videos``
(or below the compression). Flat: ``ffpp_c40/original/183.mp4``, ``ffpp_c40/Deepfakes/183_253.mp4``, or a folder of such
folders. 183_253 shows the person 183 under the mask of 253; its original is 183. The actors of DeepFakeDetection have
an adapter of their own.

Official splits are lists of pairs in ``train.json``, ``val.json``, ``test.json``, beside the data or in ``splits``.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lav_gui.errors import TrainingError
from lav_gui.training.sets.index import FAKE, REAL, SPLITS
from lav_gui.training.sets.sources import NO_MASK, Found, MaskKind, MaskRule, Problem, Source, files_in

DATASET = "FaceForensics++"
METHODS = ("Deepfakes", "Face2Face", "FaceSwap", "NeuralTextures", "FaceShifter")
COMPRESSION = re.compile(r"(?:^|[_-])(raw|c0|c23|c40)$")
ORIGINAL, FORGED = re.compile(r"(\d{3,4})"), re.compile(r"(\d{3,4})_(\d{3,4})")


@dataclass(frozen=True, slots=True)
class _Folder:
    """Videos of one method and compression; `masks` may not exist."""

    path: Path
    method: str
    compression: str
    masks: tuple[Path, ...] = ()


def find(root: Path) -> Found:
    """All videos of a tree; those with an odd name are problems.

    Raises
    ------
    TrainingError
        If a file of splits cannot be understood.
    """
    folders = [*_official(root), *_flat(root)]
    splits = read_splits(root)
    problems: list[Problem] = []
    originals: dict[tuple[str, str], str] = {}
    sources: list[Source] = []
    for folder in sorted(folders, key=lambda f: (f.compression, f.method != "real", f.method)):
        for path in files_in(folder.path):
            source = _source(path, folder, splits, originals)
            if source is None:
                problems.append(Problem(str(path), "its name is not that of a FaceForensics++ video; left out"))
                continue
            if splits and not source.split:
                problems.append(Problem(str(path), "it is in no official split, or its two people are in different"))
            if source.label == REAL:
                originals[source.identity, source.compression] = source.key
            sources.append(source)
    return Found(tuple(sources), tuple(problems))


def detect(root: Path) -> bool:
    """Whether one of the layouts is there."""
    return next(iter([*_official(root), *_flat(root)]), None) is not None


def read_splits(root: Path) -> dict[str, str]:
    """Split of each identity by the official files; empty where there are none.

    Raises
    ------
    TrainingError
        If a file is not a list of pairs.
    """
    splits: dict[str, str] = {}
    for folder in (root, root / "splits", root.parent, root.parent / "splits"):
        paths = {split: folder / f"{split}.json" for split in SPLITS}
        if not all(path.is_file() for path in paths.values()):
            continue
        for split, path in paths.items():
            try:
                pairs = json.loads(path.read_text(encoding="utf-8"))
                splits |= {str(identity): split for first, second in pairs for identity in (first, second)}
            except (OSError, ValueError, TypeError) as error:
                raise TrainingError(f"{path} is not a list of pairs, as FaceForensics++ gives it: {error}.") from error
        return splits
    return splits


def _source(
    path: Path, folder: _Folder, splits: Mapping[str, str], originals: Mapping[tuple[str, str], str]
) -> Source | None:
    """One video, or None where its name is odd."""
    real = folder.method == "real"
    parts = (ORIGINAL if real else FORGED).fullmatch(path.stem)
    if parts is None:
        return None
    identity, other = parts[1], "" if real else parts[2]
    split = splits.get(identity, "")
    if other and splits.get(other, "") != split:
        split = ""
    masks = [mask for place in folder.masks if (mask := place / path.name).is_file()]
    return Source(
        path=path,
        label=REAL if real else FAKE,
        dataset=DATASET,
        method=folder.method,
        compression=folder.compression,
        name=path.stem,
        identity=identity,
        other_identity=other,
        pair="" if real else originals.get((identity, folder.compression), ""),
        split=split,
        mask=MaskRule(MaskKind.VIDEO, str(masks[0])) if masks else NO_MASK,
    )


def _official(root: Path) -> Iterator[_Folder]:
    for level in _compressions(root / "original_sequences" / "youtube"):
        yield _Folder(level / "videos", "real", _compression(level))
    for method in METHODS:
        top = root / "manipulated_sequences" / method
        for level in _compressions(top):
            masks = (level / "masks" / "videos", top / "masks" / "videos")
            yield _Folder(level / "videos", method, _compression(level), masks)


def _compressions(folder: Path) -> list[Path]:
    """Sub-folders named after a compression."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if COMPRESSION.fullmatch(path.name) and path.is_dir())


def _flat(root: Path) -> Iterator[_Folder]:
    below = sorted(p for p in root.iterdir() if p.is_dir()) if root.is_dir() else []
    for top in (root, *below):
        level = _compression(top)
        if not level:
            continue
        for name in ("original", "real", "youtube"):
            if (top / name).is_dir():
                yield _Folder(top / name, "real", level)
        for method in METHODS:
            if (top / method).is_dir():
                yield _Folder(top / method, method, level, (top / "masks" / method,))


def _compression(folder: Path) -> str:
    """Compression in a folder's name (raw counts as c0), or an empty text."""
    found = COMPRESSION.search(folder.name)
    return "" if found is None else found[1].replace("raw", "c0")
