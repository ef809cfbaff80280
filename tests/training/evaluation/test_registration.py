import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.evaluation.document import Evaluation, write_document
from lav_gui.training.evaluation.exposure import TRAINED
from lav_gui.training.evaluation.registration import Registration, lacks, register
from lav_gui.training.evaluation.run_record import DataUse, read_candidate, save_candidate
from lav_gui.training.evaluation.shrink import shrink
from lav_gui.training.evaluation.tables import Figure, Part
from model_zoo import registry
from model_zoo.checkpoints import load_network
from model_zoo.errors import WeightsError
from model_zoo.networks import LVNet
from model_zoo.weights_record import Calibration, Envelope, OperatingPoint, Weights
from tests import finished_run

RUN = replace(finished_run.RUN, data=(*finished_run.RUN.data, DataUse("ff", "0" * 64, "val", "", "val")))
NAMES = ("AUC", "EER", "TPR at 5 % FPR", "Brier", "Brier of the base rate", "log loss", "Cllr")
WHOLE = Part("all", "videos", 20, 30, 25, tuple(Figure(name, 0.9, 0.8, 0.95) for name in NAMES))
PARTS = (
    Part("method, against all reals", "FF++, Deepfakes", 20, 10, 20, (Figure("AUC", 0.8, 0.7, 0.9),)),
    Part("dataset", "Celeb-DF", 2, 9, 11, (Figure("AUC", 0.9, 0.7, 1.0),)),
    Part("face size", "below 64 px", 20, 10, 20, (Figure("AUC", 0.8, 0.7, 0.9),)),
)


