"""Writing documents whole or not at all."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import IO

from lav_gui.errors import ReportError
from lav_gui.replacing import replacing

Writer = Callable[[IO[bytes]], object]


def write_whole(path: Path, write: Writer) -> None:
    """Write a file beside its place and move it there when it is complete; an older file stays until then.

    Raises
    ------
    ReportError
        If the file cannot be written.
    """
    try:
        with replacing(path) as partial, partial.open("wb") as stream:
            write(stream)
    except OSError as error:
        raise ReportError(f"{path.name} cannot be written: {error.strerror}; choose another place for it.") from error


def in_memory(write: Writer) -> bytes:
    """What would be written into a file."""
    stream = io.BytesIO()
    write(stream)
    return stream.getvalue()
