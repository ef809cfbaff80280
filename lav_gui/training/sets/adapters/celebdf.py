"""Celeb-DF v1 and v2 (Li et al., CVPR 2020): the official tree, and ``real`` and ``deepfake`` folders of it.

Official: ``Celeb-real/id0_0000.mp4``, ``Celeb-synthesis/id0_id1_0000.mp4``, ``YouTube-real/00000.mp4`` and
``List_of_testing_videos.txt``, whose lines say **1 for real**: turned here, checked against the folders, and counted.
id0_id1_0000 shows id0 with the face of id1; its original is id0_0000. A suffix ``_c`` of re-coded copies is allowed.
The official list shares its people with the other videos: a set that follows it is refused until leaks are allowed.
Without the list the videos are divided by who is seen, since fakes tie all celebrities together (see `splits`).
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from lav_gui.errors import TrainingError
from lav_gui.training.sets.index import FAKE, REAL
from lav_gui.training.sets.sources import Found, Problem, Source, files_in

FOLDERS = {
    "Celeb-real": REAL, "YouTube-real": REAL, "Celeb-synthesis": FAKE, "real": REAL, "deepfake": FAKE, "fake": FAKE,
}  # fmt: skip
LIST_NAME = "List_of_testing_videos.txt"
CELEBRITY = re.compile(r"(id\d+)_(\d+)(?:_c)?")
SYNTHESIS = re.compile(r"(id\d+)_(id\d+)_(\d+)(?:_c)?")
YOUTUBE = re.compile(r"(\d+)(?:_c)?")


def find(root: Path) -> Found:
    """All videos of a tree; those with an odd name and lines of the list that do not fit are problems.

    Raises
    ------
    TrainingError
        If the list of testing videos cannot be read.
    """
    problems: list[Problem] = []
    sources: list[Source] = []
    originals: dict[tuple[str, str], str] = {}
    for folder, label in FOLDERS.items():
        for path in files_in(root / folder):
            source, number = _source(path, label, _dataset(root))
            if source is None:
                problems.append(Problem(str(path), "its name is not that of a Celeb-DF video; left out"))
                continue
            if label == REAL:
                originals[source.identity, number] = source.key
            sources.append(replace(source, pair=originals.get((source.identity, number), "") if label else ""))
    listed, faults = _test_list(root)
    notes: tuple[str, ...] = ()
    if listed:
        sources, notes = _with_splits(root, sources, listed, faults)
    return Found(tuple(sources), (*problems, *faults), notes)


def detect(root: Path) -> bool:
    """Whether one of the layouts is there."""
    if files_in(root / "Celeb-synthesis"):
        return True
    return any(SYNTHESIS.fullmatch(path.stem) for name in ("deepfake", "fake") for path in files_in(root / name))


def _dataset(root: Path) -> str:
    return "Celeb-DF-v1" if "v1" in root.name.lower() else "Celeb-DF-v2"


def _source(path: Path, label: int, dataset: str) -> tuple[Source | None, str]:
    """One video with its number, or None where its name is odd."""
    shape = SYNTHESIS if label == FAKE else YOUTUBE if path.parent.name == "YouTube-real" else CELEBRITY
    parts = shape.fullmatch(path.stem)
    if parts is None:
        return None, ""
    identity = f"youtube{parts[1]}" if shape is YOUTUBE else parts[1]
    source = Source(
        path=path,
        label=label,
        dataset=dataset,
        method="Celeb-synthesis" if label == FAKE else "real",
        compression="",
        name=f"youtube{path.stem}" if shape is YOUTUBE else path.stem,
        identity=identity,
        other_identity=parts[2] if label == FAKE else "",
    )
    return source, parts.groups()[-1]


def _test_list(root: Path) -> tuple[dict[str, int], list[Problem]]:
    """Label (0 real, 1 fake) of each listed video, and lines that are not understood."""
    path = root / LIST_NAME
    if not path.is_file():
        return {}, []
    listed: dict[str, int] = {}
    problems = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise TrainingError(f"{path} cannot be read: {error}.") from error
    for number, line in enumerate(lines, start=1):
        claim, _, name = line.strip().partition(" ")
        if claim in ("0", "1") and name:
            listed[name.strip()] = 1 - int(claim)
        elif line.strip():
            problems.append(Problem(f"{LIST_NAME} line {number}", f"{line.strip()!r} is not understood; left out"))
    return listed, problems


def _with_splits(
    root: Path, sources: list[Source], listed: Mapping[str, int], problems: list[Problem]
) -> tuple[list[Source], tuple[str, ...]]:
    """Sources with the test split of the list; a label that contradicts its folder is a problem, the folder counts."""
    there = {source.path.relative_to(root).as_posix(): source for source in sources}
    for name, label in listed.items():
        if name not in there:
            problems.append(Problem(name, f"it is in {LIST_NAME}, but not in {root}"))
        elif there[name].label != label:
            problems.append(Problem(name, f"{LIST_NAME} says the contrary of its folder; the folder counts"))
    counts = Counter(listed[name] for name in listed if name in there)
    note = (
        f"{LIST_NAME} writes 1 for real: turned into {counts[REAL]} real and {counts[FAKE]} fake test videos "
        "(0 real, 1 fake)."
    )
    marked = [replace(s, split="test") if name in listed else s for name, s in there.items()]
    return marked, (note,)
