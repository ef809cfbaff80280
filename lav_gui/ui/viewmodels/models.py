"""All view-models of one window, made in the order in which they need each other."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from lav_gui.settings import Settings, settings_path
from lav_gui.ui.frames import FrameServer
from lav_gui.ui.jobs import Jobs
from lav_gui.ui.pace import pace_path
from lav_gui.ui.sound import OpenSink, SoundServer
from lav_gui.ui.sound_device import open_device
from lav_gui.ui.viewmodels.analysis import AnalysisModel, Launch, launch_child
from lav_gui.ui.viewmodels.casefile import CaseModel
from lav_gui.ui.viewmodels.choices import ChoicesModel
from lav_gui.ui.viewmodels.compare import CompareModel
from lav_gui.ui.viewmodels.curves import CurvesModel
from lav_gui.ui.viewmodels.digest import DigestModel
from lav_gui.ui.viewmodels.display import DisplayModel, display_from
from lav_gui.ui.viewmodels.document import DocumentModel
from lav_gui.ui.viewmodels.export import ExportModel, Render, render_in_child
from lav_gui.ui.viewmodels.face_detail import FaceDetailModel
from lav_gui.ui.viewmodels.faces import FacesModel
from lav_gui.ui.viewmodels.history import HistoryModel
from lav_gui.ui.viewmodels.identity import IdentityModel
from lav_gui.ui.viewmodels.messages import MessagesModel
from lav_gui.ui.viewmodels.navigation import NavigationModel
from lav_gui.ui.viewmodels.notes import NotesModel
from lav_gui.ui.viewmodels.packets import PacketsModel
from lav_gui.ui.viewmodels.pinned import PinModel
from lav_gui.ui.viewmodels.places import PlacesModel
from lav_gui.ui.viewmodels.playback import PlaybackModel
from lav_gui.ui.viewmodels.preferences import PreferencesModel
from lav_gui.ui.viewmodels.previews import PreviewsModel
from lav_gui.ui.viewmodels.processed import ProcessedModel
from lav_gui.ui.viewmodels.queue import QueueModel
from lav_gui.ui.viewmodels.recent import RecentModel, recent_path
from lav_gui.ui.viewmodels.result_tables import SEGMENTS, TRACKS, ResultTable
from lav_gui.ui.viewmodels.results import ResultsModel
from lav_gui.ui.viewmodels.scene import SceneModel
from lav_gui.ui.viewmodels.second_run import SecondRunModel
from lav_gui.ui.viewmodels.selection import SelectionModel
from lav_gui.ui.viewmodels.sound import SoundModel
from lav_gui.ui.viewmodels.survey import content_survey, sound_survey
from lav_gui.ui.viewmodels.thumbs import ThumbsModel
from lav_gui.ui.viewmodels.videos import VideosModel


@dataclass(frozen=True, slots=True)
class Doors:
    """Where the window meets the world; tests put their own here."""

    launch: Launch = launch_child
    render: Render = render_in_child
    pace_file: Callable[[], Path] = pace_path
    sound: OpenSink = open_device
    recent_file: Callable[[], Path] = recent_path
    settings_file: Callable[[], Path] = settings_path


class Models(QObject):
    """Owns the view-models, the decoder thread and all jobs.

    Parameters
    ----------
    settings : Settings
        The user's choices.
    doors : Doors, optional
    """

    def __init__(self, settings: Settings, doors: Doors | None = None) -> None:
        super().__init__()
        doors = doors or Doors()
        self.settings = settings
        self.jobs = Jobs(self)
        self.frames = FrameServer(settings.cache_megabytes * 1_000_000, self)
        self.messages = MessagesModel(self)
        self.document = DocumentModel(self.frames, self.jobs, self)
        self.playback = PlaybackModel(self.frames, parent=self)
        self.selection = SelectionModel(self)
        self.selection.marks_changed.connect(lambda marks: self.playback.set_span(marks.first, marks.last))
        self.places = PlacesModel(self.playback)
        self.digest = DigestModel(self.frames, self.playback)
        self.sounds = SoundServer(doors.sound, self)
        self.sound = SoundModel(self.sounds, self.document, self.playback)
        self.previews = PreviewsModel(self.jobs, self.document)
        self.display = DisplayModel(display_from(settings.picture), self)
        self.results = ResultsModel(self.jobs, self)
        self.casefile = CaseModel(self.jobs, self.results, self)
        self.notes = NotesModel(self.casefile, self.document, self)
        self.history = HistoryModel(self.casefile)
        self.choices = ChoicesModel(settings.analysis, doors.pace_file(), self)
        self.preferences = PreferencesModel(settings, doors.settings_file(), self.choices, self)
        self.analysis = AnalysisModel(self.jobs, doors.launch, parent=self)
        self.faces = FacesModel(self)
        self.queue = QueueModel(self)
        self.videos = VideosModel(self)
        self.recent = RecentModel(self.jobs, doors.recent_file(), self)
        self.pins = PinModel(self.document, self.playback)
        self.compare = CompareModel(self.playback, self.pins)
        self.compare.failed.connect(self.messages.report)
        self.document.closed.connect(self.compare.end)
        self.processed = ProcessedModel(self.jobs, self.playback, self.results, self.display, self.pins)
        self.scene = SceneModel(self.playback, self.results, self.selection, self.display, self.processed)
        self.scene.changed.connect(self.faces.show_scene)
        self.thumbs = ThumbsModel(self.jobs, self.document, self.results)
        self.thumbs.made.connect(self.faces.show_thumb)
        self.thumbs.cleared.connect(self.faces.clear_thumbs)
        self.detail = FaceDetailModel(self.playback, self.results, self.selection, self.scene)
        self.identity = IdentityModel(self.frames, self.playback, self.scene)
        self.content, self.wave = content_survey(self.jobs, self.document), sound_survey(self.jobs, self.document)
        self.curves, self.packets = CurvesModel(self.jobs, self.results), PacketsModel(self.jobs, self.document)
        self.second_run = SecondRunModel(self.jobs, self.casefile)
        self.segment_table, self.track_table = ResultTable(SEGMENTS, self), ResultTable(TRACKS, self)
        self.navigation = NavigationModel(self.playback, self.results, self.selection)
        self.export = ExportModel(self.jobs, doors.render, self)
