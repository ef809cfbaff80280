import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from lav_gui.errors import TrainingError
from lav_gui.steps import run_to_end
from lav_gui.training.evaluation.calibrate import calibrate, save_calibrated
from lav_gui.training.evaluation.evaluate import EvaluationSettings, evaluate
from lav_gui.training.evaluation.fitting import CalibrationSettings
from lav_gui.training.evaluation.run_record import read_candidate, save_candidate
from lav_gui.training.evaluation.scoring import ScoringSettings
from lav_gui.training.evaluation.shrink import shrink
from lav_gui.training.evaluation.stand_ins import Scorers
from lav_gui.training.sets.store import PreparedSet
from model_zoo import registry
from model_zoo.checkpoints import load_network
from model_zoo.networks import LVNet
from model_zoo.storage import files_sha256
from model_zoo.weights_record import Calibration, Envelope, OperatingPoint, Weights
from tests.finished_run import RUN


@pytest.fixture
def run_folder(tmp_path: Path, narrow_lvnet: Callable[..., LVNet]) -> Path:
    """A finished, calibrated run of a narrow network, which stands in for the full one."""
    state = narrow_lvnet().state_dict()
    for i in range(3):  # with random weights the unscaled attention jumps from cell to cell at the least rounding
        state[f"lfga.{i}.gamma"].zero_()
    weights = save_candidate(RUN, state, tmp_path / "run")
    calibrated = replace(
        weights,
        calibration=Calibration(0.5, 0.1, "ten videos"),
        operating_points=(OperatingPoint(0.6, 0.05, (0.0, 0.1), 0.9, (0.8, 1.0)),),
        inconclusive=(0.4, 0.6),
        envelope=Envelope((40, 200), (10, 900), (0.02, 0.3), ("h264",)),
        metrics=(("video AUC", "0.9 [0.8, 1.0]"),),
        license="research only",
    )
    registry.save_card(calibrated, tmp_path / "run" / "weights")
    return tmp_path / "run"


def _logits(weights: Weights) -> torch.Tensor:
    images = torch.rand(4, 3, 64, 64, generator=torch.Generator().manual_seed(4)) * 2 - 1
    network = load_network(weights)
    with torch.no_grad():
        return network(images, network.residual(images)).class_logits


@pytest.mark.parametrize(("storage", "words", "share", "error"), [
    ("int8", "int8 per output channel", 0.4, 0.15), ("float16", "float16", 0.65, 2e-3),
])  # fmt: skip
def test_shrunk_weights_are_a_candidate_of_fewer_bytes_that_answers_nearly_the_same(
    storage: str, words: str, share: float, error: float, run_folder: Path, tmp_path: Path
) -> None:
    given = read_candidate(run_folder)
    shrunk = shrink(run_folder, storage, tmp_path / "small")
    assert read_candidate(tmp_path / "small") == shrunk.weights
    assert shrunk.weights.sha256 == files_sha256(shrunk.weights.files) != given.sha256
    assert shrunk.weights.training == (*given.training, ("storage", f"{words}, made from SHA-256 {given.sha256}"))
    assert shrunk.bytes_before == sum(path.stat().st_size for path in given.files)
    assert shrunk.bytes_after == sum(path.stat().st_size for path in shrunk.weights.files)
    assert shrunk.bytes_after < share * shrunk.bytes_before
    wanted = _logits(given)
    assert 0 < (_logits(shrunk.weights) - wanted).abs().max() <= error * wanted.abs().max()


def test_what_was_found_with_the_weights_before_is_left_out_and_all_else_kept(run_folder: Path, tmp_path: Path) -> None:
    given, found = read_candidate(run_folder), shrink(run_folder, "int8", tmp_path / "small").weights
    assert found.calibration is found.inconclusive is found.envelope is None
    assert found.operating_points == found.metrics == ()
    for field in ("name", "architecture", "trained", "input_size", "mean", "std", "license", "source", "created"):
        assert getattr(found, field) == getattr(given, field)
    assert read_candidate(run_folder) == given


