"""SHA-256 and MD5 of a whole file, read once and never written."""

import hashlib
from collections.abc import Generator
from pathlib import Path

from lav_gui.errors import MediaError
from lav_gui.media.source import check_readable
from lav_gui.records import FileHashes
from lav_gui.steps import run_to_end

_CHUNK_BYTES = 4 * 1024 * 1024


def hash_steps(path: Path) -> Generator[int, None, FileHashes]:
    """Hash a file step by step.

    Yields
    ------
    int
        Bytes read so far.

    Returns
    -------
    FileHashes

    Raises
    ------
    MediaError
        If the file cannot be read, or changes meanwhile.
    """
    check_readable(path)
    sha256, md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    done = 0
    try:
        before = path.stat()
        with path.open("rb", buffering=0) as file:
            while chunk := file.read(_CHUNK_BYTES):
                sha256.update(chunk)
                md5.update(chunk)
                done += len(chunk)
                yield done
        after = path.stat()
    except OSError as error:
        raise MediaError(f"{path.name} could not be read to its end; copy it to another disk and try again.") from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or done != after.st_size:
        raise MediaError(f"{path.name} changed while it was read; wait until it is complete, then open it again.")
    return FileHashes(sha256=sha256.hexdigest(), md5=md5.hexdigest())


def hash_file(path: Path) -> FileHashes:
    """Hash a file in one go; see `hash_steps`."""
    return run_to_end(hash_steps(path))
