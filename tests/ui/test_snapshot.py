"""A PNG that says what it is."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from lav_gui.media.inspect import inspect_file
from lav_gui.media.reader import VideoReader
from lav_gui.records import frame_digest
from lav_gui.ui.snapshot import png_bytes, snapshot_crop, snapshot_frame


def test_a_frame_carries_file_number_time_and_digests_and_keeps_its_pixels(demo_clip: Path) -> None:
    evidence = replace(inspect_file(demo_clip), file_name="Nguyễn 李小龙.mp4")
    with VideoReader(demo_clip) as reader:
        frame = reader.frame(12)
    snapshot = snapshot_frame(frame, evidence)
    with Image.open(io.BytesIO(png_bytes(snapshot))) as picture:
        texts = picture.text  # type: ignore[attr-defined]
        pixels = np.asarray(picture)
    assert np.array_equal(pixels, frame.image)
    assert texts["File"] == "Nguyễn 李小龙.mp4"
    assert texts["File SHA-256"] == evidence.hashes.sha256
    assert texts["Frame"] == "12 (from 0) of 56"
    assert texts["PTS"] == f"{frame.pts} x {frame.time_base} s"
    assert texts["Time"] == "00:00:01.000"
    assert texts["Frame SHA-256"] == frame_digest(pixels)
    assert snapshot.suggested_name == "Nguyễn 李小龙-frame000012.png"


def test_a_crop_names_its_face_and_its_own_digest(demo_clip: Path, make_result: Callable[..., object]) -> None:
    evidence = inspect_file(demo_clip)
    with VideoReader(demo_clip) as reader:
        frame = reader.frame(3)
    crop = np.ascontiguousarray(frame.image[:64, :64])
    texts = dict(snapshot_crop(crop, 2, frame, evidence).texts)
    assert texts["Face"] == "2"
    assert texts["Crop digest (SHA-256 of RGB)"] == frame_digest(crop)
    assert texts["Frame SHA-256"] == frame_digest(frame.image)
