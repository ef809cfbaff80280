import json
from dataclasses import replace

import pytest

from lav_gui.report.document import page_data, page_pictures, sections
from lav_gui.report.record import Report, ReportStatus


def test_the_sections_stand_in_their_order(report: Report) -> None:
    assert [section.title for section in sections(report)] == [
        "Summary for the reader",
        "Items examined",
        "Software and models",
        "Method",
        "Suitability of the material",
        "Results",
        "Gaps and what was not judged",
        "Limitations and error rates",
        "Examiner’s observations and opinion",
        "Case record",
        "How to reproduce the results",
        "Frames",
        "Glossary",
        "References",
    ]


@pytest.mark.parametrize("name", ["report", "untrained_report", "uncalibrated_report", "faceless_report"])
def test_every_picture_that_is_named_is_there(name: str, request: pytest.FixtureRequest) -> None:
    report = request.getfixturevalue(name)
    named = {word for word in json.dumps(page_data(report)).split('"') if word.endswith((".svg", ".png"))}
    assert named <= set(page_pictures(report))


def test_the_banner_and_the_status_reach_the_page(report: Report, untrained_report: Report) -> None:
    assert page_data(report)["banner"] is None
    assert page_data(untrained_report)["banner"]["title"] == "UNTRAINED"
    final = page_data(replace(report, status=ReportStatus.FINAL))
    assert (final["status"], final["draft"]) == ("FINAL", False)


def test_the_timeline_shows_the_part_that_was_asked_for(report: Report) -> None:
    part = replace(report.settings, from_seconds=-2.0)
    bare = replace(report, faces=())
    whole, cut = page_pictures(bare), page_pictures(replace(bare, settings=part))
    assert whole["timeline.svg"] != cut["timeline.svg"]


def test_many_faces_do_not_make_many_panels(report: Report) -> None:
    tracks = tuple(replace(report.verdict.tracks[0], track_id=n) for n in range(1, 41))
    series = tuple(replace(report.series[0], track_id=n) for n in range(1, 41))
    crowded = replace(report, verdict=replace(report.verdict, tracks=tracks), series=series, faces=())
    assert len(page_pictures(crowded)["timeline.svg"]) < 500_000
