"""Pictures of a shown face as PNG: frame with boxes, crop, heatmap alone and over the crop, noise residual, scale."""

import io
from collections.abc import Mapping
from fractions import Fraction

import matplotlib
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from lav_gui.records import Box
from lav_gui.report.record import FacePictures, ShownFace
from lav_gui.resources import resource_path
from model_zoo.residual import residual_picture

COLOR_MAP = "inferno"
"""Perceptually uniform, readable in gray and with any color vision."""

OUTLINE_LEVEL = 0.5
OVERLAY_OPACITY = 0.6

_SQUARE_PIXELS = 608
_FRAME_PIXELS = 1000


def face_files(
    number: int, shown: ShownFace, sample_aspect_ratio: Fraction, stamp: str = "", *, muted: bool = False
) -> Mapping[str, bytes]:
    """All pictures of one card, by the names that the card uses.

    Parameters
    ----------
    number : int
        Place of the card, from 1.
    shown : ShownFace
    sample_aspect_ratio : Fraction
        Width over height of a stored pixel, of the upright frame.
    stamp : str
        Printed into the heatmaps, where not empty.
    muted : bool
        Gray heatmaps, for a network that was never trained.
    """
    files = {f"face-{number}-heatmap.png": png(stamped(heatmap_picture(shown.face.heatmap, muted), stamp))}
    if shown.pictures is not None:
        files |= {
            f"face-{number}-frame.png": png(framed(shown, shown.pictures, sample_aspect_ratio)),
            f"face-{number}-crop.png": png(shown.pictures.crop),
            f"face-{number}-overlay.png": png(stamped(overlay(shown.pictures.crop, shown.face.heatmap, muted), stamp)),
            f"face-{number}-residual.png": png(residual_picture(shown.pictures.residual)),
        }
    return files


def png(image: NDArray[np.uint8]) -> bytes:
    """A picture (H, W, 3) as a PNG file."""
    stream = io.BytesIO()
    Image.fromarray(image).save(stream, "PNG")
    return stream.getvalue()


def colored(values: NDArray[np.floating], muted: bool) -> NDArray[np.uint8]:
    """Values in [0, 1] of any shape as colors on the fixed scale; one more axis of length 3."""
    table = matplotlib.colormaps["gray" if muted else COLOR_MAP]
    return np.asarray(table(np.asarray(values, dtype=np.float64), bytes=True))[..., :3]


def scale_picture(muted: bool) -> NDArray[np.uint8]:
    """The color scale from 0 (left) to 1 (right), shape (24, 512, 3), with the outline's mark at its level."""
    scale = colored(np.broadcast_to(np.linspace(0, 1, 512), (24, 512)), muted).copy()
    at = round(OUTLINE_LEVEL * 511)
    scale[:, at - 1 : at + 2] = 255
    scale[:, at] = 0
    return scale


def heatmap_picture(heatmap: NDArray[np.float16], muted: bool) -> NDArray[np.uint8]:
    """The heatmap alone, (G, G) to (P, P, 3): each patch one flat square, nothing interpolated."""
    return _outlined(colored(_enlarged(heatmap), muted), heatmap)


def overlay(crop: NDArray[np.uint8], heatmap: NDArray[np.float16], muted: bool) -> NDArray[np.uint8]:
    """The heatmap blended over the gray crop, (S, S, 3) to (P, P, 3)."""
    colors = colored(_enlarged(heatmap), muted)
    side = colors.shape[0]
    gray = np.asarray(Image.fromarray(crop).convert("L").resize((side, side), Image.Resampling.BICUBIC))
    mixed = OVERLAY_OPACITY * colors + (1 - OVERLAY_OPACITY) * gray[..., None]
    return _outlined(np.rint(mixed).astype(np.uint8), heatmap)


def stamped(image: NDArray[np.uint8], stamp: str) -> NDArray[np.uint8]:
    """A picture with a word on a dark bar at its lower edge; the picture itself where the word is empty."""
    if not stamp:
        return image
    picture = Image.fromarray(image)
    draw = ImageDraw.Draw(picture)
    bar = picture.height // 9
    draw.rectangle((0, picture.height - bar, picture.width, picture.height), fill="black")
    font = ImageFont.truetype(str(resource_path("fonts", "NotoSans-Bold.ttf")), round(bar * 0.7))
    draw.text((picture.width / 2, picture.height - bar / 2), stamp, font=font, fill="white", anchor="mm")
    return np.asarray(picture)


