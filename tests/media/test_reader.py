"""Frame n is the n-th picture, whatever the container, the times and the order of the requests."""

import random
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from lav_gui.errors import FrameGap, MediaError
from lav_gui.media.index import NOWHERE
from lav_gui.media.reader import VideoReader
from lav_gui.media.walk import PacketWalk
from lav_gui.records import Frame, Gap, frame_digest

UNEVEN = "uneven"
"""Stands for the variable frame rate in the recipes below."""

CLIPS: dict[str, dict[str, object]] = {
    "uneven.mp4": {"pts": UNEVEN, "time_base": Fraction(1, 1000)},
    "uneven.mkv": {"pts": UNEVEN, "time_base": Fraction(1, 1000)},
    "uneven.ts": {"pts": UNEVEN, "time_base": Fraction(1, 1000)},
    "long_group.mp4": {"gop": 250},
    "long_group.mkv": {"gop": 250},
    "open_group.mkv": {"options": {"x264-params": "open-gop=1:bframes=3"}},
    "open_group.mp4": {"options": {"x264-params": "open-gop=1:bframes=3"}},
    "refresh.mp4": {"options": {"x264-params": "intra-refresh=1:bframes=0"}},
    "no_times.avi": {},
    "no_times.h264": {},
    "some_times.mpg": {"codec": "mpeg2video", "options": {"bf": "2"}},
    "packed.avi": {"codec": "mpeg4", "options": {"bf": "2"}},
    "negative.ts": {"pts": range(-10 * 512, 50 * 512, 512), "mux": {"avoid_negative_ts": "disabled"}},
    "every_packet_key.mp4": {"lying_keys": True},
    "hevc.mkv": {"codec": "libx265", "options": {"x265-params": "log-level=none:bframes=3"}},
    "vp9.webm": {"codec": "libvpx-vp9", "options": {"deadline": "realtime", "cpu-used": "8"}},
    "vp8.webm": {"codec": "libvpx", "options": {"deadline": "realtime", "cpu-used": "8"}},
    "motion.mjpeg.avi": {"codec": "mjpeg", "pixel_format": "yuvj420p"},
    "moving.gif": {"codec": "gif", "pixel_format": "rgb8", "count": 30},
    "ten_bit.mp4": {"pixel_format": "yuv420p10le", "options": {"x264-params": "bframes=2"}},
}


@pytest.fixture
def clip(request, make_clip, recipe, uneven_pts) -> tuple[Path, int]:
    changes = dict(CLIPS[request.param])
    count = int(changes.get("count", 60))
    if changes.get("pts") is UNEVEN:
        changes["pts"] = uneven_pts(count)
    return make_clip(recipe(request.param, **changes)), count


def _numbers(reader: VideoReader, indices: list[int], read_number: Callable) -> list[int]:
    return [read_number(reader.frame(index).image) for index in indices]


@pytest.mark.parametrize("clip", CLIPS, indirect=True)
def test_every_frame_is_its_own_picture_in_order_backwards_and_at_random(clip, read_number) -> None:
    path, count = clip
    with VideoReader(path) as reader:
        everything = list(range(count))
        assert len(reader.index) == count
        assert [read_number(found.image) for found in reader.frames(everything)] == everything
        assert _numbers(reader, everything[::-1], read_number) == everything[::-1]
        shuffled = random.Random(7).choices(everything, k=80)
        assert _numbers(reader, shuffled, read_number) == shuffled


@pytest.mark.parametrize("clip", ["uneven.mp4", "uneven.mkv"], indirect=True)
def test_frames_carry_the_times_of_the_file(clip, uneven_pts) -> None:
    path, count = clip
    with VideoReader(path) as reader:
        for found, milliseconds in zip(reader.frames(range(count)), uneven_pts(count), strict=True):
            assert isinstance(found, Frame)
            assert found.pts == reader.index.pts[found.index]
            assert found.seconds == pytest.approx(milliseconds / 1000, abs=0.0006)


