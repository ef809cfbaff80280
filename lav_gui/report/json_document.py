"""The analysis as JSON, `lav.analysis/1`: stable, and described by `resources/schema/lav.analysis-1.schema.json`.

Numbers keep their full precision; only heatmaps are rounded, to 3 decimals. The same records give the same text: no
time of writing, no path, nothing of the machine but what `software` says.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import IO, Any

from lav_gui.records import (
    EnvelopeCheck,
    Evidence,
    FaceResult,
    FrameResult,
    Gap,
    Software,
    TrackVerdict,
    Verdict,
)
from lav_gui.report.record import EditLine, RunFacts
from lav_gui.settings import AnalysisSettings
from model_zoo.weights_record import Weights

SCHEMA = "lav.analysis/1"


def analysis_document(
    evidence: Evidence,
    software: Software,
    weights: Weights,
    settings: AnalysisSettings,
    verdict: Verdict,
    *,
    run: RunFacts,
    results: Iterable[FrameResult],
    gaps: Iterable[Gap],
    include_heatmaps: bool = False,
    edits: Sequence[EditLine] = (),
) -> dict[str, Any]:
    """The whole document as plain values; for long videos `write_analysis` does the same without holding it.

    Parameters
    ----------
    evidence, software, weights, settings, verdict
        What was analyzed, by what, and the judgement.
    run : RunFacts
        How far the analysis came.
    results : iterable of FrameResult
        In the order in which they shall stand.
    gaps : iterable of Gap
    include_heatmaps : bool
        Whether each face carries its heatmap.
    edits : sequence of EditLine
        Changes of the tracks by hand; `verdict` and `results` bear the track numbers after them.

    Returns
    -------
    dict
        As the schema describes; only text, numbers, truth values, None, lists and dicts.
    """
    document = _head(evidence, software, weights, settings, verdict)
    document["run"] = _run(run)
    document["track_edits"] = [asdict(edit) for edit in edits]
    document["frames"] = [frame_document(result, include_heatmaps) for result in results]
    document["gaps"] = [_gap(gap, evidence) for gap in gaps]
    return document


def write_analysis(stream: IO[bytes], document: dict[str, Any], frames: Iterable[dict[str, Any]]) -> None:
    """Write a document as UTF-8, one frame a line, so that its frames need not be in memory together.

    Parameters
    ----------
    stream : binary file
    document : dict
        Made by `analysis_document` without results.
    frames : iterable of dict
        Made by `frame_document`; they take the place of the document's own.
    """
    for number, (key, value) in enumerate(document.items()):
        stream.write(b"{\n" if number == 0 else b",\n")
        if key == "frames":
            stream.write(b'"frames": [')
            for at, frame in enumerate(frames):
                stream.write((b"\n" if at == 0 else b",\n") + _encoded(frame))
            stream.write(b"\n]")
        else:
            stream.write(_encoded(key) + b": " + _encoded(value))
    stream.write(b"\n}\n")


def _encoded(value: Any) -> bytes:
    """One line of JSON. A byte of a file name that is no text (a lone surrogate) becomes JSON's own escape."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8", "backslashreplace")


def _head(
    evidence: Evidence, software: Software, weights: Weights, settings: AnalysisSettings, verdict: Verdict
) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "evidence": evidence_document(evidence),
        "software": software_document(software),
        "model": model_document(weights),
        "settings": settings.to_dict(),
        "verdict": verdict_document(verdict),
        "tracks": [_track(track) for track in verdict.tracks],
    }


def _run(run: RunFacts) -> dict[str, Any]:
    """How far the run came; nothing that would differ between two like runs."""
    return {
        "state": run.state,
        "frames_planned": run.frames_planned,
        "frames_analyzed": run.frames_analyzed,
        "frames_without_face": run.frames_without_face,
        "faces_measured": run.faces_measured,
    }


def evidence_document(evidence: Evidence) -> dict[str, Any]:
    """The file: digests, and what it claims beside what was counted."""
    media = evidence.media
    return {
        "file_name": evidence.file_name,
        "bytes": evidence.bytes,
        "modified": evidence.modified.isoformat(),
        "sha256": evidence.hashes.sha256,
        "md5": evidence.hashes.md5,
        "kind": str(media.kind),
        "container": media.container,
        "codec": media.codec,
        "profile": media.profile,
        "pixel_format": media.pixel_format,
        "bit_depth": media.bit_depth,
        "width": media.width,
        "height": media.height,
        "sample_aspect_ratio": str(media.sample_aspect_ratio),
        "rotation_degrees": media.rotation_degrees,
        "interlaced": media.interlaced,
        "time_base": f"{media.time_base.numerator}/{media.time_base.denominator}",
        "start_seconds": media.start_seconds,
        "duration_seconds": media.duration_seconds,
        "fps_from_header": media.fps_from_header,
        "frame_count_from_header": media.frame_count_from_header,
        "frame_count_from_content": media.frame_count_from_content,
        "frame_seconds": _spread(media.frame_seconds),
        "is_vfr": media.is_vfr,
        "keyframe_count": media.keyframe_count,
        "gop_frames": _spread(media.gop_frames),
        "bit_rate": media.bit_rate,
        "bits_per_pixel": media.bits_per_pixel,
        "color": asdict(media.color),
        "stream_index": media.stream_index,
        "streams": [asdict(stream) for stream in media.streams],
        "metadata": [{"key": key, "value": value} for key, value in media.metadata],
    }


