from dataclasses import replace
from typing import Any

import pytest

from lav_gui.training.evaluation.card_evaluation import Judged, brier_of, evaluation_section, results_summary, table
from model_zoo.weights_record import Calibration, Weights


def _figure(name: str, value: float | None = 0.75, **values: Any) -> dict[str, Any]:
    return {"name": name, "value": value, "low": 0.5, "high": 0.9, "note": ""} | values


def _part(kind: str, name: str, reals: int, fakes: int, *figures: dict[str, Any]) -> dict[str, Any]:
    return {"kind": kind, "name": name, "reals": reals, "fakes": fakes, "groups": 7, "figures": figures}


@pytest.fixture
def document() -> dict[str, Any]:
    """An evaluation of which only one table is filled; tests put in what they ask for."""
    return {
        "set_name": "clips",
        "set_sha256": "1" * 64,
        "packed_from": "",
        "notes": [],
        "settings": [
            ["split", "val"], ["frames per track", "16"], ["crop margin", "1.35"],
            ["frames per track in the sweep", "4"],
        ],
        "whole": _part("all", "videos", 34, 36, _figure("AUC"), _figure("Brier", 0.2)),
        "cross_fitted": None,
        "parts": [], "pairs": [], "streams": [], "localization": [], "robustness": None,
    }  # fmt: skip


def test_a_ranking_of_too_few_videos_is_not_printed_and_a_rate_of_them_is(document: dict[str, Any]) -> None:
    rate = _figure("reals called fake at fake probability 0.700", 0.0, note="0 of 1")
    document["parts"] = [
        _part("dataset", "DFDC", 1, 2, _figure("AUC", 1.0), rate),
        _part("dataset", "Celeb-DF", 3, 3, _figure("AUC", 0.6), rate),
        _part("dataset", "talking", 5, 0, _figure("AUC", None, low=None, high=None, note="there is no fake"), rate),
    ]
    text = evaluation_section(Judged(document, ()))
    assert "| DFDC | 1 / 2 | too few | 0.000 [0.500, 0.900] (0 of 1) |" in text
    assert "| Celeb-DF | 3 / 3 | 0.600 [0.500, 0.900] |" in text
    assert "| talking | 5 / 0 | not computed: there is no fake |" in text


def test_out_of_fold_rates_are_no_rates_of_the_shipped_thresholds(document: dict[str, Any]) -> None:
    figures = [_figure("Brier", 0.21), _figure("false positives at asked rate 5 %", 0.1, note="3 of 34")]
    document["cross_fitted"] = _part("cross-fitted", "10 folds of people", 34, 36, *figures)
    text = evaluation_section(Judged(document, ()))
    assert "**These are not the shipped thresholds**" in text
    assert "rates of the 34 real and 36 fake videos that count for a calibration" in text
    assert "| false positives at target FPR 5 % | 0.100 [0.500, 0.900] (3 of 34) |" in text


@pytest.mark.parametrize("kind", ["method, against matched originals", "method, against its own originals"])
def test_matched_originals_have_a_table_in_old_documents_too(document: dict[str, Any], kind: str) -> None:
    document["parts"] = [_part(kind, "FF++, FaceSwap", 4, 4, _figure("AUC"))]
    assert "By method, against matched originals:\n\n|" in evaluation_section(Judged(document, ()))


def test_the_sweep_says_how_many_frames_it_scored(document: dict[str, Any]) -> None:
    part = _part("robustness", "untouched", 34, 36, _figure("AUC"))
    document["robustness"] = {"untouched": part, "curves": [{"parts": [part | {"name": "H.264 CRF 40"}]}]}
    text = evaluation_section(Judged(document, ()))
    assert "After degradation of the picture (4 frames of each track):" in text
    assert "| H.264 CRF 40 |" in text


def test_the_heatmap_stands_beside_its_baselines_where_they_were_measured(document: dict[str, Any]) -> None:
    heatmap = _part("localization", "all", 0, 9, _figure("pixel_auc", 0.9))
    document["localization"] = [heatmap]
    assert "central ellipse" not in evaluation_section(Judged(document, ()))
    ellipse = _part("localization baseline", "all: central ellipse", 0, 9, _figure("pixel_auc", 0.8))
    document["localization"] = [heatmap, ellipse]
    text = evaluation_section(Judged(document, ()))
    assert "beside two baselines on the same faces" in text
    assert "|  | real / fake | pixel AUC in the crop |" in text
    assert "| all: central ellipse | 0 / 9 | 0.800 [0.500, 0.900] |" in text


def test_the_summary_has_a_row_for_each_set_and_prefers_the_cross_fitted_brier_score(document: dict[str, Any]) -> None:
    other = document | {"set_name": "new"}
    document["cross_fitted"] = _part("cross-fitted", "10 folds of people", 34, 36, _figure("Brier", 0.3))
    text = results_summary([Judged(document, ()), Judged(other, ())])
    assert "| clips, split val | 34 / 36 | 7 | 0.750 [0.500, 0.900] |" in text
    assert "| 0.300 [0.500, 0.900] (cross-fitted) |" in text
    assert "| new, split val |" in text
    assert results_summary([]) == ""


def test_a_set_without_a_brier_score_has_none(document: dict[str, Any]) -> None:
    document["whole"] = _part("all", "videos", 1, 0, _figure("Brier", None))
    assert brier_of(Judged(document, ())) is None


def test_one_person_is_no_people(document: dict[str, Any]) -> None:
    document["whole"]["groups"] = 1
    assert "fake videos of 1 person, 16 frames" in evaluation_section(Judged(document, ()))


def test_a_set_is_calibrated_on_where_the_calibration_names_it(document: dict[str, Any], weights: Weights) -> None:
    own = Judged(document, ())
    assert not own.is_calibrated_on(weights)
    source = f"clips, split val, SHA-256 of its index {'1' * 64}; 2 fake and 2 real videos"
    calibrated = replace(weights, calibration=Calibration(1, 0, source))
    assert own.is_calibrated_on(calibrated)


def test_a_bar_in_a_cell_becomes_a_slash() -> None:
    assert table(("a",), [("b|c",)]).endswith("| b/c |")
