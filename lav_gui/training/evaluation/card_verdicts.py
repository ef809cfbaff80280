"""What the shipped thresholds do, for a model card: operating points, verdicts, false positives and failures."""

import math
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from lav_gui.records import VerdictState
from lav_gui.training.evaluation.card_evaluation import Judged, counted, table
from lav_gui.training.evaluation.exposure import AND, read_uses
from lav_gui.training.evaluation.intervals import clopper_pearson
from lav_gui.training.sets.index import FAKE, REAL
from model_zoo.weights_record import OperatingPoint, Weights

FAILURES = 60
"""Misjudged videos that are named, of each kind, the worst first."""

_STATES = (VerdictState.LIKELY_FAKE, VerdictState.INCONCLUSIVE, VerdictState.LIKELY_REAL, VerdictState.OUT_OF_SCOPE)
_NOT_RECORDED = "not recorded"
_COUNTS = re.compile(r"; (\d+) fake and (\d+) real videos")
"""How `calibrate` writes into a calibration's source how many videos it rests on."""

Video = Mapping[str, Any]
"""A video of ``evaluation.json``."""


def verdict_at(probability: float, threshold: float, band: tuple[float, float] | None) -> VerdictState:
    """The verdict of one face as `verdict.judge` gives it, by threshold and band alone.

    The analysis asks more, which a prepared set cannot answer: a 95 % interval over time that reaches to both sides of
    the threshold, or a face in too few frames, makes a video inconclusive; high dynamic range puts it out of scope.

    Parameters
    ----------
    probability : float
        Calibrated fake probability of the video, in [0, 1].
    threshold : float
        Of the operating point.
    band : tuple of float or None
        `Weights.inconclusive`.
    """
    if band is not None and band[0] < probability < band[1]:
        return VerdictState.INCONCLUSIVE
    return VerdictState.LIKELY_FAKE if probability >= threshold else VerdictState.LIKELY_REAL


def calibration_section(weights: Weights, judged: Sequence[Judged]) -> str:
    """Calibration, operating points with target, counts and intervals, and the band."""
    told = ["## Calibration and thresholds"]
    if weights.calibration is None:
        told.append("Not calibrated: logits are shown as they are.")
    else:
        fitted = weights.calibration
        told.append(f"Calibrated logit = {fitted.scale:.6g} x logit + {fitted.offset:.6g}. Fitted on {fitted.source}.")
    if weights.operating_points:
        counts = _counts(weights, judged)
        head = ("target FPR", "fake probability from", "FPR [95 %]", "TPR [95 %]")
        told.append(table(head, [_point(point, counts) for point in weights.operating_points]))
        told.append(_whose_rates(weights))
    if weights.inconclusive is not None:
        low, high = weights.inconclusive
        told.append(f"A video between {low:.3f} and {high:.3f} is *inconclusive*.")
    return "\n\n".join(told)


def _point(point: OperatingPoint, counts: tuple[int, int] | None) -> tuple[str, ...]:
    reals, fakes = counts or (0, 0)
    return (
        _target(point),
        f"{point.threshold:.3f}",
        _rate(point.false_positive_rate, point.false_positive_interval, reals),
        _rate(point.true_positive_rate, point.true_positive_interval, fakes),
    )


def _target(point: OperatingPoint) -> str:
    return _NOT_RECORDED if point.asked_rate is None else f"{100 * point.asked_rate:g} %"


def _rate(rate: float, interval: tuple[float, float], count: int) -> str:
    """A rate with interval and count; the count is told only where rate and interval are those of that count."""
    low, high = interval
    hits = round(rate * count)
    exact = clopper_pearson(hits, count)
    is_of_count = count > 0 and np.allclose((hits / count, *exact), (rate, low, high), atol=1e-6)
    return f"{rate:.3f} [{low:.3f}, {high:.3f}] ({f'{hits} of {count}' if is_of_count else f'counts {_NOT_RECORDED}'})"


def _counts(weights: Weights, judged: Sequence[Judged]) -> tuple[int, int] | None:
    """Reals and fakes calibrated on: as recorded, else those of the evaluated sets that were calibrated on."""
    source = "" if weights.calibration is None else weights.calibration.source
    if found := _COUNTS.search(source):
        return int(found[2]), int(found[1])
    wholes = [own.document["whole"] for own in judged if own.is_calibrated_on(weights)]
    return (sum(w["reals"] for w in wholes), sum(w["fakes"] for w in wholes)) if wholes else None