def framed(shown: ShownFace, pictures: FacePictures, sample_aspect_ratio: Fraction) -> NDArray[np.uint8]:
    """The whole frame in display geometry, at most 1000 pixels a side, with the boxes of all its faces.

    The shown face has a solid box, the others dashed ones; each bears its number.
    """
    height, width = pictures.frame.shape[:2]
    display = np.array([width * float(sample_aspect_ratio), height])
    display = np.maximum(1, np.rint(display * min(1.0, _FRAME_PIXELS / display.max()))).astype(int)
    image = Image.fromarray(pictures.frame).resize((int(display[0]), int(display[1])), Image.Resampling.LANCZOS)
    scale = (float(display[0]) / width, float(display[1]) / height)
    draw, unit = ImageDraw.Draw(image), max(image.size) / 250
    for other in shown.other_faces:
        _draw_box(draw, _scaled(other.box_xyxy, scale), str(other.track_id), unit, dashed=True)
    _draw_box(draw, _scaled(shown.face.box_xyxy, scale), str(shown.face.track_id), unit, dashed=False)
    return np.asarray(image)


def _enlarged(heatmap: NDArray[np.float16]) -> NDArray[np.float64]:
    step = _step(heatmap)
    return np.asarray(np.kron(heatmap, np.ones((step, step))), dtype=np.float64)


def _step(heatmap: NDArray[np.float16]) -> int:
    return max(1, _SQUARE_PIXELS // len(heatmap))


def _outlined(image: NDArray[np.uint8], heatmap: NDArray[np.float16]) -> NDArray[np.uint8]:
    """Draw the border between patches below and at or above the level, black with white beside it."""
    high = np.pad(heatmap >= OUTLINE_LEVEL, 1)
    step = _step(heatmap)
    picture = Image.fromarray(image)
    draw = ImageDraw.Draw(picture)
    limit = picture.width - 1
    for color, thickness in (((255, 255, 255), 7), ((0, 0, 0), 3)):
        for row, column in np.argwhere(high[1:, :] != high[:-1, :]):
            _line(draw, ((column - 1) * step, row * step, column * step, row * step), limit, color, thickness)
        for row, column in np.argwhere(high[:, 1:] != high[:, :-1]):
            _line(draw, (column * step, (row - 1) * step, column * step, row * step), limit, color, thickness)
    return np.asarray(picture)


def _line(
    draw: ImageDraw.ImageDraw, ends: tuple[int, int, int, int], limit: int, color: tuple[int, int, int], thickness: int
) -> None:
    x0, y0, x1, y1 = (min(max(int(value), 0), limit) for value in ends)
    draw.line((x0, y0, x1, y1), fill=color, width=thickness)


def _scaled(box: Box, scale: tuple[float, float]) -> Box:
    return box[0] * scale[0], box[1] * scale[1], box[2] * scale[0], box[3] * scale[1]


def _draw_box(draw: ImageDraw.ImageDraw, box: Box, label: str, unit: float, *, dashed: bool) -> None:
    """One box with its number; `unit` is the width of its line in pixels."""
    left, top, right, bottom = box
    for color, width in (("black", 2 * unit), ("white", unit)):
        if dashed:
            _draw_dashes(draw, box, color, round(width), unit)
        else:
            draw.rectangle((left, top, right, bottom), outline=color, width=round(width))
    height = 12 * unit
    font = ImageFont.truetype(str(resource_path("fonts", "NotoSans-Bold.ttf")), round(10 * unit))
    y = top - height if top >= height else top
    right = left + draw.textlength(label, font=font) + 5 * unit
    draw.rectangle((left, y, right, y + height), fill="black", outline="white")
    draw.text(((left + right) / 2, y + height / 2), label, font=font, fill="white", anchor="mm")


def _draw_dashes(draw: ImageDraw.ImageDraw, box: Box, color: str, width: int, unit: float) -> None:
    left, top, right, bottom = box
    for start, stop in _dashes(left, right, unit):
        draw.line((start, top, stop, top), fill=color, width=width)
        draw.line((start, bottom, stop, bottom), fill=color, width=width)
    for start, stop in _dashes(top, bottom, unit):
        draw.line((left, start, left, stop), fill=color, width=width)
        draw.line((right, start, right, stop), fill=color, width=width)


def _dashes(first: float, last: float, unit: float) -> list[tuple[float, float]]:
    """Strokes of equal length with gaps of the same length, from end to end."""
    strokes = 2 * max(1, round((last - first) / (10 * unit))) + 1
    edges = np.linspace(first, last, strokes + 1)
    return [(float(edges[at]), float(edges[at + 1])) for at in range(0, strokes, 2)]
