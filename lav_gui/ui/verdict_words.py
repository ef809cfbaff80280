"""What a verdict rests on, in words: how much was analyzed, by which threshold it was judged."""

from lav_gui.ui.viewmodels.results import Judged
from lav_gui.ui.wording import say
from lav_gui.verdict.sentences import rate


def state_words(judged: Judged, running: bool, unfinished: bool = False) -> str:
    """How much the verdict rests on; `unfinished` where the run was stopped before its end."""
    frames = say("{count} frames analyzed", count=judged.frames_analyzed)
    if running:
        return say("Provisional: {frames} so far", frames=frames)
    if unfinished:
        planned = len(judged.facts.planned)
        return say("Not finished: {frames} of {planned} planned", frames=frames, planned=planned)
    return frames


def judged_by_words(judged: Judged) -> str:
    """By which operating point it was judged; empty where the weights state none."""
    facts, verdict = judged.facts, judged.verdict
    weights = facts.weights
    point = weights.operating_point(facts.judged_by.false_positive_rate)
    if point is None or verdict.false_positive_rate is None or not weights.trained or weights.calibration is None:
        return ""
    words = say(
        "Threshold set for {rate} false alarms; in testing {measured} of real videos reached it (95 % interval up to "
        "{bound}).",
        rate=rate(point.stands_for),
        measured=rate(point.false_positive_rate),
        bound=rate(point.false_positive_interval[1]),
    )
    if facts.rate is None:
        return words
    return say(
        "{threshold} Chosen in the settings after the run, which was set to {own}; a report says so, too.",
        threshold=words,
        own=rate(facts.settings.false_positive_rate),
    )
