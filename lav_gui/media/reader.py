"""`VideoReader`: frame n of a file, exactly, in any order.

A picture is fetched by decoding from the keyframe that governs it, with several threads. It is given out once every
picture decoded before it has come out sound. On a miss or an error the reader decodes again with one thread and from
one keyframe earlier; what is missing then is a gap, and is remembered as one. Where seeking cannot be trusted it begins
at the start of the file.
"""

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from av.video.frame import PictureType, VideoFrame
from av.video.reformatter import VideoReformatter

from lav_gui.errors import FrameGap, MediaError
from lav_gui.media.color import to_rgb
from lav_gui.media.index import NOWHERE, build_index
from lav_gui.media.orientation import turn_of
from lav_gui.media.probe import media_info
from lav_gui.media.walk import FalseKeyframe, LostPlace, PacketWalk, Suspect
from lav_gui.records import Frame, FrameIndex, Gap, MediaInfo
from lav_gui.settings import ColorPolicy

_log = logging.getLogger(__name__)

_SEEK_PACKETS = 12  # a seek costs about as much as decoding this many packets


class VideoReader:
    """Random access to the frames of one video, animation or still picture.

    Belongs to one thread. The file is only read. Use it as a context manager, or call `close`.

    Parameters
    ----------
    path : Path
        File to read.
    color : ColorPolicy
        Rule by which untagged pixels become RGB.

    Raises
    ------
    MediaError
        If the file is not a readable video or picture.
    """

    def __init__(self, path: Path, color: ColorPolicy = ColorPolicy.AUTO) -> None:
        self._path = path
        self._color = color
        self._index, self._table = build_index(path)
        self._held: dict[int, VideoFrame] = {}
        self._gaps: dict[int, str] = {}
        self._silent: set[int] = set()
        self._seekable = True
        self._recent: Frame | None = None
        self._reformatter = VideoReformatter()
        self._walk = PacketWalk(path, self._table, self._silent, careful=False, lenient=len(self._index) == 1)
        try:
            first = self._first_picture() or self._first_picture_patched()
            self._turn = turn_of(first, path)
            self._info = media_info(self._walk.source, self._index, first, self._turn, color)
        except MediaError:
            self.close()
            raise

    @property
    def info(self) -> MediaInfo:
        """What the file is."""
        return self._info

    @property
    def index(self) -> FrameIndex:
        """The packet index."""
        return self._index

    def frame(self, index: int) -> Frame:
        """Decode one frame.

        Parameters
        ----------
        index : int
            Row of the packet index, 0 <= index < len(self.index).

        Raises
        ------
        FrameGap
            If that packet yields no sound picture.
        IndexError
            If there is no such row.
        """
        found = self._read(index)
        if isinstance(found, Gap):
            raise FrameGap(f"Frame {index} of {self._path.name} has no picture: {found.reason}; choose another frame.")
        return found

    def frames(self, indices: Iterable[int]) -> Iterator[Frame | Gap]:
        """Decode many frames in one forward walk.

        Parameters
        ----------
        indices : iterable of int
            Rows of the packet index, increasing.

        Yields
        ------
        Frame or Gap
            One for each index, in order.
        """
        for index in indices:
            yield self._read(int(index))

    def picture_type(self, index: int) -> str | None:
        """Decode one frame without turning it into RGB: "I", "P", "B" or "?", None for a gap."""
        picture = self._fetch(index)
        return None if picture is None else _type_name(picture)

    def gap(self, index: int) -> Gap | None:
        """The gap at a frame that was read before, None where it has a picture or was not read yet."""
        reason = self._gaps.get(index)
        return None if reason is None else Gap(index, int(self._index.pts[index]), reason)

    def first_to_decode(self, index: int) -> int:
        """First frame on screen of the group of pictures that is decoded to reach a frame.

        A window that steps backwards reads from here once and keeps the pictures.
        """
        governing = int(self._table.governing[self._table.place[index]])
        return max(int(self._table.row[governing]), 0) if governing != NOWHERE else 0

    def close(self) -> None:
        """Free the decoder and the file."""
        self._held.clear()
        self._walk.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self, index: int) -> Frame | Gap:
        if self._recent is not None and self._recent.index == index:
            return self._recent
        picture = self._fetch(index)
        if picture is None:
            return Gap(index, int(self._index.pts[index]), self._gaps[index])
        self._recent = Frame(
            index=index,
            pts=int(self._index.pts[index]),
            time_base=self._index.time_base,
            image=to_rgb(picture, self._color, self._turn, self._reformatter),
            picture_type=_type_name(picture),
        )
        return self._recent

    def _first_picture(self) -> VideoFrame | None:
        for index in range(len(self._index)):
            picture = self._fetch(index)
            if picture is not None:
                return picture
        return None

    def _first_picture_patched(self) -> VideoFrame:
        """Look again leniently; a decoder that rejects every picture may reject harmless oddities."""
        self._walk.close()
        self._walk = PacketWalk(self._path, self._table, self._silent, careful=False, lenient=True)
        self._gaps.clear()
        self._silent.clear()
        first = self._first_picture()
        if first is None:
            raise MediaError(
                f"No picture in {self._path.name} can be decoded ({len(self._index)} tried); get a complete copy."
            )
        return first

    def _fetch(self, index: int) -> VideoFrame | None:
        """Decoded picture of a frame, or None for a gap, whose reason is then in `_gaps`."""
        if not 0 <= index < len(self._index):
            raise IndexError(f"frame {index} of {len(self._index)}")
        if index in self._gaps:
            return None
        if index not in self._held:
            self._approach(index)
        while True:
            try:
                if self._advance(index):
                    break
            except (Suspect, FalseKeyframe, LostPlace) as trouble:
                self._recover(trouble, index)
                continue
            if self._walk.careful:
                self._gaps[index] = self._reason(index)
                if int(self._table.place[index]) not in self._walk.damaged:
                    self._silent.add(int(self._table.place[index]))
                return None
            self._restart(self._careful_start(index), careful=True)
        for row in [row for row in self._held if row < index]:
            del self._held[row]
        return self._held[index]

    def _recover(self, trouble: Suspect | FalseKeyframe | LostPlace, index: int) -> None:
        """Begin again where the trouble cannot come back."""
        careful = self._walk.careful or isinstance(trouble, Suspect)
        if isinstance(trouble, FalseKeyframe):
            _log.info("%s: packet %d is no keyframe though flagged as one", self._path.name, self._walk.start)
            self._table = self._table.without_key(self._walk.start)
        elif isinstance(trouble, LostPlace) and self._walk.start == 0:
            raise MediaError(f"{self._path.name} changed while it was read; open it again.") from trouble
        elif isinstance(trouble, LostPlace):
            _log.info("%s: seeking leads astray; every search begins at the start", self._path.name)
            self._seekable = False
        self._restart(self._careful_start(index) if careful else self._begin(index), careful=careful)

    def _begin(self, index: int) -> int:
        """Place at which decoding begins for a frame; `NOWHERE` for the start of the file."""
        return int(self._table.governing[self._table.place[index]]) if self._seekable else NOWHERE

    def _careful_start(self, index: int) -> int:
        """One keyframe before the governing one; always the same for a frame.

        What a decoder makes of pictures predicted from a damaged one depends on where it began.
        """
        return self._table.key_before(self._begin(index))

    def _approach(self, index: int) -> None:
        """Leave the walk where it is if it leads to a frame at least as soon as a seek, else begin anew."""
        walk, begin = self._walk, self._begin(index)
        place = int(self._table.place[index])
        skips = begin - walk.fed
        keyless = self._table.governing[place] == NOWHERE
        if walk.careful:
            fits = walk.target == self._careful_start(index) and (skips < 0 or not self._seekable)
        else:
            fits = not keyless and walk.start <= max(begin, 0) and skips <= _SEEK_PACKETS
        if not fits or walk.came(place) or walk.past(place):
            self._restart(begin, careful=keyless)

    def _restart(self, target: int, *, careful: bool) -> None:
        self._held.clear()
        if careful != self._walk.careful:
            self._walk.close()
            lenient = self._walk.lenient
            self._walk = PacketWalk(self._path, self._table, self._silent, careful=careful, lenient=lenient)
        self._walk.begin_at(target, self._table)

    def _advance(self, index: int) -> bool:
        """Decode on until a frame is held; False when it can no longer come."""
        place, walk = int(self._table.place[index]), self._walk
        while not (index in self._held and (walk.careful or walk.is_sound(place))):
            if index not in self._held and walk.past(place):
                if walk.careful:
                    walk.check_beginning()
                return False
            for found, picture in walk.step(index):
                row = int(self._table.row[found])
                if row >= index:
                    self._held[row] = picture
        return True

    def _reason(self, index: int) -> str:
        if int(self._table.place[index]) in self._walk.damaged:
            return "its data are damaged"
        if self._table.governing[self._table.place[index]] == NOWHERE:
            return "it comes before the first keyframe"
        return "the decoder gives out no picture for its data"


def _type_name(picture: VideoFrame) -> str:
    name = PictureType(picture.pict_type).name
    return name if name in ("I", "P", "B") else "?"
