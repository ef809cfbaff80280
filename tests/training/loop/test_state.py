import errno
import os
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from lav_gui.errors import TrainingError
from lav_gui.training.loop.state import MovingAverage, TrainingState, checkpoints, read_checkpoint, save_checkpoint


def _state(seed: int = 0) -> TrainingState:
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4))
    optimizer = torch.optim.Adam(network.parameters(), lr=0.1)
    scaler = torch.amp.GradScaler("cpu", enabled=False)
    return TrainingState(network, optimizer, scaler, MovingAverage(network, 0.5))


def _train(state: TrainingState, steps: int) -> list[float]:
    losses = []
    for _ in range(steps):
        torch.manual_seed(state.step)
        loss = state.network(torch.randn(5, 3)).square().sum() + state.network[0].weight.sum()  # type: ignore[index]
        state.optimizer.zero_grad()
        loss.backward()
        state.optimizer.step()
        assert state.average is not None
        state.average.update(state.network)
        state.step, state.images = state.step + 1, state.images + 5
        losses.append(loss.item())
    return losses


def test_a_restored_training_goes_on_with_the_same_losses(tmp_path: Path) -> None:
    first = _state()
    _train(first, 3)
    path = save_checkpoint(first, {"why": "test"}, tmp_path, keep=2)
    ahead = _train(first, 3)
    second = _state(seed=9)
    facts, plain = read_checkpoint(path)
    second.load(plain)
    assert facts == {"why": "test"}
    assert _train(second, 3) == ahead
    ours, theirs = first.judged.state_dict(), second.judged.state_dict()
    assert all(torch.equal(ours[name], theirs[name]) for name in ours)


def test_the_average_is_an_exponential_one_of_weights_and_statistics() -> None:
    network = nn.BatchNorm1d(2)
    average = MovingAverage(network, 0.9)
    expected = network.weight.detach().clone()
    for update in range(20):
        with torch.no_grad():
            network.weight.add_(1)
            network.num_batches_tracked.add_(1)
        average.update(network)
        weight = min(0.9, (1 + update) / (10 + update))
        expected = weight * expected + (1 - weight) * network.weight.detach()
    torch.testing.assert_close(average.network.weight.detach(), expected)
    assert average.network.num_batches_tracked == 20
    assert not any(p.requires_grad for p in average.network.parameters())


def test_only_the_newest_checkpoints_stay(tmp_path: Path) -> None:
    state = _state()
    for images in (5, 1000, 20000):
        state.images = images
        save_checkpoint(state, {}, tmp_path, keep=2)
    assert [path.name for path in checkpoints(tmp_path)] == ["images_0000001000.ckpt", "images_0000020000.ckpt"]


def test_a_full_disk_leaves_the_last_good_checkpoint_and_no_half_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = _state()
    good = save_checkpoint(state, {}, tmp_path, keep=1)

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    state.images = 99
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TrainingError, match="make room, the last one is kept"):
        save_checkpoint(state, {}, tmp_path, keep=1)
    assert list(tmp_path.iterdir()) == [good]
    assert read_checkpoint(good)


@pytest.mark.parametrize("content", [b"", b"nothing of the kind", None])
def test_a_damaged_checkpoint_is_named(content: bytes | None, tmp_path: Path) -> None:
    path = save_checkpoint(_state(), {}, tmp_path, keep=1)
    path.write_bytes(path.read_bytes()[:300] if content is None else content)
    with pytest.raises(TrainingError, match="is damaged; remove it"):
        read_checkpoint(path)


def test_a_checkpoint_of_another_schema_is_refused(tmp_path: Path) -> None:
    torch.save({"schema": "lav.checkpoint/9"}, tmp_path / "x.ckpt")
    with pytest.raises(TrainingError, match="reads lav"):
        read_checkpoint(tmp_path / "x.ckpt")
