"""Records of the file: what it claims, what was counted, and one decoded frame."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lav_gui.records.arrays import frozen_array

Box = tuple[float, float, float, float]
"""Left, top, right, bottom edge in upright stored pixels (edges, not pixel centers)."""

NO_TIMESTAMP = np.iinfo(np.int64).min
"""Stands for a missing DTS in `FrameIndex.dts`."""


def frame_digest(image: NDArray[np.uint8]) -> str:
    """SHA-256 of a decoded picture: its (H, W, 3) RGB bytes, rows first, as the network and the screen see it.

    Anyone can repeat it: decode the frame to upright RGB24 under the stated color rule and hash the bytes.
    """
    return hashlib.sha256(np.ascontiguousarray(image).data).hexdigest()


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One decoded video frame.

    Attributes
    ----------
    index : int
        Place in presentation order, from 0: row of the `FrameIndex`.
    pts : int
        Presentation time in units of `time_base`.
    time_base : Fraction
        Seconds per unit.
    image : ndarray of shape (H, W, 3), uint8
        RGB, stored pixels turned upright (sample aspect ratio is *not* applied), read-only.
    picture_type : str
        "I", "P", "B" or "?" as the decoder says.
    """

    index: int
    pts: int
    time_base: Fraction
    image: NDArray[np.uint8]
    picture_type: str = "?"

    def __post_init__(self) -> None:
        if self.index < 0:
            raise ValueError(f"frame index must not be negative: {self.index}")
        object.__setattr__(self, "image", frozen_array("image", self.image, (None, None, 3), np.uint8))

    @property
    def seconds(self) -> float:
        """Presentation time in seconds, as the file states it (not shifted to start at 0)."""
        return float(self.pts * self.time_base)


@dataclass(frozen=True, slots=True)
class Gap:
    """A packet of the index that yields no picture. It keeps its number."""

    index: int
    pts: int
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class FrameIndex:
    """The packet index: *the* definition of "frame n", in presentation order.

    Row n is the n-th packet that is not flagged *discard*, ordered by (PTS, decode order). All arrays have length N.

    Attributes
    ----------
    time_base : Fraction
        Seconds per unit of `pts`, `dts`, `duration`.
    pts, dts, duration : ndarray of int64
        `dts` is `NO_TIMESTAMP` where the container has none; `duration` 0 where unknown.
    is_key : ndarray of bool
        The packet is flagged as a random access point.
    packet_bytes : ndarray of int64
        Compressed size.
    decode_order : ndarray of int64
        Place in the file among the indexed packets, from 0.
    pts_derived : ndarray of bool
        The container gave no PTS; the value was derived and is not evidence of time.
    """

    time_base: Fraction
    pts: NDArray[np.int64]
    dts: NDArray[np.int64]
    duration: NDArray[np.int64]
    is_key: NDArray[np.bool_]
    packet_bytes: NDArray[np.int64]
    decode_order: NDArray[np.int64]
    pts_derived: NDArray[np.bool_]

    def __post_init__(self) -> None:
        n = len(self.pts)
        for name in ("pts", "dts", "duration", "packet_bytes", "decode_order"):
            object.__setattr__(self, name, frozen_array(name, getattr(self, name), (n,), np.int64))
        for name in ("is_key", "pts_derived"):
            object.__setattr__(self, name, frozen_array(name, getattr(self, name), (n,), np.bool_))

    def __len__(self) -> int:
        return len(self.pts)

    def seconds(self, index: int) -> float:
        """Presentation time of a frame in seconds, as the file states it."""
        return float(int(self.pts[index]) * self.time_base)

    def all_seconds(self) -> NDArray[np.float64]:
        """Presentation times of all frames in seconds, shape (N,)."""
        return self.pts.astype(np.float64) * float(self.time_base)

    def at_seconds(self, seconds: float) -> int:
        """Index of the frame on screen at a time: the last one with PTS <= time, clipped to the ends."""
        found = int(np.searchsorted(self.all_seconds(), seconds + 1e-9, side="right")) - 1
        return min(max(found, 0), len(self) - 1)


