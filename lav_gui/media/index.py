"""One pass over the packets gives the `FrameIndex`, the definition of "frame n", and what seeking needs beside it.

Frame n is the n-th packet that is not flagged *discard*, ordered by (PTS, decode order).
"""

import logging
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from lav_gui.errors import MediaError
from lav_gui.media.references import is_unreferenced, length_size
from lav_gui.media.source import open_video
from lav_gui.media.timestamps import Packets, complete_pts, is_vfr
from lav_gui.records import FrameIndex
from lav_gui.records.media import NO_TIMESTAMP

_log = logging.getLogger(__name__)

NOWHERE = -1


@dataclass(frozen=True, slots=True, eq=False)
class PacketTable:
    """All packets of the video stream, in file order; "place" is a row of this table.

    Attributes
    ----------
    packets : Packets
        What the container said, untouched.
    time : ndarray of shape (P,), int64
        PTS with missing ones filled in.
    row : ndarray of shape (P,), int64
        Frame index of each packet, `NOWHERE` for discarded ones.
    place : ndarray of shape (N,), int64
        Place of each frame: the inverse of `row`.
    is_key : ndarray of shape (P,), bool
        Believed random access points.
    governing : ndarray of shape (P,), int64
        Place of the keyframe from which a packet can be decoded exactly, `NOWHERE` where there is none.
    spare : ndarray of shape (P,), bool
        Packets that need not be decoded on the way to another frame. None where the times are uneven: a lost packet
        shows as a hole in them, and what a decoder makes of the loss depends on every picture before it.
    """

    packets: Packets
    time: NDArray[np.int64]
    row: NDArray[np.int64]
    place: NDArray[np.int64]
    is_key: NDArray[np.bool_]
    governing: NDArray[np.int64]
    spare: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.time)

    def key_before(self, place: int) -> int:
        """Place of the last keyframe before a place, or `NOWHERE`."""
        found = np.flatnonzero(self.is_key[: max(place, 0)])
        return int(found[-1]) if len(found) else NOWHERE

    def without_key(self, place: int) -> "PacketTable":
        """The same table once a packet flagged as keyframe has proved not to be one."""
        is_key = self.is_key.copy()
        is_key[place] = False
        return replace(self, is_key=is_key, governing=governing_keys(self.time, is_key))


def presentation_order(pts: NDArray[np.int64], discard: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Places of the packets that count, ordered by (PTS, decode order).

    Parameters
    ----------
    pts : ndarray of shape (P,), int64
        Presentation times in file order; duplicates and negative values are allowed.
    discard : ndarray of shape (P,), bool
        Packets that an edit list cuts away.

    Returns
    -------
    ndarray of shape (N,), int64
        Entry n is the place of frame n in the file.
    """
    kept = np.flatnonzero(~discard)
    return kept[np.argsort(pts[kept], kind="stable")].astype(np.int64)


def governing_keys(pts: NDArray[np.int64], is_key: NDArray[np.bool_]) -> NDArray[np.int64]:
    """For each packet the last keyframe that precedes it both in the file and on screen.

    A leading picture of an open GOP follows its keyframe in the file but precedes it on screen; it needs the
    pictures before that keyframe, so the earlier keyframe governs it.

    Parameters
    ----------
    pts : ndarray of shape (P,), int64
    is_key : ndarray of shape (P,), bool

    Returns
    -------
    ndarray of shape (P,), int64
        Place of the governing keyframe, or `NOWHERE`.
    """
    places = np.arange(len(pts))
    previous = np.maximum.accumulate(np.where(is_key, places, NOWHERE)).astype(np.int64)
    governing = previous.copy()
    late = (governing != NOWHERE) & (pts[governing] > pts)
    while late.any():
        earlier = np.where(governing[late] > 0, previous[governing[late] - 1], NOWHERE)
        governing[late] = earlier
        late = (governing != NOWHERE) & (pts[governing] > pts)
    return governing


def build_index(path: Path) -> tuple[FrameIndex, PacketTable]:
    """Read all packets of a file once, without decoding.

    Raises
    ------
    MediaError
        If the file cannot be read as a video, or its video stream holds no packet.
    """
    packets, time_base = read_packets(path)
    if len(packets.pts) == 0 or packets.discard.all():
        raise MediaError(f"{path.name} holds a video stream without a single picture; get a complete copy.")
    time = complete_pts(path, packets, time_base)
    place = presentation_order(time, packets.discard)
    row = np.full(len(time), NOWHERE, np.int64)
    row[place] = np.arange(len(place))
    decode_order = np.cumsum(~packets.discard) - 1
    index = FrameIndex(
        time_base=time_base,
        pts=time[place],
        dts=packets.dts[place],
        duration=packets.duration[place],
        is_key=packets.key[place],
        packet_bytes=packets.size[place],
        decode_order=decode_order[place].astype(np.int64),
        pts_derived=packets.pts[place] == NO_TIMESTAMP,
    )
    governing = governing_keys(time, packets.key)
    spare = packets.unreferenced & (not is_vfr(index.pts, time_base))
    return index, PacketTable(packets, time, row, place, packets.key, governing, spare)


def read_packets(path: Path, generate_pts: bool = False) -> tuple[Packets, Fraction]:
    """Demux the video stream from the beginning to the end of what can be read.

    Returns
    -------
    tuple of Packets and Fraction
        The packets in file order and the seconds per unit of their times.

    Raises
    ------
    MediaError
        If the file cannot be opened, or the disk fails while it is read.
    """
    container, stream = open_video(path, generate_pts)
    time_base = Fraction(stream.time_base or Fraction(1, 1000))
    is_h264 = stream.codec_context.codec.canonical_name == "h264"
    length_bytes = length_size(stream.codec_context.extradata) if is_h264 else 0
    rows: list[tuple[int, int, int, int, int, bool, bool, bool]] = []
    try:
        for packet in container.demux(stream):
            pts, dts = packet.pts, packet.dts
            if not packet.size and pts is None and dts is None:
                continue  # the signal that ends the stream, not a packet of the file
            rows.append(
                (
                    NO_TIMESTAMP if pts is None else pts,
                    NO_TIMESTAMP if dts is None else dts,
                    packet.duration or 0,
                    packet.size,
                    NOWHERE if packet.pos is None else packet.pos,
                    packet.is_keyframe,
                    packet.is_discard,
                    length_bytes > 0 and is_unreferenced(bytes(packet), length_bytes),
                )
            )
    except av.InvalidDataError:
        _log.warning("%s is damaged after packet %d; what lies before is used.", path.name, len(rows))
    except (av.FFmpegError, OSError) as error:
        raise MediaError(f"{path.name} could not be read to its end; copy it to another disk and try again.") from error
    finally:
        container.close()
    return Packets.from_rows(rows), time_base
