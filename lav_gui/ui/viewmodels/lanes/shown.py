"""Which part of the video the timeline shows, and how it is moved and zoomed."""

from lav_gui.ui.viewmodels.lanes.scale import Axis, moved_inside, zoomed

SMALLEST_FRAMES = 10.0
"""Nothing shorter is shown, of videos that are longer."""


class ShownPart:
    """A part of an axis, kept inside it and not too short.

    Parameters
    ----------
    axis : Axis
        At first all of it is shown.
    """

    def __init__(self, axis: Axis) -> None:
        self._axis = axis
        self._span = axis.ends

    @property
    def axis(self) -> Axis:
        """The whole."""
        return self._axis

    @property
    def span(self) -> tuple[float, float]:
        """Ends of the part, in units of the axis."""
        return self._span

    @property
    def length(self) -> float:
        """Length of the part, in units of the axis."""
        return self._span[1] - self._span[0]

    def show_all(self) -> None:
        """Show the whole axis."""
        self._span = self._axis.ends

    def show(self, low: float, high: float) -> None:
        """Show a part, made longer about its middle where it is too short."""
        middle = 0.5 * (low + high)
        half = 0.5 * max(high - low, self._least(middle))
        self._span = moved_inside(self._axis, (middle - half, middle + half))

    def change_axis(self, axis: Axis) -> None:
        """Show the same frames on another axis."""
        low, high = (axis.value(self._axis.frame(end)) for end in self._span)
        self._axis = axis
        self.show(low, high)

    def zoom(self, factor: float, center: float) -> None:
        """Show `factor` times as much about a place; about the middle where that is out of sight."""
        low, high = self._span
        if not low <= center <= high:
            center = 0.5 * (low + high)
        self._span = zoomed(self._axis, self._span, factor, center, self._least(center))

    def pan(self, by: float) -> None:
        """Move the part, in units of the axis."""
        low, high = self._span
        self._span = moved_inside(self._axis, (low + by, high + by))

    def center(self, value: float) -> None:
        """Move the part until a place is in its middle, or as near to it as can be."""
        self.pan(value - 0.5 * sum(self._span))

    def follow(self, value: float) -> bool:
        """Bring a place into sight; True where the part had to move for it."""
        low, high = self._span
        if low <= value <= high:
            return False
        self.center(value)
        return True

    def move_end(self, *, upper: bool, by: float) -> None:
        """Move one end of the part and leave the other where it is."""
        (first, last), (low, high) = self._axis.ends, self._span
        least = min(self._least(0.5 * (low + high)), last - first)
        if upper:
            high = max(min(high + by, last), low + least)
        else:
            low = min(max(low + by, first), high - least)
        self._span = moved_inside(self._axis, (low, high))

    def _least(self, value: float) -> float:
        frame, half = self._axis.frame(value), 0.5 * SMALLEST_FRAMES
        return max(self._axis.value(frame + half) - self._axis.value(frame - half), 1e-6)
