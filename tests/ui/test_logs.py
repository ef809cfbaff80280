"""The log file."""

import logging
from collections.abc import Iterator

import pytest

from lav_gui.ui.logs import log_folder, start_log


@pytest.fixture(autouse=True)
def _no_handler_stays() -> Iterator[None]:
    root = logging.getLogger("lav_gui")
    before, level = list(root.handlers), root.level
    yield
    for handler in root.handlers[:]:
        if handler not in before:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)


def test_what_is_logged_stands_in_the_file() -> None:
    path = start_log()
    assert path is not None
    assert path.parent == log_folder()
    logging.getLogger("lav_gui.ui.anything").info("a line 李")
    assert "a line 李" in path.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_made_is_no_reason_not_to_start() -> None:
    folder = log_folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file in the way")
    assert start_log() is None
