"""The corridor from case to documents: a real case and a real clip; only the network's numbers are made up."""

import csv
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lav_gui.errors import ReportError, SessionError
from lav_gui.faces.geometry import crop_affine, cut_crop
from lav_gui.media.inspect import inspect_file
from lav_gui.media.reader import VideoReader
from lav_gui.records import Contributions, FaceResult, Frame, FrameResult, Gap, Software, frame_digest
from lav_gui.report.record import EvidenceState
from lav_gui.reporting import build_report, document_steps, judge_run, write_documents
from lav_gui.session.case import Case, RunState
from lav_gui.session.details import CaseDetails
from lav_gui.settings import AnalysisSettings, Sampling
from model_zoo.registry import UNTRAINED
from model_zoo.weights_record import Calibration, Envelope, OperatingPoint, Weights

BOXES = ((70.0, 180.0, 205.0, 320.0), (590.0, 120.0, 745.0, 295.0))
EVERY = 4
TRAINED = replace(
    UNTRAINED,
    name="lvnet.made_up",
    sha256="5a" * 32,
    trained=True,
    calibration=Calibration(1.0, 0.0, "made-up videos"),
    operating_points=(OperatingPoint(0.6, 0.05, (0.03, 0.08), 0.9, (0.85, 0.94)),),
    envelope=Envelope((40, 400), (0, 5000), (0.01, 1.0), ("h264",)),
)


def _face(number: int, frame: Frame, at: int) -> FaceResult:
    logit = (1.4 if number == 1 else -2.1) + 0.8 * np.sin(at * 0.9)
    y, x = np.mgrid[0:19, 0:19]
    heat = np.exp(-((x - 9) ** 2 + (y - 7) ** 2) / 22) * (0.95 if number == 1 else 0.2)
    return FaceResult(
        track_id=number,
        box_xyxy=BOXES[number - 1],
        detection_score=0.99,
        frame_from_crop=crop_affine(BOXES[number - 1], 299, 1.35),
        face_px=135.0,
        sharpness=61.0,
        logit=float(logit),
        fake_prob=float(1 / (1 + np.exp(-logit))),
        heatmap=heat.astype(np.float16),
        contributions=Contributions(float(0.8 * logit), float(0.2 * logit), 0.1, 0.0) if at % 2 == 0 else None,
    )


def _analyze(case: Case, video: Path, weights: Weights) -> int:
    """Fill a run as an analysis would; the last planned frame is a gap."""
    evidence_id = case.add_evidence(inspect_file(video))
    settings = AnalysisSettings(model=weights.name, device="cpu", sampling=Sampling.parse(f"every:{EVERY}"))
    software = Software(
        "made-up device", "float32", True, "mtcnn", "d0" * 32, (("lav", "0"), ("NumPy", np.__version__))
    )
    planned = np.arange(0, 56, EVERY, dtype=np.int64)
    run = case.start_run(evidence_id, settings, weights, software, planned)
    with VideoReader(video) as reader:
        for at, frame in enumerate(reader.frames(planned[:-1])):
            assert isinstance(frame, Frame)
            faces = tuple(_face(number, frame, at) for number in (1, 2)) if at else ()
            digest = frame_digest(frame.image)
            case.append(
                run.run_id, FrameResult(frame.index, frame.pts, frame.time_base, frame.picture_type, digest, faces)
            )
        last = int(planned[-1])
        case.append(run.run_id, Gap(last, int(reader.index.pts[last]), "made up"))
    case.finish_run(run.run_id, RunState.FINISHED)
    return run.run_id


@pytest.fixture
def video(tmp_path: Path, demo_clip: Path) -> Path:
    """A copy of the demo clip under a name that tests the fonts."""
    return Path(shutil.copy2(demo_clip, tmp_path / "证据 #1 *copy* محمد_[Nguyễn].mp4"))


@pytest.fixture
def case(tmp_path: Path, video: Path) -> Iterator[Case]:
    """A case with one finished run under trained weights."""
    with Case.open(tmp_path / "test.lav", create=True) as case:
        _analyze(case, video, TRAINED)
        yield case


def test_shown_frames_are_decoded_again_and_are_the_very_frames(case: Case, video: Path) -> None:
    report = build_report(case, 1)

    assert report.check.state is EvidenceState.UNCHANGED
    assert report.check.sha256_now == report.evidence.hashes.sha256
    assert len(report.faces) >= 4
    with VideoReader(video) as reader:
        for shown in report.faces:
            frame = reader.frame(shown.result.index)
            assert shown.pictures is not None
            assert shown.digest_now == shown.result.digest == frame_digest(frame.image)
            crop = cut_crop(frame.image, shown.face.frame_from_crop, 299)
            np.testing.assert_array_equal(shown.pictures.crop, crop)
            assert shown.remark == ""


