"""A small picture of each face, cut from the frame where its curve is highest."""

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from lav_gui.errors import LavError
from lav_gui.faces.geometry import cut_crop
from lav_gui.media.reader import VideoReader
from lav_gui.records import FaceResult, Frame
from lav_gui.settings import ColorPolicy
from lav_gui.ui.jobs import Jobs
from lav_gui.ui.viewmodels.document import DocumentModel
from lav_gui.ui.viewmodels.results import Judged, ResultsModel
from lav_gui.ui.viewmodels.tracks import face_rows, name_at

SIDE = 96
"""Pixels; shown at half of it on a screen of ratio 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Thumb:
    """The crop of a face, (`SIDE`, `SIDE`, 3) RGB, and the frame it is of."""

    track_id: int
    frame_index: int
    image: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class _Wish:
    track_id: int
    frame_index: int
    face: FaceResult
    crop_size: int


def thumb_steps(path: Path, color: ColorPolicy, wishes: list[_Wish]) -> Generator[Thumb, None, None]:
    """Cut the wished faces from the video, in the order of its frames; a frame without a picture gives none."""
    by_frame: dict[int, list[_Wish]] = {}
    for wish in wishes:
        by_frame.setdefault(wish.frame_index, []).append(wish)
    with VideoReader(path, color) as reader:
        for item in reader.frames(sorted(by_frame)):
            if isinstance(item, Frame):
                yield from (_cut(item, wish) for wish in by_frame[item.index])


def _cut(frame: Frame, wish: _Wish) -> Thumb:
    affine = np.array(wish.face.frame_from_crop)
    step = wish.crop_size / SIDE  # a pixel of the thumb over a pixel of the crop
    affine[:, 2] += affine[:, :2] @ np.array([step - 1, step - 1]) / 2
    affine[:, :2] *= step
    return Thumb(wish.track_id, frame.index, cut_crop(frame.image, affine, SIDE))


class ThumbsModel(QObject):
    """Has the pictures cut beside the window: for new faces at once, anew for all when the analysis is complete.

    Parameters
    ----------
    jobs : Jobs
        Owns the threads.
    document : DocumentModel
    results : ResultsModel
    """

    made = Signal(object)
    """`Thumb`."""
    cleared = Signal()

    def __init__(self, jobs: Jobs, document: DocumentModel, results: ResultsModel) -> None:
        super().__init__(results)
        self._jobs, self._document, self._results = jobs, document, results
        self._asked: dict[int, int] = {}
        self._run: int | None = None
        self._generation = 0
        self._busy = False
        results.facts_changed.connect(self._change_run)
        results.judged_changed.connect(self.renew)
        document.opened.connect(self.renew)  # a reopened case is judged before its video is open

    def renew(self) -> None:
        """Ask for the pictures that are missing."""
        judged, video = self._results.judged, self._document.video
        if judged is None or video is None or self._busy:
            return
        wishes = self._wishes(judged)
        if not wishes:
            return
        self._asked |= {wish.track_id: wish.frame_index for wish in wishes}
        self._busy = True
        generation = self._generation
        job = self._jobs.make(lambda: thumb_steps(video.path, video.color, wishes))
        job.progressed.connect(lambda thumbs: self._take(thumbs, generation))
        job.ended.connect(self._end)
        job.start()

    def _change_run(self) -> None:
        facts = self._results.facts
        run = None if facts is None else facts.run_id
        if run != self._run:
            self._run, self._asked = run, {}
            self._generation += 1  # each case counts its runs anew
            self.cleared.emit()

    def _wishes(self, judged: Judged) -> list[_Wish]:
        complete = judged.frames_analyzed >= len(judged.facts.planned)
        wishes = []
        for row in face_rows(judged):
            asked = self._asked.get(row.track_id)
            if asked is None or (complete and asked != row.strongest_frame):
                face = self._face(row.track_id, row.strongest_frame)
                if face is not None:
                    wishes.append(_Wish(row.track_id, row.strongest_frame, face, judged.facts.weights.input_size))
        return wishes

    def _face(self, track_id: int, frame_index: int) -> FaceResult | None:
        facts = self._results.facts
        try:
            result = self._results.find(frame_index)
        except LavError:  # told already where the picture itself is looked up
            return None
        if result is None or facts is None:
            return None
        of_track = (face for face in result.faces if name_at(face.track_id, frame_index, facts.edits) == track_id)
        return next(of_track, None)

    def _take(self, thumbs: tuple[Thumb, ...], generation: int) -> None:
        for thumb in thumbs if generation == self._generation else ():
            self.made.emit(thumb)

    def _end(self) -> None:
        self._busy = False
        self.renew()
