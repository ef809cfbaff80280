"""What the actions of playing do, and how they show what is on."""

from collections.abc import Callable

from lav_gui.ui.actions import Actions
from lav_gui.ui.style import current_theme, icon
from lav_gui.ui.viewmodels.models import Models


def player_commands(desk: Models) -> dict[str, Callable[..., object]]:
    """One callable for each action of playing that concerns no view."""
    playback = desk.playback
    return {
        "playback.backward": playback.backward,
        "playback.pause": playback.pause,
        "playback.forward": playback.forward,
        "playback.digest": desk.digest.ask,
        "playback.mute": desk.sound.set_muted,
        "playback.louder": lambda: desk.sound.change_volume(1),
        "playback.quieter": lambda: desk.sound.change_volume(-1),
        "marks.loop": playback.set_looping,
    }


def follow_player(actions: Actions, desk: Models) -> None:
    """Keep buttons and toggles of playing as the desk is."""
    desk.playback.looping_changed.connect(actions["marks.loop"].setChecked)
    desk.playback.playing_changed.connect(lambda _: show_player(actions, desk))
    desk.sound.changed.connect(lambda _: show_player(actions, desk))


def show_player(actions: Actions, desk: Models) -> None:
    """Show what the play button would do, and whether anything is heard, in the colors of the present theme."""
    theme, sound = current_theme(), desk.sound.value
    actions.set_playing(desk.playback.playing, theme)
    actions["playback.mute"].setChecked(sound.muted)
    actions["playback.mute"].setIcon(icon("muted" if sound.muted or sound.trouble else "sound", theme))
