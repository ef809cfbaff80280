"""Every sentence a verdict can say: a code, an English template with named places, and how values are printed.

The window translates the template, JSON and report print it filled in. No sentence says that a face "is fake" or
"is real": the network measures, the reader judges.
"""

from collections.abc import Iterable, Mapping

from lav_gui.records import Reason

TEMPLATES: Mapping[str, str] = {
    # why there is no verdict
    "untrained": "The network is untrained (random weights): its numbers mean nothing.",
    "uncalibrated": "The weights {model} are not calibrated: their fake probability is not a probability.",
    "no_operating_point": "The weights {model} state no threshold with measured error rates.",
    "no_envelope": "The weights {model} do not state under which conditions they were tested.",
    "no_frame": "No frame could be analyzed.",
    "no_face": "No face was found in any of the {total} analyzed frames.",
    "all_left_out": "All faces were left out by the examiner.",
    "high_dynamic_range": "The video is in high dynamic range, for which the network was not tested.",
    "outside_face_px": "Face {track} measures {value} px, outside the tested {low} to {high} px.",
    "outside_sharpness": "The sharpness of face {track} is {value}, outside the tested {low} to {high}.",
    "outside_bits_per_pixel": "The video has {value} bits per pixel, outside the tested {low} to {high}.",
    "outside_codec": "The video is coded as {value}, which was not tested.",
    # why the verdict is what it is
    "too_short": "Face {track} is seen in fewer than {minimum} analyzed frames.",
    "inconclusive_band": (
        "The fake probability of face {track}, {fake_prob}, lies in the band from {low} to {high}"
        " in which these weights do not decide."
    ),
    "interval_straddles": (
        "The 95 % interval of face {track}, {low} to {high}, reaches to both sides of the threshold {threshold}."
    ),
    "at_or_above_threshold": (
        "Face {track} scores {fake_prob} (95 % interval {low} to {high}) and reaches the threshold {threshold};"
        " in testing, {rate} of the real videos reached it."
    ),
    "below_threshold": (
        "No judged face reaches the threshold {threshold}; the highest, face {track}, scores {fake_prob}"
        " (95 % interval {low} to {high})."
    ),
    "high_spans_remain": (
        "Spans in which a face stays high: {count}. The score of a whole face dilutes a short manipulated span."
    ),
    "absence_is_no_proof": "That nothing was detected does not show that the video is authentic.",
    "nearest_operating_point": (
        "A false-positive rate of {asked} was asked for; the nearest that the weights state is {rate}."
    ),
    "chosen_after_the_run": (
        "The operating point was chosen after the run: a false-positive rate of {asked} instead of the run's own,"
        " {own}."
    ),
    "measured_rate": (
        "The threshold was set for a false-positive rate of {asked}; in testing, {rate} of the real videos reached it."
    ),
    # what speaks for and against
    "face_high": "Face {track} as a whole scores {fake_prob} and reaches the threshold {threshold}.",
    "segment": (
        "Face {track} stays high (above or near the threshold) from {first_seconds} s to {last_seconds} s"
        " (frames {first_frame}-{last_frame}), peak {peak} at frame {peak_frame}."
    ),
    "segment_of_one_frame": "Face {track} is high in frame {peak_frame} at {first_seconds} s: {peak}.",
    "more_segments": "Further spans in which a face stays high: {count}.",
    "face_low": "Face {track} nowhere stays high and as a whole scores {fake_prob}, below the threshold {threshold}.",
    "face_low_as_a_whole": "Face {track} as a whole scores {fake_prob}, below the threshold {threshold}.",
    "frames_below": "Face {track} lies below the threshold in {count} of its {total} analyzed frames.",
    # what was not judged
    "frames_without_face": "{count} of {total} analyzed frames show no face of at least {smallest} px.",
    "faces_too_small": "{count} of {total} analyzed frames show a face below {smallest} px, which was not analyzed.",
    "frames_not_analyzed": "{count} of the {total} frames of the file were not analyzed.",
    "faces_left_out": "Left out by the examiner: face {tracks}.",
    "faces_too_short": "Seen in fewer than {minimum} analyzed frames and not judged: face {tracks}.",
    "faces_outside": "Outside the tested conditions and not judged: face {tracks}.",
    "condition_unknown": "The {condition} of this video is not known and was not compared with the tested range.",
}


def say(code: str, **values: str) -> Reason:
    """The sentence of a code with its values.

    Raises
    ------
    KeyError
        If there is no such code, or a value is missing or not in the template.
    """
    reason = Reason(code, TEMPLATES[code], tuple(values.items()))
    unused = [name for name in values if "{" + name + "}" not in reason.template]
    if unused:
        raise KeyError(f"the sentence {code!r} has no place for {unused}")
    _ = reason.text
    return reason


def probability(value: float) -> str:
    """Two decimals, but never "0.00" or "1.00", which would claim certainty."""
    if value < 0.005:
        return "<0.01"
    return ">0.99" if value > 0.995 else f"{value:.2f}"


def seconds(value: float) -> str:
    """Two decimals."""
    return f"{value:.2f}"


def rate(value: float) -> str:
    """Percent with up to three digits, as in 5 % or 0.25 %."""
    return f"{100 * value:.3g} %"


def number(value: float | str | None) -> str:
    """A measured value: whole from 100 up, else three digits; text as it is."""
    if value is None or isinstance(value, str):
        return value or "?"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def listed(track_ids: Iterable[int]) -> str:
    """Track ids in a row: 3, 7, 9."""
    return ", ".join(str(track_id) for track_id in sorted(track_ids))
