"""What each action does: asks by a dialog where needed, then tells a view-model."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QMainWindow

from lav_gui.ui.actions import Commands
from lav_gui.ui.logs import log_folder
from lav_gui.ui.player_commands import player_commands
from lav_gui.ui.progress_wiring import stop_now
from lav_gui.ui.snapshot import Snapshot, png_bytes
from lav_gui.ui.view_actions import begin_comparison
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.export import crop_snapshot, frame_snapshot
from lav_gui.ui.viewmodels.tracks import chief_face, face_rows
from lav_gui.ui.views import ask
from lav_gui.ui.wording import say


class Doer:
    """Carries out the actions of one window.

    Parameters
    ----------
    window : QMainWindow
        Parent of dialogs.
    desk : Desk
    """

    def __init__(self, window: QMainWindow, desk: Desk) -> None:
        self._window, self._desk = window, desk
        self._folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation))

    def open(self) -> None:
        """Ask for a file and open it."""
        path = ask.file_to_open(self._window, self._desk.document.folder(self._folder))
        if path is not None:
            self._folder = path.parent
            self._desk.open(path)

    def compare(self) -> None:
        """Ask for another file and compare the video on screen to it."""
        path = ask.file_to_compare(self._window, self._desk.document.folder(self._folder))
        if path is not None:
            begin_comparison(self._desk, path)

    def relink(self, name: str) -> None:
        """Ask where the evidence lies now."""
        path = ask.missing_file(self._window, name)
        if path is not None:
            self._desk.opening.relink(path)

    def export_pdf(self) -> None:
        """Ask for a place and write the report there."""
        case, facts = self._desk.casefile.case, self._desk.results.facts
        if case is None or facts is None:
            return
        suggested = case.path.with_suffix(".pdf")
        target = ask.place_to_save(self._window, say("Export the report"), suggested, "pdf")
        if target is not None:
            self._desk.export.export_pdf(case.path, facts.run_id, target, facts.rate)

    def save(self, snapshot: Snapshot | None) -> None:
        """Ask for a place and save a picture there."""
        if snapshot is None:
            return
        pictures = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
        folder = self._desk.document.folder(pictures)
        target = ask.place_to_save(self._window, say("Save the picture"), folder / snapshot.suggested_name, "png")
        if target is not None:
            self._desk.export.write_png(snapshot, target)

    def copy(self, snapshot: Snapshot | None) -> None:
        """Put a picture on the clipboard, as PNG with its texts and as plain pixels."""
        if snapshot is None:
            return
        png = png_bytes(snapshot)
        data = QMimeData()
        data.setData("image/png", png)
        data.setImageData(QImage.fromData(png))
        QGuiApplication.clipboard().setMimeData(data)
        self._desk.messages.tell(say("Copied as PNG, with file, frame, time and digests in it."))

    def save_frame(self) -> None:
        """Save the frame on screen."""
        self.save(frame_snapshot(self._desk.playback, self._desk.document.evidence))

    def copy_frame(self) -> None:
        """Copy the frame on screen."""
        self.copy(frame_snapshot(self._desk.playback, self._desk.document.evidence))

    def save_crop(self) -> None:
        """Save the selected face's crop."""
        self.save(crop_snapshot(self._desk.detail, self._desk.document.evidence))

    def copy_crop(self) -> None:
        """Copy the selected face's crop."""
        self.copy(crop_snapshot(self._desk.detail, self._desk.document.evidence))

    def step_analyzed(self, forward: bool) -> None:
        """Go to the next or previous frame with a result."""
        playback, results = self._desk.playback, self._desk.results
        here = playback.position
        found = results.analyzed_after(here) if forward else results.analyzed_before(here - 1)
        if found is not None:
            playback.pause()
            playback.seek(found)

    def go_strongest(self) -> None:
        """Go to the highest place of the selected face's curve, or of the chief face's."""
        verdict = self._desk.results.verdict
        if verdict is None or not verdict.tracks:
            return
        tracks, chief = {track.track_id: track for track in verdict.tracks}, chief_face(verdict)
        wanted = self._desk.selection.track if self._desk.selection.track in tracks else chief
        if wanted is None:
            return
        track = tracks[wanted]
        self._desk.playback.pause()
        self._desk.selection.select(track.track_id)
        self._desk.playback.seek(track.strongest_frame)

    def cycle_faces(self, step: int) -> None:
        """Select another face."""
        self._desk.selection.cycle(tuple(row.track_id for row in self._desk.faces.rows), step)

    def toggle_included(self) -> None:
        """Leave the selected face out, or take it in again."""
        row = self._desk.faces.row_of(self._desk.selection.track)
        if row is not None:
            face = self._desk.faces.rows[row]
            self._desk.casefile.include(face.track_id, not face.included)

    def split(self) -> None:
        """Split the selected face at this frame."""
        track = self._desk.selection.track
        if track is not None:
            self._desk.casefile.split(track, self._desk.playback.position)

    def merge(self) -> None:
        """Ask which face is the same person, and merge."""
        track, judged = self._desk.selection.track, self._desk.results.judged
        if track is None or judged is None:
            return
        others = [row.track_id for row in face_rows(judged) if row.included and row.track_id != track]
        other = ask.other_face(self._window, track, others)
        if other is not None:
            self._desk.casefile.merge(min(track, other), max(track, other))
            self._desk.selection.select(min(track, other))

    def open_log(self) -> None:
        """Show the folder of the log file."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder())))


def commands_of(doer: Doer, desk: Desk) -> Commands:
    """One callable per action but those that concern the window's own layout and views."""
    playback, selection = desk.playback, desk.selection
    return {
        **player_commands(desk),
        "file.open": doer.open,
        "view.compare": doer.compare,
        "file.close": desk.opening.leave,
        "file.stop": lambda: stop_now(desk),
        "file.export_pdf": doer.export_pdf,
        "file.save_frame": doer.save_frame,
        "file.copy_frame": doer.copy_frame,
        "file.save_crop": doer.save_crop,
        "file.copy_crop": doer.copy_crop,
        "analysis.start": desk.running.start,
        "analysis.resume": desk.running.resume,
        "analysis.cancel": desk.analysis.cancel,
        "playback.play": playback.toggle,
        "playback.next": lambda: playback.step(1),
        "playback.previous": lambda: playback.step(-1),
        "playback.next_ten": lambda: playback.step(10),
        "playback.previous_ten": lambda: playback.step(-10),
        "playback.second_on": lambda: playback.step_seconds(1.0),
        "playback.second_back": lambda: playback.step_seconds(-1.0),
        "playback.first": playback.go_first,
        "playback.last": playback.go_last,
        "playback.next_analyzed": lambda: doer.step_analyzed(True),
        "playback.previous_analyzed": lambda: doer.step_analyzed(False),
        "playback.strongest": doer.go_strongest,
        "marks.first": lambda: selection.mark_in(playback.position),
        "marks.last": lambda: selection.mark_out(playback.position),
        "marks.clear": selection.clear_marks,
        "faces.next": lambda: doer.cycle_faces(1),
        "faces.previous": lambda: doer.cycle_faces(-1),
        "faces.none": lambda: selection.select(None),
        "faces.include": doer.toggle_included,
        "faces.split": doer.split,
        "faces.merge": doer.merge,
        "edit.undo": desk.history.undo,
        "edit.redo": desk.history.redo,
        "help.log": doer.open_log,
    }
