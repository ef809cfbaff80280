"""What is drawn over the picture: heatmap, boxes, and the hold-to-see-the-original key."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class Display:
    """The choices; `opacity` of the heatmap in [0, 1]; `blink` hides everything while it is held."""

    heatmap: bool = True
    opacity: float = 0.5
    boxes: bool = True
    blink: bool = False


class DisplayModel(QObject):
    """Holds the present `Display`."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._value = Display()

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

    def set_boxes(self, shown: bool) -> None:
        """Show or hide the face boxes."""
        self._set(replace(self._value, boxes=shown))

    def set_blink(self, held: bool) -> None:
        """Show the bare original while True."""
        self._set(replace(self._value, blink=held))

    def _set(self, value: Display) -> None:
        if value != self._value:
            self._value = value
            self.changed.emit(value)
