import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.evaluation.evaluate import EvaluationSettings, evaluate
from lav_gui.training.evaluation.model_card import read_judged, write_model_card
from lav_gui.training.evaluation.scoring import ScoringSettings
from lav_gui.training.sets.store import PreparedSet
from model_zoo.networks import LVNet
from model_zoo.weights_record import Calibration, Envelope, OperatingPoint, Weights


@pytest.fixture
def calibrated(weights: Weights) -> Weights:
    """A record with all that a card can tell; its threshold calls every video fake, or none."""
    return replace(
        weights,
        calibration=Calibration(2.0, 0.1, "ten | videos"),
        operating_points=(OperatingPoint(0.0, 0.05, (0.01, 0.1), 0.9, (0.8, 1.0)),),
        inconclusive=(0.3, 0.6),
        envelope=Envelope((20, 200), (0, 1e6), (0.02, 0.3), ("h264", "hevc")),
        license="research only",
        training=(("recipe", "self_blend"), ("seed", "1234")),
    )


@pytest.fixture
def judge(prepared: PreparedSet, tmp_path: Path, make_network: Callable[..., LVNet]) -> Callable[[Weights], Path]:
    """Evaluates a record on the four people with the narrow network, with streams and a sweep."""

    def judged(weights: Weights) -> Path:
        settings = EvaluationSettings(ScoringSettings(split="all", streams=True), 100, sweep="short", samples=0)
        for _ in evaluate(weights, prepared, settings, tmp_path / "judged", network=make_network()):
            pass
        return tmp_path / "judged"

    return judged


def _card(weights: Weights, folder: Path, notes: str = "") -> str:
    path = folder.parent / "card.md"
    write_model_card(weights, [folder], notes, path)
    return path.read_text(encoding="utf-8")


def test_every_figure_of_the_card_is_that_of_the_evaluation(
    calibrated: Weights, judge: Callable[[Weights], Path]
) -> None:
    folder = judge(calibrated)
    text = _card(calibrated, folder, "Why *this* recipe.")
    whole = json.loads((folder / "evaluation.json").read_text())["whole"]
    auc = next(figure for figure in whole["figures"] if figure["name"] == "AUC")
    assert f"| AUC | {auc['value']:.3f} [{auc['low']:.3f}, {auc['high']:.3f}] |" in text
    assert f"    - type: roc_auc\n      value: {auc['value']:.4f}\n" in text
    brier = next(figure for figure in whole["figures"] if figure["name"] == "Brier")
    assert f"    - type: brier_score\n      value: {brier['value']:.4f}\n" in text
    for words in ("Why *this* recipe.", "| seed | 1234 |", calibrated.sha256, "4 real and 4 fake videos of 4 people"):
        assert words in text
    for words in (
        "By source:",
        "its matched original:",
        "| noise |",
        "| H.264 CRF 40 |",
        "against the mask",
        "h264, hevc",
    ):
        assert words in text


def test_the_card_tells_what_the_logit_is_made_of(calibrated: Weights, judge: Callable[[Weights], Path]) -> None:
    assert "| logit of a face | class head, fake minus real |" in _card(calibrated, judge(calibrated))
    mapped = replace(calibrated, map_contrast=2.0)
    assert "plus 2 x contrast of the map" in _card(mapped, judge(mapped))


def test_a_table_keeps_its_columns_whatever_a_cell_says(calibrated: Weights, judge: Callable[[Weights], Path]) -> None:
    told = replace(calibrated, training=(("data (train)", "faces | clips"),))
    text = _card(told, judge(told))
    assert "faces / clips" in text
    for table in (block for block in text.split("\n\n") if block.startswith("|")):
        assert len({line.count("|") for line in table.splitlines()}) == 1


def test_failures_are_named_with_the_frame_furthest_off(calibrated: Weights, judge: Callable[[Weights], Path]) -> None:
    folder = judge(calibrated)
    text = _card(calibrated, folder)
    assert "4 reals called fake." in text
    assert "No fake not called fake." in text
    real = max((f for f in read_judged(folder).faces if f["label"] == "0"), key=lambda face: float(face["logit"]))
    probability = float(calibrated.fake_prob(np.array(float(real["logit"]))))
    assert f"frame {real['frame_index']}: {probability:.3f}" in text


def test_where_videos_lay_on_the_machine_is_not_told(calibrated: Weights, judge: Callable[[Weights], Path]) -> None:
    folder = judge(calibrated)
    path = folder / "evaluation.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    for video in document["videos"]:
        video["video"] = video["video"].replace(video["source"], f"home/me/{video['identity']}/{video['source']}")
        video["source"] = f"home/me/{video['identity']}/{video['source']}"
    path.write_text(json.dumps(document), encoding="utf-8")
    text = _card(calibrated, folder)
    assert "home/me" not in text
    assert "`FF++/real/c23/000/000`" in text


def test_a_miss_is_one_below_the_threshold(calibrated: Weights, judge: Callable[[Weights], Path]) -> None:
    strict = replace(calibrated, operating_points=(replace(calibrated.operating_points[0], threshold=1.0),))
    text = _card(strict, judge(strict))
    assert "No real called fake." in text
    assert "4 fakes not called fake." in text


