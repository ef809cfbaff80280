"""What the picture view paints: the frame, its view, and each face's box and heatmap where they belong."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from lav_gui.errors import LavError
from lav_gui.records import Box, FaceResult, Frame, FrameResult, Gap
from lav_gui.ui.viewmodels.display import DEFAULT_DISPLAY, Display, DisplayModel, View
from lav_gui.ui.viewmodels.follow import Follow, follow_face
from lav_gui.ui.viewmodels.playback import PlaybackModel
from lav_gui.ui.viewmodels.processed import Processed, ProcessedModel
from lav_gui.ui.viewmodels.results import ResultsModel
from lav_gui.ui.viewmodels.selection import SelectionModel
from lav_gui.ui.viewmodels.tracks import chief_face, left_out, name_at


class FrameStanding(StrEnum):
    """What is known of the shown frame."""

    NO_RUN = "no_run"
    NOT_PLANNED = "not_planned"
    NOT_YET = "not_yet"
    NO_FACE = "no_face"
    ANALYZED = "analyzed"
    GAP = "gap"


@dataclass(frozen=True, slots=True, eq=False)
class FaceMark:
    """One face over the picture.

    `frame_from_heatmap` (2, 3) maps heatmap cells (column, row; edges at whole numbers) to frame pixels (edges at
    whole numbers). `held` tells that box and heatmap are those of an earlier frame, shown while the video plays;
    `judged`, that the face has a part in the latest verdict, or that there is none yet.
    """

    track_id: int
    box_xyxy: Box
    fake_prob: float
    selected: bool
    included: bool
    held: bool
    judged: bool
    heatmap: NDArray[np.float16]
    frame_from_heatmap: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything the picture view paints. `aspect` is the width of a stored pixel over its height.

    `processed` is the picture for the views that need one; None where it is not made yet, or cannot be: then `missing`
    says what to do. `follow` is what is kept large; None shows the whole picture.
    """

    frame: Frame | None
    gap: Gap | None
    aspect: float
    marks: tuple[FaceMark, ...]
    standing: FrameStanding
    heatmap_opacity: float
    boxes: bool
    meaningful: bool
    display: Display = DEFAULT_DISPLAY
    processed: Processed | None = None
    missing: str = ""
    follow: Follow | None = None


EMPTY = Scene(None, None, 1.0, (), FrameStanding.NO_RUN, 0.0, False, True)


def frame_from_heatmap(face: FaceResult, crop_size: int) -> NDArray[np.float64]:
    """The map from heatmap cells to frame pixels, both with edges at whole numbers.

    The crop's affine has pixel centers at whole numbers; a cell covers `crop_size` / grid crop pixels.
    """
    cell = crop_size / face.heatmap.shape[0]
    turn, shift = face.frame_from_crop[:, :2], face.frame_from_crop[:, 2]
    return np.column_stack([turn * cell, shift - turn @ np.array([0.5, 0.5]) + 0.5])


