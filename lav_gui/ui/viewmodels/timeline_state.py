"""All that the timeline shows, as its lanes paint it."""

from dataclasses import dataclass, replace

from lav_gui.records import FrameIndex
from lav_gui.ui.colors import LIGHT, Theme
from lav_gui.ui.viewmodels.curves import Curves, curves_of
from lav_gui.ui.viewmodels.lanes.content import ContentLines
from lav_gui.ui.viewmodels.lanes.faces import NO_FACES, FaceSpans
from lav_gui.ui.viewmodels.lanes.packets import DIRECT_FRAMES, NO_PACKETS, PacketLines, packet_lines
from lav_gui.ui.viewmodels.lanes.sound import WaveLines
from lav_gui.ui.viewmodels.lanes.streams import NO_STREAMS, StreamLines, Streams
from lav_gui.ui.viewmodels.lanes.tracks import TrackLines
from lav_gui.ui.viewmodels.notes import NoteMark
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.ui.viewmodels.second_run import SecondRun


@dataclass(frozen=True, slots=True, eq=False)
class TimelineState:
    """What is shown.

    Attributes
    ----------
    index : FrameIndex or None
        The video.
    judged : Judged or None
        The run on screen.
    selected : int or None
        Selected face.
    theme : Theme
    lines, all_streams, faces, packets
        The same, ready to be cut into columns. Packets of a long video come later.
    streams : StreamLines or None
        Of the selected face, else of the highest.
    second : SecondRun or None
        A run that is laid over the one on screen.
    notes : tuple of NoteMark
        By their first frame.
    content, wave
        Scene cuts and sound; None until they were looked for.
    """

    index: FrameIndex | None = None
    judged: Judged | None = None
    selected: int | None = None
    theme: Theme = LIGHT
    lines: tuple[TrackLines, ...] = ()
    all_streams: Streams = NO_STREAMS
    streams: StreamLines | None = None
    faces: FaceSpans = NO_FACES
    packets: PacketLines = NO_PACKETS
    second: SecondRun | None = None
    notes: tuple[NoteMark, ...] = ()
    content: ContentLines | None = None
    wave: WaveLines | None = None

    @property
    def trained(self) -> bool:
        """Whether the numbers mean anything."""
        return self.judged is not None and self.judged.facts.weights.trained

    def with_video(self, index: FrameIndex | None) -> "TimelineState":
        """The same with another video."""
        is_short = index is None or len(index) <= DIRECT_FRAMES
        return replace(self, index=index, packets=packet_lines(index) if is_short else NO_PACKETS)

    def with_curves(self, curves: Curves | None) -> "TimelineState":
        """The same with another verdict."""
        if curves is None:
            return replace(self, judged=None, lines=(), all_streams=NO_STREAMS, streams=None, faces=NO_FACES)
        streams = curves.streams.of(self.selected)
        shown = replace(self, judged=curves.judged, lines=curves.lines, faces=curves.faces)
        return replace(shown, all_streams=curves.streams, streams=streams)

    def with_judged(self, judged: Judged | None) -> "TimelineState":
        """The same with another verdict, made ready at once."""
        return self.with_curves(None if judged is None else curves_of(judged))

    def with_selected(self, track_id: int | None) -> "TimelineState":
        """The same with another face brought out."""
        return replace(self, selected=track_id, streams=self.all_streams.of(track_id))

    def with_theme(self, theme: Theme) -> "TimelineState":
        """The same in other colors."""
        return replace(self, theme=theme)
