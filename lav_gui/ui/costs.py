"""What each setting costs and changes, in one line; every figure comes from what was measured or from the weights."""

from lav_gui.settings import AnalysisSettings, ColorPolicy
from lav_gui.ui.pace import Pace
from lav_gui.ui.viewmodels.choices import Estimate
from lav_gui.ui.viewmodels.preferences import Effect
from lav_gui.ui.wording import duration, say
from lav_gui.verdict.sentences import rate
from model_zoo.weights_record import OperatingPoint, Weights

WEIGHED_PASSES = 4
"""Passes of the network over a frame whose streams are weighed, instead of one."""


def model_cost(weights: Weights | None) -> str:
    """What the chosen weights can say."""
    if weights is None:
        return say("These weights are not registered on this computer; the analysis cannot start.")
    if not weights.trained:
        return say("UNTRAINED: a random network. Its numbers mean nothing, and there is never a verdict.")
    if weights.calibration is None:
        return say("Not calibrated: its scores are not probabilities, and there is never a verdict.")
    return say(
        "Calibrated, with {count} measured thresholds. Another model changes every number.",
        count=len(weights.operating_points),
    )


def device_cost(pace: Pace) -> str:
    """How fast analyses ran here."""
    rest = say("Scores differ by rounding alone.")
    if not pace.device:
        return say("Changes the time. Not measured on this computer yet. {rest}", rest=rest)
    each = seconds_words(pace.seconds_per_frame)
    return say(
        "Changes the time: {time} per frame in the last analysis ({device}). {rest}",
        time=each,
        device=pace.device,
        rest=rest,
    )


def sampling_cost(estimate: Estimate | None, pace: Pace) -> str:
    """How many frames that is, and how long they take."""
    if estimate is None:
        time = seconds_words(pace.seconds_per_frame)
        return say("Each frame takes about {time}; more frames catch shorter manipulations.", time=time)
    return say(
        "{count} frames of this video, about {time}; more frames catch shorter manipulations.",
        count=estimate.frames,
        time=duration(estimate.seconds),
    )


def detector_cost(settings: AnalysisSettings) -> str:
    """How the detectors differ."""
    if settings.detector == "yunet":
        return say("3 to 6 times as fast as MTCNN on a processor. Boxes differ a little, and so do all scores.")
    return say("YuNet is 3 to 6 times as fast on a processor; its boxes differ a little, and so do all scores.")


def face_cost(weights: Weights | None) -> str:
    """What smaller faces cost, and where the weights were tested."""
    cost = say("Smaller values find more faces and take longer.")
    if weights is None or weights.envelope is None:
        return cost
    low, high = weights.envelope.face_px
    return say(
        "{cost} These weights were tested on {low} to {high} px.", cost=cost, low=f"{low:.0f}", high=f"{high:.0f}"
    )


def streams_cost(settings: AnalysisSettings) -> str:
    """How much longer the network works because streams are weighed."""
    stride = settings.contributions_every
    if stride == 0:
        return say("No extra time; which stream carries the evidence is then not known.")
    factor = 1 + (WEIGHED_PASSES - 1) / stride
    return say("The network's time × {factor}; scores stay the same.", factor=f"{factor:.3g}")


def color_cost(settings: AnalysisSettings) -> str:
    """What the color rule changes."""
    if settings.color is ColorPolicy.AUTO:
        return say("No extra time. The file's own tags are obeyed; a wrong matrix shifts colors and so all scores.")
    return say("No extra time. Overrides the file's own tags; the report states it.")


def point_words(point: OperatingPoint) -> str:
    """An operating point as what it means for real videos."""
    return say(
        "Set for {rate} false alarms: real videos that reach the threshold",
        rate=rate(point.stands_for),
    )


def point_detail(point: OperatingPoint) -> str:
    """What was measured at an operating point, and what it costs in missed manipulations."""
    return say(
        "In testing, {real} of real videos reached the threshold {threshold} (95 % interval up to {bound}), and {fake} "
        "of manipulated ones (from {lower}).",
        real=rate(point.false_positive_rate),
        bound=rate(point.false_positive_interval[1]),
        fake=rate(point.true_positive_rate),
        lower=rate(point.true_positive_interval[0]),
        threshold=f"{point.threshold:.2f}",
    )


def no_points_words(weights: Weights | None) -> str:
    """Why there is no choice of thresholds."""
    if weights is None:
        return model_cost(None)
    if not weights.trained or weights.calibration is None:
        return say(
            "The weights {name} are not calibrated. No threshold of theirs has a measured error rate, so there is no "
            "choice here, and every verdict is “out of scope”.",
            name=weights.name,
        )
    return say(
        "The weights {name} state no threshold with measured error rates, so there is no choice here, and every "
        "verdict is “out of scope”.",
        name=weights.name,
    )


def cache_cost(megabytes: int, frame_bytes: int | None) -> str:
    """What the memory for frames holds."""
    if not frame_bytes:
        return say("More memory makes going back and forth faster. Takes effect at the next start.")
    return say(
        "Holds about {count} frames of this video; more makes going back and forth faster. "
        "Takes effect at the next start.",
        count=megabytes * 1_000_000 // frame_bytes,
    )


def effect_words(effects: frozenset[Effect]) -> str:
    """When what was changed takes effect; empty where nothing was changed."""
    sentences = {
        Effect.THEME: say("The theme changes at once."),
        Effect.VERDICT: say("The run on screen is judged anew by the chosen threshold; its results stay."),
        Effect.NEXT_ANALYSIS: say("The next analysis uses the new settings; runs that are there keep theirs."),
        Effect.NEXT_START: say("Language and cache take effect at the next start."),
    }
    return " ".join(sentences[effect] for effect in Effect if effect in effects)


def estimate_words(estimate: Estimate | None) -> str:
    """How long an analysis of the open video would take; empty without a video."""
    if estimate is None:
        return ""
    time, frames = duration(estimate.seconds), say("{count} frames", count=estimate.frames)
    if estimate.measured_on:
        return say("{frames}, about {time} (pace of the last analysis here)", frames=frames, time=time)
    return say("{frames}, about {time} (a guess until the first analysis here)", frames=frames, time=time)


def seconds_words(seconds: float) -> str:
    """The time of one frame."""
    return say("{count} ms", count=round(seconds * 1000)) if seconds < 1 else say("{count} s", count=f"{seconds:.1f}")
