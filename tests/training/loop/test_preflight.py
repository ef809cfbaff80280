import shutil
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
import torch

from lav_gui.errors import TrainingError
from lav_gui.training.loop.config import TrainingConfig
from lav_gui.training.loop.preflight import (
    Stopwatch,
    check_disk,
    disk_bytes,
    free_disk,
    memory_mb,
    peak_mb,
    state_bytes,
)
from model_zoo.networks import build

Usage = namedtuple("Usage", "total used free")


def test_a_checkpoint_holds_weights_moments_and_average(
    config: TrainingConfig, change: Callable[..., TrainingConfig]
) -> None:
    network = build("lvnet_eighth")
    weights = sum(t.numel() * t.element_size() for t in network.state_dict().values())
    assert state_bytes(network, config) == 3 * weights
    assert state_bytes(network, change(config, optimizer={"ema_decay": 0.9})) == 4 * weights
    assert disk_bytes(network, config) == 3 * (2 + 1) * weights + 2 * weights


def test_a_disk_without_room_is_refused_before_the_work(
    config: TrainingConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = build("lvnet_eighth")
    check_disk(network, config, tmp_path / "not" / "yet")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9, 10**6))
    with pytest.raises(TrainingError, match="MB free and the training needs"):
        check_disk(network, config, tmp_path)


def test_what_the_run_holds_already_is_not_needed_twice(
    config: TrainingConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = build("lvnet_eighth")
    (tmp_path / "old.ckpt").write_bytes(bytes(disk_bytes(network, config)))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9, 10**6))
    check_disk(network, config, tmp_path)


def test_more_memory_than_there_is_is_refused(
    config: TrainingConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = psutil.virtual_memory()._replace(available=10**6)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory)
    with pytest.raises(TrainingError, match="MB of memory and 0 MB are free"):
        check_disk(build("lvnet_eighth"), config, tmp_path)


def test_free_disk_is_that_of_the_nearest_folder_that_exists(tmp_path: Path) -> None:
    assert free_disk(tmp_path / "a" / "b") == pytest.approx(shutil.disk_usage(tmp_path).free, rel=0.05)


def test_an_estimate_is_pictures_over_time(
    config: TrainingConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("lav_gui.training.loop.preflight.time.monotonic", lambda: now[0])
    watch = Stopwatch(torch.device("cpu"))
    now[0] = 110.0
    watch.restart()
    now[0] = 114.0
    estimate = watch.estimate(8, config, build("lvnet_eighth"), tmp_path, total=100)
    assert (estimate.images_per_second, estimate.total_seconds) == (2.0, 50.0)
    assert estimate.memory_mb >= 0.9 * memory_mb(torch.device("cpu"))
    assert peak_mb(torch.device("cpu")) > 0
