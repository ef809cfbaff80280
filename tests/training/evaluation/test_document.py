import csv
import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.evaluation.document import (
    Evaluation,
    read_judgement,
    write_document,
    write_faces,
    write_videos,
)
from lav_gui.training.evaluation.exposure import SetUse
from lav_gui.training.evaluation.robustness import Curve, Robustness
from lav_gui.training.evaluation.scoring import ScoredFace
from lav_gui.training.evaluation.tables import Figure, Part
from lav_gui.training.evaluation.videos import VideoScore
from lav_gui.training.pictures.degradation import Degradation
from lav_gui.training.sets.index import FaceRow
from model_zoo.weights_record import Weights

WHOLE = Part(
    "all", "videos", 1, 1, 2, (Figure("AUC", 0.75, 0.5, math.inf), Figure("EER", math.nan, math.nan, math.nan, "why"))
)


@pytest.fixture
def evaluation(weights: Weights, make_video: Callable[..., VideoScore]) -> Evaluation:
    curve = Curve("blur", (Degradation("blur", 1.0),), (WHOLE,))
    return Evaluation(
        weights=weights,
        set_name="set",
        set_sha256="0" * 64,
        packed_from="",
        notes=(),
        settings=(("split", "test"),),
        created="2026-11-24T00:00:00+00:00",
        videos=(make_video("a", 0, -1.0, bits_per_pixel=math.nan), make_video("b", 1, 0.0)),
        whole=WHOLE,
        frames=replace(WHOLE, unit="frames"),
        parts=(replace(WHOLE, kind="dataset"),),
        pairs=(),
        rules=(),
        streams=(),
        localization=(),
        robustness=Robustness(WHOLE, (curve,)),
    )


def test_the_document_is_plain_json_and_says_null_where_nothing_can_be_told(
    evaluation: Evaluation, tmp_path: Path
) -> None:
    write_document(evaluation, tmp_path / "evaluation.json")
    plain = json.loads((tmp_path / "evaluation.json").read_text(), parse_constant=_refuse)
    assert plain["schema"] == "lav.evaluation/1"
    assert plain["whole"]["figures"][0] == {"name": "AUC", "value": 0.75, "low": 0.5, "high": None, "note": ""}
    assert plain["whole"]["figures"][1]["value"] is None
    assert plain["videos"][0]["bits_per_pixel"] is None
    assert plain["robustness"]["curves"][0]["levels"] == [{"kind": "blur", "level": 1.0}]
    assert [path.name for path in tmp_path.iterdir()] == ["evaluation.json"]


def test_cross_fitted_figures_are_written_and_read_back_where_there_are(evaluation: Evaluation, tmp_path: Path) -> None:
    write_document(evaluation, tmp_path / "none.json")
    assert json.loads((tmp_path / "none.json").read_text())["cross_fitted"] is None
    assert read_judgement(tmp_path / "none.json").cross_fitted is None
    crossed = Part("cross-fitted", "10 folds of people", 1, 1, 2, (Figure("Brier", 0.2, 0.1, 0.3),))
    write_document(replace(evaluation, cross_fitted=crossed), tmp_path / "some.json")
    assert read_judgement(tmp_path / "some.json").cross_fitted == crossed


def test_documents_of_before_cross_fitting_are_read(evaluation: Evaluation, tmp_path: Path) -> None:
    write_document(evaluation, tmp_path / "e.json")
    plain = json.loads((tmp_path / "e.json").read_text())
    del plain["cross_fitted"]
    (tmp_path / "e.json").write_text(json.dumps(plain))
    assert read_judgement(tmp_path / "e.json").cross_fitted is None


def _refuse(word: str) -> None:
    raise AssertionError(word)


def test_what_a_card_needs_is_read_back(evaluation: Evaluation, tmp_path: Path) -> None:
    write_document(evaluation, tmp_path / "evaluation.json")
    judgement = read_judgement(tmp_path / "evaluation.json")
    assert judgement.judged == SetUse("set", "0" * 64, "", "test")
    assert judgement.weights == evaluation.weights
    assert judgement.whole.figure("AUC").value == 0.75
    assert math.isnan(judgement.whole.figure("EER").value)
    assert [part.kind for part in judgement.parts] == ["dataset"]


@pytest.mark.parametrize(
    ("text", "words"), [("{}", "cannot be read"), ("[", "cannot be read"), ('{"schema": "x"}', "not an evaluation")]
)
def test_another_file_is_refused(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "e.json").write_text(text)
    with pytest.raises(TrainingError, match=words):
        read_judgement(tmp_path / "e.json")


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="cannot be opened"):
        read_judgement(tmp_path / "e.json")


def test_each_video_has_a_line_with_its_probability(evaluation: Evaluation, tmp_path: Path) -> None:
    write_videos(evaluation, tmp_path / "videos.csv")
    with (tmp_path / "videos.csv").open() as file:
        lines = list(csv.DictReader(file))
    assert [(line["source"], line["logit"], line["fake_prob"]) for line in lines] == [
        ("a", "-1", "0.268941"),
        ("b", "0", "0.500000"),
    ]
    assert lines[0]["bits_per_pixel"] == ""


def test_each_face_has_a_line(
    make_row: Callable[..., FaceRow], make_face: Callable[..., ScoredFace], tmp_path: Path
) -> None:
    write_faces([make_face(make_row("a", 1, 7), 1.5)], tmp_path / "faces.csv")
    with (tmp_path / "faces.csv").open() as file:
        line = next(csv.DictReader(file))
    assert (line["video"], line["frame_index"], line["logit"]) == ("FF++/Deepfakes/c23/a", "7", "1.5")
    assert line["rgb_logit"] == line["pixel_auc"] == ""
