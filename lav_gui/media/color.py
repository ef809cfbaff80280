"""The one conversion from decoded pixels to upright RGB24, for screen, analysis and training alike.

The rule. A tagged matrix and range are obeyed. Where the matrix tag is missing or names a matrix that cannot be
undone exactly, pictures of 720 stored lines and more are taken as BT.709, smaller ones as BT.601; where the range tag
is missing, it is limited, but full for JPEG pixel formats and gray. A `ColorPolicy` other than AUTO replaces the
matrix, tagged or not. Transparent pixels lie on white. High dynamic range is flagged and *not* tone-mapped.

The numbers are those of ``ffmpeg -vf scale=in_color_matrix=M:in_range=R -pix_fmt rgb24``: swscale with the bicubic
filter, which is that program's default and PyAV's is not.
"""

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

from lav_gui.errors import MediaError
from lav_gui.media.orientation import Turn
from lav_gui.records import ColorFacts
from lav_gui.settings import ColorPolicy

HD_LINES = 720
BACKGROUND = 255

_MATRIX_TAGS = {
    0: "gbr", 1: "bt709", 2: "unspecified", 4: "fcc", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 8: "ycgco",
    9: "bt2020nc", 10: "bt2020c", 11: "smpte2085", 12: "chroma-derived-nc", 13: "chroma-derived-c", 14: "ictcp",
    15: "ipt-c2", 16: "ycgco-re", 17: "ycgco-ro",
}  # fmt: skip
_RANGE_TAGS = {0: "unspecified", 1: "tv", 2: "pc"}
_PRIMARIES_TAGS = {
    1: "bt709", 2: "unspecified", 4: "bt470m", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 8: "film", 9: "bt2020",
    10: "smpte428", 11: "smpte431", 12: "smpte432", 22: "ebu3213",
}  # fmt: skip
_TRANSFER_TAGS = {
    1: "bt709", 2: "unspecified", 4: "bt470m", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 8: "linear", 9: "log100",
    10: "log316", 11: "iec61966-2-4", 12: "bt1361e", 13: "iec61966-2-1", 14: "bt2020-10", 15: "bt2020-12",
    16: "smpte2084", 17: "smpte428", 18: "arib-std-b67",
}  # fmt: skip
_HDR_TRANSFERS = {"smpte2084", "arib-std-b67"}
_MATRIX_OF_TAG = {
    "bt709": "bt709",
    "bt470bg": "bt601",
    "smpte170m": "bt601",
    "fcc": "fcc",
    "smpte240m": "smpte240m",
    "bt2020nc": "bt2020",
}
_SWSCALE_MATRIX = {
    "bt601": Colorspace.ITU601,
    "bt709": Colorspace.ITU709,
    "bt2020": Colorspace.BT2020,
    "fcc": Colorspace.FCC,
    "smpte240m": Colorspace.SMPTE240M,
    "rgb": Colorspace.ITU601,
}


def color_facts(picture: VideoFrame, policy: ColorPolicy = ColorPolicy.AUTO) -> ColorFacts:
    """Tags of a decoded picture, and the matrix and range under which it becomes RGB.

    Parameters
    ----------
    picture : VideoFrame
    policy : ColorPolicy

    Returns
    -------
    ColorFacts
        `matrix_used` is "bt601", "bt709", "bt2020", "rgb", or the rare "fcc" and "smpte240m".
    """
    tag = _MATRIX_TAGS.get(picture.colorspace, "unspecified")
    range_tag = _RANGE_TAGS.get(picture.color_range, "unspecified")
    transfer = _TRANSFER_TAGS.get(picture.color_trc, "unspecified")
    matrix, matrix_assumed = _matrix(picture, tag, policy)
    range_used, range_assumed = _range(picture, range_tag)
    return ColorFacts(
        matrix_tag=tag,
        range_tag=range_tag,
        primaries_tag=_PRIMARIES_TAGS.get(picture.color_primaries, "unspecified"),
        transfer_tag=transfer,
        matrix_used=matrix,
        range_used=range_used,
        assumed=matrix_assumed or range_assumed,
        high_dynamic_range=transfer in _HDR_TRANSFERS,
    )


def _matrix(picture: VideoFrame, tag: str, policy: ColorPolicy) -> tuple[str, bool]:
    if picture.format.is_rgb or picture.format.has_palette:
        return "rgb", False
    if _is_gray(picture):
        return "bt601", False  # without chroma every matrix gives the same
    if policy is not ColorPolicy.AUTO:
        return str(policy), False
    known = _MATRIX_OF_TAG.get(tag)
    return (known, False) if known else ("bt709" if picture.height >= HD_LINES else "bt601", True)


def _range(picture: VideoFrame, tag: str) -> tuple[str, bool]:
    pixel_format = picture.format
    if pixel_format.is_rgb or pixel_format.has_palette or pixel_format.name.startswith("yuvj"):
        return "full", False
    if _is_gray(picture) and (tag != "tv" or pixel_format.components[0].bits <= 8):
        return "full", tag == "unspecified"  # swscale reads 8-bit gray as full whatever the tag says
    return ("full" if tag == "pc" else "limited"), tag == "unspecified"


def _is_gray(picture: VideoFrame) -> bool:
    return len(picture.format.components) - _has_alpha(picture) == 1 and not picture.format.has_palette


def _has_alpha(picture: VideoFrame) -> bool:
    return picture.format.has_palette or any(part.is_alpha for part in picture.format.components)


def to_rgb(
    picture: VideoFrame,
    policy: ColorPolicy = ColorPolicy.AUTO,
    turn: Turn | None = None,
    reformatter: VideoReformatter | None = None,
) -> NDArray[np.uint8]:
    """Turn a decoded picture into upright RGB.

    Parameters
    ----------
    picture : VideoFrame
        As the decoder gave it.
    policy : ColorPolicy
        See the rule at the top of this file.
    turn : Turn, optional
        From `orientation.turn_of`; None leaves the picture as it is stored.
    reformatter : VideoReformatter, optional
        Kept between pictures of one video it saves its set-up; of one thread only.

    Returns
    -------
    ndarray of shape (H, W, 3), uint8
        RGB, full range, stored pixels (sample aspect ratio not applied), C-contiguous.

    Raises
    ------
    MediaError
        If the pixel format cannot be converted.
    """
    facts = color_facts(picture, policy)
    matrix = _SWSCALE_MATRIX[facts.matrix_used]
    alpha = _has_alpha(picture)
    try:
        converted = (reformatter or VideoReformatter()).reformat(
            picture,
            format="rgba" if alpha else "rgb24",
            src_colorspace=matrix,
            dst_colorspace=matrix,
            src_color_range=ColorRange.JPEG if facts.range_used == "full" else ColorRange.MPEG,
            dst_color_range=ColorRange.JPEG,
            interpolation=Interpolation.BICUBIC,
        )
    except (av.FFmpegError, ValueError) as error:
        raise MediaError(
            f"Pictures in the pixel format {picture.format.name} cannot be turned into RGB; convert a copy."
        ) from error
    pixels = converted.to_ndarray().view(np.uint8)  # the converter's own memory, not a copy
    image = _on_background(pixels) if alpha else pixels
    return np.ascontiguousarray(turn.upright(image) if turn else image)


def _on_background(rgba: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Lay straight-alpha RGBA on the background, rounded to the nearest level."""
    alpha = rgba[..., 3:].astype(np.uint16)
    if int(alpha.min()) == 255:
        return rgba[..., :3]
    mixed = rgba[..., :3] * alpha + np.uint16(BACKGROUND) * (255 - alpha) + 127
    return (mixed // 255).astype(np.uint8)
