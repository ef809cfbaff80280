"""The decoder on its way through the packets of a file: where it stands, and whose picture it gives out.

Every packet is fed with its place in the file in place of its PTS, and the decoder hands that number through to the
picture. So a picture says exactly which packet it came from, whatever the times in the file are worth: pictures with
the same PTS, or with none, cannot be mistaken for each other.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream

from lav_gui.media.index import NOWHERE, PacketTable
from lav_gui.media.source import open_video
from lav_gui.records.media import NO_TIMESTAMP

_LOOK_AHEAD = 128  # packets that are read after a seek in search of a known one
_LONGEST_DELAY = 32  # H.264 and HEVC hold back 16 pictures at most; damaged packets among them add none
_KEYFRAME_TYPES = (PictureType.I, PictureType.NONE)


class LostPlace(Exception):
    """The packets that were read are not those of the index."""


class FalseKeyframe(Exception):
    """The packet from which decoding began is flagged as keyframe, and is none."""


class Suspect(Exception):
    """Decoding with several threads met an error; only single-threaded decoding tells exactly where it lies."""


class PacketWalk:
    """Feeds packets in file order and gives out trusted pictures.

    A picture is trusted when the keyframe that governs it was fed, the decoder agrees that this is a keyframe,
    and the decoder does not mark the picture as damaged.

    Parameters
    ----------
    path : Path
    table : PacketTable
    silent : set of int
        Places that are known to have no picture; the owner adds to it.
    careful : bool
        One decoding thread, so that an error is known to belong to the packet just fed.
    lenient : bool
        Take patched pictures of codecs without prediction, too. Their decoders fill a damaged part with whatever their
        memory holds, which may be another frame.

    Attributes
    ----------
    target : int
        Place at which it was asked to begin; `NOWHERE` is the start of the file.
    start : int
        Place of the first packet fed, at or before the target.
    fed : int
        Place of the next packet.
    ended : bool
        All packets were fed and the decoder was emptied.
    damaged : set of int
        Places at which the decoder reported an error (careful walks only).
    """

    def __init__(self, path: Path, table: PacketTable, silent: set[int], *, careful: bool, lenient: bool) -> None:
        self.careful = careful
        self.lenient = lenient
        self._path = path
        self._table = table
        self._silent = silent
        self.target = NOWHERE
        self._ways = ["dts", "pts", "byte"]
        self._open()

    def _open(self) -> None:
        self._container, self._stream = open_video(self._path)
        context = self._stream.codec_context
        if self.careful:
            context.thread_count = 1
        else:
            context.thread_type = "AUTO"
        if not self.lenient and context.codec.intra_only:
            context.options = {"err_detect": "explode"}
        self._began(0, self._container.demux(self._stream), None)

    def _began(self, place: int, packets: "Iterator[Packet[VideoStream]]", first: "Packet[VideoStream] | None") -> None:
        self.start = self.fed = place
        self.ended = False
        self.damaged: set[int] = set()
        self._packets = packets
        self._first = first
        self._confirmed = place == 0 or self._table.row[place] == NOWHERE
        self._own = (self._table.governing >= place) & (self._table.row != NOWHERE)
        self._own[:place] = False
        after = self._own[place + 1 :]
        self._leading = place + 1 + int(after.argmax() if after.any() else len(after))
        self._came = bytearray(len(self._table))
        self._sound_to = place

    def close(self) -> None:
        """Free the decoder and the file."""
        self._container.close()

    @property
    def source(self) -> tuple[InputContainer, VideoStream]:
        """The open container and its video stream, for their headers."""
        return self._container, self._stream

    @property
    def _context(self) -> VideoCodecContext:
        return self._stream.codec_context

    @property
    def _threads(self) -> int:
        """Packets that may be in work at once; FFmpeg starts 16 threads at most by itself."""
        return self._context.thread_count or 16

    def past(self, place: int) -> bool:
        """Whether the decoder has seen so much after a packet that its picture would have come by now."""
        held_back = _LONGEST_DELAY if self.careful else 2 * self._context.reorder_depth + 4
        return self.ended or self.fed > place + self._threads + held_back

    def check_beginning(self) -> None:
        """Raise `FalseKeyframe` if no picture came from where decoding began, and no damage explains it."""
        if not self._confirmed and self.start not in self.damaged:
            raise FalseKeyframe

    def came(self, place: int) -> bool:
        """Whether the picture of a packet was given out or passed over since the walk began."""
        return bool(self._came[place])

    def is_sound(self, place: int) -> bool:
        """Whether every packet fed before this one gave its picture, so that nothing damaged can be inside it.

        Raises
        ------
        Suspect
            If one of them did not give its picture in time.
        """
        while self._sound_to < place and (
            self._came[self._sound_to] or not self._own[self._sound_to] or self._sound_to in self._silent
        ):
            self._sound_to += 1
        if self._sound_to < place and self.past(self._sound_to):
            raise Suspect
        return self._sound_to >= place

    def begin_at(self, target: int, table: PacketTable) -> None:
        """Go to the latest keyframe at or before a place that a seek provably reaches, else to the start.

        Parameters
        ----------
        target : int
            Place of the wanted keyframe; `NOWHERE` means the start of the file.
        table : PacketTable
            The table with the keyframes that are believed by now.
        """
        self._table = table
        self.target = target
        keys = np.flatnonzero(table.is_key[: target + 1])[::-1]
        step = 1
        while len(keys):
            if self._seek(int(keys[0]), target):
                return
            keys = keys[step:]
            step *= 2
        self._container.close()
        self._open()

    def _seek(self, key: int, target: int) -> bool:
        """Try all ways to reach a keyframe; settle for one that lies before it."""
        fallback: str | None = None
        for way in tuple(self._ways):
            landed = self._land(way, key, target)
            if landed == key:
                self._ways.remove(way)
                self._ways.insert(0, way)
                return True
            if landed != NOWHERE and fallback is None:
                fallback = way
        return fallback is not None and self._land(fallback, key, target) != NOWHERE

    def _land(self, way: str, key: int, target: int) -> int:
        """Seek, and read until a known keyframe comes; its place, or `NOWHERE` when that is after the target."""
        packets = self._table.packets
        goal = int({"dts": packets.dts, "pts": packets.pts, "byte": packets.pos}[way][key])
        if goal == (NOWHERE if way == "byte" else NO_TIMESTAMP):
            return NOWHERE
        try:
            self._container.seek(goal, stream=self._stream, unsupported_byte_offset=way == "byte")
            following = self._container.demux(self._stream)
            for packet in islice(following, _LOOK_AHEAD):
                place = self._recognize(packet)
                if place > target:
                    return NOWHERE
                if place != NOWHERE and self._table.is_key[place]:
                    self._began(place, following, packet)
                    return place
        except (av.FFmpegError, OSError):
            return NOWHERE
        return NOWHERE

    def _recognize(self, packet: "Packet[VideoStream]") -> int:
        """Place of a packet that was met after a seek, or `NOWHERE` where it is not certain."""
        packets = self._table.packets
        alike = (packets.size == packet.size) & (packets.key == packet.is_keyframe)
        marks = []
        if packet.pos is not None and packet.pos >= 0:
            marks.append(alike & (packets.pos == packet.pos))
        if packet.pts is not None:
            marks.append(alike & (packets.pts == packet.pts))
        if len(marks) == 2:
            marks.insert(0, marks[0] & marks[1])
        for mark in [*marks, alike]:
            found = np.flatnonzero(mark)
            if len(found) == 1:
                return int(found[0])
        return NOWHERE

    def step(self, wanted: int = 0) -> list[tuple[int, VideoFrame]]:
        """Feed one packet.

        Parameters
        ----------
        wanted : int
            Frame that is sought: a picture of an earlier frame is passed over where none is predicted from it.

        Returns
        -------
        list of tuple
            Place and picture of each trusted picture that the decoder now gives out.

        Raises
        ------
        LostPlace, FalseKeyframe, Suspect
            The walk must begin again elsewhere, or carefully.
        """
        if self.ended:
            return []
        packet = self._next_packet()
        place = self.fed - 1
        spare = not self.careful and self._table.spare[place] and self._table.row[place] < wanted
        if packet is not None and spare:
            self._came[place] = True
            return []
        try:
            pictures = self._decode(packet)
        except av.FFmpegError as error:
            if not self.careful and self.fed > self._leading + self._threads:
                raise Suspect from error
            self.damaged.add(place)
            return []
        given: list[tuple[int, VideoFrame]] = []
        for picture in pictures:
            owner = picture.pts
            if owner is not None and self._trusts(owner, picture):
                self._came[owner] = True
                given.append((owner, picture))
        return given

    def _next_packet(self) -> "Packet[VideoStream] | None":
        """Take the next packet and check that it is the one the index says; None at the end."""
        if self._first is not None:
            packet, self._first = self._first, None
        else:
            try:
                packet = next(self._packets)
            except (StopIteration, av.FFmpegError):
                self.ended = True
                return None
            if not packet.size and packet.pts is None and packet.dts is None:
                self.ended = True
                return None
        place, packets = self.fed, self._table.packets
        if place >= len(packets.size) or packets.size[place] != packet.size:
            raise LostPlace
        if packet.pts is not None and packets.pts[place] not in (packet.pts, NO_TIMESTAMP):
            raise LostPlace
        self.fed += 1
        return packet

    def _decode(self, packet: "Packet[VideoStream] | None") -> list[VideoFrame]:
        if packet is None:
            return self._context.decode(None)
        if not packet.size:
            return []  # an empty packet has no picture, and would end the decoder
        packet.pts, packet.dts = self.fed - 1, None
        return packet.decode()

    def _trusts(self, place: int, picture: VideoFrame) -> bool:
        if not 0 <= place < len(self._table) or self._came[place]:
            return False
        if not self._own[place] and (self.start > 0 or self._table.row[place] == NOWHERE):
            return False
        if picture.is_corrupt:
            if not self.careful:
                raise Suspect
            self.damaged.add(place)
            return False
        if not self._confirmed:
            self._confirm(place, picture)
        return True

    def _confirm(self, place: int, picture: VideoFrame) -> None:
        """Check by the first picture that comes out that decoding began at a keyframe."""
        is_key = picture.key_frame or picture.pict_type in _KEYFRAME_TYPES
        if place == self.start and not is_key:
            raise FalseKeyframe
        if place != self.start and not self.careful:
            raise Suspect
        if place != self.start and self.start not in self.damaged:
            raise FalseKeyframe
        self._confirmed = True
