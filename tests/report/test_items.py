from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from lav_gui.report.blocks import Facts, Table
from lav_gui.report.items import METADATA_SHOWN, color_sentence, items_examined
from lav_gui.report.record import EvidenceCheck, EvidenceState, Report


def _facts(report: Report) -> dict[str, str]:
    found = [block for block in items_examined(report).blocks if isinstance(block, Facts)]
    return {fact.label: fact.value for block in found for fact in block.rows}


@pytest.fixture
def with_media(make_report: Callable[..., Report]) -> Callable[..., Report]:
    def build(**changes: Any) -> Report:
        report = make_report()
        media = replace(report.evidence.media, **changes)
        return replace(report, evidence=replace(report.evidence, media=media))

    return build


def test_both_digests_are_printed_before_and_after(report: Report) -> None:
    facts = _facts(report)
    assert facts["SHA-256"] == facts["SHA-256 now"] == report.evidence.hashes.sha256
    assert facts["MD5"] == report.evidence.hashes.md5


def test_a_digest_that_was_not_computed_is_not_invented(report: Report) -> None:
    gone = replace(report, check=EvidenceCheck(EvidenceState.ABSENT, None, "The file was not at hand."))
    assert _facts(gone)["SHA-256 now"] == "not computed"


def test_declared_and_counted_frames_stand_side_by_side(report: Report, with_media: Callable[..., Report]) -> None:
    assert _facts(report)["Frames, counted"].startswith("200 ")
    assert _facts(report)["Frames, declared"] == "201 (differs from the count by +1)"
    assert _facts(with_media(frame_count_from_header=200))["Frames, declared"] == "200"
    assert _facts(with_media(frame_count_from_header=None))["Frames, declared"] == "the header does not say"


def test_a_variable_frame_rate_and_odd_pixels_are_told(with_media: Callable[..., Report]) -> None:
    facts = _facts(
        with_media(
            is_vfr=True, sample_aspect_ratio=Fraction(4, 3), frame_seconds=(0.02, 0.04, 0.5), rotation_degrees=90
        )
    )
    assert facts["Frame duration"] == "20.000 / 40.000 / 500.000 ms (shortest / median / longest): variable frame rate"
    assert facts["Picture"] == "640 × 360 pixels, upright, shown as 853 × 360"
    assert facts["Rotation flag"] == "90° clockwise (applied)"


def test_the_color_rule_says_whether_it_was_assumed(report: Report) -> None:
    color = report.evidence.media.color
    assert "a tag is missing" in color_sentence(color)
    assert "as tagged" in color_sentence(replace(color, assumed=False))
    assert "high dynamic range" in color_sentence(replace(color, high_dynamic_range=True))
    assert "used as they are" in color_sentence(replace(color, matrix_used="rgb"))


def test_long_metadata_is_cut_and_the_cut_is_told(with_media: Callable[..., Report]) -> None:
    report = with_media(metadata=tuple((f"key{n}", "v") for n in range(METADATA_SHOWN + 5)))
    table = [block for block in items_examined(report).blocks if isinstance(block, Table)][-1]
    assert len(table.rows) == METADATA_SHOWN
    assert "5 more entries are in result.json" in table.caption


def test_the_examined_stream_is_marked(report: Report) -> None:
    table = next(block for block in items_examined(report).blocks if isinstance(block, Table))
    assert [row[0] for row in table.rows] == ["0 (examined)", "1"]
