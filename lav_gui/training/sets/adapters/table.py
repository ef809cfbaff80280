"""A CSV file that names its sources: for what has no layout of its own.

Columns: ``path``, ``label`` (0 or real, 1 or fake) and any of ``mask``, ``identity``, ``other_identity``, ``group``,
``pair``, ``dataset``, ``method``, ``compression``, ``split``. Paths are relative to the file. ``mask`` is a picture, an
aligned video, a pattern with ``{frame}`` or ``{frame:04d}`` in its file name, or ``pair``. ``pair`` names the ``path``
of the aligned original.
"""

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from lav_gui.errors import TrainingError
from lav_gui.training.sets.index import FAKE, REAL, SPLITS
from lav_gui.training.sets.sources import (
    NO_MASK,
    PICTURE_SUFFIXES,
    VIDEO_SUFFIXES,
    Found,
    MaskRule,
    Problem,
    Source,
)

COLUMNS = (
    "path", "label", "mask", "identity", "other_identity", "group", "pair", "dataset", "method", "compression", "split",
)  # fmt: skip
LABELS = {"0": REAL, "real": REAL, "1": FAKE, "fake": FAKE}

Row = Mapping[str, str]


def find(root: Path) -> Found:
    """Read the sources of a CSV file.

    Parameters
    ----------
    root : Path
        The CSV file, UTF-8.

    Returns
    -------
    Found
        Bad rows are problems, named by file and line.

    Raises
    ------
    TrainingError
        If the file cannot be read, lacks path or label, or has a column of unknown name.
    """
    sources: list[Source] = []
    problems: list[Problem] = []
    pairs: dict[int, str] = {}
    seen: set[Path] = set()
    for number, row in _rows(root):
        path = root.parent / row.get("path", "")
        fault = "is listed twice" if path in seen else _fault(row, path)
        if fault:
            problems.append(Problem(f"{root.name} line {number}", f"{row.get('path') or 'the path'} {fault}"))
            continue
        seen.add(path)
        if row.get("pair"):
            pairs[len(sources)] = row["pair"]
        sources.append(_source(root, row, path))
    sources = _unique(sources)
    originals = {source.path: source.key for source in sources}
    for at, text in pairs.items():
        key = originals.get(root.parent / text, "")
        if not key:
            problems.append(Problem(str(sources[at].path), f"its pair {text} is not in {root.name}; it stands alone"))
        sources[at] = replace(sources[at], pair=key)
    return Found(tuple(sources), tuple(problems))


def detect(root: Path) -> bool:
    """Whether this is a CSV file."""
    return root.is_file() and root.suffix.lower() == ".csv"


def _rows(root: Path) -> list[tuple[int, Row]]:
    """Line number and cells of each row, cells stripped."""
    try:
        with root.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            names = reader.fieldnames or []
            unknown = [name for name in names if name not in COLUMNS]
            if unknown or not {"path", "label"} <= set(names):
                raise TrainingError(
                    f"{root} must have the columns path and label, and may have {', '.join(COLUMNS[2:])}; "
                    f"it has {', '.join(names) or 'none'}."
                )
            return [
                (reader.line_num, {key: (value or "").strip() for key, value in row.items() if key in COLUMNS})
                for row in reader
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TrainingError(f"{root} cannot be read as a table of sources: {error}.") from error


def _fault(row: Row, path: Path) -> str:
    """What is wrong with a row, or an empty text."""
    if not row.get("path"):
        return "is empty"
    if row["label"].lower() not in LABELS:
        return f"has the label {row['label']!r}, which is none of 0, 1, real, fake"
    if row.get("split") and row["split"] not in SPLITS:
        return f"has the split {row['split']!r}, which is none of {', '.join(SPLITS)}"
    if path.suffix.lower() not in VIDEO_SUFFIXES | PICTURE_SUFFIXES:
        return "is neither a video nor a picture by its suffix"
    return "" if path.is_file() else "does not exist"


def _source(root: Path, row: Row, path: Path) -> Source:
    label = LABELS[row["label"].lower()]
    name = Path(row["path"]).with_suffix("").as_posix()
    return Source(
        path=path,
        label=label,
        dataset=row.get("dataset") or root.stem,
        method=row.get("method") or ("fake" if label == FAKE else "real"),
        compression=row.get("compression", ""),
        name=name.lstrip("./"),
        identity=row.get("identity") or name.lstrip("./"),
        other_identity=row.get("other_identity", ""),
        group=row.get("group", ""),
        split=row.get("split", ""),
        mask=MaskRule.parse(row.get("mask", ""), root.parent) if label == FAKE else NO_MASK,
    )


def _unique(sources: list[Source]) -> list[Source]:
    """The same sources, with the suffix in the name where two differ in nothing else."""
    counts = Counter(source.key for source in sources)
    return [replace(s, name=s.name + s.path.suffix) if counts[s.key] > 1 else s for s in sources]