def _head(text: str) -> str:
    return text.split("---\n")[1]


def test_the_head_names_the_license_by_a_short_id_and_the_card_holds_its_text(
    calibrated: Weights, judge: Callable[[Weights], Path]
) -> None:
    told = replace(calibrated, license="Non-commercial research only: the data are under such terms (FFHQ)")
    text = _card(told, judge(told))
    assert "license: other\nlicense_name: lav-noncommercial-research\nlicense_link: " in _head(text)
    assert f"## License\n\n{told.license}" in text
    other = replace(calibrated, license="Free for all: as you like")
    assert "license_name: free-for-all\n" in _head(_card(other, judge(other)))


def test_the_head_tells_what_was_trained_on_from_what_was_evaluated_on(
    calibrated: Weights, judge: Callable[[Weights], Path]
) -> None:
    fact = ("data (train)", f"faces, split train, SHA-256 of its index {'1' * 64}; terms")
    told = replace(calibrated, training=(*calibrated.training, fact))
    head = _head(_card(told, judge(told)))
    assert '- "faces"  # trained on (prepared set)\n- "FF++"  # evaluated on\n' in head
    assert "base_model" not in head
    started = replace(told, training=(("start", "imagenet:timm"),))
    assert "base_model: timm/legacy_xception.tf_in1k\n" in _head(_card(started, judge(started)))


def test_every_metric_that_the_head_names_is_in_its_results(
    calibrated: Weights, judge: Callable[[Weights], Path]
) -> None:
    head = _head(_card(calibrated, judge(calibrated)))
    named = re.findall(r"^- (roc_auc|brier_score)$", head, re.MULTILINE)
    assert named == re.findall(r"- type: (\w+)$", head, re.MULTILINE) == ["roc_auc", "brier_score"]


def test_a_card_without_an_evaluation_claims_no_metric(calibrated: Weights, tmp_path: Path) -> None:
    write_model_card(calibrated, [], "", tmp_path / "card.md")
    text = (tmp_path / "card.md").read_text(encoding="utf-8")
    assert "metrics:" not in text
    assert "model-index" not in text
    assert "Verdicts at the shipped thresholds\n" not in text


def test_data_and_hyperparameters_have_a_table_each(calibrated: Weights, judge: Callable[[Weights], Path]) -> None:
    told = replace(calibrated, training=(*calibrated.training, ("data (train)", "the faces")))
    text = _card(told, judge(told))
    hyper, data = text.index("### Hyperparameters"), text.index("### Data, as recorded")
    assert hyper < text.index("| seed | 1234 |") < data < text.index("| data (train) | the faces |")


def test_every_section_of_the_card_is_there_in_its_order(calibrated: Weights, judge: Callable[[Weights], Path]) -> None:
    text = _card(calibrated, judge(calibrated))
    titles = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert titles == [
        "Model details", "Uses", "Bias, risks and limitations", "Recommendations", "How to get started", "Training",
        "Evaluation", "Verdicts at the shipped thresholds", "False positives on real video",
        "Calibration and thresholds", "Tested conditions", "License", "Citation",
    ]  # fmt: skip
    assert text.index("### Summary") < text.index("### four people, split all")
    for word in ("analyser", "not told", "own original", "asked rate", "worn"):
        assert word not in text


def test_weights_without_calibration_say_so(weights: Weights, judge: Callable[[Weights], Path]) -> None:
    text = _card(weights, judge(weights))
    assert "Not calibrated" in text
    assert "Nothing is known of the training." in text
    assert "Failures" not in text


def test_an_evaluation_of_other_weights_is_refused(calibrated: Weights, judge: Callable[[Weights], Path]) -> None:
    folder = judge(calibrated)
    with pytest.raises(TrainingError, match="of other weights than"):
        write_model_card(replace(calibrated, sha256="0" * 64), [folder], "", folder.parent / "card.md")
    assert not (folder.parent / "card.md").exists()


def test_an_evaluation_from_before_the_calibration_is_refused(
    calibrated: Weights, judge: Callable[[Weights], Path]
) -> None:
    """Fails when figures at one threshold could stand beside verdicts at another."""
    folder = judge(calibrated)
    assert calibrated.envelope is not None
    wider = replace(calibrated.envelope, sharpness=(5.0, 1e6))
    for again in (replace(calibrated, inconclusive=(0.2, 0.6)), replace(calibrated, envelope=wider)):
        with pytest.raises(TrainingError, match="other tested conditions; run lav evaluate again"):
            write_model_card(again, [folder], "", folder.parent / "card.md")


def test_a_folder_that_holds_no_evaluation_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no folder of an evaluation"):
        read_judged(tmp_path)
    (tmp_path / "evaluation.json").write_text("{}")
    (tmp_path / "faces.csv").write_text("")
    with pytest.raises(TrainingError, match="cannot be read as an evaluation"):
        read_judged(tmp_path)
