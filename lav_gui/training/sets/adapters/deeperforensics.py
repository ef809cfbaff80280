"""DeeperForensics-1.0 (Jiang et al., CVPR 2020).

``manipulated_videos/end_to_end/000_W101.mp4`` (and ``end_to_end_level_1`` to ``_5``, ``reenact_postprocess`` ...): the
FaceForensics++ target 000 under the face of the actor W101. ``source_videos/W101/...``: the actors, real.
``lists/splits/train.txt``, ``val.txt``, ``test.txt`` name fakes by their file. The real counterparts of the fakes are
the originals of FaceForensics++: give that set beside this one; targets of the same number then share a group.
"""

import re
from pathlib import Path

from lav_gui.errors import TrainingError
from lav_gui.training.sets.adapters import ffpp
from lav_gui.training.sets.index import FAKE, REAL, SPLITS
from lav_gui.training.sets.sources import VIDEO_SUFFIXES, Found, Problem, Source, files_in

DATASET = "DeeperForensics-1.0"
FORGED = re.compile(r"(\d{3})_([MW]\d+)")


def find(root: Path) -> Found:
    """All videos of a tree; those with an odd name are problems.

    Raises
    ------
    TrainingError
        If a list of a split cannot be read.
    """
    splits = _splits(root)
    sources: list[Source] = []
    problems: list[Problem] = []
    actors = root / "source_videos"
    for path in sorted(p for p in actors.rglob("*") if p.suffix.lower() in VIDEO_SUFFIXES):
        name = path.relative_to(actors).with_suffix("").as_posix()
        sources.append(Source(path, REAL, DATASET, "real", "", name, name.split("/", maxsplit=1)[0]))
    for folder in sorted(p for p in (root / "manipulated_videos").glob("*") if p.is_dir()):
        for path in files_in(folder):
            parts = FORGED.fullmatch(path.stem)
            if parts is None:
                problems.append(Problem(str(path), "its name is not that of a DeeperForensics video; left out"))
                continue
            if splits and path.name not in splits:
                problems.append(Problem(str(path), "it is in no list of splits"))
            sources.append(
                Source(
                    path=path,
                    label=FAKE,
                    dataset=DATASET,
                    method=folder.name,
                    compression="",
                    name=path.stem,
                    identity=parts[1],
                    other_identity=parts[2],
                    group=f"{ffpp.DATASET}/{parts[1]}",
                    split=splits.get(path.name, ""),
                )
            )
    return Found(tuple(sources), tuple(problems))


def detect(root: Path) -> bool:
    """Whether there are manipulated videos."""
    return (root / "manipulated_videos").is_dir()


def _splits(root: Path) -> dict[str, str]:
    """Split of each file name; empty where there are no lists."""
    splits: dict[str, str] = {}
    for split in SPLITS:
        path = root / "lists" / "splits" / f"{split}.txt"
        if path.is_file():
            try:
                splits |= {
                    line.strip(): split for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
                }
            except (OSError, UnicodeDecodeError) as error:
                raise TrainingError(f"{path} cannot be read as a list of videos: {error}.") from error
    return splits
