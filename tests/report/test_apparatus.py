from dataclasses import fields, replace

import pytest

from lav_gui.report.apparatus import is_changed, software_and_models
from lav_gui.report.blocks import Facts, Paragraph, Table
from lav_gui.report.record import Report
from lav_gui.settings import AnalysisSettings
from model_zoo.registry import DEFAULT_NAME


def _tables(report: Report) -> list[Table]:
    return [block for block in software_and_models(report).blocks if isinstance(block, Table)]


def test_every_setting_is_printed_with_a_meaning_and_only_changed_ones_are_bold(report: Report) -> None:
    settings = _tables(report)[-1]
    assert [row[0] for row in settings.rows] == [field.name for field in fields(AnalysisSettings)]
    assert all(row[1] for row in settings.rows)
    assert {settings.rows[at][0] for at in settings.bold_rows} == {"device", "sampling", "min_face_px"}


def test_defaults_alone_are_told_as_such(report: Report) -> None:
    settings = _tables(replace(report, settings=AnalysisSettings()))[-1]
    assert settings.bold_rows == ()
    assert settings.caption == "All settings are the defaults."


@pytest.mark.parametrize(("used", "changed"), [("fps:5", False), ("every:1", False), (None, False), ("every:2", True)])
def test_the_devices_own_choice_of_sampling_is_no_change(used: str | None, changed: bool) -> None:
    assert is_changed("sampling", used, None) is changed


@pytest.mark.parametrize(("used", "changed"), [("default", False), (DEFAULT_NAME, False), ("lvnet.other", True)])
def test_the_default_weights_under_their_own_name_are_no_change(used: str, changed: bool) -> None:
    assert is_changed("model", used, "default") is changed


def test_the_operating_point_that_was_used_is_bold(report: Report) -> None:
    points = _tables(report)[2]
    assert points.bold_rows == (0,)
    assert points.rows[0] == ("0.710", "5 %", "3.1 to 7.6 %", "87 %", "83 to 90 %")


def test_the_rate_that_a_threshold_was_set_for_is_printed_where_it_is_known(report: Report) -> None:
    first, *others = report.weights.operating_points
    asked = (replace(first, asked_rate=0.04), *others)
    points = _tables(replace(report, weights=replace(report.weights, operating_points=asked)))[2]
    assert [row[-1] for row in points.rows] == ["4 %", "not known"]
    assert points.columns[-1].title == "Set for false positives of"
    assert "stands beside “Calibration” above" in points.caption


def test_weights_are_named_with_digest_and_calibration(report: Report) -> None:
    facts = {
        fact.label: fact.value
        for block in software_and_models(report).blocks
        if isinstance(block, Facts)
        for fact in block.rows
    }
    assert facts["SHA-256"] == report.weights.sha256
    assert facts["SHA-256 of detector"] == report.software.detector_sha256
    assert facts["Calibration"].startswith("calibrated logit = 1.2 × logit − 0.3, fitted on 400 videos")
    assert facts["Trained"] == "yes"


def test_untested_weights_are_told_as_such(untrained_report: Report) -> None:
    blocks = software_and_models(untrained_report).blocks
    assert Paragraph("The weights record states no test figures: no error rates are known.") in blocks
    assert any(
        "NO: random numbers" in fact.value for block in blocks if isinstance(block, Facts) for fact in block.rows
    )
