"""Who works on a case: the process that holds something, and the person it is logged under."""

import getpass
import os
import platform
from dataclasses import dataclass

import psutil

from lav_gui.session.codec import canonical_json, parse_json

_START_TOLERANCE_SECONDS = 2.0
"""The system clock may be set while a process lives; a reused process id starts later than that."""


@dataclass(frozen=True, slots=True)
class ProcessMark:
    """One process of one computer. `started` in seconds since 1970 tells a reused `pid` apart."""

    host: str
    pid: int
    started: float

    def to_text(self) -> str:
        """JSON for the case file."""
        return canonical_json({"host": self.host, "pid": self.pid, "started": self.started})

    @classmethod
    def from_text(cls, text: str) -> "ProcessMark":
        """Read what `to_text` wrote."""
        plain = parse_json(text)
        return cls(str(plain["host"]), int(plain["pid"]), float(plain["started"]))

    @property
    def is_here(self) -> bool:
        """It belongs to this computer (by its network name)."""
        return self.host == platform.node()

    def is_alive(self) -> bool | None:
        """Whether the process still runs; None where it belongs to another computer and cannot be asked.

        A killed process that its parent has not yet collected (a zombie) counts as dead.
        """
        if not self.is_here:
            return None
        try:
            process = psutil.Process(self.pid)
            same = abs(float(process.create_time()) - self.started) <= _START_TOLERANCE_SECONDS
            return bool(same and process.status() != psutil.STATUS_ZOMBIE)
        except psutil.NoSuchProcess:
            return False
        except psutil.AccessDenied:  # it is there, and belongs to somebody else
            return True


def own_mark() -> ProcessMark:
    """The mark of this process."""
    return ProcessMark(platform.node(), os.getpid(), float(psutil.Process().create_time()))


def actor() -> str:
    """``user@computer`` for the audit log; ``unknown`` where the system names no user."""
    try:
        user = getpass.getuser()
    except (ImportError, KeyError, OSError):  # no pwd on Windows; a container's user without a name
        user = "unknown"
    return f"{user}@{platform.node()}"
