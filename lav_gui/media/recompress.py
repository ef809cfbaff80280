"""Pictures through a video encoder and back, in memory: what a clip of them would look like after compression."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

import av
import numpy as np
from av.codec.context import CodecContext
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

from lav_gui.errors import MediaError
from lav_gui.media.color import HD_LINES, to_rgb

VideoCodec = Literal["h264", "hevc"]
SMALLEST_SIDE = 64
"""Smaller pictures are padded for the encoder, and cut again."""

_ENCODERS = {"h264": "libx264", "hevc": "libx265"}
_X265 = "log-level=none:pools=none:frame-threads=1:wpp=0:lookahead-slices=0"
"""No threads of its own: closing them now and then takes x265 a quarter of a second."""

_OWN_OPTIONS = {"hevc": {"x265-params": _X265}, "h264": {}}


def recompress(
    images: Sequence[NDArray[np.uint8]], codec: VideoCodec, crf: int, preset: str = "veryfast"
) -> list[NDArray[np.uint8]]:
    """Encode pictures as the frames of one clip and decode them again.

    8-bit 4:2:0, limited range, BT.601 below 720 lines and BT.709 from there (the rule of `media.color`, by which the
    frames become RGB again). One key frame, then predicted frames; one thread, so the answer is always the same.

    Parameters
    ----------
    images : sequence of ndarray of shape (H, W, 3), uint8
        RGB, all of one size, in presentation order.
    codec : {"h264", "hevc"}
        libx264 or libx265.
    crf : int
        Constant rate factor, 0 (best) to 51.
    preset : str
        The encoder's name for its effort.

    Returns
    -------
    list of ndarray of shape (H, W, 3), uint8
        In the same order.

    Raises
    ------
    MediaError
        If the pictures differ in size, a setting is not known, or the encoder is missing.
    """
    shapes = {image.shape for image in images}
    if len(shapes) != 1 or not all(image.ndim == 3 and image.dtype == np.uint8 for image in images):
        raise MediaError("Pictures of one clip must be RGB of 8 bits and one size; scale them first.")
    if codec not in _ENCODERS or not 0 <= crf <= 51:
        raise MediaError(f"There is no compression {codec} at CRF {crf}; choose h264 or hevc and a CRF from 0 to 51.")
    height, width = images[0].shape[:2]
    try:
        decoded = _through([_padded(image) for image in images], codec, {"crf": str(crf), "preset": preset})
    except (av.FFmpegError, ValueError) as error:
        raise MediaError(f"The pictures cannot be compressed with {codec}: {error}; choose the other codec.") from error
    if len(decoded) != len(images):
        raise MediaError(f"{codec} gave {len(decoded)} of {len(images)} pictures back; try another CRF or preset.")
    return [np.ascontiguousarray(image[:height, :width]) for image in decoded]


def _through(images: list[NDArray[np.uint8]], codec: VideoCodec, options: dict[str, str]) -> list[NDArray[np.uint8]]:
    height, width = images[0].shape[:2]
    encoder = _encoder(codec, width, height, options)
    decoder = _video(CodecContext.create(codec, "r"))
    decoder.thread_count = 1
    to_yuv, from_yuv = VideoReformatter(), VideoReformatter()
    packets = [packet for at, image in enumerate(images) for packet in encoder.encode(_yuv(image, at, to_yuv))]
    packets += encoder.encode(None)
    frames = [frame for packet in packets for frame in decoder.decode(packet)]
    frames += decoder.decode(None)
    return [to_rgb(frame, reformatter=from_yuv) for frame in frames]


def _encoder(codec: VideoCodec, width: int, height: int, options: dict[str, str]) -> VideoCodecContext:
    encoder = _video(CodecContext.create(_ENCODERS[codec], "w"))
    encoder.width, encoder.height = width, height
    encoder.pix_fmt = "yuv420p"
    encoder.time_base, encoder.framerate = Fraction(1, 25), Fraction(25)
    encoder.thread_count = 1
    encoder.options = {**options, "tune": "zerolatency", **_OWN_OPTIONS[codec]}
    return encoder


def _video(context: object) -> VideoCodecContext:
    if not isinstance(context, VideoCodecContext):
        raise ValueError("not a video codec")
    return context


def _yuv(image: NDArray[np.uint8], at: int, reformatter: VideoReformatter) -> VideoFrame:
    matrix = Colorspace.ITU709 if image.shape[0] >= HD_LINES else Colorspace.ITU601
    frame = reformatter.reformat(
        VideoFrame.from_ndarray(image, format="rgb24"),
        format="yuv420p",
        src_colorspace=matrix,
        dst_colorspace=matrix,
        src_color_range=ColorRange.JPEG,
        dst_color_range=ColorRange.MPEG,
        interpolation=Interpolation.BICUBIC,
    )
    frame.pts, frame.time_base = at, Fraction(1, 25)
    return frame


def _padded(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Even sides, none too small for the encoders; the border is repeated."""
    height, width = image.shape[:2]
    more = [max(SMALLEST_SIDE, side + side % 2) - side for side in (height, width)]
    if not any(more):
        return np.ascontiguousarray(image)
    return np.pad(image, ((0, more[0]), (0, more[1]), (0, 0)), mode="edge")
