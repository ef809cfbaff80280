"""Presentation times for packets that have none: derived, and flagged as such by the index.

Three sources, the cheapest that is certain: the demuxer's own rule for classic B-frames, the decode order where
a stream cannot reorder, and else the order in which the decoder gives out its pictures.
"""

import logging
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from lav_gui.media.source import open_video
from lav_gui.records.media import NO_TIMESTAMP

_log = logging.getLogger(__name__)

_CLASSIC_REORDERING = {"mpeg1video", "mpeg2video", "mpeg4", "vc1", "wmv3", "msmpeg4v3", "h263"}
"""Codecs in which a B-picture is never a reference, so that decode times alone tell the order."""


_GRID_TOLERANCE_SECONDS = 0.001
_MICROSECOND = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Packets:
    """Columns of the packets of one stream in file order, as the container gave them.

    `pts`, `dts` are `NO_TIMESTAMP` where missing, `duration` 0, `pos` (byte offset in the file) -1. All int64 but the
    flags `key`, `discard` and `unreferenced` (certain that no other picture is predicted from it).
    """

    pts: NDArray[np.int64]
    dts: NDArray[np.int64]
    duration: NDArray[np.int64]
    size: NDArray[np.int64]
    pos: NDArray[np.int64]
    key: NDArray[np.bool_]
    discard: NDArray[np.bool_]
    unreferenced: NDArray[np.bool_]

    @classmethod
    def from_rows(cls, rows: list[tuple[int, int, int, int, int, bool, bool, bool]]) -> "Packets":
        """Turn rows of the fields in their order into columns."""
        table = np.array(rows, np.int64).reshape(len(rows), 8)
        pts, dts, duration, size, pos = (np.ascontiguousarray(table[:, column]) for column in range(5))
        key, discard, unreferenced = (table[:, column] != 0 for column in (5, 6, 7))
        return cls(pts, dts, duration, size, pos, key, discard, unreferenced)


def is_vfr(pts: NDArray[np.int64], time_base: Fraction) -> bool:
    """Whether the frames lie off an even grid by more than their times are rounded.

    Parameters
    ----------
    pts : ndarray of shape (N,), int64
        Increasing.
    time_base : Fraction

    Returns
    -------
    bool
        True if any frame is off the grid through the first and last frame by more than one tick or one millisecond,
        whichever is more.
    """
    if len(pts) < 3:
        return False
    even = np.linspace(float(pts[0]), float(pts[-1]), len(pts))
    off_seconds = float(np.abs(pts - even).max() * float(time_base))
    return off_seconds > max(float(time_base), _GRID_TOLERANCE_SECONDS) + _MICROSECOND


def complete_pts(path: Path, packets: Packets, time_base: Fraction) -> NDArray[np.int64]:
    """Presentation times without holes.

    Parameters
    ----------
    path : Path
        The file, opened again where times are missing.
    packets : Packets
    time_base : Fraction

    Returns
    -------
    ndarray of shape (P,), int64
        Known times unchanged, missing ones derived.
    """
    missing = packets.pts == NO_TIMESTAMP
    if not missing.any():
        return packets.pts
    codec, reorders, frame_step = _stream_facts(path, time_base)
    known_duration = packets.duration[packets.duration > 0]
    step = int(np.median(known_duration)) if len(known_duration) else frame_step
    if codec in _CLASSIC_REORDERING:
        generated = _generated_pts(path, packets)
        if generated is not None:
            return generated
    if reorders:
        _log.info("%s states no presentation times; the order is taken from the decoder.", path.name)
        order = _output_order(path, len(packets.pts))
    else:
        order = np.arange(len(packets.pts))
    return spread_times(packets.pts, packets.dts, order, max(step, 1))