def _spread(values: tuple[float, float, float]) -> dict[str, float]:
    return dict(zip(("minimum", "median", "maximum"), values, strict=True))


def software_document(software: Software) -> dict[str, Any]:
    """What produced the numbers."""
    return asdict(software) | {"versions": dict(software.versions)}


def model_document(weights: Weights) -> dict[str, Any]:
    """The weights, without where their files lie on this machine."""
    plain = weights.to_dict()
    del plain["files"]
    plain["weights_sha256"] = plain.pop("sha256")
    plain["metrics"] = [{"name": name, "figure": figure} for name, figure in weights.metrics]
    plain["training"] = [{"name": name, "fact": fact} for name, fact in weights.training]
    names = ["name", "architecture", "weights_sha256", "trained"]
    return {name: _listed(plain[name]) for name in [*names, *(key for key in plain if key not in names)]}


def _listed(value: Any) -> Any:
    """Plain values with lists for tuples, as JSON has them."""
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    return [_listed(item) for item in value] if isinstance(value, list | tuple) else value


def verdict_document(verdict: Verdict) -> dict[str, Any]:
    """The judgement; `fake_prob` and `interval` are null where there is no face."""
    return {
        "state": str(verdict.state),
        "fake_prob": verdict.fake_prob,
        "interval": None if verdict.interval is None else list(verdict.interval),
        "reasons": [reason.text for reason in verdict.reasons],
        "reason_codes": [reason.code for reason in verdict.reasons],
        "threshold": verdict.threshold,
        "false_positive_rate": verdict.false_positive_rate,
        "speaks_for": [reason.text for reason in verdict.speaks_for],
        "speaks_against": [reason.text for reason in verdict.speaks_against],
        "not_judged": [reason.text for reason in verdict.not_judged],
        "envelope": [_check(check) for check in verdict.envelope],
    }


def _check(check: EnvelopeCheck) -> dict[str, Any]:
    return asdict(check) | {"status": str(check.status)}


def _track(track: TrackVerdict) -> dict[str, Any]:
    contributions = (track.rgb, track.noise, track.interaction)
    return {
        "track_id": track.track_id,
        "first_frame": track.first_frame,
        "last_frame": track.last_frame,
        "frame_count": track.frame_count,
        "fake_prob": track.fake_prob,
        "interval": list(track.interval),
        "logit": track.track_logit,
        "strongest_frame": track.strongest_frame,
        "contributions": (
            None if track.rgb is None else dict(zip(("rgb", "noise", "interaction"), contributions, strict=True))
        ),
        "segments": [asdict(segment) for segment in track.segments],
    }


def frame_document(result: FrameResult, include_heatmaps: bool) -> dict[str, Any]:
    """One analyzed frame; `faces` is empty where none was found."""
    return {
        "index": result.index,
        "pts": result.pts,
        "pts_seconds": result.seconds,
        "picture_type": result.picture_type,
        "sha256": result.digest,
        "faces": [_face(face, include_heatmaps) for face in result.faces],
        "faces_too_small": result.faces_too_small,
    }


def frame_documents(results: Iterable[FrameResult], include_heatmaps: bool) -> Iterator[dict[str, Any]]:
    """Frames one by one."""
    return (frame_document(result, include_heatmaps) for result in results)


def _face(face: FaceResult, include_heatmap: bool) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "track_id": face.track_id,
        "box_xyxy": list(face.box_xyxy),
        "detection_score": face.detection_score,
        "face_px": face.face_px,
        "sharpness": face.sharpness,
        "logit": face.logit,
        "fake_prob": face.fake_prob,
    }
    if face.contributions is not None:
        plain["contributions"] = asdict(face.contributions)
    plain["frame_from_crop"] = face.frame_from_crop.tolist()
    if include_heatmap:
        plain["heatmap"] = [[round(value, 3) for value in row] for row in face.heatmap.tolist()]
    return plain


def _gap(gap: Gap, evidence: Evidence) -> dict[str, Any]:
    return {
        "index": gap.index,
        "pts": gap.pts,
        "pts_seconds": float(gap.pts * evidence.media.time_base),
        "reason": gap.reason,
    }
