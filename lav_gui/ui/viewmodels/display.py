"""How the picture is shown: which view of it, heatmap, boxes, and the hold-to-see-the-original key."""

from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from lav_gui.settings import GAINS, PictureSettings


class View(StrEnum):
    """What fills the picture's place. `SPLIT` and `BESIDE` show the original and the processed picture."""

    ORIGINAL = "original"
    RESIDUAL = "residual"
    DIFFERENCE = "difference"
    PINNED = "pinned"
    SPLIT = "split"
    BESIDE = "beside"


PROCESSED = (View.RESIDUAL, View.DIFFERENCE, View.PINNED)
"""Views of another picture than the original."""

NEED_PIN = (View.DIFFERENCE, View.PINNED)

SPLIT_STEP = 0.05


@dataclass(frozen=True, slots=True)
class Display:
    """The choices; `opacity` of the heatmap in [0, 1]; `blink` hides everything while it is held.

    `processed` is the picture that `View.SPLIT` and `View.BESIDE` hold against the original; `gain` multiplies
    differences; `split` is the place of the split line, in [0, 1] of the width; `contours` and `patches` are lines of
    the heatmap; `following` keeps the selected face in the middle.
    """

    heatmap: bool = True
    opacity: float = 0.5
    boxes: bool = True
    blink: bool = False
    view: View = View.ORIGINAL
    processed: View = View.RESIDUAL
    gain: int = 4
    split: float = 0.5
    contours: bool = False
    patches: bool = False
    following: bool = False

    @property
    def computed(self) -> View | None:
        """The processed picture that is needed; None where the original is enough."""
        if self.blink or self.view is View.ORIGINAL:
            return None
        return self.view if self.view in PROCESSED else self.processed


DEFAULT_DISPLAY = Display()


def display_from(settings: PictureSettings) -> Display:
    """The choices of the last time; what needs a pinned frame is neither shown nor split at first, since none is."""
    plain = asdict(settings)
    shown = Display(**{**plain, "view": View(settings.view), "processed": View(settings.processed)})
    view = View.ORIGINAL if shown.computed in NEED_PIN else shown.view
    processed = View.RESIDUAL if shown.processed in NEED_PIN else shown.processed
    return replace(shown, view=view, processed=processed)


def settings_from(display: Display) -> PictureSettings:
    """What is kept of the choices for the next time."""
    kept = {field.name: getattr(display, field.name) for field in fields(PictureSettings)}
    return PictureSettings(**{**kept, "view": str(display.view), "processed": str(display.processed)})


class DisplayModel(QObject):
    """Holds the present `Display`.

    Parameters
    ----------
    start : Display
        The choices of the last time.
    parent : QObject, optional
    """

    changed = Signal(object)

    def __init__(self, start: Display | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._value = start or DEFAULT_DISPLAY

    @property
    def value(self) -> Display:
        """The present choices."""
        return self._value

    def set_heatmap(self, shown: bool) -> None:
        """Show or hide the heatmap."""
        self._set(replace(self._value, heatmap=shown))

    def set_opacity(self, opacity: float) -> None:
        """Opacity of the heatmap, clipped to [0, 1]."""
        self._set(replace(self._value, opacity=min(1.0, max(0.0, opacity))))

    def set_contours(self, shown: bool) -> None:
        """Show or hide the line around the patches that are called more likely forged than not."""
        self._set(replace(self._value, contours=shown))

    def set_patches(self, shown: bool) -> None:
        """Show or hide the edges of the heatmap's patches."""
        self._set(replace(self._value, patches=shown))

    def set_boxes(self, shown: bool) -> None:
        """Show or hide the face boxes."""
        self._set(replace(self._value, boxes=shown))

    def set_blink(self, held: bool) -> None:
        """Show the bare original while True."""
        self._set(replace(self._value, blink=held))

    def set_view(self, view: View) -> None:
        """Show another view; a processed one is also what the next split holds against the original."""
        processed = view if view in PROCESSED else self._value.processed
        self._set(replace(self._value, view=view, processed=processed))

    def step_gain(self, steps: int) -> None:
        """Multiply differences by the next larger (1) or smaller (-1) gain."""
        place = GAINS.index(self._value.gain) + steps
        self._set(replace(self._value, gain=GAINS[min(max(place, 0), len(GAINS) - 1)]))

    def set_split(self, place: float) -> None:
        """Put the split line somewhere, clipped to [0, 1] of the picture's width."""
        self._set(replace(self._value, split=min(1.0, max(0.0, place))))

    def step_split(self, steps: int) -> None:
        """Move the split line to the right (1) or to the left (-1)."""
        self.set_split(round(self._value.split + steps * SPLIT_STEP, 6))

    def set_following(self, following: bool) -> None:
        """Keep the selected face in the middle, or show the whole picture."""
        self._set(replace(self._value, following=following))

    def _set(self, value: Display) -> None:
        if value != self._value:
            self._value = value
            self.changed.emit(value)
