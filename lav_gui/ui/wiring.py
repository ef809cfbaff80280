"""Which view shows what, and what it asks for: the one place where views and view-models meet."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel

from lav_gui.records import Evidence
from lav_gui.resources import resource_path
from lav_gui.ui.player_wiring import join_player, join_timeline
from lav_gui.ui.progress_wiring import ProgressWiring
from lav_gui.ui.timeline_wiring import join_lanes, join_tables
from lav_gui.ui.viewmodels.analysis import AnalysisState
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.document import Video
from lav_gui.ui.viewmodels.messages import Message, MessageKind
from lav_gui.ui.viewmodels.results import RunFacts
from lav_gui.ui.views.empty import EmptyView
from lav_gui.ui.views.face_card import FaceCard
from lav_gui.ui.views.faces_view import FacesView
from lav_gui.ui.views.header import HeaderView, file_words
from lav_gui.ui.views.notes_view import NotesView
from lav_gui.ui.views.picture import PictureView
from lav_gui.ui.views.queue_view import QueueView
from lav_gui.ui.views.recent_view import RecentView
from lav_gui.ui.views.segment_table import TablesView
from lav_gui.ui.views.side_panel import SidePanel
from lav_gui.ui.views.timeline import TimelineView
from lav_gui.ui.views.transport import TransportView
from lav_gui.ui.views.videos_view import VideosView
from lav_gui.ui.views.view_strip import ViewStrip
from lav_gui.ui.wording import say

WRITTEN = "written"
DEMO_TOLD = "demo"
DEMO_CLIP = ("demo", "swap_fake.mp4")


@dataclass(frozen=True, slots=True)
class Views:
    """The views of one window."""

    empty: EmptyView
    header: HeaderView
    picture: PictureView
    strip: ViewStrip
    transport: TransportView
    timeline: TimelineView
    tables: TablesView
    faces: FacesView
    face: FaceCard
    notes: NotesView
    videos: VideosView
    queue: QueueView
    recent: RecentView
    side: SidePanel
    pointed: QLabel
    zoomed: QLabel


class Wiring(QObject):
    """Joins the views of a window to its desk.

    Parameters
    ----------
    views : Views
    desk : Desk
    parent : QObject
        The window.
    """

    def __init__(self, views: Views, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._views, self._desk = views, desk
        self._join_asking()
        self._join_video()
        join_player(views.transport, desk)
        join_timeline(views.timeline, desk)
        join_lanes(views.timeline, desk)
        join_tables(views.tables, desk)
        self._join_results()
        self._join_progress()
        self._show_display()

    def _join_asking(self) -> None:
        """What the views ask for."""
        views, desk = self._views, self._desk
        views.empty.demo_asked.connect(self._open_demo)
        views.picture.face_clicked.connect(desk.selection.select)
        views.picture.pointed.connect(views.pointed.setText)
        views.picture.split_asked.connect(desk.display.set_split)
        views.picture.follow_ended.connect(lambda: desk.display.set_following(False))
        views.picture.zoom_changed.connect(lambda zoom: views.zoomed.setText(f"{zoom:.0%}"))
        views.strip.opacity_asked.connect(desk.display.set_opacity)
        views.faces.face_picked.connect(desk.selection.select)
        views.side.start.start_asked.connect(desk.running.start)
        views.side.run_asked.connect(desk.casefile.show_run)
        views.side.verdict.place_asked.connect(self._show_place)

    def _join_video(self) -> None:
        """What is told of the video and its picture."""
        views, desk = self._views, self._desk
        desk.document.opened.connect(self._show_video)
        desk.document.closed.connect(self._show_no_video)
        desk.document.identified.connect(self._show_evidence)
        desk.scene.changed.connect(views.picture.show_scene)
        desk.display.changed.connect(self._show_display)

    def _join_results(self) -> None:
        """What is told of runs, faces and verdict."""
        views, desk = self._views, self._desk
        desk.casefile.runs_changed.connect(self._show_runs)
        desk.casefile.shown.connect(self._show_runs)
        desk.results.facts_changed.connect(self._show_facts)
        desk.results.judged_changed.connect(views.side.verdict.show_judged)
        desk.detail.changed.connect(views.face.show_detail)
        desk.selection.track_changed.connect(views.faces.show_selected)

    def _join_progress(self) -> None:
        """What is told of work that goes on."""
        desk = self._desk
        ProgressWiring(self._views.header, desk)
        desk.analysis.progress_changed.connect(self._show_running)
        desk.conditions_changed.connect(self._show_conditions)
        desk.export.exported.connect(self._tell_written)
        desk.messages.chosen.connect(self._open_written)

    def _tell_written(self, path: Path) -> None:
        text = say("Written: {path}", path=str(path))
        self._desk.messages.show(Message(WRITTEN, MessageKind.NOTICE, text, choices=((str(path), say("Open")),)))

    def _open_written(self, key: str, choice: str) -> None:
        if key == WRITTEN:
            QDesktopServices.openUrl(QUrl.fromLocalFile(choice))

    def _show_place(self, track_id: int, frame_index: int) -> None:
        self._desk.playback.pause()
        self._desk.selection.select(track_id)
        self._desk.playback.seek(frame_index)

    def _open_demo(self) -> None:
        self._desk.open(resource_path(*DEMO_CLIP), analyze=True)
        told = say(
            "The demo: the face on the left was swapped, the one on the right is real. Weights can be wrong; "
            "compare what they find with what you know."
        )
        self._desk.messages.show(Message(DEMO_TOLD, MessageKind.NOTICE, told))

    def _show_video(self, video: Video | None) -> None:
        index = None if video is None else video.index
        self._views.transport.show_video(index)
        self._views.header.show_file(*file_words(video, None))

    def _show_no_video(self) -> None:
        self._show_video(None)

    def _show_evidence(self, evidence: Evidence) -> None:
        self._views.header.show_file(*file_words(self._desk.document.video, evidence))

    def _show_display(self) -> None:
        self._views.strip.show_display(self._desk.display.value)

    def _show_runs(self) -> None:
        run = self._desk.casefile.run
        self._views.side.show_runs(self._desk.casefile.runs, None if run is None else run.run_id)

    def _show_facts(self, facts: RunFacts | None) -> None:
        self._views.side.show_has_run(facts is not None)

    def _show_conditions(self, conditions: frozenset[str]) -> None:
        identifying = "video" in conditions and "identified" not in conditions
        why_not = self._turn_words() if "queued" in conditions else ""
        why_not = say("Reading the file…") if identifying else why_not
        self._views.side.start.set_ready("can_analyze" in conditions, why_not)

    def _turn_words(self) -> str:
        """Of a video on screen that is in the queue: whether its turn is now."""
        is_now = self._desk.analysis.state is not AnalysisState.IDLE and not self._desk.running.other_name
        return say("It is being analyzed.") if is_now else say("It is in the queue; its turn comes.")

    def _show_running(self) -> None:
        desk = self._desk
        busy = desk.analysis.state is not AnalysisState.IDLE
        self._views.side.verdict.show_running(busy and not desk.running.other_name)
