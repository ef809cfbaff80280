"""Joins the timeline to the desk: what it shows, and what it asks for."""

from lav_gui.ui.viewmodels.document import Video
from lav_gui.ui.viewmodels.models import Models
from lav_gui.ui.viewmodels.result_tables import Place
from lav_gui.ui.views.segment_table import TablesView
from lav_gui.ui.views.timeline import TimelineView


def join_tables(tables: TablesView, desk: Models) -> None:
    """Join the table twins: a row goes to its first frame, entering it to its peak, and its face is brought out."""

    def go(place: Place, frame: int) -> None:
        desk.playback.pause()
        desk.selection.select(place.track_id)
        desk.playback.seek(frame)

    desk.results.judged_changed.connect(desk.segment_table.show_judged)
    desk.results.judged_changed.connect(desk.track_table.show_judged)
    tables.place_asked.connect(lambda place: go(place, place.first))
    tables.peak_asked.connect(lambda place: go(place, place.peak))


def join_lanes(timeline: TimelineView, desk: Models) -> None:
    """Join the lanes, the cursor and the marks."""

    def show_video(video: Video | None = None) -> None:
        timeline.show_video(None if video is None else video.index)

    def mark(first: int, last: int) -> None:
        desk.selection.mark_in(first)
        desk.selection.mark_out(last)

    timeline.seek_asked.connect(desk.playback.seek)
    timeline.part_asked.connect(mark)
    desk.document.opened.connect(show_video)
    desk.document.closed.connect(show_video)
    desk.playback.position_changed.connect(timeline.show_position)
    desk.selection.marks_changed.connect(timeline.show_marks)
    desk.selection.track_changed.connect(timeline.show_selected)
    desk.curves.changed.connect(timeline.show_curves)
    desk.packets.made.connect(timeline.show_packets)
    desk.notes.changed.connect(lambda: timeline.show_notes(desk.notes.marks))
    desk.content.changed.connect(timeline.show_content)
    desk.wave.changed.connect(timeline.show_wave)
    timeline.unfolded_changed.connect(lambda names: desk.content.want("content" in names))
    timeline.unfolded_changed.connect(lambda names: desk.wave.want("sound" in names))
    desk.second_run.choices_changed.connect(timeline.show_second_choices)
    desk.second_run.changed.connect(timeline.show_second)
    timeline.second_asked.connect(desk.second_run.choose)
    desk.navigation.ended.connect(desk.messages.tell)
