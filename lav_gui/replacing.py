"""Files that are written whole or not at all."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Generator[Path, None, None]:
    """Give a place beside a file to write its new content to; it takes the file's place when the context ends well.

    Until then an older file stays; where writing fails, nothing is left beside it. Errors pass through: who writes says
    what they mean.

    Parameters
    ----------
    path : Path
        Of the file; its folder must be there.

    Yields
    ------
    Path
        ``NAME.partial`` in the same folder.
    """
    partial = path.with_name(f"{path.name}.partial")
    try:
        yield partial
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
