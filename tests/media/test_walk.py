"""The decoder gives out the same planes as the ffmpeg program, and says whose they are."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from lav_gui.media.index import NOWHERE, PacketTable, build_index
from lav_gui.media.walk import FalseKeyframe, LostPlace, PacketWalk, Suspect

CODECS = [
    ("planes.mp4", {"options": {"x264-params": "bframes=3"}}, "yuv420p"),
    ("planes_ten_bit.mp4", {"pixel_format": "yuv420p10le"}, "yuv420p10le"),
    ("planes_hevc.mkv", {"codec": "libx265", "options": {"x265-params": "log-level=none:bframes=3"}}, "yuv420p"),
    ("planes_vp9.webm", {"codec": "libvpx-vp9", "options": {"deadline": "realtime", "cpu-used": "8"}}, "yuv420p"),
    ("planes.ts", {"codec": "mpeg2video", "options": {"bf": "2"}}, "yuv420p"),
    ("planes.mkv", {"codec": "ffv1", "pixel_format": "yuv422p"}, "yuv422p"),
]


def _plane_bytes(picture: av.VideoFrame, bytes_per_sample: int) -> bytes:
    rows = []
    for plane in picture.planes:
        lines = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[: plane.height]
        rows.append(lines[:, : plane.width * bytes_per_sample].tobytes())
    return b"".join(rows)


def _walk_all(path: Path, table: PacketTable, careful: bool) -> dict[int, bytes]:
    walk = PacketWalk(path, table, set(), careful=careful, lenient=False)
    planes: dict[int, bytes] = {}
    while not walk.ended:
        for place, picture in walk.step():
            planes[place] = _plane_bytes(picture, (picture.format.components[0].bits + 7) // 8)
    walk.close()
    return planes


@pytest.mark.parametrize("careful", [False, True], ids=["many threads", "one thread"])
@pytest.mark.parametrize(("name", "changes", "pixels"), CODECS, ids=[name for name, _, _ in CODECS])
def test_planes_equal_those_of_the_ffmpeg_program_bit_for_bit(
    ffmpeg, make_clip, recipe, name, changes, pixels, careful
) -> None:
    path = make_clip(recipe(name, count=30, **changes))
    raw = ffmpeg("-i", str(path), "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", pixels, "-")
    _, table = build_index(path)
    planes = _walk_all(path, table, careful)
    assert sorted(planes) == list(range(30))
    assert b"".join(planes[int(place)] for place in table.place) == raw


def _opened(make_clip: Callable, recipe: Callable, name: str, **changes: object) -> tuple[PacketWalk, PacketTable]:
    path = make_clip(recipe(name, count=60, gop=12, **changes))
    _, table = build_index(path)
    return PacketWalk(path, table, set(), careful=False, lenient=False), table


def _drain(walk: PacketWalk) -> None:
    while not walk.ended:
        walk.step()


@pytest.mark.parametrize("name", ["seek.mp4", "seek.mkv", "seek.ts", "seek.avi", "seek.h264"])
def test_a_seek_lands_on_the_very_keyframe(make_clip, recipe, name) -> None:
    walk, table = _opened(make_clip, recipe, name, options={"x264-params": "scenecut=0:bframes=2"})
    for key in (48, 12, 36, 24):
        walk.begin_at(key, table)
        assert (walk.start, walk.fed, walk.target) == (key, key, key)
        assert table.is_key[key]
    walk.close()


def test_pictures_that_need_earlier_ones_are_not_given_out(make_clip, recipe) -> None:
    walk, table = _opened(make_clip, recipe, "leading.mkv", options={"x264-params": "open-gop=1:bframes=3:scenecut=0"})
    key = next(int(k) for k in np.flatnonzero(table.is_key) if k and (table.governing[k + 1 :] < k).any())
    walk.begin_at(key, table)
    came = [place for _ in range(40) for place, _ in walk.step()]
    assert came[0] == key
    assert all(table.governing[place] >= key for place in came)
    walk.close()


def test_pictures_governed_by_an_earlier_keyframe_are_held_back(make_clip, recipe) -> None:
    walk, table = _opened(make_clip, recipe, "closed.mp4", options={"x264-params": "scenecut=0:bframes=0"})
    governing = table.governing.copy()
    governing[[13, 15]] = 0
    walk.begin_at(12, replace(table, governing=governing))
    came = [place for _ in range(20) for place, _ in walk.step()]
    assert came[:4] == [12, 14, 16, 17]
    walk.close()


def test_a_picture_is_not_sound_while_one_before_it_is_missing(make_clip, recipe) -> None:
    walk, _ = _opened(make_clip, recipe, "sound.mp4", options={"x264-params": "scenecut=0:bframes=0"})
    while not walk.came(20):
        walk.step()
    assert walk.is_sound(20)
    walk.begin_at(0, walk._table)
    walk._came[5] = True  # stands for a picture that the decoder keeps to itself
    while not walk.came(20):
        walk.step()
    walk._came[5] = False
    with pytest.raises(Suspect):
        walk.is_sound(20)
    walk._silent.add(5)
    assert walk.is_sound(20)
    walk.close()


def test_a_walk_that_begins_off_a_keyframe_is_stopped(make_clip, recipe) -> None:
    walk, table = _opened(make_clip, recipe, "lying.mp4", lying_keys=True, codec="mpeg4", options={"bf": "0"})
    assert table.is_key.all()
    walk.begin_at(5, table)
    assert walk.start == 5
    with pytest.raises(FalseKeyframe):
        _drain(walk)
    walk.close()


def test_a_packet_that_is_not_in_the_index_is_noticed(make_clip, recipe) -> None:
    walk, table = _opened(make_clip, recipe, "other.mp4")
    table.packets.size[7] += 1
    with pytest.raises(LostPlace):
        _drain(walk)
    assert walk.fed == 7
    walk.close()


def test_the_start_of_the_file_is_reached_after_its_end(make_clip, recipe) -> None:
    walk, table = _opened(make_clip, recipe, "again.mp4")
    _drain(walk)
    walk.begin_at(NOWHERE, table)
    came = [place for _ in range(20) for place, _ in walk.step()]
    assert came[0] == 0
    assert walk.came(0)
    assert not walk.came(59)
    walk.close()
