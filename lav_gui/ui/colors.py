"""Colors: the neutral interface in two themes, the colors of faces, and the heatmap's scale."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SURROUND = "#777777"
"""Around the picture, in both themes: a neutral of medium lightness (CIE L* 50), so that colors are judged alike."""

FACE_COLORS = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7")
"""Okabe and Ito's set for all kinds of color vision (Color Universal Design, 2008), without black."""

FACE_DASHES: tuple[tuple[float, ...], ...] = ((), (6, 3), (2, 2), (8, 3, 2, 3))
"""Line styles of faces, in pen widths: color is never the only carrier."""

_ON_LIGHT = {"#F0E442": "#A09400", "#E69F00": "#C07F00", "#56B4E9": "#2E93CE"}
"""Darker kin of the light ones, for thin lines on a white ground."""

_ON_DARK = {"#0072B2": "#1A80BD"}
"""Lighter kin of the dark one, for a dark ground."""

NOTE_COLORS = ("#56B4E9", "#E69F00", "#D55E00", "#009E73", "#CC79A7", "#0072B2")
"""Colors of notes and markers, of the same set; what a note is about has a shape, too."""

RGB_COLOR = "#CC79A7"
NOISE_COLOR = "#0072B2"
"""The two streams of the network."""

UNTRAINED_COLOR = "#8f8f8f"
"""Curves of numbers that mean nothing."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Colors of the interface, as hexadecimal.

    Texts reach a contrast of 4.5 to 1 on every ground they stand on, outlines of controls and the focus ring 3 to 1
    (WCAG 2.2, 1.4.3 and 1.4.11). `border` only divides; `outline` bounds what can be used; `accent` is the focus ring.
    """

    name: str
    window: str
    panel: str
    raised: str
    border: str
    outline: str
    text: str
    muted: str
    accent: str
    on_accent: str
    warning: str
    warning_text: str
    error: str
    error_text: str
    notice: str
    plot: str
    grid: str


LIGHT = Theme(
    name="light",
    window="#eeeef0",
    panel="#fafafa",
    raised="#ffffff",
    border="#d3d4d9",
    outline="#80838c",
    text="#1c1d21",
    muted="#5c5f68",
    accent="#3d4fc4",
    on_accent="#ffffff",
    warning="#fdf0c8",
    warning_text="#5b4300",
    error="#fbe0dc",
    error_text="#7c1d10",
    notice="#e4e8fb",
    plot="#ffffff",
    grid="#c9cad0",
)

DARK = Theme(
    name="dark",
    window="#1d1e21",
    panel="#26272b",
    raised="#2f3035",
    border="#3e4046",
    outline="#858892",
    text="#ececef",
    muted="#a8abb4",
    accent="#98a6ff",
    on_accent="#14172c",
    warning="#4a3c12",
    warning_text="#ffe6a6",
    error="#512019",
    error_text="#ffd5cd",
    notice="#2b3054",
    plot="#1f2023",
    grid="#4a4c53",
)


def face_color(track_id: int) -> str:
    """Color of a face track, for track ids from 1."""
    return FACE_COLORS[(track_id - 1) % len(FACE_COLORS)]


def line_color(track_id: int, theme: Theme) -> str:
    """Color of a face track for lines on the plot's ground."""
    return on_plot(face_color(track_id), theme)


def on_plot(color: str, theme: Theme) -> str:
    """A color of faces, notes or streams as it is drawn on the plot's ground: 3 to 1 at least against it."""
    return (_ON_LIGHT if theme is LIGHT else _ON_DARK).get(color, color)


def contrast(first: str, second: str) -> float:
    """Contrast of two hexadecimal colors by WCAG 2.2, from 1 to 21."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def ink_on(ground: str) -> str:
    """Black or white, whichever is read better on a ground; 4.5 to 1 at least."""
    return max("#000000", "#ffffff", key=lambda ink: contrast(ink, ground))


def _luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def face_dash(track_id: int) -> tuple[float, ...]:
    """Line style of a face track as dash lengths in pen widths; empty for a solid line."""
    return FACE_DASHES[(track_id - 1) % len(FACE_DASHES)]


# Inferno of matplotlib (Smith and van der Walt 2015, CC0) at 17 places; between them linear.
_INFERNO = (
    (0, 0, 4), (11, 7, 36), (33, 12, 74), (61, 9, 101), (87, 16, 110), (113, 25, 110), (138, 34, 106), (163, 44, 97),
    (188, 55, 84), (210, 70, 68), (228, 90, 49), (241, 115, 29), (249, 142, 9), (252, 172, 17), (249, 203, 53),
    (242, 234, 105), (252, 255, 164),
)  # fmt: skip


def inferno() -> NDArray[np.uint8]:
    """The heatmap's scale for values 0 to 1 in 256 steps; shape (256, 3), RGB."""
    places = np.linspace(0, 255, len(_INFERNO))
    steps = np.arange(256)
    table = np.array(_INFERNO, dtype=np.float64)
    return np.stack([np.interp(steps, places, table[:, c]) for c in range(3)], axis=1).round().astype(np.uint8)
