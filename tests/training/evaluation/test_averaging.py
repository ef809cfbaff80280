from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from lav_gui.errors import TrainingError
from lav_gui.training.evaluation.averaging import average
from lav_gui.training.evaluation.exposure import TRAINED, SetUse, exposures
from lav_gui.training.evaluation.run_record import DataUse, read_candidate, save_candidate
from model_zoo.checkpoints import load_network
from model_zoo.networks import ARCHITECTURES, Architecture, LVNet
from tests import finished_run

RUN = replace(finished_run.RUN, map_contrast=2.0)
OTHER = replace(RUN, input_size=96, map_contrast=0.0, data=(*RUN.data, DataUse("dfdc", "1" * 64, "train", "", "train")))


@pytest.fixture
def runs(tmp_path: Path, make_network: Callable[..., LVNet], monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two runs of a narrow network; every value of the second is 1 above the first's."""
    monkeypatch.setitem(ARCHITECTURES, "lvnet", Architecture(LVNet, 1 / 16))
    state = make_network().state_dict()
    moved = {name: tensor + 1 if tensor.is_floating_point() else tensor for name, tensor in state.items()}
    moved["srm.kernel"] = state["srm.kernel"]
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
    one, two = map(read_candidate, runs)
    found = average(runs, tmp_path / "mean")
    assert (found.input_size, found.map_contrast, found.calibration) == (64, 2.0, None)
    assert dict(found.training)["mean of the weights of"] == f"SHA-256 {one.sha256}, SHA-256 {two.sha256}"
    assert average(runs[::-1], tmp_path / "other").input_size == 96


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
    assert not (tmp_path / "mean").exists()
