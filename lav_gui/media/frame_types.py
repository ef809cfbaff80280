"""A decode scan without color conversion: the picture type of each frame, and the gaps."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lav_gui.media.reader import VideoReader
from lav_gui.records import Gap


@dataclass(frozen=True, slots=True)
class FrameType:
    """What the decoder and the container say of one frame that has a picture.

    `picture_type` is "I", "P", "B" or "?"; `is_key` the container's flag; `packet_bytes` the compressed size.
    """

    index: int
    pts: int
    picture_type: str
    is_key: bool
    packet_bytes: int


def scan_frame_types(path: Path) -> Iterator[FrameType | Gap]:
    """Decode a whole file once.

    Yields
    ------
    FrameType or Gap
        One for each frame in order of the index; `index` over the frame count is the progress.

    Raises
    ------
    MediaError
        If the file is not a readable video or picture.
    """
    with VideoReader(path) as reader:
        packets = reader.index
        for index in range(len(packets)):
            kind = reader.picture_type(index)
            gap = reader.gap(index)
            if kind is None and gap is not None:
                yield gap
            elif kind is not None:
                yield FrameType(
                    index=index,
                    pts=int(packets.pts[index]),
                    picture_type=kind,
                    is_key=bool(packets.is_key[index]),
                    packet_bytes=int(packets.packet_bytes[index]),
                )
