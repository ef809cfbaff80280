"""How fast analyses ran on this computer, so that the next one's time can be told before it starts."""

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path

import platformdirs

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """The pace of the last analysis. `device` is the processor or GPU as the run named it."""

    seconds_per_frame: float
    device: str


def pace_path() -> Path:
    """Where the pace is kept: a cache, free to be deleted."""
    return Path(platformdirs.user_cache_dir("lav", appauthor=False)) / "pace.json"


def load_pace(path: Path) -> Pace | None:
    """The last pace; None where none is known or the file is not readable."""
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        return Pace(float(plain["seconds_per_frame"]), str(plain["device"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        _log.info("the pace of earlier analyses is not readable: %s", error)
        return None


def save_pace(path: Path, pace: Pace) -> None:
    """Keep a pace; a cache that cannot be written is only logged."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(pace)), encoding="utf-8")
    except OSError as error:
        _log.info("the pace cannot be kept: %s", error)