def test_the_error_told_is_the_largest_of_a_tensor_on_the_files_written(run_folder: Path, tmp_path: Path) -> None:
    shrunk = shrink(run_folder, "int8", tmp_path / "small")
    before, after = (load_network(w).state_dict() for w in (read_candidate(run_folder), shrunk.weights))
    errors = {
        name: ((after[name] - tensor).norm() / tensor.norm()).item()
        for name, tensor in before.items()
        if tensor.is_floating_point() and tensor.norm() > 0
    }
    assert shrunk.error == pytest.approx(max(errors.values()), rel=1e-4)
    assert shrunk.error == pytest.approx(errors[shrunk.tensor], rel=1e-4)
    assert 0.0005 < shrunk.error < 0.02
    assert torch.equal(before["srm.kernel"], after["srm.kernel"])


def test_shrunk_weights_can_be_calibrated_and_evaluated(
    run_folder: Path, tmp_path: Path, prepared: PreparedSet
) -> None:
    shrink(run_folder, "int8", tmp_path / "small")
    for row in prepared.rows:  # two grays that this network, which learned nothing, happens to tell apart
        cv2.imwrite(str(prepared.folder / row.patch), np.full((80, 80, 3), 240 if row.label else 160, np.uint8))
    scoring = ScoringSettings(device="cpu")
    weights = read_candidate(tmp_path / "small")
    found = run_to_end(
        calibrate(Scorers(weights), [prepared], scoring, CalibrationSettings(rates=(0.25,), band_rate=0.25))
    )
    save_calibrated(found)
    weights = read_candidate(tmp_path / "small")
    assert weights.calibration is not None
    judged = EvaluationSettings(scoring=scoring, resamples=100, samples=1)
    run_to_end(evaluate(weights, prepared, judged, tmp_path / "judged"))
    document = json.loads((tmp_path / "judged" / "evaluation.json").read_text())
    assert document["weights"]["sha256"] == weights.sha256


def test_a_folder_that_holds_a_card_or_a_run_is_refused_and_left_alone(run_folder: Path, tmp_path: Path) -> None:
    shrink(run_folder, "int8", tmp_path / "small")
    (tmp_path / "half" / "weights").mkdir(parents=True)
    for folder in (tmp_path / "small", run_folder, run_folder / "weights", tmp_path / "half"):
        before = sorted(folder.rglob("*"))
        with pytest.raises(TrainingError, match="holds a card or a run already; give a new folder"):
            shrink(run_folder, "float16", folder)
        assert sorted(folder.rglob("*")) == before


def test_shrunk_weights_are_not_shrunk_again(run_folder: Path, tmp_path: Path) -> None:
    shrink(run_folder, "int8", tmp_path / "small")
    with pytest.raises(TrainingError, match=r"shrunk already \(int8 per output channel, made from SHA-256"):
        shrink(tmp_path / "small", "float16", tmp_path / "smaller")
    assert not (tmp_path / "smaller").exists()


def test_what_cannot_be_done_is_one_sentence(run_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="'int4' is not known; choose int8 or float16"):
        shrink(run_folder, "int4", tmp_path / "small")
    with pytest.raises(TrainingError, match="holds no card"):
        shrink(tmp_path / "nothing", "int8", tmp_path / "small")
    (tmp_path / "file").write_text("")
    with pytest.raises(TrainingError, match="cannot be written"):
        shrink(run_folder, "int8", tmp_path / "file")
    shard = read_candidate(run_folder).files[0]
    shard.write_bytes(shard.read_bytes()[:-1] + bytes([shard.read_bytes()[-1] ^ 1]))
    with pytest.raises(TrainingError, match="not those of their card"):
        shrink(run_folder, "int8", tmp_path / "small")
    assert not (tmp_path / "small").exists()


def test_values_too_large_for_float16_are_refused_and_nothing_is_written(
    tmp_path: Path, narrow_lvnet: Callable[..., LVNet]
) -> None:
    state = narrow_lvnet().state_dict()
    state["rgb.conv1.weight"].flatten()[0] = 1e5
    save_candidate(RUN, state, tmp_path / "run")
    with pytest.raises(TrainingError, match=r"rgb\.conv1\.weight holds values that are too large for float16"):
        shrink(tmp_path / "run", "float16", tmp_path / "small")
    assert not (tmp_path / "small").exists()
