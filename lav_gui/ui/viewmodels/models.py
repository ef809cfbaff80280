"""All view-models of one window, made in the order in which they need each other."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from lav_gui.settings import Settings
from lav_gui.ui.frames import FrameServer
from lav_gui.ui.jobs import Jobs
from lav_gui.ui.pace import pace_path
from lav_gui.ui.viewmodels.analysis import AnalysisModel, Launch, launch_child
from lav_gui.ui.viewmodels.casefile import CaseModel
from lav_gui.ui.viewmodels.choices import ChoicesModel
from lav_gui.ui.viewmodels.display import DisplayModel
from lav_gui.ui.viewmodels.document import DocumentModel
from lav_gui.ui.viewmodels.export import ExportModel, Render, render_in_child
from lav_gui.ui.viewmodels.face_detail import FaceDetailModel
from lav_gui.ui.viewmodels.faces import FacesModel
from lav_gui.ui.viewmodels.identity import IdentityModel
from lav_gui.ui.viewmodels.messages import MessagesModel
from lav_gui.ui.viewmodels.playback import PlaybackModel
from lav_gui.ui.viewmodels.results import ResultsModel
from lav_gui.ui.viewmodels.scene import SceneModel
from lav_gui.ui.viewmodels.selection import SelectionModel


@dataclass(frozen=True, slots=True)
class Doors:
    """Where the window meets the world; tests put their own here."""

    launch: Launch = launch_child
    render: Render = render_in_child
    pace_file: Callable[[], Path] = pace_path


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
        self.display = DisplayModel(self)
        self.results = ResultsModel(self.jobs, self)
        self.casefile = CaseModel(self.jobs, self.results, self)
        self.choices = ChoicesModel(settings.analysis, doors.pace_file(), self)
        self.analysis = AnalysisModel(self.jobs, doors.launch, parent=self)
        self.faces = FacesModel(self)
        self.scene = SceneModel(self.playback, self.results, self.selection, self.display)
        self.detail = FaceDetailModel(self.playback, self.results, self.selection, self.scene)
        self.identity = IdentityModel(self.frames, self.playback, self.scene)
        self.export = ExportModel(self.jobs, doors.render, self)
