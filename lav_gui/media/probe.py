"""`MediaInfo`: the claims of the header beside what the packet index and the first picture show."""

from fractions import Fraction

import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.container import InputContainer
from av.stream import Stream
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from lav_gui.media.color import color_facts
from lav_gui.media.orientation import Turn
from lav_gui.media.timestamps import is_vfr
from lav_gui.records import FrameIndex, MediaInfo, MediaKind, StreamInfo
from lav_gui.settings import ColorPolicy

_ANIMATED_CODECS = {"gif", "apng", "webp"}
_PROGRESSIVE = (0, 1)  # AVFieldOrder: unknown, progressive


def media_info(
    source: tuple[InputContainer, VideoStream], index: FrameIndex, first: VideoFrame, turn: Turn, color: ColorPolicy
) -> MediaInfo:
    """Describe a file.

    Parameters
    ----------
    source : tuple of InputContainer and VideoStream
        From `source.open_video`.
    index : FrameIndex
        Its packet index.
    first : VideoFrame
        Its first picture that can be decoded.
    turn : Turn
        What sets that picture upright.
    color : ColorPolicy

    Returns
    -------
    MediaInfo
    """
    container, stream = source
    context = stream.codec_context
    codec = context.codec.canonical_name
    kind = _kind(container, codec, len(index))
    still = kind is MediaKind.IMAGE
    seconds = index.all_seconds()
    duration = 0.0 if still else _duration_seconds(index)
    width, height = (first.height, first.width) if turn.transpose else (first.width, first.height)
    extra = (("mirrored", "yes"),) if turn.mirrored else ()
    return MediaInfo(
        kind=kind,
        container=container.format.name,
        codec=codec,
        profile=stream.profile,
        pixel_format=first.format.name,
        bit_depth=max(part.bits for part in first.format.components),
        width=width,
        height=height,
        sample_aspect_ratio=_sample_aspect_ratio(stream, turned=turn.transpose),
        rotation_degrees=turn.rotation_degrees,
        interlaced=first.interlaced_frame or context.field_order not in _PROGRESSIVE,
        time_base=index.time_base,
        start_seconds=float(seconds[0]),
        duration_seconds=duration,
        fps_from_header=None if still or not stream.average_rate else float(stream.average_rate),
        frame_count_from_header=_count_from_header(stream),
        frame_count_from_content=len(index),
        frame_seconds=_frame_seconds(seconds),
        is_vfr=is_vfr(index.pts, index.time_base),
        keyframe_count=int(index.is_key.sum()),
        gop_frames=_gop_frames(index),
        bit_rate=round(int(index.packet_bytes.sum()) * 8 / duration) if duration > 0 else None,
        color=color_facts(first, color),
        stream_index=stream.index,
        streams=tuple(_stream_info(one) for one in container.streams),
        metadata=(*_tags(container.metadata), *_tags(stream.metadata, "video."), *extra),
    )


def _kind(container: InputContainer, codec: str, count: int) -> MediaKind:
    if count == 1 and (codec in _ANIMATED_CODECS or _is_picture_format(container)):
        return MediaKind.IMAGE
    return MediaKind.ANIMATION if codec in _ANIMATED_CODECS else MediaKind.VIDEO


def _is_picture_format(container: InputContainer) -> bool:
    name = container.format.name
    is_avif = container.metadata.get("major_brand", "").strip() in ("avif", "avis", "heic", "mif1")
    return name.endswith("_pipe") or name.startswith("image2") or is_avif


def _sample_aspect_ratio(stream: VideoStream, *, turned: bool) -> Fraction:
    """Shape of an upright pixel, width over height; 1 where the file does not say."""
    ratio = stream.sample_aspect_ratio
    if not ratio or ratio <= 0:
        return Fraction(1)
    return 1 / ratio if turned else Fraction(ratio)


def _count_from_header(stream: VideoStream) -> int | None:
    if stream.frames > 0:
        return stream.frames
    for key, value in stream.metadata.items():  # Matroska keeps the count in a tag that may carry a language suffix
        if key.upper().startswith("NUMBER_OF_FRAMES") and value.isdigit():
            return int(value)
    return None


def _duration_seconds(index: FrameIndex) -> float:
    """From the first frame's time to the end of the last; its own duration, else the usual distance."""
    last = int(index.duration[-1])
    if last <= 0 and len(index) > 1:
        last = int(np.median(np.diff(index.pts)))
    return float((int(index.pts[-1]) - int(index.pts[0]) + last) * index.time_base)


def _frame_seconds(seconds: NDArray[np.float64]) -> tuple[float, float, float]:
    if len(seconds) < 2:
        return (0.0, 0.0, 0.0)
    steps = np.diff(seconds)
    return (float(steps.min()), float(np.median(steps)), float(steps.max()))


def _gop_frames(index: FrameIndex) -> tuple[int, float, int]:
    """Shortest, median and longest distance of keyframes in coded frames; the last group ends with the file."""
    keys = np.sort(index.decode_order[index.is_key])
    if not len(keys):
        return (0, 0.0, 0)
    lengths = np.diff(np.append(keys, len(index)))
    return (int(lengths.min()), float(np.median(lengths)), int(lengths.max()))


def _stream_info(stream: Stream) -> StreamInfo:
    context = stream.codec_context
    details = ""
    if isinstance(context, VideoCodecContext):
        details = f"{context.width}x{context.height} {context.pix_fmt or ''}".strip()
    elif isinstance(context, AudioCodecContext):
        details = f"{context.sample_rate} Hz, {context.layout.name}"
    seconds = None
    if stream.duration and stream.time_base:
        seconds = float(stream.duration * stream.time_base)
    return StreamInfo(
        index=stream.index,
        kind=stream.type,
        codec="unknown" if context is None else context.codec.canonical_name,
        language=stream.language,
        bit_rate=getattr(context, "bit_rate", None) or None,
        duration_seconds=seconds,
        details=details,
    )


def _tags(metadata: dict[str, str], prefix: str = "") -> tuple[tuple[str, str], ...]:
    return tuple((prefix + key, value) for key, value in metadata.items())