def spread_times(
    pts: NDArray[np.int64], dts: NDArray[np.int64], order: NDArray[np.int64], step: int
) -> NDArray[np.int64]:
    """Give times to packets whose order on screen is known.

    Parameters
    ----------
    pts, dts : ndarray of shape (P,), int64
        `NO_TIMESTAMP` where missing.
    order : ndarray of shape (P,), int64
        Places in the order of presentation.
    step : int
        Usual distance of two frames, at least 1.

    Returns
    -------
    ndarray of shape (P,), int64
        Known PTS unchanged; missing ones on the line between their known neighbors, or, where no PTS is known,
        the sorted DTS, or multiples of `step`.
    """
    count = len(pts)
    ranks = np.arange(count)
    shown = pts[order]
    known = shown != NO_TIMESTAMP
    if not known.any():
        shown = np.sort(dts)
        known = shown != NO_TIMESTAMP
        if not known.all():
            shown, known = ranks * step, np.ones(count, bool)
    first, last = ranks[known][0], ranks[known][-1]
    filled = np.interp(ranks, ranks[known], shown[known].astype(np.float64))
    filled[:first] = shown[first] - step * (first - ranks[:first])
    filled[last + 1 :] = shown[last] + step * (ranks[last + 1 :] - last)
    times = np.empty(count, np.int64)
    times[order] = np.where(known, shown, np.rint(filled).astype(np.int64))
    return times


def _stream_facts(path: Path, time_base: Fraction) -> tuple[str, bool, int]:
    """Codec name, whether the stream reorders pictures, and the header's frame step in units of the time base."""
    container, stream = open_video(path)
    try:
        context = stream.codec_context
        rate = stream.average_rate or stream.guessed_rate or Fraction(25)
        reorders = context.codec.reorder and bool(context.has_b_frames)
        return context.codec.canonical_name, reorders, round(1 / (rate * time_base))
    finally:
        container.close()


def _generated_pts(path: Path, packets: Packets) -> NDArray[np.int64] | None:
    """The demuxer's own derivation, or None where it is incomplete or changes what was known."""
    container, stream = open_video(path, generate_pts=True)
    try:
        rows = [
            (NO_TIMESTAMP if packet.pts is None else packet.pts, packet.size)
            for packet in container.demux(stream)
            if packet.size or packet.pts is not None or packet.dts is not None
        ]
    except (av.FFmpegError, OSError):
        return None
    finally:
        container.close()
    table = np.array(rows, np.int64).reshape(len(rows), 2)
    if len(table) != len(packets.pts) or (table[:, 1] != packets.size).any():
        return None
    known = packets.pts != NO_TIMESTAMP
    complete = (table[:, 0] != NO_TIMESTAMP).all() and (table[known, 0] == packets.pts[known]).all()
    return np.ascontiguousarray(table[:, 0]) if complete else None


def _output_order(path: Path, count: int) -> NDArray[np.int64]:
    """Places in the order in which the decoder gives out their pictures.

    A packet without a picture stands behind the packet that precedes it in the file.
    """
    shown = _shown_places(path)
    rank = np.full(count, np.nan)
    seen = np.array([place for place in dict.fromkeys(shown) if 0 <= place < count], np.int64)
    rank[seen] = np.arange(len(seen))
    for silent in np.flatnonzero(np.isnan(rank)):
        rank[silent] = rank[silent - 1] if silent else -1.0
    return np.lexsort((np.arange(count), rank)).astype(np.int64)


def _shown_places(path: Path) -> list[int]:
    """Place of each decoded picture in the order of output."""
    container, stream = open_video(path)
    stream.codec_context.thread_type = "AUTO"
    shown: list[int] = []
    place = 0
    try:
        for packet in container.demux(stream):
            ends = packet.pts is None and packet.dts is None and not packet.size
            if packet.size:
                packet.pts, packet.dts = place, None
            place += not ends
            if not packet.size and not ends:
                continue  # an empty packet has no picture, and would end the decoder
            try:
                shown += [picture.pts for picture in packet.decode() if picture.pts is not None]
            except av.FFmpegError as error:
                _log.debug("packet %d of %s: %s", place, path.name, error)
    except (av.FFmpegError, OSError) as error:
        _log.debug("%s ends after packet %d: %s", path.name, place, error)
    finally:
        container.close()
    return shown
