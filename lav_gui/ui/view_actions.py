"""The actions on the picture: what they do, and how they show what is on."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QActionGroup

from lav_gui.ui.actions import Actions
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.display import Display, DisplayModel, View
from lav_gui.ui.views.picture import PictureView

VIEWS = {f"view.{view}": view for view in View}
"""Actions of which one is on, in the order of their keys."""


def view_commands(desk: Desk) -> dict[str, Callable[..., object]]:
    """One callable per action on the picture, but for zooming."""
    display = desk.display
    return {
        **{name: _shows(display, view) for name, view in VIEWS.items()},
        "view.pin": desk.pins.toggle,
        "view.compare_later": lambda: desk.compare.shift_by(1),
        "view.compare_earlier": lambda: desk.compare.shift_by(-1),
        "view.compare_end": desk.compare.end,
        "view.gain_up": lambda: display.step_gain(1),
        "view.gain_down": lambda: display.step_gain(-1),
        "view.split_right": lambda: display.step_split(1),
        "view.split_left": lambda: display.step_split(-1),
        "view.heatmap": display.set_heatmap,
        "view.contours": display.set_contours,
        "view.patches": display.set_patches,
        "view.boxes": display.set_boxes,
        "view.follow": display.set_following,
        "view.blink": display.set_blink,
    }


def begin_comparison(desk: Desk, path: Path) -> None:
    """Compare the video on screen to another file, side by side."""
    video = desk.document.video
    if video is not None:
        desk.compare.begin(path, video.color)
        desk.display.set_view(View.PINNED)
        desk.display.set_view(View.BESIDE)


def look_commands(picture: PictureView) -> dict[str, Callable[..., object]]:
    """One callable per action that moves the zoomed picture."""
    return {
        "view.left": lambda: picture.look(-1, 0),
        "view.right": lambda: picture.look(1, 0),
        "view.up": lambda: picture.look(0, -1),
        "view.down": lambda: picture.look(0, 1),
    }


def group_views(actions: Actions) -> None:
    """Make the views exclusive: one of them is always on."""
    group = QActionGroup(actions)
    for name in VIEWS:
        actions[name].setCheckable(True)
        group.addAction(actions[name])


def check_display(actions: Actions, display: Display) -> None:
    """Show what is on."""
    states = {
        "view.heatmap": display.heatmap,
        "view.contours": display.contours,
        "view.patches": display.patches,
        "view.boxes": display.boxes,
        "view.follow": display.following,
    }
    for name, state in states.items():
        actions[name].setChecked(state)
    for name, view in VIEWS.items():
        actions[name].setChecked(view is display.view)


def _shows(display: DisplayModel, view: View) -> Callable[[], None]:
    return lambda: display.set_view(view)
