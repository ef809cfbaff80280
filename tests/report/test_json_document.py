import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jsonschema
import numpy as np
import pytest

from lav_gui.records import Evidence, FrameResult, Gap
from lav_gui.report.json_document import (
    SCHEMA,
    analysis_document,
    evidence_document,
    frame_documents,
    model_document,
    software_document,
    verdict_document,
    write_analysis,
)
from lav_gui.report.record import EditLine, Report
from lav_gui.resources import resource_path


def _document(report: Report, results: list[FrameResult], **changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {"run": report.run, "results": results, "gaps": report.gaps}
    return analysis_document(
        report.evidence, report.software, report.weights, report.settings, report.verdict, **(values | changes)
    )


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The schema as it is shipped."""
    text = resource_path("schema", "lav.analysis-1.schema.json").read_text("utf-8")
    return dict(json.loads(text))


@pytest.fixture
def check(schema: dict[str, Any]) -> Callable[[Any], None]:
    """Validates a document against the schema."""
    return jsonschema.Draft202012Validator(schema).validate


def test_the_schema_is_valid_and_describes_every_field(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)

    def walk(node: Any, where: str) -> list[str]:
        if not isinstance(node, dict):
            return []
        bare = [] if node.get("description") else [where]
        for name, part in node.get("properties", {}).items():
            bare += walk(part, f"{where}.{name}")
        return bare + [item for item in walk(node.get("items"), f"{where}[]") if node["items"].get("properties")]

    assert walk(schema, "") == []


@pytest.mark.parametrize("name", ["report", "untrained_report", "uncalibrated_report", "faceless_report"])
def test_documents_follow_the_schema(
    name: str, request: pytest.FixtureRequest, results: list[FrameResult], check: Callable[[Any], None]
) -> None:
    report = request.getfixturevalue(name)
    document = json.loads(json.dumps(_document(report, results)))
    assert document["schema"] == SCHEMA
    check(document)


def test_a_document_with_the_rates_that_were_asked_for_follows_the_schema(
    report: Report, results: list[FrameResult], check: Callable[[Any], None]
) -> None:
    points = tuple(replace(point, asked_rate=0.05) for point in report.weights.operating_points)
    asked = replace(report, weights=replace(report.weights, operating_points=points))
    document = json.loads(json.dumps(_document(asked, results)))
    check(document)
    assert document["model"]["operating_points"][0]["asked_rate"] == 0.05


def test_a_document_with_everything_follows_the_schema(
    report: Report, results: list[FrameResult], check: Callable[[Any], None]
) -> None:
    extras = {"gaps": [Gap(7, 3584, "damaged")], "edits": [EditLine("split", 1, None, 40)], "include_heatmaps": True}
    document = json.loads(json.dumps(_document(report, results, **extras)))
    check(document)
    assert document["gaps"] == [{"index": 7, "pts": 3584, "pts_seconds": 0.28, "reason": "damaged"}]
    assert document["track_edits"] == [{"kind": "split", "track_id": 1, "other": None, "frame_index": 40}]
    heatmap = document["frames"][0]["faces"][0]["heatmap"]
    assert np.shape(heatmap) == (19, 19)
    np.testing.assert_allclose(heatmap, results[0].faces[0].heatmap, atol=0.0006)
    assert all(value == round(value, 3) for row in heatmap for value in row)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda document: document.update(extra=1),
        lambda document: document["verdict"].update(state="fake"),
        lambda document: document["evidence"].pop("md5"),
        lambda document: document["frames"][0]["faces"][0].update(fake_prob=1.5),
        lambda document: document["frames"][0].update(sha256="short"),
        lambda document: document["tracks"][0]["segments"][0].pop("peak_fake_prob"),
    ],
)
def test_the_schema_refuses_what_is_no_such_document(
    spoil: Callable[[dict[str, Any]], None], report: Report, results: list[FrameResult], check: Callable[[Any], None]
) -> None:
    document = _document(report, results)
    spoil(document)
    with pytest.raises(jsonschema.ValidationError):
        check(document)


def test_the_promised_fields_are_there(report: Report, results: list[FrameResult]) -> None:
    document = _document(report, results)
    assert list(document) == [
        "schema", "evidence", "software", "model", "settings", "verdict", "tracks", "run", "track_edits", "frames",
        "gaps",
    ]  # fmt: skip
    assert {"file_name", "bytes", "sha256", "md5", "time_base", "frame_count_from_content"} <= set(document["evidence"])
    assert {"state", "fake_prob", "interval", "reasons"} <= set(document["verdict"])
    segment = document["tracks"][0]["segments"][0]
    assert {"first_frame", "last_frame", "first_seconds", "last_seconds", "peak_fake_prob"} <= set(segment)
    face = document["frames"][0]["faces"][0]
    assert {"track_id", "box_xyxy", "logit", "fake_prob", "contributions", "frame_from_crop"} <= set(face)
    assert {"rgb", "noise", "interaction"} <= set(face["contributions"])
    assert np.shape(face["frame_from_crop"]) == (2, 3)


def test_contributions_are_absent_off_the_stride_and_heatmaps_unless_asked_for(
    report: Report, results: list[FrameResult]
) -> None:
    frames = _document(report, results)["frames"]
    assert "contributions" in frames[0]["faces"][0]
    assert "contributions" not in frames[1]["faces"][0]
    assert not any("heatmap" in face for frame in frames for face in frame["faces"])


def test_no_face_gives_nulls_and_empty_lists(faceless_report: Report, results: list[FrameResult]) -> None:
    document = _document(faceless_report, results[-1:])
    assert document["verdict"]["fake_prob"] is None
    assert document["verdict"]["interval"] is None
    assert document["tracks"] == []
    assert document["frames"][0]["faces"] == []


def test_numbers_keep_every_digit(report: Report, results: list[FrameResult]) -> None:
    read = json.loads(json.dumps(_document(report, results)))
    for frame, result in zip(read["frames"], results, strict=True):
        assert frame["pts"] == result.pts
        for face, measured in zip(frame["faces"], result.faces, strict=True):
            assert face["logit"] == measured.logit
            assert face["fake_prob"] == measured.fake_prob
            assert tuple(face["box_xyxy"]) == measured.box_xyxy


def test_writing_frame_by_frame_gives_the_same_document(report: Report, results: list[FrameResult]) -> None:
    stream = io.BytesIO()
    write_analysis(stream, _document(report, []), frame_documents(results, include_heatmaps=True))
    assert json.loads(stream.getvalue()) == json.loads(json.dumps(_document(report, results, include_heatmaps=True)))
    assert "李小龙".encode() in stream.getvalue()


def test_a_document_without_frames_is_valid_json(report: Report) -> None:
    stream = io.BytesIO()
    write_analysis(stream, _document(report, []), [])
    assert json.loads(stream.getvalue())["frames"] == []


def test_a_file_name_that_is_no_text_survives(report: Report, make_evidence: Callable[[str], Evidence]) -> None:
    stream = io.BytesIO()
    odd = replace(report, evidence=make_evidence("caf\udce9 李.mp4"))
    write_analysis(stream, _document(odd, []), [])
    assert json.loads(stream.getvalue())["evidence"]["file_name"] == "caf\udce9 李.mp4"


def test_nothing_of_this_machine_stands_in_the_model_and_the_evidence(report: Report) -> None:
    assert "files" not in model_document(report.weights)
    assert "path" not in evidence_document(report.evidence)
    assert software_document(report.software)["versions"]["torch"] == "2.14.1"
    assert verdict_document(report.verdict)["reason_codes"] == ["at_or_above_threshold"]


def test_the_evidence_can_be_printed_row_by_row(report: Report) -> None:
    for value in evidence_document(report.evidence).values():
        assert isinstance(value, str | int | float | bool | dict | list | None)
        assert not isinstance(value, list) or all(isinstance(row, dict) for row in value)
