"""How the list of videos, the queue and the list of recent cases are joined to the desk."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.views.queue_view import QueueView
from lav_gui.ui.views.recent_view import RecentView
from lav_gui.ui.views.videos_view import VideosView
from lav_gui.ui.wording import say


class CaseWiring(QObject):
    """Joins the views of cases, videos and queue to the desk.

    Parameters
    ----------
    desk : Desk
    views : tuple of VideosView, QueueView, RecentView
    bring_forward : callable
        Shows the panel of the list; called once for each case that holds none or several videos.
    """

    def __init__(
        self, desk: Desk, views: tuple[VideosView, QueueView, RecentView], bring_forward: Callable[[], None]
    ) -> None:
        super().__init__(views[0])
        self._desk, self._bring_forward = desk, bring_forward
        self._brought: Path | None = None
        videos, queue, recent = views
        videos.table.picked.connect(desk.opening.select)
        videos.table.dropped.connect(desk.gathering.add)
        queue.move_asked.connect(desk.queue.move)
        queue.cancel_asked.connect(desk.queueing.cancel)
        queue.retry_asked.connect(desk.queueing.retry)
        recent.case_picked.connect(desk.open)
        recent.forget_asked.connect(desk.recent.forget)
        desk.recent.changed.connect(lambda: recent.show_cases(desk.recent.cases))
        recent.show_cases(desk.recent.cases)
        queue.renew()
        desk.casefile.opened.connect(self._show_list)
        desk.videos.modelReset.connect(self._show_list)

    def _show_list(self) -> None:
        case = self._desk.casefile.case
        if case is not None and case.path != self._brought and len(self._desk.videos.rows) != 1:
            self._brought = case.path
            self._bring_forward()


def window_title(desk: Desk) -> str:
    """What stands above the window: the video on screen, and the case where that was chosen itself."""
    video, case = desk.document.video, desk.casefile.case
    parts = [] if video is None else [video.path.name]
    if case is not None and (desk.opening.shows_case or video is None):
        parts.append(case.path.name)
    return " – ".join((*parts, "LAV"))


def name_progress(desk: Desk, words: str) -> str:
    """What the analysis does, with the name of a video that is not on screen, and how many wait."""
    other, waiting = desk.running.other_name, len(desk.queue.waiting)
    named = say("{name}: {progress}", name=other, progress=words) if other else words
    return say("{progress} · {count} waiting", progress=named, count=waiting) if waiting else named
