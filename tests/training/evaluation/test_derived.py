from dataclasses import replace
from pathlib import Path

import pytest
import torch

from lav_gui.errors import TrainingError
from lav_gui.training.evaluation.derived import require_new, save_derived
from lav_gui.training.evaluation.run_record import read_candidate
from model_zoo.storage import files_sha256
from model_zoo.weights_record import Calibration, Weights


def test_the_new_card_tells_the_new_files_and_nothing_that_was_found_with_the_old(
    weights: Weights, tmp_path: Path
) -> None:
    given = replace(weights, calibration=Calibration(1.0, 0.0, "ten videos"), metrics=(("AUC", "0.9"),))
    found = save_derived(given, {"a": torch.ones(3)}, (("storage", "none"),), tmp_path / "new")
    assert read_candidate(tmp_path / "new") == found
    assert found.sha256 == files_sha256(found.files)
    assert (found.calibration, found.metrics, found.training) == (None, (), (("storage", "none"),))
    assert (found.name, found.input_size) == (given.name, given.input_size)


def test_a_folder_in_use_is_refused(tmp_path: Path) -> None:
    require_new(tmp_path / "missing")
    (tmp_path / "run" / "weights").mkdir(parents=True)
    with pytest.raises(TrainingError, match="give a new folder"):
        require_new(tmp_path / "run")


def test_a_place_that_cannot_be_written_is_one_sentence(weights: Weights, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TrainingError, match="cannot be written"):
        save_derived(weights, {"a": torch.ones(3)}, (), tmp_path / "file")
