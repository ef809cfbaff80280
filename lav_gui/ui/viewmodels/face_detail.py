"""The selected face in the frame at rest: crop, noise residual and heatmap side by side, score and contributions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from lav_gui.faces.geometry import cut_crop
from lav_gui.records import Contributions, FaceResult, Frame
from lav_gui.ui.viewmodels.playback import PlaybackModel
from lav_gui.ui.viewmodels.results import ResultsModel
from lav_gui.ui.viewmodels.scene import SceneModel
from lav_gui.ui.viewmodels.selection import SelectionModel
from lav_gui.ui.viewmodels.tracks import chief_face, name_at
from model_zoo.residual import noise_residual, residual_picture
from model_zoo.weights_record import Weights


@dataclass(frozen=True, slots=True, eq=False)
class FaceDetail:
    """One face of one frame. `residual` is a picture already, see `model_zoo.residual.residual_picture`."""

    track_id: int
    frame: Frame
    crop: NDArray[np.uint8]
    residual: NDArray[np.uint8]
    heatmap: NDArray[np.float16]
    fake_prob: float
    logit: float
    face_px: float
    contributions: Contributions | None
    meaningful: bool


class FaceDetailModel(QObject):
    """Makes the `FaceDetail` when the picture comes to rest; None where the frame has none."""

    changed = Signal(object)

    def __init__(
        self, playback: PlaybackModel, results: ResultsModel, selection: SelectionModel, scene: SceneModel
    ) -> None:
        super().__init__(playback)
        self._results, self._selection, self._scene = results, selection, scene
        self._frame: Frame | None = None
        self._value: FaceDetail | None = None
        playback.rested.connect(self._rest)
        playback.shown_changed.connect(self._leave)
        selection.track_changed.connect(self._renew)
        results.facts_changed.connect(self._renew)
        results.frames_arrived.connect(self._renew_if_missing)
        results.judged_changed.connect(self._follow_chief)

    @property
    def value(self) -> FaceDetail | None:
        """What is shown now."""
        return self._value

    def _rest(self, frame: Frame) -> None:
        self._frame = frame
        self._renew()

    def _leave(self, shown: object) -> None:
        if shown is not self._frame:
            self._frame = None
            if shown is None:
                self._set(None)

    def _renew_if_missing(self) -> None:
        if self._value is None or self._frame is None or self._value.frame is not self._frame:
            self._renew()

    def _follow_chief(self) -> None:
        """While no face is selected, another one may become the highest."""
        shown = None if self._value is None else self._value.track_id
        if self._selection.track is None and shown not in (None, chief_face(self._results.verdict)):
            self._renew()

    def _renew(self) -> None:
        facts, result = self._results.facts, self._scene.result()
        if facts is None:
            self._set(None)
            return
        if self._frame is None:
            return
        if result is None or result.index != self._frame.index or not result.faces:
            self._set(None)
            return
        names = {name_at(face.track_id, result.index, facts.edits): face for face in result.faces}
        chosen = self._selection.track
        if chosen is None:
            chief = chief_face(self._results.verdict)
            chosen = chief if chief in names else min(names)
        elif chosen not in names:
            chosen = None
        self._set(None if chosen is None else _detail(chosen, names[chosen], self._frame, facts.weights))

    def _set(self, value: FaceDetail | None) -> None:
        if value is not self._value:
            self._value = value
            self.changed.emit(value)


def _detail(name: int, face: FaceResult, frame: Frame, weights: Weights) -> FaceDetail:
    crop = cut_crop(frame.image, face.frame_from_crop, weights.input_size)
    return FaceDetail(
        track_id=name,
        frame=frame,
        crop=crop,
        residual=residual_picture(noise_residual(crop, weights.mean, weights.std)),
        heatmap=face.heatmap,
        fake_prob=face.fake_prob,
        logit=face.logit,
        face_px=face.face_px,
        contributions=face.contributions,
        meaningful=weights.trained,
    )