def test_frames_before_an_edit_list_do_not_count(make_clip, recipe, read_number) -> None:
    path = make_clip(recipe("edited.mp4", pts=range(-10 * 512, 50 * 512, 512)))
    with VideoReader(path) as reader:
        assert reader.info.frame_count_from_header == 60
        assert len(reader.index) == 50
        assert reader.index.pts[0] >= 0
        order = random.Random(3).sample(range(50), 50)
        assert _numbers(reader, order, read_number) == [index + 10 for index in order]


@pytest.mark.parametrize("b_frames", [0, 2])
def test_frames_with_the_same_time_are_told_apart_by_decode_order(make_clip, recipe, read_number, b_frames) -> None:
    microseconds = [40_000 * number if number % 5 else 40_000 * number - 39_900 for number in range(1, 61)]
    changes = {"pts": microseconds, "time_base": Fraction(1, 1_000_000), "options": {"bf": str(b_frames)}}
    path = make_clip(recipe(f"same_times_{b_frames}.mkv", **changes))
    with VideoReader(path) as reader:
        assert len(np.unique(reader.index.pts)) == 48
        order = random.Random(5).sample(range(60), 60)
        seen = dict(zip(order, _numbers(reader, order, read_number), strict=True))
        assert sorted(seen.values()) == list(range(60))
        if b_frames == 0:
            assert all(number == index for index, number in seen.items())
        for index in range(59):  # of two pictures at one time the one decoded first comes first
            if reader.index.pts[index] == reader.index.pts[index + 1]:
                assert reader.index.decode_order[index] < reader.index.decode_order[index + 1]


def test_a_strided_walk_yields_only_what_was_asked(make_clip, recipe, read_number) -> None:
    path = make_clip(recipe("stride.mp4", count=90, gop=30))
    with VideoReader(path) as reader:
        wanted = [0, 1, 29, 30, 31, 77, 89]
        assert [read_number(found.image) for found in reader.frames(np.array(wanted))] == wanted


def test_the_next_frame_needs_no_seek_but_a_far_one_does(make_clip, recipe, monkeypatch) -> None:
    begun: list[int] = []
    begin_at = PacketWalk.begin_at

    def counted(self, target, table) -> None:
        begun.append(target)
        begin_at(self, target, table)

    monkeypatch.setattr(PacketWalk, "begin_at", counted)
    with VideoReader(make_clip(recipe("walked.mp4", count=90, gop=30))) as reader:
        for index in range(60):
            reader.frame(index)
        assert begun == []
        reader.frame(10)
        assert begun == [0]
        reader.frame(85)
        assert begun == [0, 60]


def test_the_same_frame_twice_is_the_same_record(make_clip, recipe) -> None:
    with VideoReader(make_clip(recipe("twice.mp4"))) as reader:
        assert reader.frame(17) is reader.frame(17)


def test_the_group_to_decode_begins_at_the_keyframe(make_clip, recipe) -> None:
    path = make_clip(recipe("groups.mp4", count=90, gop=30, options={"x264-params": "scenecut=0"}))
    with VideoReader(path) as reader:
        assert [reader.first_to_decode(index) for index in (0, 29, 30, 45, 89)] == [0, 0, 30, 30, 60]


def test_a_frame_outside_the_index_is_an_index_error(make_clip, recipe) -> None:
    with VideoReader(make_clip(recipe("bounds.mp4", count=5))) as reader:
        for index in (-1, 5):
            with pytest.raises(IndexError):
                reader.frame(index)


def test_a_clip_of_one_frame_is_read(make_clip, recipe, read_number) -> None:
    with VideoReader(make_clip(recipe("single.mp4", count=1))) as reader:
        assert len(reader.index) == 1
        assert read_number(reader.frame(0).image) == 0
        assert reader.info.duration_seconds > 0


def test_odd_sizes_are_read_whole(make_clip, recipe, read_number) -> None:
    path = make_clip(recipe("odd.mkv", codec="ffv1", count=5, size=(97, 61)))
    with VideoReader(path) as reader:
        assert reader.frame(4).image.shape == (61, 97, 3)
        assert read_number(reader.frame(4).image) == 4


