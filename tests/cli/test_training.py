import argparse
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path

import pytest

from lav_gui.cli import main, training
from lav_gui.records import Stage
from lav_gui.training.evaluation import evaluate as evaluate_module
from lav_gui.training.evaluation import registration
from lav_gui.training.evaluation.document import Evaluation
from lav_gui.training.evaluation.exposure import CALIBRATED
from lav_gui.training.evaluation.fitting import METHODS
from lav_gui.training.evaluation.robustness import SWEEPS
from lav_gui.training.evaluation.run_record import RunRecord, read_candidate, save_candidate
from lav_gui.training.evaluation.tables import Figure, Part
from lav_gui.training.loop.config import read_config
from lav_gui.training.loop.recipes import RECIPES, recipe
from lav_gui.training.sets import prepare
from lav_gui.training.sets.adapters.layouts import ADAPTERS
from lav_gui.training.sets.card import Count, SetCard
from lav_gui.training.sets.index import ALL_SPLITS, HELD_OUT, SPLITS
from lav_gui.training.sets.settings import PrepareRequest, PrepareSettings
from lav_gui.training.sets.store import PreparedSet
from model_zoo import registry
from model_zoo.networks import LVNet
from model_zoo.quantization import STORAGES
from model_zoo.weights_record import Weights

SETTINGS = """
[data]
batch_units = 2
workers = {workers}
validation = ["set"]
validation_split = "train"
allow_leaks = true
[network]
architecture = "lvnet_eighth"
sizes = [[0, 64]]
[run]
images = {images}
report_every = 1
checkpoint_every = 4
validate_every = 100000
[[ingredients]]
prepared = "set"
kind = "labeled"
"""


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory, demo_clip: Path) -> Path:
    """A folder with the demo clip, once as real and once as fake, prepared by the command."""
    folder = tmp_path_factory.mktemp("workshop")
    rows = ["path,label,identity,split", f"{demo_clip},1,a,train"]
    os.link(demo_clip, folder / "real.mp4") if demo_clip.stat().st_dev == folder.stat().st_dev else (
        folder / "real.mp4"
    ).write_bytes(demo_clip.read_bytes())
    rows.append("real.mp4,0,a,train")
    (folder / "clips.csv").write_text("\n".join(rows) + "\n")
    assert main(["prepare", str(folder / "clips.csv"), "--out", str(folder / "set"), "--frames", "2"]) == 0
    return folder


def test_a_recipe_is_printed_as_a_file_that_can_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--print-config", "self_blend"]) == 0
    (tmp_path / "t.toml").write_text(capsys.readouterr().out)
    assert read_config(tmp_path / "t.toml") == recipe("self_blend")


def test_the_choices_that_are_offered_are_those_there_are() -> None:
    assert set(training.ADAPTERS) == {"auto", *ADAPTERS}
    assert tuple(RECIPES) == training.RECIPES
    assert tuple(SWEEPS) == training.SWEEPS
    assert set(training.METHODS) == set(METHODS)
    assert (*SPLITS, HELD_OUT, ALL_SPLITS) == training.SPLITS
    assert {"float32", *training.STORAGES} == set(STORAGES)


def test_the_videos_of_a_calibration_are_not_by_default_those_of_an_evaluation() -> None:
    parser = argparse.ArgumentParser()
    training.add_evaluate(parser.add_subparsers())
    assert parser.parse_args(["evaluate", "run", "set", "--out", "x"]).split == "test"
    assert parser.parse_args(["calibrate", "run", "set"]).split == "val"


def test_prepare_takes_shares_of_splits_and_tells_how_many_faces_have_masks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = (Count("test", 0, "d", "real", "", 5, 0, 1), Count("train", 1, "d", "swap", "c23", 9, 7, 2))
    asked: list[PrepareRequest] = []

    def prepared(request: PrepareRequest) -> Generator[Stage, None, SetCard]:
        asked.append(request)
        yield Stage("Checking", 1, 1)
        return SetCard("set", "now", (), (), counts, "", (), ())

    monkeypatch.setattr(prepare, "prepare", prepared)
    assert main(["prepare", str(tmp_path), "--out", str(tmp_path), "--fractions", "0.5", "0.3", "0.2"]) == 0
    assert main(["prepare", str(tmp_path), "--out", str(tmp_path)]) == 0
    assert [request.settings.fractions for request in asked] == [(0.5, 0.3, 0.2), PrepareSettings().fractions]
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["test   real d real : 5 faces", "train  fake d swap c23: 9 faces, 7 with masks"]


def test_training_needs_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train"]) == 1
    assert "lav train --print-config paper" in capsys.readouterr().err


def test_a_folder_without_a_dataset_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prepare", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_prepare_pack_train_evaluate_calibrate_and_register(
    workshop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepared = PreparedSet(workshop / "set")
    assert {row.label for row in prepared.rows} == {0, 1}
    assert main(["pack", str(workshop / "set"), "--out", str(workshop / "packed")]) == 0
    assert [row.source for row in PreparedSet(workshop / "packed").rows] == [row.source for row in prepared.rows]
    config = workshop / "tiny.toml"
    config.write_text(SETTINGS.format(images=8, workers=0))
    assert main(["train", str(config), "--dry-run"]) == 0
    assert not (workshop / "tiny").exists()
    capsys.readouterr()
    assert main(["train", str(config), "--json-lines"]) == 0
    events = [json.loads(line)["event"] for line in capsys.readouterr().out.splitlines()]
    assert events[0] == "started"
    assert events[-1] == "ended"
    assert events.count("step") == 2
    run, judged = str(workshop / "tiny"), str(tmp_path / "judged")
    assert main(["evaluate", run, str(workshop / "set"), "--split", "train", "--out", judged]) == 0
    assert (tmp_path / "judged" / "page.html").stat().st_size > 1000
    assert json.loads((tmp_path / "judged" / "evaluation.json").read_text())
    told = capsys.readouterr()
    assert "nan" not in told.out
    assert "from one person only" in told.out
    assert "lav: Attention: these videos were trained on." in told.err
    assert main(["models", "register", run, "--evaluation", judged, "--license", "test only"]) == 1
    assert "lav: " in capsys.readouterr().err, "weights without a calibration are refused"
    card = ["models", "card", run, "--evaluation", judged, "--out", str(tmp_path / "card.md")]
    assert main([*card, "--notes", str(tmp_path / "none.md")]) == 1
    assert "none.md cannot be read" in capsys.readouterr().err
    assert main(card) == 0
    assert "these videos were trained on" in (tmp_path / "card.md").read_text(encoding="utf-8")


