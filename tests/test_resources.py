import sys
from pathlib import Path

import pytest

from lav_gui.errors import LavError
from lav_gui.resources import resource_path


def test_the_demo_clip_is_found_in_a_clone() -> None:
    assert resource_path("demo", "swap_fake.mp4").is_file()


def test_a_frozen_app_finds_its_own_folder_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources" / "demo").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource_path("demo") == tmp_path / "resources" / "demo"


def test_a_missing_file_says_which() -> None:
    with pytest.raises(LavError, match="is missing; install LAV again"):
        resource_path("demo", "nothing.mp4")
