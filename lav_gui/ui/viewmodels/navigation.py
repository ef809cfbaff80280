"""Navigation by meaning: from one remarkable place of the video to the next."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from lav_gui.ui.viewmodels.lanes.faces import FaceSpans, face_spans
from lav_gui.ui.viewmodels.lanes.streams import StreamLines, contribution_series, stream_lines
from lav_gui.ui.viewmodels.playback import PlaybackModel
from lav_gui.ui.viewmodels.results import ResultsModel
from lav_gui.ui.viewmodels.selection import SelectionModel
from lav_gui.ui.wording import say


class NavigationModel(QObject):
    """Goes to the next (1) or previous (-1) place of a kind; of the selected face alone, while one is selected.

    Parameters
    ----------
    playback : PlaybackModel
    results : ResultsModel
    selection : SelectionModel
    """

    ended = Signal(str)
    """There is no further place of that kind; a sentence for the analyst."""

    def __init__(self, playback: PlaybackModel, results: ResultsModel, selection: SelectionModel) -> None:
        super().__init__(results)
        self._playback, self._results, self._selection = playback, results, selection
        self._faces: FaceSpans | None = None
        self._streams: StreamLines | None = None
        self._looked = False
        results.judged_changed.connect(self._forget)
        selection.track_changed.connect(self._forget)

    def segment(self, step: int) -> None:
        """Go to a span in which a curve stays high."""
        judged = self._results.judged
        tracks = () if judged is None or not judged.facts.weights.trained else judged.verdict.tracks
        wanted = self._selection.track
        begins = [s.first_frame for t in tracks if wanted in (None, t.track_id) for s in t.segments]
        self._go(begins, step, say("No further span that stays high."))

    def disagreement(self, step: int) -> None:
        """Go to a place where the two streams contradict each other notably."""
        if not self._looked:
            self._streams = stream_lines(contribution_series(self._results.judged, self._selection.track))
            self._looked = True
        begins = [] if self._streams is None else self._streams.notable.first.tolist()
        self._go(begins, step, say("No further notable disagreement of the streams."))

    def track_start(self, step: int) -> None:
        """Go to where a face is first seen."""
        verdict = self._results.verdict
        begins = [] if verdict is None else [track.first_frame for track in verdict.tracks]
        self._go(begins, step, say("No further face begins."))

    def gap(self, step: int) -> None:
        """Go to a frame without a picture, or to where the analyzed frames begin to show no face."""
        if self._faces is None:
            self._faces = face_spans(self._results.judged)
        begins = [*self._faces.empty.first.tolist(), *(gap.index for gap in self._results.gaps)]
        self._go(begins, step, say("No further gap."))

    def _go(self, begins: Sequence[int], step: int, none_left: str) -> None:
        places, here = sorted(set(begins)), self._playback.position
        at = bisect_right(places, here) if step > 0 else bisect_left(places, here) - 1
        if 0 <= at < len(places):
            self._playback.pause()
            self._playback.seek(places[at])
        else:
            self.ended.emit(none_left)

    def _forget(self) -> None:
        self._faces, self._streams, self._looked = None, None, False
