"""A frame or crop as a PNG that says what it is: file, frame, time and digests in its text chunks. No Qt."""

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from lav_gui import __version__
from lav_gui.records import Evidence, Frame, frame_digest
from lav_gui.ui.wording import exact_clock


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """A picture and its (keyword, text) chunks, in order."""

    image: NDArray[np.uint8]
    texts: tuple[tuple[str, str], ...]
    suggested_name: str


def snapshot_frame(frame: Frame, evidence: Evidence) -> Snapshot:
    """The whole frame, in stored pixels."""
    return Snapshot(frame.image, _facts(frame, evidence), f"{_stem(evidence)}-frame{frame.index:06}.png")


def snapshot_crop(crop: NDArray[np.uint8], track_id: int, frame: Frame, evidence: Evidence) -> Snapshot:
    """A face's crop, as the network saw it."""
    texts = (*_facts(frame, evidence), ("Face", str(track_id)), ("Crop digest (SHA-256 of RGB)", frame_digest(crop)))
    return Snapshot(crop, texts, f"{_stem(evidence)}-frame{frame.index:06}-face{track_id}.png")


def png_bytes(snapshot: Snapshot) -> bytes:
    """The PNG file. Texts outside Latin-1 go into iTXt chunks (UTF-8), the others into tEXt."""
    chunks = PngInfo()
    for keyword, text in snapshot.texts:
        chunks.add_text(keyword, text)
    stream = io.BytesIO()
    Image.fromarray(snapshot.image).save(stream, "PNG", pnginfo=chunks)
    return stream.getvalue()


def _facts(frame: Frame, evidence: Evidence) -> tuple[tuple[str, str], ...]:
    media = evidence.media
    return (
        ("Software", f"LAV {__version__}"),
        ("File", evidence.file_name),
        ("File SHA-256", evidence.hashes.sha256),
        ("Frame", f"{frame.index} (from 0) of {media.frame_count_from_content}"),
        ("PTS", f"{frame.pts} x {frame.time_base} s"),
        ("Time", exact_clock(frame.pts, frame.time_base)),
        ("Frame SHA-256", frame_digest(frame.image)),
        ("Color", f"{media.color.matrix_used}, {media.color.range_used} range"),
        ("Pixel aspect", str(media.sample_aspect_ratio)),
    )


def _stem(evidence: Evidence) -> str:
    return evidence.file_name.rpartition(".")[0] or evidence.file_name
