"""What speaks for a forgery, what against, and what was not judged: sentences bound to frames and times."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from lav_gui.records import EnvelopeCheck, EnvelopeStatus, Reason, Segment
from lav_gui.verdict.basis import Basis
from lav_gui.verdict.envelope import FACE_CHECKS, UNKNOWN
from lav_gui.verdict.score import MINIMUM_TRACK_FRAMES
from lav_gui.verdict.sentences import listed, number, probability, say, seconds

SEGMENTS_TOLD = 5
"""The strongest segments are told one by one, the others counted; the track tables hold them all."""

_CONDITIONS = {"bits_per_pixel": "number of bits per pixel", "face_px": "face size", "sharpness": "sharpness"}


def speaks_for(basis: Basis) -> tuple[Reason, ...]:
    """Tracks not below the threshold and the spans that stay high; empty where the weights can support no finding."""
    if not basis.is_usable:
        return ()
    threshold = probability(basis.threshold)
    wholes = [
        say("face_high", track=str(track.track_id), fake_prob=probability(track.fake_prob), threshold=threshold)
        for track in basis.judged
        if track.fake_prob >= basis.threshold
    ]
    spans = [(track.track_id, segment) for track in basis.judged for segment in track.segments]
    spans.sort(key=lambda span: (-span[1].peak_fake_prob, span[1].first_frame, span[0]))
    told = [_told(track_id, segment) for track_id, segment in spans[:SEGMENTS_TOLD]]
    more = len(spans) - len(told)
    return (*wholes, *told, *([say("more_segments", count=str(more))] if more else []))


def speaks_against(basis: Basis) -> tuple[Reason, ...]:
    """Tracks below the threshold, and frames below it in the others; empty where the weights support no finding."""
    if not basis.is_usable:
        return ()
    return tuple(_against(basis))


def not_judged(basis: Basis) -> tuple[Reason, ...]:
    """What the verdict is silent about, and why."""
    return tuple(_silent(basis))


def unjudged_faces(basis: Basis) -> tuple[tuple[int, Reason], ...]:
    """Each face that may not speak, with the reason, by track id."""
    found = [(face, say("faces_left_out", tracks=str(face))) for face in basis.left_out]
    minimum = str(MINIMUM_TRACK_FRAMES)
    found += [(face, say("faces_too_short", tracks=str(face), minimum=minimum)) for face in basis.short]
    found += [(face, outside(check, face)) for face, check in basis.outside]
    return tuple(sorted(found, key=lambda each: each[0]))


def outside(check: EnvelopeCheck, track_id: int | None) -> Reason:
    """The sentence of a condition that lies outside the tested range; the face is named where it is the face's own."""
    values = {"value": number(check.value)}
    if check.low is not None and check.high is not None:
        values |= {"low": number(check.low), "high": number(check.high)}
    if check.name in FACE_CHECKS and track_id is not None:
        values["track"] = str(track_id)
    return say(f"outside_{check.name}", **values)


def _told(track_id: int, segment: Segment) -> Reason:
    values = {
        "track": str(track_id),
        "first_seconds": seconds(segment.first_seconds),
        "peak": probability(segment.peak_fake_prob),
        "peak_frame": str(segment.peak_frame),
    }
    if segment.first_frame == segment.last_frame:
        return say("segment_of_one_frame", **values)
    return say(
        "segment",
        **values,
        last_seconds=seconds(segment.last_seconds),
        first_frame=str(segment.first_frame),
        last_frame=str(segment.last_frame),
    )


def _against(basis: Basis) -> Iterator[Reason]:
    for track in basis.judged:
        face, fake_prob = str(track.track_id), probability(track.fake_prob)
        below = int(np.count_nonzero(track.curve < basis.threshold))
        if track.fake_prob >= basis.threshold:
            if below:
                yield say("frames_below", track=face, count=str(below), total=str(track.frame_count))
        else:
            code = "face_low_as_a_whole" if track.segments else "face_low"
            yield say(code, track=face, fake_prob=fake_prob, threshold=probability(basis.threshold))


def _count_different(frames: NDArray[np.int64]) -> int:
    """How many different frames there are; ten times as fast as `numpy.unique`, as they come in a few ordered parts."""
    ordered = np.sort(frames, kind="stable")
    return int(np.count_nonzero(np.diff(ordered))) + min(len(ordered), 1)


def _silent(basis: Basis) -> Iterator[Reason]:
    analyzed, counted = basis.frames_analyzed, basis.media.frame_count_from_content
    seen = [track.frame_index for track in basis.measured]
    faceless = analyzed - (_count_different(np.concatenate(seen)) if seen else 0)
    smallest = str(basis.settings.min_face_px)
    if faceless > 0:
        yield say("frames_without_face", count=str(faceless), total=str(analyzed), smallest=smallest)
    if basis.frames_with_small_faces:
        count = str(basis.frames_with_small_faces)
        yield say("faces_too_small", count=count, total=str(analyzed), smallest=smallest)
    if analyzed < counted:
        yield say("frames_not_analyzed", count=str(counted - analyzed), total=str(counted))
    if basis.left_out:
        yield say("faces_left_out", tracks=listed(basis.left_out))
    if basis.short:
        yield say("faces_too_short", tracks=listed(basis.short), minimum=str(MINIMUM_TRACK_FRAMES))
    if basis.outside:
        yield say("faces_outside", tracks=listed(face for face, _ in basis.outside))
    if basis.weights.envelope is not None:
        for check in basis.envelope:
            if check.status is EnvelopeStatus.UNTESTED and check.value == UNKNOWN:
                yield say("condition_unknown", condition=_CONDITIONS[check.name])
