"""Fixtures that every test may use."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as in lav_gui.engine, whichever test imports torch first

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of shared data (LAV_SHARED, default ../shared); the test is skipped where it is absent."""
    folder = Path(os.environ.get("LAV_SHARED", ROOT.parent / "shared"))
    if not (folder / "data" / "CLIPS.tsv").is_file():
        pytest.skip(f"the shared data folder is not there: {folder}")
    return folder


@pytest.fixture(scope="session")
def demo_clip() -> Path:
    """The bundled clip: two people, the left face swapped."""
    return ROOT / "resources" / "demo" / "swap_fake.mp4"


@pytest.fixture(autouse=True)
def _private_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the user's own cases, models, settings or logs."""
    home = tmp_path_factory.mktemp("home")
    for name in ("LAV_CASES", "LAV_MODELS"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
