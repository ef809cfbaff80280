import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from lav_gui.errors import TrainingError
from lav_gui.training.evaluation.averaging import average
from lav_gui.training.evaluation.exposure import TRAINED, SetUse, exposures
from lav_gui.training.evaluation.run_record import DataUse, read_candidate, save_candidate
from lav_gui.training.evaluation.shrink import shrink
from model_zoo.checkpoints import load_network
from model_zoo.networks import LVNet
from tests import finished_run

RUN = replace(finished_run.RUN, map_contrast=2.0)
OTHER = replace(RUN, seed=2, input_size=96, data=(*RUN.data, DataUse("dfdc", "1" * 64, "train", "", "train")))


@pytest.fixture
def runs(tmp_path: Path, narrow_lvnet: Callable[..., LVNet]) -> list[Path]:
    """Two runs of a narrow network; every value of the second is 1 above the first's."""
    state = narrow_lvnet().state_dict()
    moved = {name: tensor + 1 if tensor.is_floating_point() else tensor for name, tensor in state.items()}
    moved["srm.kernel"] = state["srm.kernel"]
    moved |= {name: tensor + 7 for name, tensor in state.items() if name.endswith("num_batches_tracked")}
    save_candidate(RUN, state, tmp_path / "one")
    save_candidate(OTHER, moved, tmp_path / "two")
    return [tmp_path / "one", tmp_path / "two"]


def test_each_value_is_the_mean_of_those_of_the_runs(runs: list[Path], tmp_path: Path) -> None:
    found = average(runs, tmp_path / "mean")
    assert read_candidate(tmp_path / "mean") == found
    one, two, mean = (load_network(w).state_dict() for w in (*map(read_candidate, runs), found))
    for name, tensor in mean.items():
        if tensor.is_floating_point():
            torch.testing.assert_close(tensor, (one[name] + two[name]) / 2)
        else:
            assert torch.equal(tensor, one[name])


def test_crop_and_logit_are_those_of_the_first_and_nothing_is_calibrated(runs: list[Path], tmp_path: Path) -> None:
    found = average(runs, tmp_path / "mean")
    assert (found.input_size, found.map_contrast, found.calibration) == (64, 2.0, None)
    assert average(runs[::-1], tmp_path / "other").input_size == 96


def test_the_facts_of_each_part_are_kept_also_where_a_part_is_a_mean_itself(runs: list[Path], tmp_path: Path) -> None:
    one, two = map(read_candidate, runs)
    config = hashlib.sha256(RUN.config.encode()).hexdigest()
    average(runs, tmp_path / "mean")
    shrunk = shrink(tmp_path / "mean", "float16", tmp_path / "small").weights
    third = replace(RUN, seed=3)
    state = {name: t * 2 if t.is_floating_point() else t for name, t in load_network(one).state_dict().items()}
    state["srm.kernel"] /= 2
    save_candidate(third, state, tmp_path / "three")
    found = average([tmp_path / "small", tmp_path / "three"], tmp_path / "wide")
    parts = [value for name, value in found.training if name == "mean of the weights of"]
    ends = [f"seed {seed}; commit abc; images seen 1000; SHA-256 of the configuration {config}" for seed in (1, 2, 3)]
    assert parts == [
        f"SHA-256 {shrunk.sha256}",
        f"SHA-256 {one.sha256}; {ends[0]}",
        f"SHA-256 {two.sha256}; {ends[1]}",
        f"SHA-256 {read_candidate(tmp_path / 'three').sha256}; {ends[2]}",
    ]
    assert "storage" not in dict(found.training)
    assert shrink(tmp_path / "wide", "float16", tmp_path / "wide_small").weights.name == found.name


def test_what_any_of_the_runs_was_trained_on_was_trained_on(runs: list[Path], tmp_path: Path) -> None:
    found = average(runs, tmp_path / "mean")
    for index in ("0" * 64, "1" * 64):
        assert exposures(found, SetUse("again", index, "", "train")) == (TRAINED,)
    assert exposures(found, SetUse("new", "2" * 64, "", "train")) == ()
    assert [name for name, _ in found.training].count("data (train)") == 2


def test_what_cannot_be_averaged_is_one_sentence(runs: list[Path], tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="at least two runs"):
        average(runs[:1], tmp_path / "mean")
    with pytest.raises(TrainingError, match="holds a card or a run already"):
        average(runs, runs[0])
    with pytest.raises(TrainingError, match="holds no card"):
        average([*runs, tmp_path / "nothing"], tmp_path / "mean")
    other = replace(RUN, name="lvnet.gray", mean=(0.4, 0.4, 0.4))
    save_candidate(other, load_network(read_candidate(runs[0])).state_dict(), tmp_path / "gray")
    with pytest.raises(TrainingError, match=r"lvnet\.gray is of another architecture or normalization"):
        average([*runs, tmp_path / "gray"], tmp_path / "mean")
    with pytest.raises(TrainingError, match="one is there twice"):
        average([*runs, runs[0]], tmp_path / "mean")
    save_candidate(
        replace(RUN, map_contrast=0.0), load_network(read_candidate(runs[0])).state_dict(), tmp_path / "class"
    )
    with pytest.raises(TrainingError, match="counts 2 times in the logit of one run and 0 times in that of another"):
        average([*runs, tmp_path / "class"], tmp_path / "mean")
    assert not (tmp_path / "mean").exists()
