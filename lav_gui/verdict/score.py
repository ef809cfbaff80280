"""From frames to one number: a track's logit is the mean of its frame logits, a video's the highest track.

Why the mean of logits: the mean over frames is the field's video-level score; on logits it does not saturate as on
probabilities, it does not grow with the length of the video as a maximum does, and a linear calibration gives the same
answer before and after it. Its price: a short forged span in a long track is diluted; the segments show it.
Why the highest track: one forged face is enough to make a video a forgery. The error rates of an operating point must
be measured on this very function; then the choice of the highest of several faces is inside them.

A track of fewer than `MINIMUM_TRACK_FRAMES` analyzed frames (often a false detection) does not count, unless all
tracks of the video are that short.
"""

from collections.abc import Sequence

from lav_gui.records import TrackSeries

MINIMUM_TRACK_FRAMES = 3


def track_logit(series: TrackSeries) -> float:
    """Raw logit of a track: the mean of its frame logits.

    Raises
    ------
    ValueError
        If the track has no frame.
    """
    if len(series) == 0:
        raise ValueError(f"track {series.track_id} has no frame")
    return float(series.logit.mean())


def is_long_enough(series: TrackSeries) -> bool:
    """Whether a track is seen often enough to be judged."""
    return len(series) >= MINIMUM_TRACK_FRAMES


def video_track(series: Sequence[TrackSeries]) -> TrackSeries | None:
    """The track that stands for the video: the highest of those long enough, or of all where none is.

    Of equal tracks the one with the lowest id. None where there is no track.
    """
    candidates = [track for track in series if is_long_enough(track)] or list(series)
    return max(candidates, key=lambda track: (track_logit(track), -track.track_id), default=None)


def video_logit(series: Sequence[TrackSeries]) -> float | None:
    """Raw logit of a video, or None where it shows no face."""
    highest = video_track(series)
    return None if highest is None else track_logit(highest)