@dataclass(frozen=True, slots=True, eq=False)
class SoundChunk:
    """A piece of decoded sound.

    Attributes
    ----------
    seconds : float
        Presentation time of its first sample, as the file states it.
    samples : ndarray of shape (N, 2), int16
        Left and right, 48 000 times a second, read-only.
    """

    seconds: float
    samples: NDArray[np.int16]

    def __post_init__(self) -> None:
        object.__setattr__(self, "samples", frozen_array("samples", self.samples, (None, 2), np.int16))


@dataclass(frozen=True, slots=True, eq=False)
class Thumbnail:
    """A small picture of one frame, to find one's way by; nothing is measured on it.

    Attributes
    ----------
    frame_index : int
        The frame it was made of.
    image : ndarray of shape (h, w, 3), uint8
        RGB with square pixels, read-only.
    """

    frame_index: int
    image: NDArray[np.uint8]

    def __post_init__(self) -> None:
        object.__setattr__(self, "image", frozen_array("image", self.image, (None, None, 3), np.uint8))


class MediaKind(StrEnum):
    """What sort of picture file it is."""

    VIDEO = "video"
    ANIMATION = "animation"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class StreamInfo:
    """One stream of the container, as the header describes it."""

    index: int
    kind: str
    codec: str
    language: str | None
    bit_rate: int | None
    duration_seconds: float | None
    details: str


@dataclass(frozen=True, slots=True)
class ColorFacts:
    """Color tags of the file and the rule under which its pixels were turned into RGB.

    `matrix_tag` and the other tags are FFmpeg names ("bt709", "smpte170m", "unspecified", ...).
    `matrix_used` is "bt601", "bt709", "bt2020", "rgb", or the rare "fcc" and "smpte240m"; `range_used` "limited" or
    "full".
    `assumed` is True where a tag was missing and the stated rule filled in.
    """

    matrix_tag: str
    range_tag: str
    primaries_tag: str
    transfer_tag: str
    matrix_used: str
    range_used: str
    assumed: bool
    high_dynamic_range: bool


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What the file is: claims of the header beside what the packet index counted.

    `width` and `height` are those of the upright frames, after `rotation_degrees` (clockwise: 0, 90, 180, 270).
    `sample_aspect_ratio` is of the upright frames too: display width = width * ratio.
    `frame_seconds` and `gop_frames` are (minimum, median, maximum). `frame_count_from_header` and
    `fps_from_header` are None where the header does not say. `bit_rate` in bits per second.
    """

    kind: MediaKind
    container: str
    codec: str
    profile: str | None
    pixel_format: str
    bit_depth: int
    width: int
    height: int
    sample_aspect_ratio: Fraction
    rotation_degrees: int
    interlaced: bool
    time_base: Fraction
    start_seconds: float
    duration_seconds: float
    fps_from_header: float | None
    frame_count_from_header: int | None
    frame_count_from_content: int
    frame_seconds: tuple[float, float, float]
    is_vfr: bool
    keyframe_count: int
    gop_frames: tuple[int, float, int]
    bit_rate: int | None
    color: ColorFacts
    stream_index: int
    streams: tuple[StreamInfo, ...]
    metadata: tuple[tuple[str, str], ...]

    @property
    def bits_per_pixel(self) -> float | None:
        """Compressed bits per pixel and frame of the video stream, or None where unknown."""
        if self.bit_rate is None or self.duration_seconds <= 0:
            return None
        pixels = self.width * self.height * self.frame_count_from_content
        return self.bit_rate * self.duration_seconds / pixels if pixels else None


@dataclass(frozen=True, slots=True)
class FileHashes:
    """Digests of a whole file, lower-case hexadecimal."""

    sha256: str
    md5: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One file under examination: where it lay, what it weighs, what it hashes to, what it is."""

    path: Path
    file_name: str
    bytes: int
    modified: datetime
    hashes: FileHashes
    media: MediaInfo
