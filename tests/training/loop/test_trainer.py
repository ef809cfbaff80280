import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from lav_gui.errors import TrainingError
from lav_gui.training.evaluation.run_record import read_candidate
from lav_gui.training.loop.config import TrainingConfig, config_text
from lav_gui.training.loop.messages import Ended, Noted, Report, Saved, StepDone, Validated
from lav_gui.training.loop.state import checkpoints
from lav_gui.training.loop.trainer import train

Change = Callable[..., TrainingConfig]


def _losses(reports: list[Report]) -> list[tuple[int, float, float]]:
    return [(r.step, r.losses.total, r.learning_rate) for r in reports if isinstance(r, StepDone)]


@pytest.fixture
def hard(config: TrainingConfig, change: Change) -> TrainingConfig:
    """With all that has a state or draws by chance."""
    return change(
        config,
        data={"augmentation": "wear"},
        loss={"mixup_alpha": 1.0, "stream_dropout": 0.3},
        optimizer={"ema_decay": 0.9, "clip_norm": 1.0, "schedule": "cosine", "warmup_images": 8},
    )


def test_a_training_that_was_killed_goes_on_with_the_same_losses(hard: TrainingConfig, tmp_path: Path) -> None:
    whole = list(train(hard, tmp_path, tmp_path / "whole"))
    reports = train(hard, tmp_path, tmp_path / "killed")
    seen: list[Report] = []
    while len(_losses(seen)) < 3:
        seen.append(next(reports))
    reports.close()  # as a kill: nothing more is written
    assert [p.name for p in checkpoints(tmp_path / "killed" / "checkpoints")][-1] == "images_0000000016.ckpt"
    rest = list(train(hard, tmp_path, tmp_path / "killed"))
    assert _losses(seen) == _losses(whole)[:3]
    assert _losses(rest) == _losses(whole)[2:], "from the last checkpoint on, step by step"
    ours, theirs = (_weights(tmp_path / name) for name in ("whole", "killed"))
    assert ours == theirs


def _weights(run: Path) -> str:
    return read_candidate(run).sha256


def test_an_easy_set_is_learned_validated_and_kept(config: TrainingConfig, change: Change, tmp_path: Path) -> None:
    longer = change(config, run={"images": 240, "validate_every": 80, "checkpoint_every": 80, "keep": 1})
    reports = list(train(longer, tmp_path, tmp_path / "run"))
    losses = [loss for _, loss, _ in _losses(reports)]
    assert sum(losses[-5:]) < 0.5 * sum(losses[:5])
    assert [r for r in reports if isinstance(r, StepDone)][-1].training_auc == 1.0
    validated = [r for r in reports if isinstance(r, Validated)]
    assert [r.images for r in validated] == [80, 160, 240]
    assert any(r.best for r in validated)
    assert [r.path for r in reports if isinstance(r, Saved) and r.best]
    ended = reports[-1]
    assert isinstance(ended, Ended)
    assert (ended.reason, ended.images) == ("finished", 240)
    assert read_candidate(Path(ended.best)).name == "lvnet_eighth.tiny"
    assert len(checkpoints(tmp_path / "run" / "checkpoints")) == 1
    log = (tmp_path / "run" / "log.jsonl").read_text().splitlines()
    assert [json.loads(line)["event"] for line in log] == [r.event for r in reports]


def test_a_wish_to_stop_saves_and_ends_and_the_next_call_goes_on(config: TrainingConfig, tmp_path: Path) -> None:
    steps = iter([False, True])
    first = list(train(config, tmp_path, tmp_path / "run", lambda: next(steps)))
    assert isinstance(first[-1], Ended)
    assert (first[-1].reason, first[-1].images) == ("interrupted", 16)
    second = list(train(config, tmp_path, tmp_path / "run"))
    assert [step for step, _, _ in _losses(second)] == [3, 4]


def test_a_stop_file_keeps_the_best_and_ends(config: TrainingConfig, tmp_path: Path) -> None:
    reports = []
    for report in train(config, tmp_path, tmp_path / "run"):
        reports.append(report)
        if isinstance(report, StepDone):
            (tmp_path / "run" / "stop").touch()
    ended = reports[-1]
    assert isinstance(ended, Ended)
    assert (ended.reason, ended.images) == ("stopped", 8)
    assert read_candidate(Path(ended.best))


def test_without_validation_the_last_weights_are_kept(config: TrainingConfig, change: Change, tmp_path: Path) -> None:
    reports = list(train(change(config, data={"validation": ()}), tmp_path, tmp_path / "run"))
    assert not any(isinstance(r, Validated) for r in reports)
    assert read_candidate(tmp_path / "run")