class SceneModel(QObject):
    """Joins picture, results, selection and display choices into one `Scene`."""

    changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        playback: PlaybackModel,
        results: ResultsModel,
        selection: SelectionModel,
        display: DisplayModel,
        processed: ProcessedModel,
    ) -> None:
        super().__init__(playback)
        self._playback, self._results, self._selection, self._display = playback, results, selection, display
        self._processed = processed
        self._scene = EMPTY
        self._unjudged: frozenset[int] = frozenset()
        self._aspect = 1.0
        playback.shown_changed.connect(self.renew)
        playback.playing_changed.connect(self.renew)
        results.facts_changed.connect(self.renew)
        results.judged_changed.connect(self._take_unjudged)
        results.frames_arrived.connect(self._renew_if_new)
        selection.track_changed.connect(self.renew)
        display.changed.connect(self.renew)
        processed.changed.connect(self.renew)

    @property
    def scene(self) -> Scene:
        """What is painted now."""
        return self._scene

    def set_aspect(self, aspect: float) -> None:
        """Width of a stored pixel over its height, for the open video."""
        self._aspect = aspect

    def result(self) -> FrameResult | None:
        """What was said of the very frame on screen; None where it was not analyzed."""
        shown = self._playback.shown
        return self._find(shown.index) if isinstance(shown, Frame) else None

    def renew(self) -> None:
        """Make the scene anew."""
        self._scene = self._make()
        self.changed.emit(self._scene)

    def _renew_if_new(self) -> None:
        shown = self._playback.shown
        if isinstance(shown, Frame) and self._scene.standing is FrameStanding.NOT_YET:
            self.renew()

    def _take_unjudged(self) -> None:
        verdict = self._results.verdict
        unjudged = frozenset(() if verdict is None else dict(verdict.unjudged))
        if unjudged != self._unjudged:
            self._unjudged = unjudged
            self.renew()

    def _make(self) -> Scene:
        shown, display = self._playback.shown, self._display.value
        if shown is None:
            return EMPTY
        facts = self._results.facts
        meaningful = facts is None or facts.weights.trained
        if isinstance(shown, Gap):
            return Scene(None, shown, self._aspect, (), FrameStanding.GAP, 0.0, False, meaningful)
        result = self._find(shown.index)
        standing = FrameStanding.NO_RUN
        if facts is not None:
            standing = FrameStanding.NOT_YET if self._results.is_planned(shown.index) else FrameStanding.NOT_PLANNED
        if result is not None:
            standing = FrameStanding.ANALYZED if result.faces else FrameStanding.NO_FACE
        elif self._playback.playing:
            result = self._held(shown.index)
        marks = () if result is None or display.blink else self._marks(result, shown.index)
        opacity = display.opacity if display.heatmap else 0.0
        scene = Scene(shown, None, self._aspect, marks, standing, opacity, display.boxes, meaningful)
        return self._with_view(replace(scene, follow=self._follow(shown)))

    def _follow(self, frame: Frame) -> Follow | None:
        """Where the face to follow is: the selected one, else the highest."""
        track = self._selection.track
        if track is None:
            track = chief_face(self._results.verdict)
        if track is None or not self._display.value.following:
            return None
        try:
            return follow_face(self._results, track, frame, self._aspect)
        except LavError as error:
            self.failed.emit(error)
            return None

    def _with_view(self, scene: Scene) -> Scene:
        """The scene with the view that is chosen; the bare original while the key for it is held."""
        display, processed = self._display.value, self._processed
        if display.blink:
            display = replace(display, view=View.ORIGINAL)
        return replace(scene, display=display, processed=processed.value, missing=processed.missing)

    def _held(self, frame_index: int) -> FrameResult | None:
        """While playing: the latest result, if the frame lies within the stride of the analysis."""
        before = self._results.analyzed_before(frame_index)
        after = self._results.analyzed_after(frame_index)
        if before is None or after is None or after - before > 2 * self._stride():
            return None
        return self._find(before)

    def _stride(self) -> int:
        analyzed = self._results.analyzed
        return max(1, round((analyzed[-1] - analyzed[0]) / max(1, len(analyzed) - 1)))

    def _marks(self, result: FrameResult, frame_index: int) -> tuple[FaceMark, ...]:
        facts = self._results.facts
        if facts is None:
            return ()
        out = left_out(facts.edits)
        marks = []
        for face in result.faces:
            name = name_at(face.track_id, result.index, facts.edits)
            marks.append(
                FaceMark(
                    track_id=name,
                    box_xyxy=face.box_xyxy,
                    fake_prob=face.fake_prob,
                    selected=name == self._selection.track,
                    included=name not in out,
                    held=result.index != frame_index,
                    judged=name not in self._unjudged,
                    heatmap=face.heatmap,
                    frame_from_heatmap=frame_from_heatmap(face, facts.weights.input_size),
                )
            )
        return tuple(marks)

    def _find(self, frame_index: int) -> FrameResult | None:
        try:
            return self._results.find(frame_index)
        except LavError as error:
            self.failed.emit(error)
            return None
