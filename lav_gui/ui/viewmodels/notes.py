"""The notes and markers of the video on the desk, for tables and the timeline; each is kept in the case at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from lav_gui.errors import LavError
from lav_gui.session.case import Case
from lav_gui.session.notes import Note, NoteCategory, NoteKind
from lav_gui.ui.colors import NOTE_COLORS
from lav_gui.ui.viewmodels.casefile import CaseModel
from lav_gui.ui.viewmodels.document import DocumentModel
from lav_gui.ui.viewmodels.headed_table import HeadedTable, Index
from lav_gui.ui.wording import NOTHING, category_title, clock, say

SORT_ROLE = Qt.ItemDataRole.UserRole
NOTE_ROLE = Qt.ItemDataRole.UserRole + 1
"""Id of a row's note."""
LOOK_ROLE = Qt.ItemDataRole.UserRole + 2
"""(category, color) of a row's note."""

USUAL_COLORS = dict(zip(NoteCategory, NOTE_COLORS[: len(NoteCategory)], strict=True))
"""The color that a note has unless another is chosen, by what it is about."""


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """What the analyst writes. `first` None: of the whole video; `last` None: of one frame. Without text a marker."""

    first: int | None = None
    last: int | None = None
    category: NoteCategory = NoteCategory.OBSERVATION
    color: str = USUAL_COLORS[NoteCategory.OBSERVATION]
    text: str = ""

    @property
    def kind(self) -> NoteKind:
        """A place without words is a marker."""
        return NoteKind.MARKER if self.first is not None and not self.text.strip() else NoteKind.NOTE


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A note or marker on the timeline: first and last frame, both inclusive, and how it looks."""

    note_id: int
    frame_first: int
    frame_last: int
    kind: NoteCategory
    color: str
    text: str


class NoteColumn(IntEnum):
    """Columns of the table."""

    FRAMES = 0
    KIND = 1
    TEXT = 2
    TIME = 3
    AUTHOR = 4


_HEADINGS = {
    NoteColumn.FRAMES: ("Frames", "Where the note belongs; double-click to go there."),
    NoteColumn.KIND: ("Kind", "What the note is about; each kind has its own shape."),
    NoteColumn.TEXT: ("Note", "What was written; all of it is in the report."),
    NoteColumn.TIME: ("Time", "Presentation time of the first frame."),
    NoteColumn.AUTHOR: ("Author", "Who wrote it, on which computer."),
}


class NotesModel(HeadedTable):
    """One row per note or marker, in the order in which they were added.

    Parameters
    ----------
    casefile : CaseModel
        Keeps them.
    document : DocumentModel
        The video; a note on one that has no case yet makes the case.
    parent : QObject, optional
    """

    headings = tuple(_HEADINGS[column] for column in NoteColumn)

    changed = Signal()
    """Other notes, or the same with another content."""
    selected_changed = Signal(object)
    """Note id or None."""
    failed = Signal(object, str)
    """`LavError`, and the text that could not be kept."""

    def __init__(self, casefile: CaseModel, document: DocumentModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casefile, self._document = casefile, document
        self._notes: tuple[Note, ...] = ()
        self._marks: tuple[NoteMark, ...] = ()
        self._waiting: list[NoteDraft] = []
        self._selected: int | None = None
        casefile.opened.connect(self._write_waiting)
        casefile.not_opened.connect(self._give_up)
        for signal in (casefile.runs_changed, casefile.edited, casefile.closed, document.opened):
            signal.connect(self.reload)
        document.closed.connect(self._give_up)

    @property
    def notes(self) -> tuple[Note, ...]:
        """Notes and markers of this video and of the case as a whole, in the order in which they were added."""
        return self._notes

    @property
    def marks(self) -> tuple[NoteMark, ...]:
        """Those that belong to a frame or span, by their first frame."""
        return self._marks

    @property
    def selected(self) -> Note | None:
        """The note that is picked out."""
        return next((note for note in self._notes if note.note_id == self._selected), None)

    def row_of(self, note_id: int | None) -> int | None:
        """Row of a note; None where it is not there."""
        return next((row for row, note in enumerate(self._notes) if note.note_id == note_id), None)

    def select(self, note_id: int | None) -> None:
        """Pick out a note."""
        if note_id != self._selected:
            self._selected = note_id
            self.selected_changed.emit(note_id)

    def add(self, draft: NoteDraft) -> None:
        """Keep a new note or marker on the video; its case is made if there is none."""
        evidence = self._document.evidence
        if evidence is None:
            self._tell_lost(LavError("A note needs a video that has been read; open it and wait a moment."), [draft])
        elif self._casefile.case is None:
            self._waiting.append(draft)
            if not self._casefile.is_opening:
                self._casefile.make(evidence)
        else:
            self._write([draft])

    def edit(self, note_id: int, draft: NoteDraft) -> None:
        """Write a note anew."""
        row = self.row_of(note_id)
        if row is None:
            return
        after = replace(
            self._notes[row],
            kind=draft.kind,
            category=str(draft.category),
            text=draft.text,
            color=draft.color,
            frame_index=draft.first,
            last_frame=draft.last,
        )
        self._try(lambda case: case.edit_note(after), [draft])

    def remove(self, note_id: int) -> None:
        """Take a note away; an undo brings it back."""
        self._try(lambda case: case.remove_note(note_id), [])

    def nearest(self, frame_index: int, step: int) -> NoteMark | None:
        """The next (1) or previous (-1) mark after or before a frame; None at the end."""
        if step > 0:
            return next((mark for mark in self.marks if mark.frame_first > frame_index), None)
        return next((mark for mark in reversed(self.marks) if mark.frame_first < frame_index), None)

    def words(self, note_id: int) -> str:
        """A note in one line, to be copied."""
        row = self.row_of(note_id)
        if row is None:
            return ""
        note = self._notes[row]
        place = say("whole video") if note.frame_index is None else say("frame {frames}", frames=frames_words(note))
        time = "" if note.frame_index is None else self._time(note)
        parts = (place, time, subject_title(note), note.text, note.author, f"{note.created:%Y-%m-%d %H:%M} UTC")
        return " · ".join(part for part in parts if part)

    def reload(self) -> None:
        """Read the notes anew."""
        case, evidence_id = self._casefile.case, self._casefile.evidence_id
        try:
            shown = () if case is None else case.notes_beside(evidence_id)
        except LavError as error:
            self.failed.emit(error, "")
            return
        if shown != self._notes:
            self.beginResetModel()
            self._notes = shown
            marks = [mark for mark in map(_mark_of, shown) if mark is not None]
            self._marks = tuple(sorted(marks, key=lambda mark: (mark.frame_first, mark.note_id)))
            self.endResetModel()
            self.changed.emit()
        if self._selected is not None and self.selected is None:
            self.select(None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of notes."""
        return 0 if parent.isValid() else len(self._notes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one property of a cell."""
        note, column = self._notes[index.row()], NoteColumn(index.column())
        answers: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: self._text(note, column),
            Qt.ItemDataRole.AccessibleTextRole: f"{say(_HEADINGS[column][0])}: {self._text(note, column)}",
            Qt.ItemDataRole.ToolTipRole: note.text or subject_title(note),
            SORT_ROLE: _sort_key(note, column),
            NOTE_ROLE: note.note_id,
            LOOK_ROLE: (category_of(note), color_of(note)),
        }
        return answers.get(role)

    def _text(self, note: Note, column: NoteColumn) -> str:
        if column is NoteColumn.FRAMES:
            return frames_words(note)
        if column is NoteColumn.KIND:
            return subject_title(note)
        if column is NoteColumn.TEXT:
            return " ".join(note.text.split())
        return self._time(note) if column is NoteColumn.TIME else note.author

    def _time(self, note: Note) -> str:
        video = self._document.video
        if video is None or note.frame_index is None or note.frame_index >= len(video.index):
            return NOTHING
        return clock(video.index.seconds(note.frame_index))

    def _write_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._write(waiting)

    def _write(self, drafts: list[NoteDraft]) -> None:
        evidence = self._document.evidence
        if evidence is None:
            return
        try:
            evidence_id = self._casefile.evidence_id or self._casefile.take_evidence(evidence)
        except LavError as error:
            self._tell_lost(error, drafts)
            return
        self._try(lambda case: [_add(case, evidence_id, draft) for draft in drafts], drafts)

    def _try(self, change: Callable[[Case], object], drafts: list[NoteDraft]) -> None:
        try:
            self._casefile.write(change)
        except (LavError, ValueError) as error:
            self._tell_lost(error, drafts)

    def _give_up(self) -> None:
        """The case that was to be made is not there; what was written must not be lost without a word."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._tell_lost(LavError("The note could not be kept, for it has no case; copy its text here."), waiting)

    def _tell_lost(self, error: Exception, drafts: list[NoteDraft]) -> None:
        self.failed.emit(error, "\n\n".join(draft.text for draft in drafts if draft.text))


def category_of(note: Note) -> NoteCategory:
    """What a note is about; OTHER where the case has a word that is not known here."""
    return NoteCategory(note.category) if note.category in USUAL_COLORS else NoteCategory.OTHER


def color_of(note: Note) -> str:
    """Color of a note; the usual one of its category where the case has none of ours."""
    return note.color if note.color in NOTE_COLORS else USUAL_COLORS[category_of(note)]


def subject_title(note: Note) -> str:
    """What a note is about, in the user's language."""
    return category_title(note.subject)


def frames_words(note: Note) -> str:
    """The frame or span of a note; a dash for one of the whole video."""
    first, last = note.frames
    if first is None:
        return NOTHING
    return str(first) if last is None or last == first else f"{first}–{last}"


def _add(case: Case, evidence_id: int, draft: NoteDraft) -> Note:
    frames = (draft.first, draft.last)
    return case.add_note(
        evidence_id, draft.text, *frames, kind=draft.kind, category=str(draft.category), color=draft.color
    )


def _mark_of(note: Note) -> NoteMark | None:
    first, last = note.frames
    if first is None:
        return None
    return NoteMark(note.note_id, first, first if last is None else last, category_of(note), color_of(note), note.text)


def _sort_key(note: Note, column: NoteColumn) -> Any:
    if column is NoteColumn.KIND:
        return note.subject
    if column is NoteColumn.TEXT:
        return note.text.casefold()
    if column is NoteColumn.AUTHOR:
        return note.author
    return -1 if note.frame_index is None else note.frame_index
