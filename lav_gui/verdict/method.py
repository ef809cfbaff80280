"""The rules of the judgement in words, from the very constants that the code uses; for report and help."""

from lav_gui.records import Reason
from lav_gui.settings import AnalysisSettings
from lav_gui.verdict.bootstrap import BLOCK_SECONDS, CONFIDENCE, MINIMUM_BLOCKS, RESAMPLES, SEED
from lav_gui.verdict.curve import BAND_QUANTILES
from lav_gui.verdict.score import MINIMUM_TRACK_FRAMES
from lav_gui.verdict.segments import MERGE_SECONDS, MINIMUM_SECONDS

TEMPLATES = {
    "method_curve": (
        "The smoothed curve is the moving median of the calibrated frame logits over {window} s of presentation time;"
        " its band spans the {low} to {high} quantile of the frames in the same window."
    ),
    "method_segments": (
        "A segment begins where the smoothed curve reaches the threshold and ends where the odds fall below half of"
        " the threshold's; segments not more than {merge} s apart are one; those under {minimum} s are dropped."
    ),
    "method_score": (
        "A face's score is the mean of its frame logits, calibrated; the video's score is that of its highest face."
        " Faces seen in fewer than {frames} analyzed frames do not count where a longer one exists."
    ),
    "method_interval": (
        "The {confidence} interval of a face's score is a circular block bootstrap over time (blocks of {block} s,"
        " shorter where a track would give fewer than {blocks}; {resamples} resamples, seed {seed}), stretched for few"
        " blocks by Student's t (Politis and Romano 1992; Hesterberg 2015). It tells how the score varies over this"
        " track, not how often such scores are wrong."
    ),
    "method_proportion": "The score is not the proportion of the video that was manipulated.",
}


def method_sentences(settings: AnalysisSettings) -> tuple[Reason, ...]:
    """One sentence each on curve, segments, score and interval, as used under these settings."""
    values: dict[str, dict[str, str]] = {
        "method_curve": {
            "window": f"{settings.smoothing_seconds:g}",
            "low": f"{BAND_QUANTILES[0]:g}",
            "high": f"{BAND_QUANTILES[1]:g}",
        },
        "method_segments": {"merge": f"{MERGE_SECONDS:g}", "minimum": f"{MINIMUM_SECONDS:g}"},
        "method_score": {"frames": str(MINIMUM_TRACK_FRAMES)},
        "method_interval": {
            "confidence": f"{CONFIDENCE:.0%}",
            "block": f"{BLOCK_SECONDS:g}",
            "blocks": str(MINIMUM_BLOCKS),
            "resamples": str(RESAMPLES),
            "seed": str(SEED),
        },
    }
    return tuple(Reason(code, text, tuple(values.get(code, {}).items())) for code, text in TEMPLATES.items())