def test_a_file_cut_in_a_group_gives_what_can_be_decoded_and_lists_the_rest(make_clip, recipe, tmp_path) -> None:
    whole = make_clip(recipe("fast.mp4", count=60, gop=30, mux={"movflags": "faststart"}))
    cut = tmp_path / "cut.mp4"
    with VideoReader(whole) as reader:
        sound = [frame_digest(reader.frame(index).image) for index in range(60)]
        middle = _byte_inside(whole, place=45)
    cut.write_bytes(whole.read_bytes()[:middle])
    with VideoReader(cut) as reader:
        found = list(reader.frames(range(len(reader.index))))
        assert reader.info.frame_count_from_header == 60
    gaps = [one for one in found if isinstance(one, Gap)]
    assert len(found) == 46
    assert [gap.reason for gap in gaps] == ["its data are damaged"]
    assert all(frame_digest(one.image) in sound for one in found if isinstance(one, Frame))


def test_a_gap_is_raised_as_one_sentence_when_asked_for_alone(make_clip, recipe, tmp_path) -> None:
    whole = make_clip(recipe("fast.mp4", count=60, gop=30, mux={"movflags": "faststart"}))
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole.read_bytes()[: _byte_inside(whole, place=45)])
    with VideoReader(cut) as reader:
        gap = next(one for one in reader.frames(range(len(reader.index))) if isinstance(one, Gap))
        with pytest.raises(FrameGap, match=r"^Frame \d+ of cut\.mp4 has no picture: its data are damaged; choose"):
            reader.frame(gap.index)


def _byte_inside(path: Path, place: int) -> int:
    """Byte offset near the end of a packet."""
    with av.open(str(path)) as container:
        packet = [packet for packet in container.demux(video=0) if packet.size][place]
        assert packet.pos is not None
        return packet.pos + packet.size * 7 // 8


def _damaged(path: Path, target: Path, places: tuple[int, ...]) -> Path:
    data = bytearray(path.read_bytes())
    for place in places:
        middle = _byte_inside(path, place)
        for offset in range(-6, 6):
            data[middle + offset] ^= 0xA5
        data[middle : middle + 2] = b"\xff\xd9"  # ends a JPEG early
    target.write_bytes(data)
    return target


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("noisy.mp4", {"options": {"x264-params": "bframes=3"}}),
        ("noisy_open.mkv", {"options": {"x264-params": "open-gop=1:bframes=3"}}),
        ("noisy.mjpeg.avi", {"codec": "mjpeg", "pixel_format": "yuvj420p"}),
        ("noisy.h264", {}),
    ],
)
def test_a_damaged_file_gives_the_same_pictures_and_gaps_in_every_order(
    make_clip, recipe, tmp_path, name, changes
) -> None:
    path = _damaged(make_clip(recipe(name, gop=15, **changes)), tmp_path / name, (15, 20, 37))
    with VideoReader(path) as reader:
        in_order = [_fingerprint(one) for one in reader.frames(range(len(reader.index)))]
    assert any(one.startswith("gap") for one in in_order)
    with VideoReader(path) as reader:
        order = random.Random(11).sample(range(len(in_order)), len(in_order))
        at_random = {index: _fingerprint(next(reader.frames([index]))) for index in order}
    assert [at_random[index] for index in range(len(in_order))] == in_order


def test_after_an_error_decoding_begins_one_keyframe_earlier(make_clip, recipe, tmp_path, monkeypatch) -> None:
    changes = {"gop": 12, "options": {"x264-params": "scenecut=0:bframes=0"}}
    path = _damaged(make_clip(recipe("one_error.mp4", **changes)), tmp_path / "one_error.mp4", (30,))
    begun: list[tuple[int, bool]] = []
    begin_at = PacketWalk.begin_at

    def noted(self, target, table) -> None:
        begun.append((target, self.careful))
        begin_at(self, target, table)

    with VideoReader(path) as reader:
        monkeypatch.setattr(PacketWalk, "begin_at", noted)
        assert isinstance(next(reader.frames([30])), Gap)
        assert begun == [(24, False), (12, True)]
        assert isinstance(next(reader.frames([34])), Frame)
        assert len(begun) == 2
        assert isinstance(next(reader.frames([30])), Gap)
        assert len(begun) == 2