@pytest.fixture
def run_folder(tmp_path: Path, narrow_lvnet: Callable[..., LVNet], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A finished, calibrated run of a narrow network, which stands in for the full one."""
    monkeypatch.setenv("LAV_MODELS", str(tmp_path / "models"))
    folder = tmp_path / "run"
    weights = save_candidate(RUN, narrow_lvnet().state_dict(), folder)
    calibrated = replace(
        weights,
        calibration=Calibration(0.5, 0.1, f"tuning, split val, SHA-256 of its index {'2' * 64}; ten videos"),
        operating_points=(OperatingPoint(0.6, 0.05, (0.0, 0.1), 0.9, (0.8, 1.0)),),
        envelope=Envelope((40, 200), (10, 900), (0.02, 0.3), ("h264",)),
    )
    registry.save_card(calibrated, folder / "weights")
    return folder


def _judged(
    weights: Weights,
    out: Path,
    sha256: str = "1" * 64,
    split: str = "test",
    crossed: Part | None = None,
    notes: tuple[str, ...] = (),
    stand_ins: tuple[tuple[str, str], ...] = (),
) -> Path:
    out.mkdir()
    evaluation = Evaluation(
        weights=weights, set_name="held out", set_sha256=sha256, packed_from="", notes=notes,
        settings=(("split", split),), stand_ins=stand_ins,
        created="2026-11-24", videos=(), whole=WHOLE, frames=WHOLE, parts=PARTS, pairs=(), rules=(), streams=(),
        localization=(), robustness=None, cross_fitted=crossed,
    )  # fmt: skip
    write_document(evaluation, out / "evaluation.json")
    return out


def _registration(run_folder: Path, **values: object) -> Registration:
    judged = run_folder.parent / "judged"
    if not judged.exists():
        _judged(read_candidate(run_folder), judged)
    given: dict[str, object] = {"candidate": run_folder, "evaluations": (judged,), "license": "research only"}
    return Registration(**(given | values))  # type: ignore[arg-type]


def test_registered_weights_are_found_by_name_and_loaded(run_folder: Path) -> None:
    registered = register(_registration(run_folder), registry.user_folder())
    found = registry.find_weights("lvnet.mine")
    assert found == registered
    assert load_network(found)
    assert found.files[0].parent == registry.user_folder()
    assert found.license == "research only"


def test_the_card_tells_figures_with_intervals_counts_and_where_they_are_from(run_folder: Path) -> None:
    figures = dict(register(_registration(run_folder), registry.user_folder()).metrics)
    assert figures["held out, test: video AUC"] == "0.900 [0.800, 0.950], 20 real and 30 fake videos, 25 people"
    assert "held out, test: method, against all reals: FF++, Deepfakes: AUC" in figures
    assert not any("face size" in name for name in figures)
    assert not any("Celeb-DF" in name for name in figures)  # 2 reals rank nothing


def test_another_name_may_be_given_but_not_one_that_is_taken(run_folder: Path) -> None:
    assert register(_registration(run_folder, name="lvnet.best"), registry.user_folder()).name == "lvnet.best"
    with pytest.raises(TrainingError, match="already"):
        register(_registration(run_folder, name="lvnet.best"), registry.user_folder())
    with pytest.raises(TrainingError, match="must begin with its architecture"):
        register(_registration(run_folder, name="other.best"), registry.user_folder())
    with pytest.raises(TrainingError, match="cannot name weights"):
        register(_registration(run_folder, name="../best"), registry.user_folder())


def test_weights_take_the_place_of_those_of_the_same_name_where_that_is_asked_for(run_folder: Path) -> None:
    before = register(_registration(run_folder), registry.user_folder())
    state = dict(load_network(before).state_dict())
    state["rgb.conv1.weight"] = 2 * state["rgb.conv1.weight"]
    other = run_folder.parent / "other"
    calibrated = read_candidate(run_folder)
    moved = save_candidate(RUN, state, other)
    registry.save_card(replace(calibrated, sha256=moved.sha256, files=moved.files), other / "weights")
    judged = _judged(read_candidate(other), run_folder.parent / "judged_other")
    registration = _registration(other, evaluations=(judged,))
    with pytest.raises(TrainingError, match="already"):
        register(registration, registry.user_folder())
    told = registry.user_folder() / "lvnet.mine.md"
    told.write_text("of the weights before")
    found = register(replace(registration, replace=True), registry.user_folder())
    assert not told.exists()
    assert found == registry.find_weights("lvnet.mine") != before
    assert load_network(found)
    assert sorted(registry.user_folder().glob("*.safetensors")) == sorted(found.files)
    assert register(replace(registration, replace=True), registry.user_folder()) == found
    assert all(path.is_file() for path in found.files)


def test_when_the_card_cannot_be_written_the_weights_before_stay(
    run_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = register(_registration(run_folder), registry.user_folder())

    def full(*_: object) -> Path:
        raise WeightsError("no space left")

    monkeypatch.setattr(registry, "save_card", full)
    with pytest.raises(TrainingError, match="no space left"):
        register(_registration(run_folder, replace=True), registry.user_folder())
    assert load_network(registry.find_weights("lvnet.mine"))
    assert registry.find_weights("lvnet.mine") == before


def test_weights_in_another_folder_are_not_replaced(run_folder: Path, tmp_path: Path) -> None:
    before = register(_registration(run_folder), registry.user_folder())
    with pytest.raises(TrainingError, match="already"):
        register(_registration(run_folder, replace=True), tmp_path / "elsewhere")
    assert all(path.is_file() for path in before.files)


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"calibration": None}, "a calibration"),
        ({"operating_points": ()}, "an operating point"),
        ({"envelope": None}, "the tested conditions"),
        ({"metrics": ()}, "figures with intervals"),
        ({"metrics": (("AUC", "0.9"),)}, "figures with intervals"),
        ({"license": ""}, "a license"),
        ({"created": ""}, "a date"),
        ({"architecture": ""}, "an architecture"),
        ({"trained": False}, "a trained network"),
        ({"training": (("commit", "abc"), ("data (train)", "x, SHA-256 of its index 0"))}, "the recipe"),
        ({"training": (("recipe", "x"), ("data (train)", "x, SHA-256 of its index 0"))}, "the commit"),
        ({"training": (("recipe", "x"), ("commit", "abc"))}, "the data it was trained on"),
    ],
)
def test_what_a_card_must_tell_is_named_where_it_is_missing(
    run_folder: Path, values: dict[str, object], missing: str
) -> None:
    whole = register(_registration(run_folder), registry.user_folder())
    assert lacks(whole) == []
    found = lacks(replace(whole, **values))  # type: ignore[arg-type]
    assert [word for word in found if word.startswith(missing)] == found != []


def test_a_card_that_lacks_something_is_refused_and_nothing_is_written(run_folder: Path) -> None:
    with pytest.raises(TrainingError, match=r"lacks figures with intervals \(lav evaluate\); a license"):
        register(_registration(run_folder, evaluations=(), license=""), registry.user_folder())
    assert not registry.user_folder().exists()


def test_figures_of_other_weights_are_refused(run_folder: Path) -> None:
    registration = _registration(run_folder)
    path = registration.evaluations[0] / "evaluation.json"
    plain = json.loads(path.read_text())
    plain["weights"]["sha256"] = "2" * 64
    path.write_text(json.dumps(plain))
    with pytest.raises(TrainingError, match="is of other weights"):
        register(registration, registry.user_folder())


def test_figures_from_before_the_calibration_are_refused(run_folder: Path) -> None:
    uncalibrated = replace(read_candidate(run_folder), calibration=None)
    judged = _judged(uncalibrated, run_folder.parent / "early")
    with pytest.raises(TrainingError, match="other thresholds or other tested conditions; run lav evaluate again"):
        register(_registration(run_folder, evaluations=(judged,)), registry.user_folder())


def test_shards_that_changed_after_the_training_are_refused(run_folder: Path) -> None:
    registration = _registration(run_folder)
    shard = read_candidate(run_folder).files[0]
    shard.write_bytes(shard.read_bytes()[:-1] + bytes([shard.read_bytes()[-1] ^ 1]))
    with pytest.raises(TrainingError, match="not those of their card"):
        register(registration, registry.user_folder())


@pytest.mark.parametrize(
    ("sha256", "split", "words"),
    [
        ("0" * 64, "train", "held out, split train, cannot stand in a card, since these videos were trained on"),
        ("0" * 64, "all", "these videos were trained on"),
        ("2" * 64, "val", "these videos were calibrated on and nothing is cross-fitted"),
    ],
)
def test_figures_of_videos_that_were_trained_or_calibrated_on_are_refused_beside_others_too(
    run_folder: Path, sha256: str, split: str, words: str
) -> None:
    seen = _judged(read_candidate(run_folder), run_folder.parent / "seen", sha256, split)
    both = (*_registration(run_folder).evaluations, seen)
    with pytest.raises(TrainingError, match=words):
        register(_registration(run_folder, evaluations=both), registry.user_folder())
    assert not registry.user_folder().exists()


CROSSED = Part(
    "cross-fitted", "10 folds of people", 20, 30, 25, tuple(Figure(name, 0.2, 0.1, 0.3) for name in NAMES[3:])
)


def test_figures_of_videos_that_were_calibrated_on_stand_in_a_card_where_they_are_cross_fitted(
    run_folder: Path,
) -> None:
    judged = _judged(read_candidate(run_folder), run_folder.parent / "seen", "2" * 64, "val", CROSSED)
    figures = dict(register(_registration(run_folder, evaluations=(judged,)), registry.user_folder()).metrics)
    where = "held out, val (these videos were calibrated on): video"
    assert figures[f"{where} AUC"].startswith("0.900 [0.800, 0.950]")
    assert figures[f"{where} TPR at 5 % FPR"].startswith("0.900")
    for name in NAMES[3:]:
        assert figures[f"{where} {name} (cross-fitted)"] == (
            "0.200 [0.100, 0.300], 20 real and 30 fake videos, 25 people"
        )
        assert f"{where} {name}" not in figures


def test_cross_fitting_does_not_excuse_videos_that_were_trained_on(run_folder: Path) -> None:
    judged = _judged(read_candidate(run_folder), run_folder.parent / "seen", "0" * 64, "train", CROSSED)
    with pytest.raises(TrainingError, match="these videos were trained on; evaluate on others"):
        register(_registration(run_folder, evaluations=(judged,)), registry.user_folder())


def test_stand_ins_that_were_not_trained_on_the_videos_excuse_weights_that_were(run_folder: Path) -> None:
    weights, judged_by = read_candidate(run_folder), (("train", "5" * 64),)
    judged = _judged(weights, run_folder.parent / "by", "0" * 64, "train", stand_ins=judged_by)
    figures = dict(register(_registration(run_folder, evaluations=(judged,)), registry.user_folder()).metrics)
    assert "held out, train (scored by stand-ins): video AUC" in figures
    seen = _judged(weights, run_folder.parent / "too", "0" * 64, "train", notes=(TRAINED,), stand_ins=judged_by)
    with pytest.raises(TrainingError, match="these videos were trained on"):
        register(_registration(run_folder, evaluations=(seen,), name="lvnet.other"), registry.user_folder())


def test_figures_of_the_videos_that_chose_the_checkpoint_say_so_in_the_card(run_folder: Path) -> None:
    judged = _judged(read_candidate(run_folder), run_folder.parent / "chosen", "0" * 64, "val")
    figures = dict(register(_registration(run_folder, evaluations=(judged,)), registry.user_folder()).metrics)
    assert "held out, val (these videos chose the checkpoint): video AUC" in figures


def test_the_other_splits_of_the_set_that_was_trained_on_are_held_out(run_folder: Path) -> None:
    judged = _judged(read_candidate(run_folder), run_folder.parent / "test", "0" * 64, "test")
    figures = dict(register(_registration(run_folder, evaluations=(judged,)), registry.user_folder()).metrics)
    assert "held out, test: video AUC" in figures


def test_weights_that_are_shipped_lie_in_the_program_and_are_found_there(
    run_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_PACKAGE", run_folder.parent / "package")
    cards, files = registry.shipped_folders()
    shipped = register(_registration(run_folder), cards, files)
    assert registry.find_weights("lvnet.mine") == shipped
    assert load_network(shipped)
    assert [path.name for path in cards.iterdir()] == ["lvnet.mine.json"]
    assert sorted(files.iterdir()) == sorted(shipped.files)
    assert not registry.user_folder().exists()
    with pytest.raises(TrainingError, match="already"):
        register(_registration(run_folder), registry.user_folder())


def test_shrunk_weights_are_registered_with_their_own_figures_alone(run_folder: Path) -> None:
    given = read_candidate(run_folder)
    shrunk = shrink(run_folder, "int8", run_folder.parent / "small").weights
    calibrated = replace(
        shrunk, calibration=given.calibration, operating_points=given.operating_points, envelope=given.envelope
    )
    registry.save_card(calibrated, run_folder.parent / "small")
    small = {"candidate": run_folder.parent / "small", "license": "research only"}
    with pytest.raises(TrainingError, match="is of other weights"):
        register(_registration(run_folder, **small), registry.user_folder())
    judged = _judged(calibrated, run_folder.parent / "judged small")
    registered = register(_registration(run_folder, **small, evaluations=(judged,)), registry.user_folder())
    assert registry.find_weights("lvnet.mine") == registered
    assert registered.training == shrunk.training
    assert load_network(registered)
