import json
import math

import pytest

from lav_gui.training.loop.messages import (
    Ended,
    Estimate,
    Losses,
    Noted,
    Report,
    Saved,
    Started,
    StepDone,
    Validated,
    duration,
    told,
)

REPORTS: list[Report] = [
    Started("run", 0, 100, 50, "cpu", "bf16", 1, 10),
    Started("run", 10, 100, 50, "cpu", "bf16", 2, 10),
    StepDone(1, 16, 0.1, 299, Losses(1.5, 0.7, 0.8, 0.0), 0.9, 1e-4, 2.5, 3600.0, 900.0),
    Validated(16, 0.1, 299, 40, 10, 0.7, (0.6, 0.8), math.nan, (math.nan, math.nan), 0.6, 0.9, True),
    Saved("x.ckpt", 16, False),
    Noted("the disk is full"),
    Ended("finished", 100, "weights", 0.9),
    Estimate(2.0, 50.0, 100.0, 200.0, 1.0, 2.0),
]


@pytest.mark.parametrize("report", REPORTS)
def test_each_report_is_one_line_of_strict_json_with_its_event(report: Report) -> None:
    line = report.to_json()
    assert "\n" not in line
    plain = json.loads(line, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    assert plain["event"] == report.event != ""


def test_a_number_that_is_none_becomes_null() -> None:
    plain = json.loads(REPORTS[3].to_json())
    assert plain["video_auc"] is None
    assert plain["frame_auc_interval"] == [0.6, 0.8]


@pytest.mark.parametrize("report", REPORTS)
def test_each_report_can_be_told_to_a_person_in_one_line(report: Report) -> None:
    assert told(report)
    assert "\n" not in told(report)


@pytest.mark.parametrize(
    ("seconds", "text"), [(40, "40 s"), (420, "7 min"), (7500, "2 h 05 min"), (math.inf, "an unknown time")]
)
def test_a_duration_in_words(seconds: float, text: str) -> None:
    assert duration(seconds) == text