def _fingerprint(found: Frame | Gap) -> str:
    return f"gap: {found.reason}" if isinstance(found, Gap) else frame_digest(found.image)


def test_frames_before_the_first_keyframe_are_gaps_that_say_so(make_clip, recipe, tmp_path) -> None:
    whole = make_clip(recipe("headless.ts", gop=30))
    packets = 188
    start = _byte_inside(whole, place=8) // packets * packets
    path = tmp_path / "headless.ts"
    data = whole.read_bytes()
    path.write_bytes(data[: 3 * packets] + data[start:])
    with VideoReader(path) as reader:
        found = list(reader.frames(range(len(reader.index))))
    reasons = {one.reason for one in found if isinstance(one, Gap)}
    assert "it comes before the first keyframe" in reasons
    assert sum(isinstance(one, Frame) for one in found) >= 30


def test_a_file_whose_pictures_cannot_be_decoded_is_one_sentence(make_clip, recipe, tmp_path) -> None:
    whole = make_clip(recipe("hollow.mkv", codec="mpeg4", count=3, gop=1))
    data = bytearray(whole.read_bytes())
    for place in range(3):
        with av.open(str(whole)) as container:
            packet = [packet for packet in container.demux(video=0) if packet.size][place]
            payload = bytes(packet)
        at = bytes(data).find(payload)
        data[at : at + len(payload)] = bytes(len(payload))
    path = tmp_path / "hollow.mkv"
    path.write_bytes(data)
    with pytest.raises(MediaError, match=r"^No picture in hollow\.mkv can be decoded \(3 tried\); get"):
        VideoReader(path)


def test_a_file_that_is_exchanged_while_it_is_read_is_noticed(make_clip, recipe, tmp_path) -> None:
    path = tmp_path / "exchanged.mkv"
    path.write_bytes(make_clip(recipe("first.mkv", count=60)).read_bytes())
    reader = VideoReader(path)
    path.unlink()
    path.write_bytes(make_clip(recipe("second.mkv", count=60, rate=30, gop=3)).read_bytes())
    with reader, pytest.raises(MediaError, match="changed while it was read"):
        _read_backwards_from_the_start(reader)


def _read_backwards_from_the_start(reader: VideoReader) -> None:
    reader._restart(NOWHERE, careful=True)  # opens the file again
    for index in range(59, 0, -7):
        reader.frame(index)


def test_the_evidence_is_opened_for_reading_only(make_clip, recipe, tmp_path) -> None:
    path = tmp_path / "evidence.mp4"
    path.write_bytes(make_clip(recipe("sealed.mp4")).read_bytes())
    path.chmod(0o444)
    before, status = path.read_bytes(), path.stat()
    with VideoReader(path) as reader:
        for _ in reader.frames(range(0, 60, 7)):
            pass
        reader.frame(3)
    assert path.read_bytes() == before
    assert (path.stat().st_mtime_ns, path.stat().st_size) == (status.st_mtime_ns, status.st_size)
    assert [entry.name for entry in tmp_path.iterdir()] == ["evidence.mp4"]


def test_picture_types_come_without_pictures(make_clip, recipe) -> None:
    path = make_clip(recipe("types.mp4", gop=12, options={"x264-params": "bframes=2:b-adapt=0:scenecut=0"}))
    with VideoReader(path) as reader:
        kinds = "".join(reader.picture_type(index) or "-" for index in range(13))
        assert kinds[0] == kinds[12] == "I"
        assert set(kinds[1:12]) == {"P", "B"}
        assert reader.gap(3) is None
