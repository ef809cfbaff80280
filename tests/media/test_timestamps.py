"""Missing presentation times are derived in the order in which the pictures are shown."""

from fractions import Fraction

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.media.index import read_packets
from lav_gui.media.timestamps import complete_pts, is_vfr, spread_times
from lav_gui.records.media import NO_TIMESTAMP


@given(st.data())
def test_spread_times_keep_what_is_known_and_never_run_backwards(data) -> None:
    count = data.draw(st.integers(1, 30))
    order = np.array(data.draw(st.permutations(range(count))), np.int64)
    known = np.array(data.draw(st.lists(st.booleans(), min_size=count, max_size=count)))
    steps = data.draw(st.lists(st.integers(1, 50), min_size=count, max_size=count))
    truth = np.empty(count, np.int64)
    truth[order] = np.cumsum(steps)
    pts = np.where(known, truth, NO_TIMESTAMP)
    times = spread_times(pts, np.full(count, NO_TIMESTAMP), order, step=10)
    assert (times[known] == truth[known]).all()
    assert (times != NO_TIMESTAMP).all()
    assert (np.diff(times[order]) >= 0).all()


def test_without_any_time_frames_are_a_step_apart() -> None:
    missing = np.full(4, NO_TIMESTAMP)
    assert spread_times(missing, missing, np.array([0, 2, 1, 3]), step=40).tolist() == [0, 80, 40, 120]


def test_decode_times_are_dealt_out_in_the_order_shown() -> None:
    missing, dts = np.full(4, NO_TIMESTAMP), np.array([5, 6, 7, 9])
    assert spread_times(missing, dts, np.array([0, 2, 1, 3]), step=40).tolist() == [5, 7, 6, 9]


def test_ends_are_continued_by_the_usual_step() -> None:
    pts = np.array([NO_TIMESTAMP, NO_TIMESTAMP, 100, 140, NO_TIMESTAMP])
    assert spread_times(pts, pts, np.arange(5), step=40).tolist() == [20, 60, 100, 140, 180]


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("no_times.avi", {}),
        ("no_times.h264", {}),
        ("plain_order.avi", {"options": {"bf": "0"}}),
        ("packed.avi", {"codec": "mpeg4", "options": {"bf": "2"}}),
        ("some_times.mpg", {"codec": "mpeg2video", "options": {"bf": "2"}}),
    ],
)
def test_the_derived_order_is_the_decoders_own(make_clip, recipe, name, changes) -> None:
    path = make_clip(recipe(name, **changes))
    packets, time_base = read_packets(path)
    assert (packets.pts == NO_TIMESTAMP).any()
    times = complete_pts(path, packets, time_base)
    known = packets.pts != NO_TIMESTAMP
    assert (times[known] == packets.pts[known]).all()
    assert np.argsort(times, kind="stable").tolist() == _decoder_order(path)


def _decoder_order(path, threads: int = 0) -> list[int]:
    shown: list[int] = []
    with av.open(str(path)) as container:
        container.streams.video[0].codec_context.thread_count = threads
        place = 0
        for packet in container.demux(video=0):
            if packet.size:
                packet.pts, packet.dts = place, None
                place += 1
            try:
                shown += [picture.pts for picture in packet.decode()]
            except av.FFmpegError:
                continue
    return shown


def test_a_damaged_file_without_times_has_the_order_of_one_thread(make_clip, recipe, tmp_path) -> None:
    data = bytearray(make_clip(recipe("no_times.h264")).read_bytes())
    for at in range(len(data) // 4, len(data) - 200, len(data) // 7):
        data[at : at + 8] = b"\xa5" * 8
    path = tmp_path / "damaged.h264"
    path.write_bytes(data)
    packets, time_base = read_packets(path)
    order = np.argsort(complete_pts(path, packets, time_base), kind="stable").tolist()
    shown = [place for place in _decoder_order(path, threads=1) if place in set(order)]
    assert 30 < len(shown) < len(order)
    assert [place for place in order if place in set(shown)] == shown


@given(st.integers(3, 200), st.sampled_from([23, 24, 25, 30, 50, 60]))
def test_times_rounded_to_milliseconds_are_not_vfr(count, rate) -> None:
    pts = np.array([round(1000 * frame / rate) for frame in range(count)], np.int64)
    assert not is_vfr(pts, Fraction(1, 1000))


def test_one_dropped_frame_is_vfr() -> None:
    pts = np.delete(np.arange(0, 100 * 40, 40), 50)
    assert is_vfr(pts, Fraction(1, 1000))
