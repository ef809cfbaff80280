"""The wording rules: what may be said of a score, and how.

No sentence says that a face, a video or a file "is fake" or "is real". A score is an observation. What it means for a
question is an interpretation, for which likelihood ratios with stated populations would be needed; none are known to
this version, so it gives no evaluative opinion. The opinion is the examiner's, signed.
"""

from lav_gui.records import TrackVerdict, Verdict, VerdictState
from lav_gui.report import formats
from lav_gui.report.blocks import Callout
from model_zoo.weights_record import OperatingPoint, Weights

STATE_TITLES = {
    VerdictState.LIKELY_FAKE: "Likely manipulated",
    VerdictState.LIKELY_REAL: "No manipulation indicated",
    VerdictState.INCONCLUSIVE: "Inconclusive",
    VerdictState.OUT_OF_SCOPE: "No verdict: out of scope",
}

STATE_MEANINGS = {
    VerdictState.LIKELY_FAKE: (
        "The score of at least one face lies, with its whole interval, at or above the threshold. This describes the"
        " score; it does not establish that the video was manipulated, nor how or by whom."
    ),
    VerdictState.LIKELY_REAL: (
        "The scores of all judged faces lie, with their whole intervals, below the threshold. Absence of detection"
        " does not show authenticity."
    ),
    VerdictState.INCONCLUSIVE: "The scores do not allow to lean to either side.",
    VerdictState.OUT_OF_SCOPE: (
        "This software, with these weights, cannot judge this video. The report gives observations only; neither a"
        " high nor a low score may be read as an answer."
    ),
}

NO_OPINION = (
    "No evaluative opinion is given. A statement on the strength of the evidence (a likelihood ratio) needs scores of"
    " comparable manipulated and unmanipulated videos; no such reference populations are registered for these weights."
)

DEFAULT_QUESTION = (
    "Do the faces in this video show traces of the kinds of manipulation that the network was trained to find, and"
    " where?"
)

SCORE_IS_NO_SHARE = (
    "A score is not the proportion of the video that was manipulated, nor the probability that an allegation is true."
)


def banner(weights: Weights) -> Callout | None:
    """What must stand on every page; None for weights that are trained and calibrated."""
    if not weights.trained:
        return Callout("UNTRAINED", "Random weights: no score or heatmap in this report says anything about the video.")
    if weights.calibration is None:
        return Callout("UNCALIBRATED", "The scores in this report are not probabilities and carry no error rates.")
    return None


def score_name(weights: Weights) -> str:
    """What the number between 0 and 1 may be called."""
    if not weights.trained:
        return "untrained score"
    return "uncalibrated score" if weights.calibration is None else "fake probability"


def score_title(weights: Weights) -> str:
    """The same at the start of a sentence or column."""
    name = score_name(weights)
    return name[0].upper() + name[1:]


def decisive(verdict: Verdict) -> TrackVerdict | None:
    """The face whose score stands for the video: the first with the video's own score."""
    return next((track for track in verdict.tracks if track.fake_prob == verdict.fake_prob), None)


def video_score(verdict: Verdict, weights: Weights) -> str:
    """One sentence on the score of the video."""
    track = decisive(verdict)
    if track is None:
        return "No face was measured, so there is no score."
    return (
        f"The {score_name(weights)} of the video is {formats.score(track.fake_prob)} (95 % interval"
        f" {formats.interval(track.interval)}), that of its highest face, face {track.track_id}, over"
        f" {formats.count(track.frame_count)} analyzed frames."
    )


def chosen_point(verdict: Verdict, weights: Weights) -> OperatingPoint | None:
    """The operating point that the verdict used; None where the weights state none."""
    return next((point for point in weights.operating_points if point.threshold == verdict.threshold), None)


def threshold_name(verdict: Verdict, weights: Weights) -> str:
    """The threshold of curves and segments, and whether it decides anything."""
    value = formats.score(verdict.threshold)
    return f"threshold {value}" if chosen_point(verdict, weights) else f"level {value}, for orientation only"


def error_rates(verdict: Verdict, weights: Weights) -> str:
    """Both error rates at the operating point with their intervals, or that they are not known."""
    point = chosen_point(verdict, weights)
    if point is None or not weights.trained:
        return (
            "No error rates are known for these weights, so there is no threshold that decides anything. The line at"
            f" {formats.score(verdict.threshold)} in the figures is drawn for orientation only."
        )
    missed = 1 - point.true_positive_rate
    missed_interval = (1 - point.true_positive_interval[1], 1 - point.true_positive_interval[0])
    set_for = "" if point.asked_rate is None else f" set for {formats.percent(point.asked_rate)} false positives"
    return (
        f"At the threshold {formats.score(point.threshold)}{set_for}, in testing,"
        f" {formats.percent(point.false_positive_rate)} of the unmanipulated videos reached it (95 % interval"
        f" {formats.percent_interval(point.false_positive_interval)}), and {formats.percent(missed)} of the"
        f" manipulated videos did not ({formats.percent_interval(missed_interval)}). These rates hold for the test"
        " material named under Software and models, and for no other."
    )


def main_limitation(verdict: Verdict, weights: Weights) -> str:
    """The limitation that weighs most, in one or two sentences."""
    if not weights.trained:
        return (
            "The network has random weights and was never trained. The report shows that the examination can be carried"
            " out and documented; its scores, heatmaps and contributions have no meaning."
        )
    if weights.calibration is None:
        return "The weights are not calibrated: it is not known how often such scores occur in unmanipulated videos."
    if verdict.state is VerdictState.OUT_OF_SCOPE:
        return _out_of_scope(verdict, weights)
    return (
        "The network finds traces of the kinds of manipulation it was trained on. Other kinds may leave none that it"
        " knows, and strong compression, filters or re-recording may hide or imitate such traces."
    )


def _out_of_scope(verdict: Verdict, weights: Weights) -> str:
    if decisive(verdict) is None:
        return "No face was measured, so this report says nothing on whether a face was manipulated."
    if chosen_point(verdict, weights) is None or weights.envelope is None:
        return "It is not known how often, and under which conditions, these weights err."
    return "The video lies outside the conditions under which the network was tested, so its error rates do not apply."
