"""Joins the player's views to the desk: which view shows what of playing, and what it asks for."""

from PySide6.QtCore import QPoint

from lav_gui.ui.viewmodels.models import Models
from lav_gui.ui.viewmodels.previews import Preview
from lav_gui.ui.views.thumbnail_popup import ThumbnailPopup
from lav_gui.ui.views.timeline import TimelineView
from lav_gui.ui.views.transport import TransportView


def join_player(transport: TransportView, desk: Models) -> None:
    """Join the rows below the picture."""
    playback = desk.playback
    transport.place_asked.connect(desk.places.go)
    desk.places.refused.connect(transport.show_refusal)
    desk.places.went.connect(lambda _: transport.show_arrival())
    playback.position_changed.connect(transport.show_position)
    playback.shown_changed.connect(transport.show_item)
    playback.speed_changed.connect(transport.show_speed)
    playback.dropped_changed.connect(transport.show_dropped)
    desk.identity.changed.connect(lambda value, _: transport.show_identity(value))
    desk.digest.changed.connect(transport.show_digest)
    desk.sound.changed.connect(transport.sound.show_sound)
    transport.sound.volume_asked.connect(desk.sound.set_volume)


def join_timeline(timeline: TimelineView, desk: Models) -> None:
    """Join what the timeline tells of the frames in memory, and the small picture at the pointer."""
    popup = ThumbnailPopup(timeline)

    def show(preview: Preview | None) -> None:
        if preview is None:
            popup.hide()
        else:
            popup.show_at(timeline.mapToGlobal(QPoint(preview.x, 0)), preview.image, preview.words)

    timeline.hovered.connect(desk.previews.point)
    desk.previews.changed.connect(show)
    desk.frames.cached.connect(timeline.show_cached)