def test_an_evaluation_on_videos_that_were_calibrated_on_prints_its_cross_fitted_figures(
    workshop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = Part("all", "videos", 4, 4, 8, (Figure("Brier", 0.05, 0.01, 0.1),))
    crossed = Part("cross-fitted", "8 folds of people", 4, 4, 8, (Figure("Brier", 0.125, 0.1, 0.2),))
    found = Evaluation(
        weights=registry.UNTRAINED, set_name="set", set_sha256="0" * 64, packed_from="", notes=(CALIBRATED,),
        settings=(), created="", videos=(), whole=whole, frames=whole, parts=(), pairs=(), rules=(), streams=(),
        localization=(), robustness=None, cross_fitted=crossed,
    )  # fmt: skip

    def evaluated(*_: object, **__: object) -> Generator[Stage, None, Evaluation]:
        yield Stage("making tables", 0, 1)
        return found

    monkeypatch.setattr(evaluate_module, "evaluate", evaluated)
    assert main(["evaluate", "lvnet.untrained", str(workshop / "set"), "--out", str(tmp_path)]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [line[:2] for line in lines] == [["Brier", "0.0500"], ["cross-fitted", "over"], ["Brier", "0.1250"]]


def test_weights_are_shrunk_with_sizes_and_error_told_and_averaged(
    tmp_path: Path, narrow_lvnet: Callable[..., LVNet],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    run = RunRecord("lvnet.mine", "lvnet", "paper", 64, (0.5,) * 3, (0.5,) * 3, "", 1, "abc", "2026-11-24", 8, ())
    save_candidate(run, narrow_lvnet().state_dict(), tmp_path / "run")
    shrink = ["models", "shrink", str(tmp_path / "run"), "--storage", "int8", "--out", str(tmp_path / "small")]
    assert main(shrink) == 0
    lines = capsys.readouterr().out.splitlines()
    (file,) = read_candidate(tmp_path / "small").files
    assert lines[0] == f"{file}: {file.stat().st_size / 1e6:.1f} MB"
    assert re.fullmatch(r"\d\.\d MB before, 0\.\d MB now", lines[1])
    assert re.fullmatch(r"largest relative error of a tensor: \d\.\d\de-03 \(.+\.weight\)", lines[2])
    assert main(shrink) == 1
    assert capsys.readouterr().err.endswith("holds a card or a run already; give a new folder.\n")
    state = narrow_lvnet().state_dict()
    save_candidate(run, state | {"rgb.conv1.weight": 2 * state["rgb.conv1.weight"]}, tmp_path / "other")
    runs = [str(tmp_path / "run"), str(tmp_path / "other")]
    assert main(["models", "average", *runs, "--out", str(tmp_path / "mean")]) == 0
    mean = read_candidate(tmp_path / "mean")
    assert capsys.readouterr().out.startswith(f"mean of 2 runs: {tmp_path / 'mean'}, sha256 {mean.sha256}\n")


def test_weights_are_registered_for_the_user_or_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shard = tmp_path / "lvnet.mine-1-of-1.safetensors"
    shard.write_bytes(bytes(1_500_000))
    asked: list[tuple[Path, ...]] = []

    def registered(_: registration.Registration, *folders: Path) -> Weights:
        asked.append(folders)
        return replace(registry.UNTRAINED, name="lvnet.mine", files=(shard,))

    monkeypatch.setattr(registration, "register", registered)
    monkeypatch.setattr(registry, "_PACKAGE", tmp_path / "package")
    register = ["models", "register", "run", "--evaluation", "judged", "--license", "mine"]
    assert main(register) == 0
    assert "MB" not in capsys.readouterr().out
    assert main([*register, "--ship"]) == 0
    assert f"{shard}: 1.5 MB" in capsys.readouterr().out
    assert asked == [(registry.user_folder(),), (tmp_path / "package" / "cards", tmp_path / "package" / "weights")]


def test_ctrl_c_saves_and_the_next_call_goes_on(workshop: Path, tmp_path: Path) -> None:
    config = workshop / "long.toml"
    config.write_text(SETTINGS.format(images=100_000, workers=1))
    out = tmp_path / "long"
    command = [sys.executable, "-m", "lav_gui", "train", str(config), "--out", str(out), "--json-lines"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | {"OMP_NUM_THREADS": "1"},
        start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            if json.loads(line)["event"] == "step":
                break
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the worker processes too
        rest = process.stdout.read().splitlines()
        assert process.wait(timeout=60) == 130
    ended = json.loads(rest[-1])
    assert (ended["event"], ended["reason"]) == ("ended", "interrupted")
    (out / "stop").touch()  # is left over from another time and must not end what begins anew
    config.write_text(SETTINGS.format(images=ended["images"] + 4, workers=0))
    assert main(["train", str(config), "--out", str(out)]) == 0
    assert read_candidate(out)
