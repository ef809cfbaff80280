import csv
import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lav_gui.errors import TrainingError
from lav_gui.records import Stage
from lav_gui.steps import run_to_end
from lav_gui.training.evaluation import robustness, stand_ins
from lav_gui.training.evaluation.document import Evaluation
from lav_gui.training.evaluation.evaluate import EvaluationSettings, evaluate, frames_part, localization_parts
from lav_gui.training.evaluation.exposure import CALIBRATED, TRAINED, SetUse
from lav_gui.training.evaluation.localization import Localization, localize
from lav_gui.training.evaluation.scoring import ScoredFace, ScoringSettings
from lav_gui.training.evaluation.tables import Judge
from lav_gui.training.pictures.degradation import Degradation
from lav_gui.training.sets.index import FaceRow
from lav_gui.training.sets.store import PreparedSet
from model_zoo.networks import LVNet
from model_zoo.weights_record import Calibration, OperatingPoint, Weights

Evaluated = tuple[PreparedSet, Evaluation, Path]
SETTINGS = EvaluationSettings(scoring=ScoringSettings(device="cpu", streams=True), resamples=100, samples=2)


def _evaluate(
    prepared: PreparedSet, weights: Weights, network: LVNet, out: Path, settings: EvaluationSettings = SETTINGS
) -> Evaluation:
    return run_to_end(evaluate(weights, prepared, settings, out, network=network))


@pytest.fixture(scope="module")
def evaluated(
    make_prepared: Callable[[Path], PreparedSet],
    weights: Weights,
    make_network: Callable[[], LVNet],
    tmp_path_factory: pytest.TempPathFactory,
) -> Evaluated:
    """The set, what was found on it, and the folder that was written."""
    folder = tmp_path_factory.mktemp("evaluated")
    prepared = make_prepared(folder / "set")
    return prepared, _evaluate(prepared, weights, make_network(), folder / "out"), folder / "out"


def test_an_evaluation_writes_its_page_its_document_and_its_tables(evaluated: Evaluated, weights: Weights) -> None:
    prepared, evaluation, out = evaluated
    assert sorted(path.name for path in out.iterdir()) == [
        "evaluation.json", "faces.csv", "page.html", "videos.csv",
    ]  # fmt: skip
    assert (evaluation.whole.reals, evaluation.whole.fakes, evaluation.whole.groups) == (4, 4, 4)
    assert (evaluation.frames.reals, evaluation.frames.fakes, evaluation.frames.groups) == (8, 8, 4)
    document = json.loads((out / "evaluation.json").read_text())
    assert document["schema"] == "lav.evaluation/1"
    assert document["set_sha256"] == prepared.card.index_sha256
    assert document["weights"]["sha256"] == weights.sha256
    with (out / "videos.csv").open() as file:
        assert [line["video"] for line in csv.DictReader(file)] == [video.video for video in evaluation.videos]


def test_all_tables_are_filled(evaluated: Evaluated) -> None:
    _, evaluation, _ = evaluated
    assert evaluation.notes == ()
    assert {part.kind for part in evaluation.parts} >= {"dataset", "method, against all reals", "compression"}
    assert evaluation.pairs[0].fakes == 4
    assert [part.name for part in evaluation.streams] == ["both", "rgb", "noise"]
    assert evaluation.streams[0].figure("AUC").value == evaluation.whole.figure("AUC").value
    assert evaluation.rules[0].figure("AUC").value == evaluation.whole.figure("AUC").value
    kinds = {part.name: part.kind for part in evaluation.localization}
    assert next(iter(kinds)) == "all fakes with masks"
    assert kinds["all fakes with masks: central ellipse"] == "localization baseline"
    assert kinds["FF++, Deepfakes: all-zero map"] == "localization baseline"
    assert evaluation.robustness is None
    assert evaluation.cross_fitted is None


def test_the_same_evaluation_gives_the_same_figures(
    evaluated: Evaluated, weights: Weights, make_network: Callable[[], LVNet], tmp_path: Path
) -> None:
    prepared, first, _ = evaluated
    again = _evaluate(prepared, weights, make_network(), tmp_path)
    assert first.whole == again.whole
    assert first.videos == again.videos


