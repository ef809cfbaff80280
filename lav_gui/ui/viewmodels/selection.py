"""What the analyst has picked out: one face, and a part of the video between two marks."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class Marks:
    """First and last frame of the marked part, both inclusive; None is the end of the video on that side."""

    first: int | None = None
    last: int | None = None

    @property
    def set(self) -> bool:
        """Whether anything is marked."""
        return self.first is not None or self.last is not None


class SelectionModel(QObject):
    """The selected face track and the in and out marks."""

    track_changed = Signal(object)
    """Track id or None."""
    marks_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._track: int | None = None
        self._marks = Marks()

    @property
    def track(self) -> int | None:
        """Selected track id."""
        return self._track

    @property
    def marks(self) -> Marks:
        """The marked part."""
        return self._marks

    def select(self, track_id: int | None) -> None:
        """Select a face."""
        if track_id != self._track:
            self._track = track_id
            self.track_changed.emit(track_id)

    def cycle(self, track_ids: tuple[int, ...], step: int) -> None:
        """Select the next (1) or previous (-1) of some faces, round and round."""
        if track_ids:
            place = track_ids.index(self._track) + step if self._track in track_ids else min(step - 1, 0)
            self.select(track_ids[place % len(track_ids)])

    def mark_in(self, frame_index: int) -> None:
        """Begin the marked part here; an end that lies before is dropped."""
        last = self._marks.last
        self._set(Marks(frame_index, None if last is not None and last < frame_index else last))

    def mark_out(self, frame_index: int) -> None:
        """End the marked part here; a beginning that lies after is dropped."""
        first = self._marks.first
        self._set(Marks(None if first is not None and first > frame_index else first, frame_index))

    def clear_marks(self) -> None:
        """Mark nothing."""
        self._set(Marks())

    def clear(self) -> None:
        """Forget face and marks, as another video is shown."""
        self.select(None)
        self.clear_marks()

    def _set(self, marks: Marks) -> None:
        if marks != self._marks:
            self._marks = replace(marks)
            self.marks_changed.emit(marks)
