"""The log file: one folder per user, a few files of bounded size."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

import platformdirs

LOG_BYTES = 2_000_000
KEPT_FILES = 3

_log = logging.getLogger(__name__)


def log_folder() -> Path:
    """The platform's folder for this program's logs."""
    return Path(platformdirs.user_log_dir("lav", appauthor=False))


def start_log() -> Path | None:
    """Write the log to a file from now on; None where that is not possible, which is no reason not to start."""
    path = log_folder() / "lav.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=KEPT_FILES, encoding="utf-8")
    except OSError as error:
        _log.warning("no log file can be written to %s: %s", path.parent, error)
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    for other in logging.getLogger().handlers:  # what the file gets is not for the terminal
        if other.level == logging.NOTSET:
            other.setLevel(logging.getLogger().level)
    root = logging.getLogger("lav_gui")
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    return path
