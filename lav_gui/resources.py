"""Finds what is shipped beside the code: fonts, icons, the demo clip. In a clone, a wheel and a frozen app alike."""

import sys
from pathlib import Path

from lav_gui.errors import LavError


def resource_path(*parts: str) -> Path:
    """Path of a shipped file or folder.

    Raises
    ------
    LavError
        If it is not there: the installation is incomplete.
    """
    here = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    roots = [here / "_resources", here.parent / "resources"]
    if frozen is not None:
        roots.insert(0, Path(frozen) / "resources")
    for root in roots:
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise LavError(f"The shipped file {'/'.join(parts)} is missing; install LAV again.")
