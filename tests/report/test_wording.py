import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from lav_gui.records import Verdict, VerdictState
from lav_gui.report import wording
from lav_gui.report.document import page_data
from lav_gui.report.record import Report
from model_zoo.weights_record import Weights

FORBIDDEN = re.compile(
    r"\b(is|are|was|were|be) (a |an )?(deep)?(fake|real|forged|genuine|authentic)\b|\bproves?\b|\bguilt", re.IGNORECASE
)
WITHDRAWN = ("does not show that the video is authentic",)


def _said(report: Report) -> str:
    text = json.dumps(page_data(report), ensure_ascii=False)
    for phrase in WITHDRAWN:
        text = text.replace(phrase, "")
    return text


@pytest.mark.parametrize("name", ["report", "untrained_report", "uncalibrated_report", "faceless_report"])
def test_no_report_says_that_something_is_fake_or_real(name: str, request: pytest.FixtureRequest) -> None:
    said = _said(request.getfixturevalue(name))
    assert FORBIDDEN.search(said) is None, FORBIDDEN.search(said)


@pytest.mark.parametrize("name", ["report", "untrained_report", "uncalibrated_report", "faceless_report"])
def test_every_report_gives_no_evaluative_opinion_and_no_likelihood_ratio(
    name: str, request: pytest.FixtureRequest
) -> None:
    said = _said(request.getfixturevalue(name))
    assert "No evaluative opinion" in said
    assert "times more probable" not in said
    assert "Absence of detection does not show authenticity" in said
    assert "not the proportion of the video" in said


@pytest.mark.parametrize("state", list(VerdictState))
def test_each_state_has_a_title_and_a_meaning(state: VerdictState) -> None:
    assert wording.STATE_TITLES[state]
    assert wording.STATE_MEANINGS[state].endswith(".")


def test_the_banner_follows_the_weights(make_weights: Callable[..., Weights]) -> None:
    untrained, uncalibrated = make_weights(trained=False, calibration=None), make_weights(calibration=None)
    banners = [wording.banner(weights) for weights in (untrained, uncalibrated, make_weights())]
    assert [banner and banner.title for banner in banners] == ["UNTRAINED", "UNCALIBRATED", None]


def test_only_a_calibrated_score_is_called_a_probability(make_weights: Callable[..., Weights]) -> None:
    assert wording.score_name(make_weights()) == "fake probability"
    assert "probability" not in wording.score_name(make_weights(calibration=None))
    assert "probability" not in wording.score_title(make_weights(trained=False))


def test_error_rates_are_both_printed_with_their_intervals(report: Report) -> None:
    sentence = wording.error_rates(report.verdict, report.weights)
    assert "5 % of the unmanipulated videos reached it (95 % interval 3.1 to 7.6 %)" in sentence
    assert "13 % of the manipulated videos did not (10 to 17 %)" in sentence


def test_the_rate_that_the_threshold_was_set_for_is_told_where_it_is_known(report: Report) -> None:
    asked = tuple(replace(point, asked_rate=0.04) for point in report.weights.operating_points)
    sentence = wording.error_rates(report.verdict, replace(report.weights, operating_points=asked))
    assert "set for 4 % false positives, in testing, 5 % of the unmanipulated videos reached it" in sentence


def test_without_an_operating_point_no_error_rate_is_claimed(untrained_report: Report) -> None:
    sentence = wording.error_rates(untrained_report.verdict, untrained_report.weights)
    assert "No error rates are known" in sentence
    assert "%" not in sentence
    assert "orientation only" in wording.threshold_name(untrained_report.verdict, untrained_report.weights)


def test_the_video_score_names_its_face_interval_and_frames(report: Report) -> None:
    sentence = wording.video_score(report.verdict, report.weights)
    assert "face 1" in sentence
    assert "95 % interval" in sentence
    assert "40 analyzed frames" in sentence


def test_no_face_is_told_as_such(report: Report, make_verdict: Callable[..., Verdict]) -> None:
    assert "no score" in wording.video_score(make_verdict(()), report.weights)


def test_the_weightiest_limitation_depends_on_the_case(report: Report, untrained_report: Report) -> None:
    outside = replace(report.verdict, state=VerdictState.OUT_OF_SCOPE)
    assert "random weights" in wording.main_limitation(untrained_report.verdict, untrained_report.weights)
    unknown = replace(report.weights, envelope=None)
    faceless = replace(outside, tracks=(), fake_prob=None, interval=None)
    assert "It is not known how often" in wording.main_limitation(outside, unknown)
    assert "No face was measured" in wording.main_limitation(faceless, report.weights)
    assert "do not apply" in wording.main_limitation(outside, report.weights)
    assert "trained on" in wording.main_limitation(report.verdict, report.weights)
