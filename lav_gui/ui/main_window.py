"""The main window: it lays out the views, and does nothing else."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, QSettings, QSize, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QStackedWidget, QToolBar, QVBoxLayout, QWidget

from lav_gui.ui.action_table import FACE_MENU, OVERLAY_BUTTONS, TOOLBAR, TRANSPORT, ZOOM_BUTTONS
from lav_gui.ui.actions import Actions, Commands
from lav_gui.ui.case_actions import LIST_BUTTONS, LIST_MENU, QUEUE_BUTTONS, case_commands, recent_menu
from lav_gui.ui.case_wiring import CaseWiring, window_title
from lav_gui.ui.colors import LIGHT
from lav_gui.ui.commands import Doer, commands_of
from lav_gui.ui.details_actions import details_commands
from lav_gui.ui.focus_keeper import FocusKeeper
from lav_gui.ui.help_actions import explain_views, help_commands
from lav_gui.ui.key_actions import follow_keys, read_keys
from lav_gui.ui.note_actions import NoteDoer, follow_notes, note_commands
from lav_gui.ui.player_commands import follow_player, show_player
from lav_gui.ui.settings_actions import settings_commands
from lav_gui.ui.style import current_theme, icon
from lav_gui.ui.timeline_actions import follow_timeline, timeline_commands
from lav_gui.ui.view_actions import VIEWS, check_display, group_views, look_commands, view_commands
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.views.bench import Bench
from lav_gui.ui.views.buttons import text_button
from lav_gui.ui.views.empty import EmptyView
from lav_gui.ui.views.face_card import FaceCard
from lav_gui.ui.views.faces_view import FacesView
from lav_gui.ui.views.header import HeaderView
from lav_gui.ui.views.message_bars import MessageBars
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
from lav_gui.ui.wiring import Views, Wiring

LAYOUT_VERSION = 1
SMALLEST, FIRST_SIZE = (960, 600), (1920, 1200)
SMALL_SCREEN = 1440


class MainWindow(QMainWindow):
    """The one window.

    Parameters
    ----------
    desk : Desk
        Its view-models; closed with the window.
    geometry : QSettings
        Keeps size, place and docks, and nothing else.
    """

    def __init__(self, desk: Desk, geometry: QSettings) -> None:
        super().__init__()
        self._desk, self._geometry = desk, geometry
        self.setWindowTitle("LAV")
        self.setWindowIcon(icon("lav", LIGHT))
        self.setAcceptDrops(True)
        self.setMinimumSize(*SMALLEST)
        queue = QueueView(desk.queue)
        self._views = Views(
            empty=EmptyView(),
            header=HeaderView(),
            picture=PictureView(),
            strip=ViewStrip(),
            transport=TransportView(),
            timeline=TimelineView(),
            tables=TablesView(desk.segment_table, desk.track_table),
            faces=FacesView(desk.faces),
            face=FaceCard(),
            notes=NotesView(desk.notes),
            videos=VideosView(desk.videos, queue),
            queue=queue,
            recent=RecentView(),
            side=SidePanel(desk.choices),
            pointed=QLabel(),
            zoomed=QLabel(),
        )
        self._bench = self._make_bench()
        self._pages = QStackedWidget()
        self._lay_out()
        self._keys = read_keys(desk, self)
        self._actions = Actions(self, self._commands(), current_theme(), self._keys)
        self._fill_bars()
        Wiring(self._views, desk, self)
        self._follow()
        self._restore()
        self._focus = FocusKeeper(self, self._regions())

    @property
    def views(self) -> Views:
        """The views in it."""
        return self._views

    @property
    def named_actions(self) -> Actions:
        """Its actions, by name."""
        return self._actions

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the icons as the theme changes."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_actions"):
            self._actions.restyle(current_theme())
            show_player(self._actions, self._desk)
        super().changeEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Step through the controls as the eye goes."""
        if hasattr(self, "_focus") and self._focus.step(forward=forward):
            return True
        return super().focusNextPrevChild(forward)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged in."""
        if first_file(event.mimeData().urls()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file that was dropped; of several the first, and the others go into its case."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self._desk.open_all(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Go from the screen at once, then end all work."""
        self._geometry.setValue("window", self.saveGeometry())
        self._geometry.setValue("panels", self._bench.kept(LAYOUT_VERSION))
        self._geometry.setValue("lanes", self._views.timeline.layout_state())
        self.hide()
        self._desk.close()
        event.accept()

    def _regions(self) -> tuple[QWidget, ...]:
        """What the tab key goes through after the toolbar, in this order."""
        views = self._views
        left = (views.videos, views.queue, views.faces, views.face)
        middle = (views.empty, views.strip, views.picture, views.transport, views.timeline)
        return (views.header, *left, *middle, views.tables, views.notes, views.side)

    def _make_bench(self) -> Bench:
        views, area = self._views, Qt.DockWidgetArea
        panels: dict[str, tuple[str, QWidget, Qt.DockWidgetArea]] = {
            "faces": (self.tr("Faces"), views.faces, area.LeftDockWidgetArea),
            "videos": (self.tr("Videos"), views.videos, area.LeftDockWidgetArea),
            "face": (self.tr("Face at this frame"), views.face, area.LeftDockWidgetArea),
            "side": (self.tr("Findings"), views.side, area.RightDockWidgetArea),
            "notes": (self.tr("Notes"), views.notes, area.RightDockWidgetArea),
            "tables": (self.tr("Tables"), views.tables, area.RightDockWidgetArea),
            "timeline": (self.tr("Timeline"), views.timeline, area.BottomDockWidgetArea),
        }
        return Bench(views.picture, views.strip, views.transport, panels)

    def _lay_out(self) -> None:
        self._pages.addWidget(self._views.empty)
        self._pages.addWidget(self._bench)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(MessageBars(self._desk.messages))
        layout.addWidget(self._pages, 1)
        self.setCentralWidget(whole)
        self.statusBar().addWidget(self._views.pointed, 1)
        self.statusBar().addPermanentWidget(self._views.zoomed)

    def _commands(self) -> Commands:
        doer = Doer(self, self._desk)
        self._desk.opening.missing.connect(doer.relink)
        self._views.empty.open_asked.connect(doer.open)
        self._views.faces.face_entered.connect(doer.go_strongest)
        own = {
            "file.quit": self.close,
            "analysis.choices": self._views.side.show_choices,
            "playback.go_to": self._views.transport.edit_place,
            "view.fit": self._views.picture.fit,
            "view.actual": self._views.picture.actual_size,
            **look_commands(self._views.picture),
            "view.zoom_in": self._views.picture.zoom_in,
            "view.zoom_out": self._views.picture.zoom_out,
            "view.reset": self._bench.reset,
        }
        desk = self._desk
        return {
            **commands_of(doer, desk),
            **view_commands(desk),
            **settings_commands(self, desk),
            **timeline_commands(desk, self._views.timeline),
            **case_commands(self, desk),
            **note_commands(NoteDoer(self, desk)),
            **help_commands(self, desk, self._keys),
            **details_commands(self, desk),
            **own,
        }

    def _fill_bars(self) -> None:
        actions, views = self._actions, self._views
        actions.fill_menus(self.menuBar(), self._bench.switches(), recent_menu(self, self._desk))
        views.videos.set_actions([actions[name] for name in LIST_BUTTONS], [actions[name] for name in LIST_MENU])
        views.queue.set_actions([actions[name] for name in QUEUE_BUTTONS])
        views.empty.set_recent(views.recent)
        bar = QToolBar(self.tr("Tools"))
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for name in TOOLBAR:
            bar.addWidget(text_button(actions[name]))
        bar.addWidget(views.header)
        self.addToolBar(bar)
        views.transport.sound.add_button(actions["playback.mute"])
        views.transport.add_buttons([None if name == "-" else actions[name] for name in TRANSPORT])
        group_views(actions)
        views.strip.fill(
            {view: actions[name] for name, view in VIEWS.items()},
            [actions[name] for name in OVERLAY_BUTTONS],
            [actions[name] for name in ZOOM_BUTTONS],
        )
        views.faces.set_menu([actions[name] for name in FACE_MENU])

    def _follow(self) -> None:
        """What changes the window itself."""
        desk = self._desk
        desk.conditions_changed.connect(self._actions.set_conditions)
        self._actions.set_conditions(desk.conditions)
        desk.display.changed.connect(self._check_toggles)
        for signal in (desk.document.opened, desk.document.closed, desk.casefile.opened, desk.casefile.closed):
            signal.connect(self._show_page)
        views = self._views
        CaseWiring(desk, (views.videos, views.queue, views.recent), lambda: self._bench.bring_forward("videos"))
        follow_player(self._actions, desk)
        follow_timeline(self._actions, self._views.timeline)
        follow_notes(self, self._actions, self._views.notes, desk)
        follow_keys(self._keys, self._views.empty, self._views.notes)
        explain_views(self._views)
        self._check_toggles()

    def _show_page(self) -> None:
        video = self._desk.document.video
        is_open = video is not None or self._desk.document.is_opening or self._desk.casefile.case is not None
        self._pages.setCurrentWidget(self._bench if is_open else self._views.empty)
        self._views.zoomed.setVisible(is_open)
        self.setWindowTitle(window_title(self._desk))

    def _check_toggles(self) -> None:
        check_display(self._actions, self._desk.display.value)

    def _restore(self) -> None:
        window, panels = self._geometry.value("window"), self._geometry.value("panels")
        if window is not None:
            self.restoreGeometry(window)
        else:
            room = self.screen().availableGeometry().size()
            self.resize(room.boundedTo(QSize(*FIRST_SIZE)) * 0.9)
            if room.width() <= SMALL_SCREEN:
                self.setWindowState(Qt.WindowState.WindowMaximized)
        if panels is not None:
            self._bench.restore(panels, LAYOUT_VERSION)
        self._views.timeline.restore_layout(str(self._geometry.value("lanes", "")))


def first_file(urls: Iterable[QUrl]) -> Path | None:
    """The first local file of what was dropped."""
    return next((Path(url.toLocalFile()) for url in urls if url.isLocalFile()), None)
