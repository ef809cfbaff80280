import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch

import lav_gui
from lav_gui.errors import TrainingError
from lav_gui.training.evaluation.run_record import read_candidate, read_run
from lav_gui.training.loop.config import TrainingConfig, read_config
from lav_gui.training.loop.files import RunFolder, commit
from lav_gui.training.loop.messages import Losses, Noted, StepDone
from lav_gui.training.loop.network import begin_network, build_optimizer
from lav_gui.training.loop.sources import Sources, open_sources
from lav_gui.training.loop.state import TrainingState
from model_zoo.checkpoints import load_network

Change = Callable[..., TrainingConfig]


@pytest.fixture
def sources(config: TrainingConfig, tmp_path: Path) -> Sources:
    return open_sources(config, tmp_path)


@pytest.fixture
def state(config: TrainingConfig, tmp_path: Path) -> TrainingState:
    network = begin_network(config.network, 0, tmp_path)
    scaler = torch.amp.GradScaler("cpu", enabled=False)
    return TrainingState(network, build_optimizer(network, config.optimizer), scaler, None, step=3, images=24)


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    return RunFolder(tmp_path / "run")


def test_nothing_is_written_before_a_training_begins(
    folder: RunFolder, config: TrainingConfig, state: TrainingState, sources: Sources
) -> None:
    assert not folder.restore(state, config, sources)
    assert not folder.path.exists()
    assert folder.best_card() == ""


def test_beginning_writes_the_whole_configuration_and_forgets_an_old_stop(
    folder: RunFolder, config: TrainingConfig
) -> None:
    folder.path.mkdir()
    (folder.path / "stop").touch()
    assert folder.asks_to_stop()
    folder.begin(config)
    assert not folder.asks_to_stop()
    assert read_config(folder.path / "config.toml") == config


def test_a_run_goes_on_only_as_the_training_it_is(
    folder: RunFolder, config: TrainingConfig, change: Change, state: TrainingState, sources: Sources
) -> None:
    folder.save(state, config, sources)
    longer = change(config, run={"images": 999, "report_every": 7}, data={"workers": 2})
    state.step = 0
    assert folder.restore(state, longer, sources)
    assert (state.step, state.images) == (3, 24)
    for other in (change(config, run={"seed": 5}), change(config, optimizer={"learning_rate": 0.5})):
        with pytest.raises(TrainingError, match=r"holds a training with another (run|optimizer); choose a new folder"):
            folder.restore(state, other, sources)
    with pytest.raises(TrainingError, match="prepared set has changed"):
        folder.restore(state, config, replace(sources, index_sha256=("0" * 64,)))


def test_a_damaged_newest_checkpoint_falls_back_to_the_one_before(
    folder: RunFolder, config: TrainingConfig, state: TrainingState, sources: Sources
) -> None:
    folder.save(state, config, sources)
    state.step, state.images = 4, 32
    newest = folder.save(state, config, sources)
    newest.write_bytes(b"half")
    assert folder.restore(state, config, sources)
    assert state.images == 24
    for path in newest.parent.iterdir():
        path.write_bytes(b"half")
    with pytest.raises(TrainingError, match="damaged"):
        folder.restore(state, config, sources)


def test_the_best_weights_can_be_loaded_and_tell_where_they_come_from(
    folder: RunFolder, config: TrainingConfig, change: Change, state: TrainingState, sources: Sources
) -> None:
    card = folder.keep_best(state, config, sources, None)
    assert str(card) == folder.best_card()
    weights = read_candidate(folder.path)
    assert (weights.name, weights.input_size, weights.calibration) == ("lvnet_eighth.tiny", 64, None)
    loaded, ours = load_network(weights).state_dict(), state.network.state_dict()
    assert all(torch.equal(loaded[name], ours[name]) for name in ours)
    run = read_run(folder.path)
    assert (run.images_seen, run.seed, run.commit) == (24, 1234, commit())
    assert [use.name for use in run.data] == ["prepared", "prepared"]
    assert not RunFolder(folder.path).restore(state, config, sources), "killed before its first checkpoint"
    other = change(config, run={"seed": 2})
    with pytest.raises(TrainingError, match="holds the weights of another training"):
        RunFolder(folder.path).restore(state, other, sources)


def test_the_log_is_appended_to(folder: RunFolder, config: TrainingConfig) -> None:
    folder.begin(config)
    folder.log(Noted("one"))
    RunFolder(folder.path).log(Noted("two"))
    lines = (folder.path / "log.jsonl").read_text().splitlines()
    assert [json.loads(line)["text"] for line in lines] == ["one", "two"]


def test_tensorboard_gets_the_losses(folder: RunFolder, config: TrainingConfig, change: Change) -> None:
    pytest.importorskip("tensorboard")
    folder.begin(change(config, run={"tensorboard": True}))
    folder.log(StepDone(1, 8, 0.1, 64, Losses(1.5, 0.7, 0.8, 0.0), 0.9, 1e-3, 2.0, 9.0, 100.0))
    events = list((folder.path / "tensorboard").iterdir())
    assert len(events) == 1
    assert b"loss/classes" in events[0].read_bytes()


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of one commit whose package stands in for the program."""
    package = tmp_path / "checkout" / "lav_gui"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("one\n")
    monkeypatch.setattr(lav_gui, "__file__", str(package / "__init__.py"))
    _commit(package.parent, "lav_gui")
    return package.parent


def _commit(folder: Path, *names: str) -> None:
    name = ("-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false")
    for words in (("init", "-q"), ("add", *names), (*name, "commit", "-q", "-m", "one")):
        subprocess.run(("git", *words), cwd=folder, check=True, capture_output=True)


def test_the_commit_is_that_of_the_checkout_and_says_where_the_source_differs(checkout: Path) -> None:
    head = subprocess.run(("git", "rev-parse", "HEAD"), cwd=checkout, check=True, capture_output=True, text=True)
    (checkout / "notes.txt").write_text("not tracked\n")
    assert commit() == head.stdout.strip()
    (checkout / "lav_gui" / "__init__.py").write_text("two\n")
    assert commit() == head.stdout.strip() + "+dirty"


def test_outside_its_own_checkout_the_program_is_known_by_its_version(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("project/venv/lav_gui", "project/lav_gui", "alone/lav_gui"):
        package = tmp_path / place
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("one\n")
    (tmp_path / "project" / "main.py").write_text("other\n")
    _commit(tmp_path / "project", "main.py")
    for place in ("project/venv", "project", "alone"):
        monkeypatch.setattr(lav_gui, "__file__", str(tmp_path / place / "lav_gui" / "__init__.py"))
        assert commit() == f"version {lav_gui.__version__}", place
    monkeypatch.setattr(lav_gui, "__file__", str(checkout / "lav_gui" / "__init__.py"))
    monkeypatch.setenv("PATH", "")
    assert commit() == f"version {lav_gui.__version__}", "no git"
