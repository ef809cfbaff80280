"""One face through time, and which detection belongs to which face."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lav_gui.faces import geometry
from lav_gui.faces.appearance import Look, blend_looks, look_distance
from lav_gui.records import Box, Detection

MOTION_SECONDS = 0.5
"""Detections further apart say nothing of motion; the face is then expected where it was."""
LOOK_AHEAD_SECONDS = 1.0
"""A lost face is expected to move on no longer than this."""
REACH_AT_ONCE, REACH_PER_SECOND, REACH_MOST = 0.5, 6.0, 3.0
"""How far a face may be from where it is expected, in face sizes: at once, more per second unseen, and at most.
A person walking across moves about 8 face sizes per second."""
SIZE_RATIO_AT_ONCE, SIZE_RATIO_PER_SECOND, SIZE_RATIO_MOST = 1.4, 0.4, 2.0
"""How much larger or smaller a face may be than when it was last seen."""
SAME_PLACE = 0.5
"""Shift in face sizes up to which a face is where it is expected."""
LOOK_JUST_SEEN, LOOK_IN_PLACE, LOOK_ELSEWHERE = 0.6, 0.4, 0.3
"""Largest difference of looks in the expected place a moment later or in a crowd, there later, and elsewhere."""
ALONE = 1.0
"""Cost of a track and a detection that stay alone, against that of taking one as the other."""
LOOK_SECONDS = 2.0
"""Time constant with which the running look forgets."""
CROWD = 1.5
"""Faces nearer to each other than this, in face sizes, hide parts of each other: looks tell less there."""


@dataclass(slots=True, eq=False)
class Track:
    """One face through time, as far as it was seen.

    Attributes
    ----------
    box_xyxy, seconds, look : last seen, when, and how (running).
    track_id : int
        0 until its first crop.
    missing_since : float or None
        Time of the first frame that lacked it; None while it is seen.
    velocity_xy : ndarray of shape (2,)
        Of the center, in pixels per second.
    """

    box_xyxy: Box
    seconds: float
    look: Look
    track_id: int = 0
    missing_since: float | None = None
    velocity_xy: NDArray[np.float64] = field(default_factory=lambda: np.zeros(2))

    def expected_box(self, seconds: float) -> Box:
        """Where the face should be at a time, moving on at constant velocity."""
        ahead = min(seconds - self.seconds, LOOK_AHEAD_SECONDS)
        dx, dy = (self.velocity_xy * ahead).tolist()
        left, top, right, bottom = self.box_xyxy
        return (left + dx, top + dy, right + dx, bottom + dy)

    def see(self, box_xyxy: Box, seconds: float, look: Look | None) -> None:
        """Take a further detection as this face, another in the way (look None) keeps the old look."""
        passed = seconds - self.seconds
        if passed > MOTION_SECONDS:
            self.velocity_xy = np.zeros(2)
        elif passed > 0:
            share = 1.0 - math.exp(-passed / 0.3)
            now = (_center(box_xyxy) - _center(self.box_xyxy)) / passed
            self.velocity_xy = (1 - share) * self.velocity_xy + share * now
        self.box_xyxy, self.seconds, self.missing_since = box_xyxy, seconds, None
        if look is not None:
            self.look = blend_looks(self.look, look, 1.0 - math.exp(-max(passed, 0.0) / LOOK_SECONDS))


def match(
    tracks: Sequence[Track], detections: Sequence[Detection], looks: Sequence[Look], seconds: float
) -> NDArray[np.float64]:
    """Cost of taking each detection as each track, shape (tracks, detections); infinite where out of the question.

    In [0, 1.2]. Place (overlap with and shift from the expected box, against the reach that the passed time allows)
    and look count 0.4 each, size 0.2; a lost face counts up to 0.2 more, so that one that is still seen goes first.
    """
    cost = np.full((len(tracks), len(detections)), np.inf)
    crowded = [_is_crowded(found, detections) for found in detections]
    for row, track in enumerate(tracks):
        lost = 0.0 if track.missing_since is None else min(0.2, 0.2 * (seconds - track.missing_since))
        for column, (found, look) in enumerate(zip(detections, looks, strict=True)):
            cost[row, column] = lost + _pair_cost(track, found.box_xyxy, look, crowded[column], seconds)
    return cost


def _pair_cost(track: Track, box: Box, look: Look, crowded: bool, seconds: float) -> float:
    expected = track.expected_box(seconds)
    passed = max(0.0, seconds - track.seconds)
    size = (_size(expected) + _size(box)) / 2
    shift = _distance(box, expected) / size
    reach = min(REACH_MOST, REACH_AT_ONCE + REACH_PER_SECOND * passed)
    growth = abs(math.log(_size(box) / _size(expected)))
    growth_most = math.log(min(SIZE_RATIO_MOST, SIZE_RATIO_AT_ONCE + SIZE_RATIO_PER_SECOND * passed))
    unlike = look_distance(track.look, look)
    just_seen = passed <= MOTION_SECONDS and track.missing_since is None
    unlike_most = LOOK_ELSEWHERE if shift > SAME_PLACE else LOOK_JUST_SEEN if just_seen or crowded else LOOK_IN_PLACE
    if shift > reach or growth > growth_most or unlike > unlike_most:
        return math.inf
    place = 0.5 * (1 - geometry.iou(expected, box)) + 0.5 * shift / reach
    return 0.4 * place + 0.2 * growth / growth_most + 0.4 * unlike / LOOK_JUST_SEEN


def _is_crowded(found: Detection, detections: Sequence[Detection]) -> bool:
    near = CROWD * _size(found.box_xyxy)
    return any(other is not found and _distance(found.box_xyxy, other.box_xyxy) < near for other in detections)


def _distance(a: Box, b: Box) -> float:
    return float(np.hypot(*(_center(a) - _center(b))))


def _center(box: Box) -> NDArray[np.float64]:
    return np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])


def _size(box: Box) -> float:
    return math.sqrt((box[2] - box[0]) * (box[3] - box[1]))
