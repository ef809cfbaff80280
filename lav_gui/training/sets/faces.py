"""The faces of one source: found in frames spread over it, or taken over from its aligned original."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from lav_gui.errors import TrainingError
from lav_gui.faces.detectors import FaceDetector
from lav_gui.media.reader import VideoReader
from lav_gui.records import Detection, Frame, Gap, MediaInfo, MediaKind, face_px
from lav_gui.training.sets.alignment import same_moment
from lav_gui.training.sets.forged import with_masks
from lav_gui.training.sets.frame_choice import choose_frames
from lav_gui.training.sets.landmarks import Landmarker
from lav_gui.training.sets.linking import Linker
from lav_gui.training.sets.patches import Cut, cut_window, patch_window
from lav_gui.training.sets.settings import PrepareSettings
from lav_gui.training.sets.sources import Problem, Source

ALIGNED_LEAST = 0.5
"""Part of the compared faces that must show the same moment; else a fake stands alone."""


@dataclass(frozen=True, slots=True, eq=False)
class Eyes:
    """What looks at frames: one detector and one landmarker for many sources."""

    detector: FaceDetector
    landmarker: Landmarker


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """Faces of a source with the facts of its file, and whether they are those of its original.

    `bits_per_pixel` is NaN for a still picture: its bytes say nothing of the coding of videos. `notes` tell how good
    the masks are that were derived.
    """

    cuts: tuple[Cut, ...]
    info: MediaInfo
    bits_per_pixel: float
    aligned: bool
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def gather(
    source: Source, masked: Sequence[int], original: Sequence[Cut], eyes: Eyes, settings: PrepareSettings
) -> Gathered:
    """Faces of a source.

    Parameters
    ----------
    source : Source
    masked : sequence of int
        Frames to take first: those of which the source, or a relative, has a mask.
    original : sequence of Cut
        Faces of the aligned original; empty where there is none. Their boxes are taken over where the frames show the
        same moment, so that no difference of boxes can betray the label (SCIENCE 2.2, number 36).
    eyes : Eyes
    settings : PrepareSettings

    Returns
    -------
    Gathered

    Raises
    ------
    MediaError, FaceError, TrainingError
        If the source or its masks cannot be read.
    """
    with VideoReader(source.path) as reader:
        info, count = reader.info, len(reader.index)
        bits = math.nan if info.kind is MediaKind.IMAGE or info.bits_per_pixel is None else info.bits_per_pixel
        cuts, problems = _taken_over(source, reader, original)
        aligned = bool(cuts)
        if not aligned:
            frames = choose_frames(count, settings.frames, masked)
            cuts, more = _found(source, reader, frames, eyes, settings)
            problems += more
    masked_faces = with_masks(source, cuts, original if aligned else (), (count, info), settings)
    told = (*problems, *masked_faces.problems)
    return Gathered(masked_faces.cuts, info, bits, aligned, told, masked_faces.notes)


def _found(
    source: Source, reader: VideoReader, frames: Sequence[int], eyes: Eyes, settings: PrepareSettings
) -> tuple[tuple[Cut, ...], list[Problem]]:
    """Faces that the detector finds, numbered by person."""
    ratio = reader.info.sample_aspect_ratio
    linker = Linker(eyes.detector.sure_score)
    cuts: list[Cut] = []
    small = gaps = shapeless = 0
    for frame in reader.frames(frames):
        if isinstance(frame, Gap):
            gaps += 1
            continue
        seen = eyes.detector.detect([frame.image], settings.min_face_px, ratio)[0]
        large = [found for found in seen if face_px(found.box_xyxy, ratio) >= settings.min_face_px]
        small += len(seen) - len(large)
        for track_id, found in zip(linker.see(frame, large), large, strict=True):
            try:
                cuts += _cut(frame, track_id, found, ratio, eyes.landmarker)
            except TrainingError:  # five points that make no face: of this face alone
                shapeless += 1
    persons = linker.persons(still=reader.info.kind is MediaKind.IMAGE)
    problems = [Problem(str(source.path), f"{gaps} of {len(frames)} frames have no picture")] if gaps else []
    if shapeless:
        problems.append(Problem(str(source.path), f"{shapeless} faces whose landmarks make no face are left out"))
    kept = tuple(cut for cut in cuts if cut.track_id in persons)
    if not kept:
        reason = f", only {small} below {settings.min_face_px} pixels" if small else ""
        problems.append(Problem(str(source.path), f"no face was found in {len(frames)} frames{reason}; left out"))
    return _renumbered(kept), problems


def _cut(frame: Frame, track_id: int, found: Detection, ratio: Fraction, landmarker: Landmarker) -> list[Cut]:
    """The face cut out; nothing where it lies outside or the detector gives no points."""
    window = patch_window(found.box_xyxy, (frame.image.shape[0], frame.image.shape[1]), ratio)
    if window is None or found.landmarks is None:
        return []
    points = landmarker.landmarks(frame.image, found.landmarks)
    return [Cut(frame.index, track_id, found.box_xyxy, points, window, cut_window(frame.image, window), None)]


def _taken_over(source: Source, reader: VideoReader, original: Sequence[Cut]) -> tuple[tuple[Cut, ...], list[Problem]]:
    """Faces at the original's places, where most of them show the same moment; none else."""
    by_frame: dict[int, list[Cut]] = {}
    for cut in original:
        if cut.frame_index < len(reader.index):
            by_frame.setdefault(cut.frame_index, []).append(cut)
    kept: list[Cut] = []
    compared = 0
    for frame in reader.frames(sorted(by_frame)):
        if isinstance(frame, Gap):
            continue
        for theirs in by_frame[frame.index]:
            compared += 1
            ours = _at_the_place_of(theirs, frame, reader.info.sample_aspect_ratio)
            if ours is not None and same_moment(theirs, ours):
                kept.append(ours)
    if not by_frame or len(kept) == compared > 0:
        return tuple(kept), []
    if len(kept) < ALIGNED_LEAST * max(compared, 1):
        what = "its frames do not show the moments of its original; it stands alone"
        return (), [Problem(str(source.path), what)]
    what = f"{compared - len(kept)} of {compared} faces do not show the moment of the original; left out"
    return tuple(kept), [Problem(str(source.path), what)]


def _at_the_place_of(theirs: Cut, frame: Frame, ratio: Fraction) -> Cut | None:
    window = patch_window(theirs.box_xyxy, (frame.image.shape[0], frame.image.shape[1]), ratio)
    if window is None:
        return None
    return replace(theirs, window=window, image=cut_window(frame.image, window), mask=None)


def _renumbered(cuts: Sequence[Cut]) -> tuple[Cut, ...]:
    """Track ids from 1 without holes, in their old order."""
    numbers = {old: new for new, old in enumerate(sorted({cut.track_id for cut in cuts}), start=1)}
    return tuple(replace(cut, track_id=numbers[cut.track_id]) for cut in cuts)
