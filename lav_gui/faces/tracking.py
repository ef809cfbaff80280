"""Frames -> face crops: when to look, who is who, and the cut. No torch.

The rules, all by presentation time and face size, so that they hold at 30 frames per second and at one in two seconds:

* Looking. Detection runs on every frame where frames lie more than 0.15 s apart, else as seldom as keeps detections
  at most 0.15 s apart; always on the last frame of a batch and on both sides of a scene cut. Between two detections
  that follow each other and belong to one track the box goes straight (`detection_score` None there); a face that one
  of them lacks has no box in between.
* Evidence. Results leave batch by batch and nothing is taken back, so a track opens only with a detection of at least
  the detector's `sure_score`; it goes on with weaker ones. (Two weak ones in a row are no evidence: patterns in the
  scenery that look a little like a face do so in every frame.) Weak ones of no track are counted in `unsure`.
* Who is who. Best assignment over place, motion, size and look (`tracks.match`); see there for the gates.
* End. A scene cut ends all tracks. A track also ends when it was not found for 2 s, counted from the first frame that
  lacked it. One that is found again in time keeps its number.
* Size. A face below `min_face_px` is followed but not cropped, and counted in `too_small`.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from lav_gui.faces import geometry
from lav_gui.faces.appearance import look_of
from lav_gui.faces.assignment import assign
from lav_gui.faces.detectors import FaceDetector
from lav_gui.faces.scenes import SceneView, is_cut, view_scene
from lav_gui.faces.tracks import ALONE, Track, match
from lav_gui.records import Box, Detection, FaceCrop, Frame, face_px
from lav_gui.settings import AnalysisSettings

DETECTION_SECONDS = 0.15
LOSS_SECONDS = 2.0

Sighting = tuple[Track, Box, float | None]
"""Who, where, and the detector's score (None: between two detections)."""


