"""The folder of a prepared set: of which data it is, and what lies in it that its index does not name."""

import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from lav_gui.errors import TrainingError
from lav_gui.replacing import replacing
from lav_gui.training.sets import records
from lav_gui.training.sets.card import read_card
from lav_gui.training.sets.sources import Source
from lav_gui.training.sets.store import CARD_NAME

ROOTS_NAME = "roots.json"
"""Inside the folder of records: the data of the set, written before the first face is cut."""


def claim(out: Path, roots: Sequence[Path]) -> None:
    """Make the folder of a set, or go on in it.

    Parameters
    ----------
    out : Path
    roots : sequence of Path
        Of the data. A set may be gone on with more data, since all its faces then stay; not with other data.

    Raises
    ------
    TrainingError
        If the folder holds a set of other data or a packed one, or cannot be written.
    """
    named = _roots_of(out)
    here = {root.resolve() for root in roots}
    if missing := [root for root in named if Path(root).resolve() not in here]:
        raise TrainingError(f"{out} holds a set made from {missing[0]}; name that too, or choose another folder.")
    if (out / CARD_NAME).exists() and not (out / records.RECORDS).is_dir():
        raise TrainingError(f"{out} holds a packed set, which cannot be gone on with; choose another folder.")
    try:
        (out / records.RECORDS).mkdir(parents=True, exist_ok=True)
        with replacing(out / records.RECORDS / ROOTS_NAME) as partial:
            partial.write_text(json.dumps([str(root.resolve()) for root in roots]), encoding="utf-8")
    except OSError as error:
        raise TrainingError(f"{out} cannot be made ({error.strerror}); choose another folder.") from error


def remove_unnamed(out: Path, sources: Iterable[Source]) -> int:
    """Remove patches and records of sources that the set does not hold any more.

    Parameters
    ----------
    out : Path
    sources : iterable of Source
        All that the set holds; those without a record could not be used.

    Returns
    -------
    int
        Folders of patches that were removed.

    Raises
    ------
    TrainingError
        If something cannot be removed.
    """
    paths = {records.record_path(out, source): out / records.folder_of(source) for source in sources}
    kept = {folder for path, folder in paths.items() if path.is_file()}
    unnamed = [folder for folder in (out / "patches").glob("*/*/*") if folder.is_dir() and folder not in kept]
    try:
        for path in (out / records.RECORDS).glob("*.json"):
            if path not in paths and path.name != ROOTS_NAME:
                path.unlink()
        for folder in unnamed:
            shutil.rmtree(folder)
    except OSError as error:
        raise TrainingError(f"{error.filename} cannot be removed ({error.strerror}); remove it by hand.") from error
    return len(unnamed)


def _roots_of(out: Path) -> list[str]:
    """Of the data of the set in a folder, complete or only begun; none where there is no set."""
    if (out / CARD_NAME).is_file():
        return [origin.root for origin in read_card(out / CARD_NAME).origins]
    path = out / records.RECORDS / ROOTS_NAME
    try:
        return [str(root) for root in json.loads(path.read_text(encoding="utf-8"))] if path.is_file() else []
    except (OSError, ValueError, TypeError) as error:
        raise TrainingError(f"{path} cannot be read ({error}); choose another folder.") from error
