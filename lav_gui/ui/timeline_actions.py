"""What the actions on the timeline do, and how they show what is on."""

from collections.abc import Callable

from lav_gui.ui.actions import Actions
from lav_gui.ui.viewmodels.models import Models
from lav_gui.ui.views.timeline import TimelineView


def timeline_commands(desk: Models, timeline: TimelineView) -> dict[str, Callable[..., object]]:
    """One callable per action on the timeline, and per way to go from place to place."""
    navigation = desk.navigation
    return {
        "timeline.zoom_in": timeline.zoom_in,
        "timeline.zoom_out": timeline.zoom_out,
        "timeline.all": timeline.show_all,
        "timeline.selection": timeline.show_selection,
        "timeline.time": timeline.set_in_time,
        "go.next_segment": lambda: navigation.segment(1),
        "go.previous_segment": lambda: navigation.segment(-1),
        "go.next_disagreement": lambda: navigation.disagreement(1),
        "go.previous_disagreement": lambda: navigation.disagreement(-1),
        "go.next_track": lambda: navigation.track_start(1),
        "go.previous_track": lambda: navigation.track_start(-1),
        "go.next_gap": lambda: navigation.gap(1),
        "go.previous_gap": lambda: navigation.gap(-1),
    }


def follow_timeline(actions: Actions, timeline: TimelineView) -> None:
    """Let the button on the axis and the action be one."""
    actions["timeline.time"].setChecked(timeline.in_time)
    timeline.axis_asked.connect(actions["timeline.time"].setChecked)