def _whose_rates(weights: Weights) -> str:
    """Which videos the rates of the operating points count, and by which thresholds."""
    source = "" if weights.calibration is None else weights.calibration.source
    sets = AND.join(f"{use.name}, split {use.split}" if use.split else use.name for use in read_uses(source))
    told = f"The rates count the videos calibrated on{f' ({sets})' if sets else ''}."
    if "cross-fitted" in source:
        told += (
            " They are out-of-fold: each video was judged by a threshold that was set without its people, **not by the"
            " shipped threshold** beside which the rate stands. What the shipped threshold makes of each set stands"
            " under *Verdicts at the shipped thresholds*; it was set on these videos, and the rates above are the safer"
            " guide."
        )
    return told


def verdicts_section(weights: Weights, judged: Sequence[Judged]) -> str:
    """How fakes and reals of each set come out at each operating point; empty without a threshold or a set."""
    if not weights.operating_points or not judged:
        return ""
    rows = [
        (own.title, _target(point), f"{point.threshold:.3f}", word, *_states(weights, own, point, label))
        for own in judged
        for point in weights.operating_points
        for word, label in (("fakes", FAKE), ("reals", REAL))
    ]
    head = ("set", "target FPR", "threshold", "", *(state.value for state in _STATES))
    notes = [*_same_videos(weights, judged), *_missed(weights, judged), _RULE]
    return "\n\n".join(("## Verdicts at the shipped thresholds", _band(weights), table(head, rows), " ".join(notes)))


_RULE = (
    "Counted is the verdict that threshold, band and tested conditions give a video. The analysis also calls a video "
    "inconclusive where its interval over time reaches to both sides of the threshold or its face is in too few frames."
)


def _band(weights: Weights) -> str:
    if weights.inconclusive is None:
        return "There is no inconclusive band."
    low, high = weights.inconclusive
    inside = [point.threshold for point in weights.operating_points if low < point.threshold < high]
    told = f"Inconclusive band: above {low:.3f} and below {high:.3f}, at every operating point."
    if inside:
        thresholds = " and ".join(f"{threshold:.3f}" for threshold in inside)
        one = len(inside) == 1
        told += f" The {'threshold' if one else 'thresholds'} {thresholds} {'lies' if one else 'lie'} inside it:"
        told += f" there likely_fake begins at {high:.3f}."
    return told


def _states(weights: Weights, judged: Judged, point: OperatingPoint, label: int) -> Iterator[str]:
    found = [_verdict(weights, video, point) for video in _videos(judged, label)]
    for state in _STATES:
        yield f"{found.count(state)} of {len(found)}"


def _same_videos(weights: Weights, judged: Sequence[Judged]) -> Iterator[str]:
    if same := [own.title for own in judged if own.is_calibrated_on(weights)]:
        yield (
            f"**These thresholds were set on the very videos of {' and '.join(same)}**: on other videos expect more "
            "errors."
        )


def _missed(weights: Weights, judged: Sequence[Judged]) -> Iterator[str]:
    point = weights.operating_points[0]
    told = []
    for own in judged:
        found = [_verdict(weights, video, point) for video in _videos(own, FAKE)]
        if missed := found.count(VerdictState.LIKELY_REAL):
            told.append(f"{missed} of {counted(len(found), 'fake', 'fakes')} of {own.title}")
    if told:
        yield (
            f"At the threshold {point.threshold:.3f}, likely_real still holds {' and '.join(told)}: it is no proof that"
            " a video is real."
        )


def false_positives_section(weights: Weights, judged: Sequence[Judged]) -> str:
    """How many reals of each source are called fake at each operating point; empty where there is none."""
    told = []
    for own in judged:
        reals = _videos(own, REAL)
        if reals and weights.operating_points:
            sources = sorted({video["dataset"] for video in reals})
            parts = [(name, [video for video in reals if video["dataset"] == name]) for name in sources]
            parts = [*parts, ("all", reals)] if len(parts) > 1 else parts
            rows = [(name, *_called(weights, videos)) for name, videos in parts]
            told.append(f"{own.title}:\n\n{table(('source of the reals', *_called_head(weights)), rows)}")
    if not told:
        return ""
    lead = (
        "Real videos that the shipped thresholds call fake, by source, with Clopper and Pearson's 95 % intervals over "
        "videos. One that is out of scope counts among all and is not called fake."
    )
    return "\n\n".join(("## False positives on real video", " ".join((lead, *_same_videos(weights, judged))), *told))


def _called_head(weights: Weights) -> Iterator[str]:
    for point in weights.operating_points:
        yield f"likely_fake, target FPR {_target(point)}, threshold {point.threshold:.3f}"
        if _is_in_band(weights, point):
            yield f"at or above {point.threshold:.3f} (likely_fake or inconclusive)"


