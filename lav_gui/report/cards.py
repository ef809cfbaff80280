"""The strongest frames: one card per shown face, with its pictures, numbers and digest."""

from collections.abc import Iterator

import numpy as np

from lav_gui.records import FaceResult
from lav_gui.report import formats, wording
from lav_gui.report.blocks import Block, ColorBar, FaceCard, Fact, Paragraph, Picture
from lav_gui.report.record import Report, ShownFace
from model_zoo.residual import SHOWN_RANGE


def strongest_frames(report: Report) -> Iterator[Block]:
    """The shown faces as cards, after the color scale of their heatmaps."""
    if not report.faces:
        yield Paragraph("No frame is shown.")
        return
    yield Paragraph(
        "The frames of each face in which both the single frame and the smoothed curve are highest, spread over"
        " time. Heatmaps are on one fixed scale from 0 to 1, the same in every picture: never stretched to the"
        " picture’s own range. Patches of 0.5 and above are outlined. The noise residual is shown with its three"
        f" filters as red, green and blue; gray is zero, and the fixed scale, a square-root one, runs from"
        f" {formats.MINUS}{SHOWN_RANGE:g} to {SHOWN_RANGE:g}. Contributions are in logit units.",
        "intro",
    )
    caption = "Color scale of all heatmaps: value of a patch, fixed from 0 to 1; the outline marks 0.5."
    yield ColorBar("scale.png", caption, "Color scale from 0, darkest, to 1, brightest")
    for number, shown in enumerate(report.faces, start=1):
        yield _card(report, number, shown)


def _card(report: Report, number: int, shown: ShownFace) -> FaceCard:
    pictures: tuple[Picture, ...] = (
        Picture(f"face-{number}-heatmap.png", "Heatmap", f"Heatmap, highest patch {shown.face.heatmap.max():.2f}"),
    )
    frame = None
    if shown.pictures is not None:
        frame = Picture(
            f"face-{number}-frame.png", "", f"Frame {shown.result.index} with the box of face {shown.face.track_id}"
        )
        pictures = (
            Picture(f"face-{number}-crop.png", "Crop, as the network saw it", f"Crop of face {shown.face.track_id}"),
            Picture(f"face-{number}-overlay.png", "Heatmap over the crop", "Heatmap blended over the gray crop"),
            *pictures,
            Picture(f"face-{number}-residual.png", "Noise residual", "Noise residual of the crop, gray is zero"),
        )
    title = f"Face {shown.face.track_id}, frame {shown.result.index}, {formats.timecode(shown.result.seconds)}"
    return FaceCard(title, _card_facts(report, shown), frame, pictures, shown.remark)


def _card_facts(report: Report, shown: ShownFace) -> tuple[Fact, ...]:
    result, face = shown.result, shown.face
    row, column = np.unravel_index(int(np.argmax(face.heatmap)), face.heatmap.shape)
    base = result.time_base
    return (
        Fact("PTS", f"{result.pts} × {base.numerator}/{base.denominator} s, type {result.picture_type}"),
        Fact(
            wording.score_title(report.weights),
            f"{formats.score(face.fake_prob)} (smoothed {formats.score(shown.smoothed)},"
            f" logit {formats.signed(face.logit, 3)})",
        ),
        Fact("Contributions", _contributions(face)),
        Fact("Highest patch", f"{face.heatmap.max():.2f} at row {row + 1}, column {column + 1} of {len(face.heatmap)}"),
        Fact("Box", _box(face)),
        Fact("Decoded again", _again(shown)),
        Fact("Frame SHA-256", result.digest, "mono"),
    )


def _contributions(face: FaceResult) -> str:
    parts = face.contributions
    if parts is None:
        return "not measured on this frame"
    return (
        f"color {formats.signed(parts.rgb, 2)}, noise {formats.signed(parts.noise, 2)},"
        f" interaction {formats.signed(parts.interaction, 2)}"
    )


def _box(face: FaceResult) -> str:
    left, top, right, bottom = face.box_xyxy
    return (
        f"{formats.number(left, 0)}, {formats.number(top, 0)} to {formats.number(right, 0)},"
        f" {formats.number(bottom, 0)} px; face {face.face_px:.0f} px; sharpness {formats.measured(face.sharpness)}"
    )


def _again(shown: ShownFace) -> str:
    if shown.digest_now is None:
        return "no"
    return "yes, same SHA-256" if shown.digest_now == shown.result.digest else f"yes, OTHER SHA-256 {shown.digest_now}"
