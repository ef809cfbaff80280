from pathlib import Path

import pytest

from lav_gui.training.loop.config import TrainingConfig
from lav_gui.training.loop.dry_run import dry_run
from lav_gui.training.loop.messages import Estimate


def test_a_dry_run_estimates_and_writes_nothing(config: TrainingConfig, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    estimate = dry_run(config, tmp_path, tmp_path / "run")
    assert isinstance(estimate, Estimate)
    with_validation = 32 + 8 // 3  # one validation of 8 faces
    assert estimate.total_seconds == pytest.approx(with_validation / estimate.images_per_second)
    assert estimate.memory_mb > 0
    assert sorted(tmp_path.rglob("*")) == before