def _called(weights: Weights, videos: Sequence[Video]) -> Iterator[str]:
    for point in weights.operating_points:
        yield _share([_verdict(weights, video, point) == VerdictState.LIKELY_FAKE for video in videos])
        if _is_in_band(weights, point):
            yield _share([_reaches(weights, video, point.threshold) for video in videos])


def _is_in_band(weights: Weights, point: OperatingPoint) -> bool:
    """Whether a score can reach the threshold and still be inconclusive."""
    return weights.inconclusive is not None and point.threshold < weights.inconclusive[1]


def _share(called: Sequence[bool]) -> str:
    hits, count = sum(called), len(called)
    low, high = clopper_pearson(hits, count)
    return f"{hits} of {count} [{low:.3f}, {high:.3f}]"


def failures_section(weights: Weights, judged: Judged) -> str:
    """Misjudged videos at the first threshold, each with the frame that was furthest off; empty without a threshold."""
    if not weights.operating_points:
        return ""
    threshold = weights.operating_points[0].threshold
    frames = dict(judged.document["settings"])["frames per track"]
    videos = judged.document["videos"]
    scored = [(video, _probability(weights, video["logit"])) for video in videos if _is_tested(weights, video)]
    alarms = sorted(((v, p) for v, p in scored if v["label"] == REAL and p >= threshold), key=lambda pair: -pair[1])
    misses = sorted(((v, p) for v, p in scored if v["label"] == FAKE and p < threshold), key=lambda pair: pair[1])
    folder = _common_folder([video["source"] for video in videos])
    told = [
        f"**Failures** at the threshold of the first operating point, fake probability {threshold:.3f}, each with the "
        f"frame furthest off (scored frames of each track: {frames}):"
    ]
    if outside := len(videos) - len(scored):
        told.append(f"{counted(outside, 'video is', 'videos are')} out of scope and not listed.")
    kinds = (
        ("real called fake", "reals called fake", alarms, 1),
        ("fake not called fake", "fakes not called fake", misses, -1),
    )
    for one, many, found, sign in kinds:
        if not found:
            told.append(f"No {one}.")
            continue
        rows = [
            (f"`{v['video'].replace(folder, '', 1)}`", f"{p:.3f}", _worst(judged, weights, v, sign))
            for v, p in found[:FAILURES]
        ]
        more = f" The {FAILURES} furthest off of {len(found)}." if len(found) > FAILURES else ""
        head = ("video", "fake probability", "worst frame")
        told.append(f"{counted(len(found), one, many)}.{more}\n\n{table(head, rows)}")
    return "\n\n".join(told)


def _common_folder(sources: Sequence[str]) -> str:
    """What a card leaves out of the names of videos: where they lay on the machine that judged them."""
    folder = posixpath.commonpath([posixpath.dirname(source) for source in sources])
    return f"{folder}/" if folder else ""


def _videos(judged: Judged, label: int) -> list[Video]:
    return [video for video in judged.document["videos"] if video["label"] == label]


def _verdict(weights: Weights, video: Video, point: OperatingPoint) -> VerdictState:
    if not _is_tested(weights, video):
        return VerdictState.OUT_OF_SCOPE
    return verdict_at(_probability(weights, video["logit"]), point.threshold, weights.inconclusive)


def _reaches(weights: Weights, video: Video, threshold: float) -> bool:
    return _is_tested(weights, video) and _probability(weights, video["logit"]) >= threshold


def _is_tested(weights: Weights, video: Video) -> bool:
    bits = video["bits_per_pixel"]
    known = math.nan if bits is None else bits
    envelope = weights.envelope
    return envelope is not None and envelope.holds(video["face_px"], video["sharpness"], known, video["codec"])


def _probability(weights: Weights, logit: float) -> float:
    return float(weights.fake_prob(np.array(logit)))


def _worst(judged: Judged, weights: Weights, video: Video, sign: int) -> str:
    """The frame that speaks most for the wrong side, on the track whose score stands for the video."""
    tracks: dict[str, list[Mapping[str, str]]] = {}
    for face in judged.faces:
        if face["video"] == video["video"]:
            tracks.setdefault(face["track_id"], []).append(face)
    if not tracks:
        return ""
    standing = min(tracks.values(), key=lambda own: abs(np.mean([float(f["logit"]) for f in own]) - video["logit"]))
    face = max(standing, key=lambda face: sign * float(face["logit"]))
    return f"frame {face['frame_index']}: {_probability(weights, float(face['logit'])):.3f}"
