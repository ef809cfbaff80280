"""Everything that is known of a file without analyzing it: hashes, container, counts."""

from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path

from lav_gui.media.hashing import hash_steps
from lav_gui.media.reader import VideoReader
from lav_gui.records import Evidence, FileHashes, MediaInfo, Stage
from lav_gui.settings import ColorPolicy
from lav_gui.steps import run_to_end


def inspect_file(path: Path, color: ColorPolicy = ColorPolicy.AUTO) -> Evidence:
    """Open, index and hash a file in one go; see `inspect_steps`."""
    return run_to_end(inspect_steps(path, color))


def inspect_steps(path: Path, color: ColorPolicy = ColorPolicy.AUTO) -> Generator[Stage, None, Evidence]:
    """Open, index and hash a file, step by step.

    Parameters
    ----------
    path : Path
    color : ColorPolicy
        Named in the evidence's `ColorFacts`.

    Yields
    ------
    Stage
        Bytes hashed.

    Returns
    -------
    Evidence
        `modified` in UTC.

    Raises
    ------
    MediaError
        If the file is not a readable video or picture.
    """
    with VideoReader(path, color) as reader:
        media = reader.info
    return (yield from evidence_steps(path, media))


def evidence_steps(path: Path, media: MediaInfo) -> Generator[Stage, None, Evidence]:
    """Hash a file that a reader has described; yields, returns and raises as `inspect_steps`."""
    size = path.stat().st_size
    steps = hash_steps(path)
    while True:
        try:
            yield Stage("Hashing", next(steps), size)
        except StopIteration as end:
            hashes: FileHashes = end.value
            break
    status = path.stat()
    return Evidence(
        path=path.absolute(),
        file_name=path.name,
        bytes=status.st_size,
        modified=datetime.fromtimestamp(status.st_mtime, UTC),
        hashes=hashes,
        media=media,
    )