def test_the_report_holds_what_the_case_holds(case: Case) -> None:
    case.set_details(CaseDetails(case_number="7/2026", examiner="Владимир", opinion="None yet.\nSee notes."))
    case.set_exhibit_number(1, "A-1")
    case.add_note(1, "Look here.", 8, category="question")
    case.add_marker(1, 9, 12, category="other")
    report = build_report(case, 1)

    assert report.examination.case_number == "7/2026"
    assert report.examination.exhibit_number == "A-1"
    assert [(note.kind, note.text, note.first_frame, note.last_frame) for note in report.notes] == [
        ("Question", "Look here.", 8, None),
        ("Marker", "", 9, 12),
    ]
    assert report.run.frames_planned == 14
    assert report.run.frames_analyzed == 13
    assert report.run.frames_without_face == 1
    assert report.run.faces_measured == 24
    assert [gap.index for gap in report.gaps] == [52]
    assert report.audit.is_intact
    assert report.audit.head == case.audit_log()[-1].digest
    assert report.keyframe_seconds.tolist() == [0.0]
    assert {file.name for file in report.attachments} == {"result.json", "frames.csv", "audit.jsonl", "model_card.json"}


def test_without_the_video_the_report_says_so_and_has_no_pictures(case: Case, video: Path) -> None:
    video.unlink()
    report = build_report(case, 1)

    assert report.check.state is EvidenceState.ABSENT
    assert report.check.sha256_now is None
    assert "not at hand" in report.check.sentence
    assert report.faces
    assert all(shown.pictures is None and shown.digest_now is None for shown in report.faces)


def test_another_file_in_the_place_of_the_evidence_is_not_shown(case: Case, video: Path) -> None:
    content = bytearray(video.read_bytes())
    content[-1] ^= 1
    video.write_bytes(content)
    report = build_report(case, 1)

    assert report.check.state is EvidenceState.CHANGED
    assert report.check.sha256_now != report.evidence.hashes.sha256
    assert all(shown.pictures is None for shown in report.faces)


def test_a_video_that_moved_beside_the_case_is_found_by_its_digest(case: Case, video: Path) -> None:
    folder = video.parent / "elsewhere"
    folder.mkdir()
    video.rename(video.parent / "renamed.mp4")
    assert build_report(case, 1).check.state is EvidenceState.UNCHANGED


def test_a_frame_that_decodes_to_other_pixels_now_is_pointed_out(tmp_path: Path, video: Path) -> None:
    with Case.open(tmp_path / "other.lav", create=True) as case:
        run_id = _analyze(case, video, TRAINED)
        shown = build_report(case, run_id).faces[0].result
        settings = case.run(run_id).settings
        planned = np.array([shown.index], dtype=np.int64)
        run = case.start_run(1, replace(settings, min_face_px=50), TRAINED, case.run(run_id).software, planned)
        case.append(run.run_id, replace(shown, digest="0" * 64))
        case.finish_run(run.run_id, RunState.FINISHED)
        report = build_report(case, run.run_id)

    assert report.faces[0].digest_now != report.faces[0].result.digest
    assert "other pixels" in report.faces[0].remark


def test_a_frame_beyond_the_index_is_told_and_is_no_failure(tmp_path: Path, video: Path) -> None:
    with Case.open(tmp_path / "beyond.lav", create=True) as case:
        run_id = _analyze(case, video, TRAINED)
        shown, run = build_report(case, run_id).faces[0].result, case.run(run_id)
        planned = np.array([5000], dtype=np.int64)
        beyond = case.start_run(1, run.settings, TRAINED, run.software, planned).run_id
        case.append(beyond, replace(shown, index=5000))
        case.finish_run(beyond, RunState.FINISHED)
        report = build_report(case, beyond)

    assert report.faces[0].pictures is None
    assert "could not be decoded again" in report.faces[0].remark


def test_edits_by_hand_change_verdict_and_numbers_and_are_told(case: Case) -> None:
    case.add_track_edit(1, "exclude", 1)
    case.add_track_edit(1, "split", 2, frame_index=24)
    report = build_report(case, 1)

    assert [track.track_id for track in report.verdict.tracks] == [2, 3]
    assert [edit.kind for edit in report.edits] == ["exclude", "split"]
    assert {shown.face.track_id for shown in report.faces} == {2, 3}
    document = json.loads(next(file for file in report.attachments if file.name == "result.json").content)
    by_frame = {frame["index"]: [face["track_id"] for face in frame["faces"]] for frame in document["frames"]}
    assert by_frame[20] == [1, 2]
    assert by_frame[24] == [1, 3]