def test_a_sweep_that_is_asked_for_is_made_on_few_frames(
    prepared: PreparedSet,
    weights: Weights,
    make_network: Callable[[], LVNet],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(robustness.SWEEPS, "short", {"blur": (Degradation("blur", 2.0),)})  # type: ignore[arg-type]
    settings = replace(SETTINGS, sweep="short", sweep_frames=1, samples=0)
    stages = list(evaluate(weights, prepared, settings, tmp_path, network=make_network()))
    assert Stage("robustness: blur 2", 8, 8) in stages  # one of two frames of eight videos
    document = json.loads((tmp_path / "evaluation.json").read_text())
    assert document["robustness"]["curves"][0]["name"] == "blur"


def test_an_empty_split_names_those_that_are_there(prepared: PreparedSet, weights: Weights, tmp_path: Path) -> None:
    settings = EvaluationSettings(scoring=ScoringSettings(split="val"))
    with pytest.raises(TrainingError, match="no face in the split 'val'; its splits are: test"):
        run_to_end(evaluate(weights, prepared, settings, tmp_path))


def test_a_folder_that_cannot_be_written_is_one_sentence(
    prepared: PreparedSet, weights: Weights, make_network: Callable[[], LVNet], tmp_path: Path
) -> None:
    (tmp_path / "out").write_text("a file is in the way")
    with pytest.raises(TrainingError, match="cannot be written"):
        _evaluate(prepared, weights, make_network(), tmp_path / "out")


@pytest.mark.parametrize("values", [{"sweep": "hard"}, {"resamples": 5}, {"samples": -1}, {"sweep_frames": -1}])
def test_what_makes_no_sense_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(TrainingError):
        EvaluationSettings(**values)  # type: ignore[arg-type]


def test_more_frames_of_the_same_people_do_not_narrow_the_intervals_over_frames(
    make_row: Callable[..., FaceRow], make_face: Callable[..., ScoredFace], weights: Weights
) -> None:
    """Fails when frames are treated as independent."""
    scores = np.random.default_rng(3).normal([0, 1], size=(12, 2))
    few, many = (
        [
            make_face(make_row(f"{i}_{label}", label, frame, identity=str(i)), scores[i, label])
            for i in range(12)
            for label in (0, 1)
            for frame in range(frames)
        ]
        for frames in (1, 9)
    )
    one, nine = (frames_part(faces, Judge(weights, 200)).figure("AUC") for faces in (few, many))
    assert (nine.low, nine.high) == pytest.approx((one.low, one.high))
    assert one.low < one.value < one.high


def test_an_evaluation_says_where_the_weights_have_seen_its_videos(
    prepared: PreparedSet, weights: Weights, make_network: Callable[[], LVNet], tmp_path: Path
) -> None:
    seen = replace(weights, training=(("data (train)", SetUse.of(prepared.card, "test").told()),))
    settings = replace(SETTINGS, samples=0, scoring=ScoringSettings(device="cpu"))
    evaluation = _evaluate(prepared, seen, make_network(), tmp_path, settings)
    assert evaluation.notes == (TRAINED,)
    assert json.loads((tmp_path / "evaluation.json").read_text())["notes"] == [TRAINED]
    assert "Attention: these videos were trained on." in (tmp_path / "page.html").read_text()


def test_an_evaluation_on_the_videos_of_the_calibration_is_cross_fitted(
    prepared: PreparedSet,
    weights: Weights,
    brightness_runner: object,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stand_ins, "open_runner", lambda *_: brightness_runner)
    source = (
        f"{SetUse.of(prepared.card, 'test').told()}; 4 fake and 4 real videos, platt, both classes weighing the same"
    )
    point = OperatingPoint(0.5, 0.0, (0.0, 0.6), 1.0, (0.4, 1.0), asked_rate=0.25)
    ready = replace(weights, calibration=Calibration(1.0, 0.0, source), operating_points=(point,))
    settings = replace(SETTINGS, samples=0, scoring=ScoringSettings(device="cpu"))
    found = run_to_end(evaluate(ready, prepared, settings, tmp_path))
    assert found.notes == (CALIBRATED,)
    assert found.cross_fitted is not None
    assert found.cross_fitted.name == "4 folds of people"
    assert found.cross_fitted.figure("Brier").value > found.whole.figure("Brier").value
    assert found.cross_fitted.figure("true positives at asked rate 25 %").value == 1.0
    assert json.loads((tmp_path / "evaluation.json").read_text())["cross_fitted"]["name"] == "4 folds of people"
    assert "<h2>Cross-fitted</h2>" in (tmp_path / "page.html").read_text()


def _located(face: ScoredFace, value: float) -> ScoredFace:
    return replace(face, localization=Localization(value, value, value, value, value))


def test_of_a_video_the_mean_over_its_faces_counts_once(
    make_row: Callable[..., FaceRow], make_face: Callable[..., ScoredFace], weights: Weights
) -> None:
    long = [_located(make_face(make_row("a", 1, frame), 0.0), 1.0) for frame in range(9)]
    short = [_located(make_face(make_row("b", 1), 0.0), 0.0)]
    unknown = [make_face(make_row("c", 1), 0.0)]
    whole, method = localization_parts(long + short + unknown, Judge(weights, 100))
    assert (whole.name, method.name) == ("all fakes with masks", "FF++, Deepfakes")
    assert whole.figure("pixel_auc").value == 0.5
    assert (whole.fakes, whole.groups) == (2, 2)


def test_of_reals_only_the_patch_accuracy_is_told(
    make_row: Callable[..., FaceRow], make_face: Callable[..., ScoredFace], weights: Weights
) -> None:
    part = localization_parts([_located(make_face(make_row("a"), 0.0), 0.75)], Judge(weights, 100))[0]
    assert [figure.name for figure in part.figures] == ["patch_accuracy"]
    assert part.figures[0].value == 0.75
    assert math.isnan(part.figures[0].low)


def test_the_baselines_stand_after_the_heatmap_and_count_videos_alike(
    make_row: Callable[..., FaceRow], make_face: Callable[..., ScoredFace], weights: Weights
) -> None:
    corner, everything = np.zeros((8, 8), np.uint8), np.full((8, 8), 255, np.uint8)
    corner[:2, :2] = 255
    heatmap = np.zeros((4, 4))
    heatmap[0, 0] = 1
    faces = [
        replace(make_face(make_row(name, 1, frame), 0.0), localization=localize(heatmap, mask))
        for name, frames, mask in (("a", 3, corner), ("b", 1, everything))
        for frame in range(frames)
    ]
    found, ellipse, zero = localization_parts(faces, Judge(weights, 100))[:3]
    assert (ellipse.name, zero.name) == ("all fakes with masks: central ellipse", "all fakes with masks: all-zero map")
    assert (ellipse.fakes, zero.groups) == (found.fakes, found.groups) == (2, 2)
    assert found.figure("pixel_auc").value == 1.0
    assert ellipse.figure("pixel_auc").value < 0.1
    assert zero.figure("pixel_auc").value == 0.5
    assert zero.figure("patch_accuracy").value == pytest.approx((15 / 16 + 0) / 2)
