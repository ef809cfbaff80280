"""What the header claims stands beside what was counted."""

from fractions import Fraction

import numpy as np
import pytest

from lav_gui.media.reader import VideoReader
from lav_gui.records import MediaKind


def _info(path):
    with VideoReader(path) as reader:
        return reader.info


def test_a_plain_clip_is_described(make_clip, recipe) -> None:
    info = _info(make_clip(recipe("plain.mp4", options={"x264-params": "scenecut=0:bframes=2"})))
    assert (info.kind, info.codec, info.pixel_format, info.bit_depth) == (MediaKind.VIDEO, "h264", "yuv420p", 8)
    assert (info.width, info.height, info.rotation_degrees, info.interlaced) == (128, 96, 0, False)
    assert "mp4" in info.container
    assert (info.frame_count_from_header, info.frame_count_from_content) == (60, 60)
    assert info.fps_from_header == 25
    assert info.frame_seconds == pytest.approx((0.04, 0.04, 0.04))
    assert info.duration_seconds == pytest.approx(2.4)
    assert info.start_seconds == 0
    assert not info.is_vfr
    assert (info.keyframe_count, info.gop_frames) == (5, (12, 12.0, 12))
    assert info.bit_rate is not None
    assert info.bit_rate > 0
    assert info.sample_aspect_ratio == 1
    assert info.streams[info.stream_index].details == "128x96 yuv420p"


def test_the_counts_of_header_and_content_differ_where_packets_are_cut(make_clip, recipe) -> None:
    info = _info(make_clip(recipe("edited.mp4", pts=range(-10 * 512, 50 * 512, 512))))
    assert (info.frame_count_from_header, info.frame_count_from_content) == (60, 50)


def test_an_unstated_count_is_none(make_clip, recipe) -> None:
    assert _info(make_clip(recipe("plain.mkv"))).frame_count_from_header is None


def test_an_uneven_clip_is_said_to_be_vfr(make_clip, recipe, uneven_pts) -> None:
    info = _info(make_clip(recipe("uneven.mp4", pts=uneven_pts(60), time_base=Fraction(1, 1000))))
    assert info.is_vfr
    steps = np.diff(uneven_pts(60)) / 1000
    assert info.frame_seconds == pytest.approx((steps.min(), np.median(steps), steps.max()))


@pytest.mark.parametrize(("rotation", "expected"), [(None, Fraction(4, 3)), ((90, False, False), Fraction(3, 4))])
def test_the_pixel_shape_is_that_of_upright_frames(make_clip, recipe, rotation, expected) -> None:
    name = "wide_turned.mp4" if rotation else "wide.mp4"
    info = _info(make_clip(recipe(name, count=5, rotation=rotation, sample_aspect_ratio=Fraction(4, 3))))
    assert info.sample_aspect_ratio == expected
    assert (info.width, info.height) == ((96, 128) if rotation else (128, 96))


def test_interlaced_video_is_flagged(make_clip, recipe) -> None:
    options = {"flags": "+ilme+ildct", "x264-params": "tff=1"}
    assert _info(make_clip(recipe("fields.mp4", count=10, options=options))).interlaced


def test_ten_bits_are_counted(make_clip, recipe) -> None:
    assert _info(make_clip(recipe("ten_bit.mp4", pixel_format="yuv420p10le", count=10))).bit_depth == 10


@pytest.mark.parametrize(
    ("name", "codec", "pixels", "count", "kind"),
    [
        ("still.png", "png", "rgb24", 1, MediaKind.IMAGE),
        ("still.jpg", "mjpeg", "yuvj420p", 1, MediaKind.IMAGE),
        ("still.bmp", "bmp", "bgr24", 1, MediaKind.IMAGE),
        ("still.tiff", "tiff", "rgb24", 1, MediaKind.IMAGE),
        ("still.gif", "gif", "rgb8", 1, MediaKind.IMAGE),
        ("moving.gif", "gif", "rgb8", 30, MediaKind.ANIMATION),
        ("moving.apng", "apng", "rgb24", 8, MediaKind.ANIMATION),
        ("one_frame.mp4", "libx264", "yuv420p", 1, MediaKind.VIDEO),
    ],
)
def test_the_kind_of_file_is_told(make_clip, recipe, read_number, name, codec, pixels, count, kind) -> None:
    path = make_clip(recipe(name, codec=codec, pixel_format=pixels, count=count))
    with VideoReader(path) as reader:
        info = reader.info
        assert (info.kind, info.frame_count_from_content) == (kind, count)
        assert read_number(reader.frame(count - 1).image) == count - 1
    if kind is MediaKind.IMAGE:
        assert (info.duration_seconds, info.fps_from_header, info.bit_rate) == (0, None, None)


def test_metadata_of_container_and_stream_are_kept(ffmpeg, make_clip, recipe, tmp_path) -> None:
    path = tmp_path / "tagged.mp4"
    clip = str(make_clip(recipe("untagged.mp4", count=5)))
    ffmpeg("-i", clip, "-c", "copy", "-metadata", "title=李小龙", "-metadata:s:v", "handler_name=eye", str(path))
    metadata = dict(_info(path).metadata)
    assert metadata["title"] == "李小龙"
    assert metadata["video.handler_name"] == "eye"