class FaceTracker:
    """Finds faces in consecutive batches of frames, tells people apart, and cuts the crops.

    Parameters
    ----------
    detector : FaceDetector
    crop_size : int
        Side of the crops in pixels: what the network expects.
    settings : AnalysisSettings
        `min_face_px` and `crop_margin` are used.
    sample_aspect_ratio : Fraction
        Of the upright frames.
    """

    def __init__(
        self, detector: FaceDetector, crop_size: int, settings: AnalysisSettings, sample_aspect_ratio: Fraction
    ) -> None:
        self._detector = detector
        self._crop_size = crop_size
        self._settings = settings
        self._ratio = sample_aspect_ratio
        self._tracks: list[Track] = []
        self._next_id = 1
        self._view: SceneView | None = None
        self._looked_at: float | None = None
        self._too_small: dict[int, int] = {}
        self._unsure: dict[int, int] = {}

    @property
    def too_small(self) -> Mapping[int, int]:
        """Faces below `min_face_px` per frame index, of all frames seen by this tracker; frames without are absent."""
        return MappingProxyType(self._too_small)

    @property
    def unsure(self) -> Mapping[int, int]:
        """Detections too weak to open a track and near none, per frame index; frames without are absent."""
        return MappingProxyType(self._unsure)

    def crops(self, frames: Sequence[Frame]) -> tuple[FaceCrop, ...]:
        """Crops of all faces in the next frames.

        Parameters
        ----------
        frames : sequence of Frame
            In presentation order, after those of the last call. Tracks go on from call to call.

        Returns
        -------
        tuple of FaceCrop
            By frame, then by track.

        Raises
        ------
        FaceError
            If the detector fails.
        """
        cuts = self._cuts(frames)
        chosen = _schedule(frames, cuts, self._looked_at)
        found = self._detector.detect([frames[i].image for i in chosen], self._settings.min_face_px, self._ratio)
        sightings: list[list[Sighting]] = [[] for _ in frames]
        done = 0
        for at, detections in zip(chosen, found, strict=True):
            before = [] if cuts[at] else [(t, t.box_xyxy, t.seconds) for t in self._tracks if t.missing_since is None]
            if cuts[at]:
                self._tracks.clear()
            sightings[at] = self._follow(frames[at], detections)
            for i in range(done, at):
                sightings[i] = _interpolated(frames[i].seconds, before, sightings[at], frames[at].seconds)
            done, self._looked_at = at + 1, frames[at].seconds
        return tuple(
            crop for frame, seen in zip(frames, sightings, strict=True) for crop in self._cut_frame(frame, seen)
        )

    def resume(self, frame: Frame, boxes: Mapping[int, Box], next_track_id: int) -> None:
        """Take up tracks of an earlier, interrupted analysis, so that people keep their numbers.

        Parameters
        ----------
        frame : Frame
            The last frame that was analyzed.
        boxes : mapping of int to Box
            Its face boxes by track id.
        next_track_id : int
            Above every id given so far.

        Raises
        ------
        ValueError
            If an id is not below `next_track_id`.
        """
        if any(not 0 < track_id < next_track_id for track_id in boxes):
            raise ValueError(f"track ids {sorted(boxes)} must lie below {next_track_id}")
        self._tracks = [
            Track(box, frame.seconds, look_of(frame.image, box), track_id=track_id) for track_id, box in boxes.items()
        ]
        self._next_id = next_track_id
        self._view, self._looked_at = view_scene(frame), frame.seconds

    def _cuts(self, frames: Sequence[Frame]) -> list[bool]:
        """For each frame whether a scene cut lies before it."""
        cuts = []
        for frame in frames:
            view = view_scene(frame)
            cuts.append(self._view is not None and is_cut(self._view, view))
            self._view = view
        return cuts

    def _follow(self, frame: Frame, detections: Sequence[Detection]) -> list[Sighting]:
        """Give each detection to a track, or open one; returns the faces of the frame."""
        now = frame.seconds
        known = [t for t in self._tracks if t.missing_since is None or now - t.missing_since <= LOSS_SECONDS]
        looks = [look_of(frame.image, found.box_xyxy) for found in detections]
        owners = {column: known[row] for row, column in assign(match(known, detections, looks, now), ALONE)}
        for track in known:
            if track not in owners.values() and track.missing_since is None:
                track.missing_since = now
        for column, (found, look) in enumerate(zip(detections, looks, strict=True)):
            if column in owners:
                alone = all(other is found or geometry.iou(found.box_xyxy, other.box_xyxy) == 0 for other in detections)
                owners[column].see(found.box_xyxy, now, look if alone else None)
            elif found.score >= self._detector.sure_score:
                owners[column] = Track(found.box_xyxy, now, look)
                known.append(owners[column])
        self._tracks = known
        if len(owners) < len(detections):
            self._unsure[frame.index] = len(detections) - len(owners)
        return [(owners[i], found.box_xyxy, found.score) for i, found in enumerate(detections) if i in owners]

    def _cut_frame(self, frame: Frame, sightings: Sequence[Sighting]) -> list[FaceCrop]:
        """Crops of one frame by track; new tracks are numbered from left to right."""
        large = [s for s in sightings if face_px(s[1], self._ratio) >= self._settings.min_face_px]
        if len(large) < len(sightings):
            self._too_small[frame.index] = len(sightings) - len(large)
        for track, _, _ in sorted(large, key=lambda s: s[1]):
            if not track.track_id:
                track.track_id, self._next_id = self._next_id, self._next_id + 1
        return [self._crop(frame, *s) for s in sorted(large, key=lambda s: s[0].track_id)]

    def _crop(self, frame: Frame, track: Track, box: Box, score: float | None) -> FaceCrop:
        affine = geometry.crop_affine(box, self._crop_size, self._settings.crop_margin, self._ratio)
        image = geometry.cut_crop(frame.image, affine, self._crop_size)
        return FaceCrop(frame.index, track.track_id, box, score, image, affine)


def _schedule(frames: Sequence[Frame], cuts: Sequence[bool], looked_at: float | None) -> list[int]:
    """Places in the batch where detection runs."""
    chosen = []
    for i, frame in enumerate(frames):
        at_the_edge = i + 1 == len(frames) or cuts[i] or cuts[i + 1] or looked_at is None
        if at_the_edge or (looked_at is not None and frames[i + 1].seconds - looked_at > DETECTION_SECONDS):
            chosen.append(i)
            looked_at = frame.seconds
    return chosen


def _interpolated(
    seconds: float, before: Sequence[tuple[Track, Box, float]], after: Sequence[Sighting], after_seconds: float
) -> list[Sighting]:
    """Faces of a frame between two detections: those that both have."""
    between: list[Sighting] = []
    for track, box, _ in after:
        for old, old_box, old_seconds in before:
            if old is track:
                span = after_seconds - old_seconds
                share = (seconds - old_seconds) / span if span > 0 else 0.0
                between.append((track, geometry.between(old_box, box, share), None))
    return between
