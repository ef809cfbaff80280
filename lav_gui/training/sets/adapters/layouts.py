"""The one table of adapters, and which of them fits a folder."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lav_gui.errors import TrainingError
from lav_gui.training.sets.adapters import celebdf, deeperforensics, dfd, dfdc, ffpp, folders, table
from lav_gui.training.sets.sources import Found


@dataclass(frozen=True, slots=True)
class Adapter:
    """How one dataset is found.

    Attributes
    ----------
    find : callable
        Sources under a root.
    detect : callable
        Whether a root has this layout; cheap.
    license_note : str
        Terms of use in one sentence.
    """

    find: Callable[[Path], Found]
    detect: Callable[[Path], bool]
    license_note: str


ADAPTERS = {
    "table": Adapter(table.find, table.detect, "As the sources named in the table."),
    "ffpp": Adapter(
        ffpp.find, ffpp.detect, "FaceForensics++ Terms of Use: non-commercial research, no redistribution."
    ),
    "celebdf": Adapter(celebdf.find, celebdf.detect, "Celeb-DF Terms: non-commercial research, no redistribution."),
    "dfdc": Adapter(dfdc.find, dfdc.detect, "DFDC data license of Meta: research, no redistribution."),
    "deeperforensics": Adapter(
        deeperforensics.find, deeperforensics.detect, "DeeperForensics-1.0 Terms of Use: non-commercial research."
    ),
    "dfd": Adapter(dfd.find, dfd.detect, "DFD by Google and Jigsaw, under the FaceForensics++ Terms of Use."),
    "folders": Adapter(folders.find, folders.detect, "Not stated."),
}
"""In the order in which layouts are tried."""


def detect_layout(root: Path) -> str:
    """Name of the adapter that fits a root.

    Raises
    ------
    TrainingError
        If there is no such root, or no layout is known there.
    """
    if not root.exists():
        raise TrainingError(f"{root} does not exist; give the folder or the CSV file of a dataset.")
    for name, adapter in ADAPTERS.items():
        if adapter.detect(root):
            return name
    raise TrainingError(
        f"{root} has none of the known layouts ({', '.join(ADAPTERS)}); list its files in a CSV with path and label."
    )


def find_sources(root: Path, adapter: str) -> tuple[str, Found]:
    """Name of the adapter that was used, and what it found; ``auto`` takes the one that fits.

    Raises
    ------
    TrainingError
        If there is no such adapter, no such root, or nothing under it.
    """
    name = detect_layout(root) if adapter == "auto" else adapter
    if name not in ADAPTERS:
        raise TrainingError(f"There is no adapter {name!r}; choose auto or one of {', '.join(ADAPTERS)}.")
    if not root.exists():
        raise TrainingError(f"{root} does not exist; give the folder or the CSV file of a dataset.")
    found = ADAPTERS[name].find(root)
    if not found.sources:
        first = f" ({found.problems[0]})" if found.problems else ""
        raise TrainingError(f"{root} holds nothing that the adapter {name} can use{first}; check the layout.")
    return name, found
