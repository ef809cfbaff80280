import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from lav_gui.errors import TrainingError
from lav_gui.training.evaluation.exposure import SetUse
from lav_gui.training.evaluation.run_record import (
    UNREGISTERED_LICENSE,
    DataUse,
    choose_judged,
    read_candidate,
    read_run,
    save_candidate,
)
from lav_gui.training.sets.store import PreparedSet
from model_zoo import registry
from model_zoo.storage import files_sha256, read_shards
from tests import finished_run

RUN = replace(finished_run.RUN, data=(DataUse("ff", "0" * 64, "train", "research only"),))
STATE = {"a": torch.ones(3, dtype=torch.float16), "count": torch.tensor(4)}


def test_a_run_is_read_back_as_it_was(tmp_path: Path) -> None:
    weights = save_candidate(RUN, STATE, tmp_path)
    assert read_run(tmp_path) == RUN
    assert read_candidate(tmp_path) == weights
    assert read_candidate(tmp_path / "weights") == weights
    assert read_candidate(tmp_path / "weights" / "lvnet.mine.json") == weights


def test_the_card_tells_how_the_weights_were_trained_and_claims_nothing_else(tmp_path: Path) -> None:
    weights = save_candidate(RUN, STATE, tmp_path)
    facts = dict(weights.training)
    assert facts["recipe"] == "self_blend"
    assert facts["commit"] == "abc"
    assert facts["data (train)"] == f"ff, SHA-256 of its index {'0' * 64}; research only"
    assert len(facts["SHA-256 of the configuration"]) == 64
    assert weights.trained
    assert weights.calibration is weights.envelope is None
    assert weights.license == UNREGISTERED_LICENSE


def test_tensors_are_written_in_single_precision_and_hashed(tmp_path: Path) -> None:
    weights = save_candidate(RUN, STATE, tmp_path)
    state = read_shards(weights.files)
    assert state["a"].dtype == torch.float32
    assert state["count"].dtype == torch.int64
    assert weights.sha256 == files_sha256(weights.files)


def test_a_new_best_replaces_the_old_one_and_leaves_nothing_of_it(tmp_path: Path) -> None:
    first = save_candidate(RUN, STATE, tmp_path)
    second = save_candidate(replace(RUN, images_seen=2000), {"a": torch.zeros(3)}, tmp_path)
    assert first.sha256 != second.sha256
    assert sorted((tmp_path / "weights").iterdir()) == sorted([*second.files, tmp_path / "weights" / "lvnet.mine.json"])
    assert read_candidate(tmp_path) == second


def test_a_run_killed_before_its_new_card_keeps_the_last_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = save_candidate(RUN, STATE, tmp_path)
    monkeypatch.setattr(registry, "save_card", _killed)
    with pytest.raises(KeyboardInterrupt):
        save_candidate(RUN, {"a": torch.zeros(3)}, tmp_path)
    assert read_candidate(tmp_path) == first
    assert files_sha256(first.files) == first.sha256


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_name_that_is_not_allowed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="cannot name weights"):
        save_candidate(replace(RUN, name="Mine"), STATE, tmp_path)


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("a file is in the way")
    with pytest.raises(TrainingError, match="cannot be written"):
        save_candidate(RUN, STATE, tmp_path / "run")


def test_a_folder_without_a_card_or_with_two_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="holds no card"):
        read_candidate(tmp_path)
    save_candidate(RUN, STATE, tmp_path)
    save_candidate(replace(RUN, name="lvnet.other"), STATE, tmp_path)
    with pytest.raises(TrainingError, match="holds 2 cards"):
        read_candidate(tmp_path)


def test_a_broken_card_or_run_is_one_sentence(tmp_path: Path) -> None:
    weights = save_candidate(RUN, STATE, tmp_path)
    (tmp_path / "run.json").write_text("[]")
    with pytest.raises(TrainingError, match="cannot be read as the record of a training"):
        read_run(tmp_path)
    (tmp_path / "run.json").write_text(json.dumps({"schema": "lav.run/9"}))
    with pytest.raises(TrainingError, match="another version"):
        read_run(tmp_path)
    (tmp_path / "run.json").unlink()
    with pytest.raises(TrainingError, match="no folder of a training"):
        read_run(tmp_path)
    weights.files[0].unlink()
    with pytest.raises(TrainingError, match="names the file"):
        read_candidate(tmp_path)


def test_weights_are_named_by_path_or_by_registered_name(tmp_path: Path) -> None:
    weights = save_candidate(RUN, STATE, tmp_path)
    assert choose_judged(str(tmp_path)) == weights
    assert choose_judged("lvnet.untrained") == registry.UNTRAINED
    with pytest.raises(TrainingError, match="neither a folder of a training nor a name"):
        choose_judged("lvnet.nowhere")


def test_the_terms_of_a_set_are_those_of_all_it_was_made_of(prepared: PreparedSet) -> None:
    assert DataUse.of(prepared.card, "val") == DataUse("four people", prepared.card.index_sha256, "val", "for tests")


def test_the_split_that_was_used_and_where_a_packed_set_is_from_are_told(prepared: PreparedSet, tmp_path: Path) -> None:
    card = replace(prepared.card, packed_from="9" * 64)
    use = DataUse.of(card, "train", split="test")
    assert (use.split, use.packed_from) == ("test", "9" * 64)
    told = dict(save_candidate(replace(RUN, data=(use,)), STATE, tmp_path).training)["data (train)"]
    assert told == SetUse.of(card, "test").told() + "; for tests"
    assert read_run(tmp_path).data == (use,)


def test_a_run_from_before_splits_were_told_can_be_read(tmp_path: Path) -> None:
    save_candidate(RUN, STATE, tmp_path)
    plain = json.loads((tmp_path / "run.json").read_text())
    plain["data"] = [{key: plain["data"][0][key] for key in ("name", "index_sha256", "role", "license_note")}]
    (tmp_path / "run.json").write_text(json.dumps(plain))
    assert read_run(tmp_path).data == RUN.data