def test_all_documents_are_written_and_logged(case: Case, tmp_path: Path) -> None:
    targets = {kind: tmp_path / f"out.{kind}" for kind in ("json", "csv", "pdf")}
    stages = list(document_steps(case.path, None, targets))

    assert [stage.text.split()[0] for stage in stages][:2] == ["Writing", "Writing"]
    document = json.loads(targets["json"].read_text("utf-8"))
    assert document["schema"] == "lav.analysis/1"
    assert document["evidence"]["file_name"] == "证据 #1 *copy* محمد_[Nguyễn].mp4"
    assert len(document["frames"]) == 13
    assert "heatmap" not in document["frames"][1]["faces"][0]
    with targets["csv"].open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [rows[0]["row"], rows[1]["row"], rows[-1]["row"]] == ["no_face", "face", "gap"]
    text = subprocess.run(["pdftotext", str(targets["pdf"]), "-"], capture_output=True, text=True, check=True).stdout
    for part in ("证据 #1 *copy*", "محمد", "Nguyễn].mp4", "END OF REPORT"):
        assert part in text
    exports = [entry for entry in case.audit_log() if entry.action == "report.export"]
    assert [entry.details["kind"] for entry in exports] == ["json", "csv", "pdf"]
    assert not list(tmp_path.glob("*.partial"))


def test_heatmaps_are_in_the_json_where_asked_for(case: Case, tmp_path: Path) -> None:
    write_documents(case.path, 1, {"json": tmp_path / "out.json"}, heatmaps=True)
    document = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert np.shape(document["frames"][1]["faces"][0]["heatmap"]) == (19, 19)


def test_the_last_run_is_taken_where_none_is_named(case: Case, video: Path, tmp_path: Path) -> None:
    _analyze(case, video, UNTRAINED)
    write_documents(case.path, None, {"json": tmp_path / "out.json"})
    document = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert document["model"]["name"] == UNTRAINED.name
    assert document["verdict"]["state"] == "out_of_scope"


def test_of_several_videos_one_must_be_named_and_an_unfinished_run_says_so(
    case: Case, tmp_path: Path, video: Path
) -> None:
    other = tmp_path / "other.mp4"
    other.write_bytes(video.read_bytes() + b"\0" * 16)
    run = case.run(1)
    evidence_id = case.add_evidence(inspect_file(other))
    begun = case.start_run(evidence_id, run.settings, run.weights, run.software, run.planned)
    with pytest.raises(ReportError, match="runs of several videos") as refused:
        write_documents(case.path, None, {"json": tmp_path / "out.json"})
    assert str(refused.value).endswith(f": 1 ({video.name}), {begun.run_id} (other.mp4).")
    whole = len(run.planned) - len(case.gaps(1))
    for run_id, state, analyzed in ((1, "finished", whole), (begun.run_id, "running", 0)):
        write_documents(case.path, run_id, {"json": tmp_path / "out.json"})
        told = json.loads((tmp_path / "out.json").read_text("utf-8"))["run"]
        assert (told["state"], told["frames_planned"], told["frames_analyzed"]) == (state, len(run.planned), analyzed)


def test_a_case_without_a_run_gives_one_clear_sentence(tmp_path: Path) -> None:
    with Case.open(tmp_path / "empty.lav", create=True):
        pass
    with pytest.raises(ReportError, match=r"empty\.lav holds no analysis yet"):
        write_documents(tmp_path / "empty.lav", None, {"json": tmp_path / "out.json"})


def test_a_run_that_is_not_there_gives_one_clear_sentence(case: Case, tmp_path: Path) -> None:
    with pytest.raises(SessionError, match="no run 9"):
        write_documents(case.path, 9, {"json": tmp_path / "out.json"})


def test_a_run_that_has_only_begun_can_be_reported(tmp_path: Path, video: Path) -> None:
    with Case.open(tmp_path / "begun.lav", create=True) as case:
        evidence_id = case.add_evidence(inspect_file(video))
        software = Software("made-up device", "float32", True, "mtcnn", "d0" * 32, ())
        run = case.start_run(evidence_id, AnalysisSettings(), UNTRAINED, software, np.arange(9, dtype=np.int64))
        report = build_report(case, run.run_id)
    assert report.run.frames_analyzed == 0
    assert report.faces == ()


def test_judging_a_run_reads_no_video(case: Case, video: Path) -> None:
    video.unlink()
    judged = judge_run(case, 1)
    assert [track.track_id for track in judged.verdict.tracks] == [1, 2]
    assert len(list(judged.results())) == 13


def test_a_rate_that_was_chosen_after_the_run_is_judged_by_stated_and_logged(case: Case, tmp_path: Path) -> None:
    assert judge_run(case, 1, 0.05).rate is None
    judged = judge_run(case, 1, 0.02)
    assert (judged.rate, judged.run.settings.false_positive_rate) == (0.02, 0.05)
    assert judged.verdict.reasons[-1].text.startswith("A false-positive rate of 2 % was asked for; the nearest")
    assert any(reason.code == "chosen_after_the_run" for reason in judged.verdict.reasons)
    list(document_steps(case.path, 1, {"json": tmp_path / "result.json"}, rate=0.02))
    assert "instead of the run's own, 5 %" in (tmp_path / "result.json").read_text()
    (export,) = (entry.details for entry in case.audit_log() if entry.action == "report.export")
    assert export["false_positive_rate"] == 0.02
