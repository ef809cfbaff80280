"""Who is who in frames that lie far apart: the tracker's own measure of place, size and look, without its end of time.

`lav_gui.faces.tracking` ends a track after two seconds unseen, which is right for a video walked through; here a whole
video is known by a few dozen frames, so a person keeps the number for as long as the look tells that it is the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lav_gui.faces.appearance import look_of
from lav_gui.faces.assignment import assign
from lav_gui.faces.tracks import ALONE, Track, match
from lav_gui.records import Detection, Frame


@dataclass(slots=True, eq=False)
class _Person:
    track: Track
    best_score: float


class Linker:
    """Numbers the faces of frames given one by one, in order.

    Parameters
    ----------
    sure_score : float
        A person who is never seen with at least this score is none (`persons` leaves it out).
    """

    def __init__(self, sure_score: float) -> None:
        self._sure_score = sure_score
        self._people: list[_Person] = []

    def see(self, frame: Frame, detections: Sequence[Detection]) -> list[int]:
        """Track id, from 1, of each detection of the next frame."""
        now = frame.seconds
        looks = [look_of(frame.image, found.box_xyxy) for found in detections]
        cost = match([person.track for person in self._people], detections, looks, now)
        owners = {column: row for row, column in assign(cost, ALONE)}
        for row, person in enumerate(self._people):
            if row not in owners.values() and person.track.missing_since is None:
                person.track.missing_since = now
        ids = []
        for column, (found, look) in enumerate(zip(detections, looks, strict=True)):
            if column in owners:
                person = self._people[owners[column]]
                person.track.see(found.box_xyxy, now, look)
                person.best_score = max(person.best_score, found.score)
            else:
                self._people.append(_Person(Track(found.box_xyxy, now, look), found.score))
                owners[column] = len(self._people) - 1
            ids.append(owners[column] + 1)
        return ids

    def persons(self, *, still: bool) -> set[int]:
        """Track ids that are faces: seen surely once. In a still picture the surest one counts in any case."""
        sure = {number for number, person in enumerate(self._people, start=1) if person.best_score >= self._sure_score}
        if still and not sure and self._people:
            scores = [person.best_score for person in self._people]
            return {scores.index(max(scores)) + 1}
        return sure