def test_a_checkpoint_that_cannot_be_written_does_not_end_the_training(
    config: TrainingConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise TrainingError("The disk is full.")

    monkeypatch.setattr("lav_gui.training.loop.files.save_checkpoint", full)
    reports = list(train(config, tmp_path, tmp_path / "run"))
    assert any(isinstance(r, Noted) and r.text == "The disk is full." for r in reports)
    assert isinstance(reports[-1], Ended)
    assert reports[-1].images == 32


def test_two_processes_give_the_losses_of_one_that_takes_the_same_halves(
    hard: TrainingConfig, change: Change, tmp_path: Path
) -> None:
    (tmp_path / "two.toml").write_text(config_text(hard))
    alone = list(train(change(hard, data={"accumulate": 2}), tmp_path, tmp_path / "alone"))
    command = [
        *(sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"),
        *("-m", "lav_gui", "train", str(tmp_path / "two.toml"), "--out", str(tmp_path / "two"), "--json-lines"),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=240, env=os.environ | {"OMP_NUM_THREADS": "1"}, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    together = [line["losses"]["total"] for line in lines if line["event"] == "step"]
    assert together == pytest.approx([loss for _, loss, _ in _losses(alone)], rel=1e-4)
    assert len(together) == 4
    assert {line["processes"] for line in lines if line["event"] == "started"} == {2}
    assert [line["event"] for line in lines].count("ended") == 1, "one process speaks for both"


@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no GPU")
@pytest.mark.parametrize("precision", ["bf16", "fp16"])
def test_a_gpu_trains_in_half_precision(precision: str, config: TrainingConfig, change: Change, tmp_path: Path) -> None:
    reports = list(train(change(config, run={"precision": precision, "device": "cuda"}), tmp_path, tmp_path / "run"))
    assert isinstance(reports[-1], Ended)


def test_a_run_that_was_killed_right_after_its_best_goes_on(
    config: TrainingConfig, change: Change, tmp_path: Path
) -> None:
    often = change(config, run={"validate_every": 8, "checkpoint_every": 1000})
    whole = list(train(often, tmp_path, tmp_path / "whole"))
    reports = train(often, tmp_path, tmp_path / "run")
    while not isinstance(report := next(reports), Saved) or not report.best:
        pass
    reports.close()
    rest = list(train(often, tmp_path, tmp_path / "run"))
    assert _losses(rest) == _losses(whole)[-len(_losses(rest)) :]
    assert isinstance(rest[-1], Ended)


def test_weights_that_cannot_be_written_do_not_end_the_training(
    config: TrainingConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise TrainingError("The disk is full.")

    monkeypatch.setattr("lav_gui.training.loop.files.save_candidate", full)
    reports = list(train(config, tmp_path, tmp_path / "run"))
    assert any(isinstance(r, Noted) and r.text == "The disk is full." for r in reports)
    assert checkpoints(tmp_path / "run" / "checkpoints")


@pytest.mark.parametrize("workers", [0, 1])
def test_a_damaged_picture_is_named_in_one_sentence_and_what_was_trained_is_saved(
    workers: int, config: TrainingConfig, change: Change, prepared: Path, tmp_path: Path
) -> None:
    reports = train(change(config, data={"workers": workers}), tmp_path, tmp_path / "run")
    seen = [next(reports), next(reports)]
    for path in prepared.glob("*.png"):
        path.write_bytes(b"damaged")
    with pytest.raises(TrainingError, match=r"^\S+\.png in .* is damaged; prepare it again\.$"):
        seen += list(reports)
    assert checkpoints(tmp_path / "run" / "checkpoints")


def test_a_full_memory_is_told_with_advice(
    config: TrainingConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB")

    monkeypatch.setattr("lav_gui.training.loop.step.Stepper.step", full)
    with pytest.raises(TrainingError, match="does not hold a step; lower batch_units"):
        list(train(config, tmp_path, tmp_path / "run"))


def test_who_wants_the_last_weights_gets_them(config: TrainingConfig, change: Change, tmp_path: Path) -> None:
    last = change(config, run={"select": "last", "validate_every": 8})
    reports = list(train(last, tmp_path, tmp_path / "run"))
    assert all(r.best for r in reports if isinstance(r, Validated))
    kept = [r.images for r in reports if isinstance(r, Saved) and r.best]
    assert kept == [8, 16, 24, 32]
