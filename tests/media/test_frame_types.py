"""The decode scan names each picture's type and each gap."""

import pytest

from lav_gui.errors import MediaError
from lav_gui.media.frame_types import FrameType, scan_frame_types
from lav_gui.records import Gap

PLAIN = {"gop": 12, "options": {"x264-params": "bframes=2:b-adapt=0:scenecut=0"}}


def test_types_follow_the_index(make_clip, recipe) -> None:
    scan = list(scan_frame_types(make_clip(recipe("typed.mp4", **PLAIN))))
    assert [one.index for one in scan] == list(range(60))
    kinds = "".join(one.picture_type for one in scan if isinstance(one, FrameType))
    assert kinds.count("I") == 5
    assert [one.index for one in scan if isinstance(one, FrameType) and one.is_key] == [0, 12, 24, 36, 48]
    assert all(one.packet_bytes > 0 for one in scan if isinstance(one, FrameType))
    assert "B" in kinds


def test_types_are_those_of_the_ffmpeg_program(ffmpeg, make_clip, recipe) -> None:
    path = make_clip(recipe("typed.mp4", **PLAIN))
    for kind in "IPB":
        picked = ffmpeg(
            *["-i", str(path), "-vf", f"select='eq(pict_type,{kind})',scale=2:2"],
            *["-fps_mode", "passthrough", "-pix_fmt", "gray", "-f", "rawvideo", "-"],
        )
        scan = scan_frame_types(path)
        assert len(picked) // 4 == sum(isinstance(one, FrameType) and one.picture_type == kind for one in scan)


def test_a_damaged_frame_is_a_gap_in_its_place(make_clip, recipe, tmp_path) -> None:
    whole = make_clip(recipe("whole.mp4", count=30, gop=30, mux={"movflags": "faststart"}))
    path = tmp_path / "cut.mp4"
    path.write_bytes(whole.read_bytes()[:-6])  # the last packet ends the file
    scan = list(scan_frame_types(path))
    assert [one.index for one in scan] == list(range(30))
    assert [one.reason for one in scan if isinstance(one, Gap)] == ["its data are damaged"]


def test_closing_the_scan_frees_the_file(make_clip, recipe) -> None:
    scan = scan_frame_types(make_clip(recipe("typed.mp4", **PLAIN)))
    assert isinstance(next(iter(scan)), FrameType)
    scan.close()
    assert list(scan) == []


def test_what_is_no_video_is_one_sentence(tmp_path) -> None:
    with pytest.raises(MediaError, match=r"gone\.mp4 does not exist"):
        next(iter(scan_frame_types(tmp_path / "gone.mp4")))
