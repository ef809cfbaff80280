"""The packet index: what frame n is, and from where it can be decoded."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.errors import MediaError
from lav_gui.media.index import NOWHERE, build_index, governing_keys, presentation_order, read_packets
from lav_gui.records.media import NO_TIMESTAMP

packet_lists = st.lists(st.tuples(st.integers(-40, 40), st.booleans()), min_size=1, max_size=40)


def _columns(packets: list[tuple[int, bool]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([p for p, _ in packets], np.int64), np.array([flag for _, flag in packets], bool)


@given(packet_lists)
def test_frames_are_the_kept_packets_by_time_then_decode_order(packets) -> None:
    pts, discard = _columns(packets)
    expected = sorted((p, place) for place, (p, cut) in enumerate(packets) if not cut)
    assert presentation_order(pts, discard).tolist() == [place for _, place in expected]


@given(packet_lists)
def test_the_governing_keyframe_precedes_in_file_and_on_screen(packets) -> None:
    pts, is_key = _columns(packets)
    expected = [
        max((k for k in range(place + 1) if is_key[k] and pts[k] <= pts[place]), default=NOWHERE)
        for place in range(len(packets))
    ]
    assert governing_keys(pts, is_key).tolist() == expected


def test_a_leading_picture_of_an_open_group_is_governed_by_the_earlier_keyframe() -> None:
    pts = np.array([0, 1, 4, 2, 3, 5])  # I P I B B P: both B follow the second I in the file, but not on screen
    is_key = np.array([True, False, True, False, False, False])
    assert governing_keys(pts, is_key).tolist() == [0, 0, 2, 0, 0, 2]


def test_an_uneven_clip_is_indexed_by_its_own_times(make_clip, recipe, uneven_pts) -> None:
    index, table = build_index(make_clip(recipe("uneven.mp4", pts=uneven_pts(60), time_base=Fraction(1, 1000))))
    assert [round(float(seconds * 1000)) for seconds in index.all_seconds()] == uneven_pts(60)
    assert not index.pts_derived.any()
    assert sorted(index.decode_order.tolist()) == list(range(60))
    assert (table.row[table.place] == np.arange(60)).all()
    assert (index.packet_bytes > 0).all()
    assert index.is_key[0]


def test_packets_cut_by_an_edit_list_are_known_but_do_not_count(make_clip, recipe) -> None:
    index, table = build_index(make_clip(recipe("edited.mp4", pts=range(-10 * 512, 50 * 512, 512))))
    assert (len(index), len(table)) == (50, 60)
    assert (table.row == NOWHERE).sum() == 10
    assert table.packets.pts[table.packets.discard].max() < 0
    assert sorted(index.decode_order.tolist()) == list(range(50))


def test_negative_times_are_kept_as_the_file_states_them(make_clip, recipe) -> None:
    changes = {"pts": range(-10 * 512, 50 * 512, 512), "mux": {"avoid_negative_ts": "disabled"}}
    index, _ = build_index(make_clip(recipe("negative.ts", **changes)))
    assert index.seconds(0) == pytest.approx(-0.4)
    assert (np.diff(index.pts) > 0).all()


def test_a_missing_decode_time_is_marked(make_clip, recipe) -> None:
    index, _ = build_index(make_clip(recipe("no_first_dts.mkv", options={"bf": "2"})))
    assert (index.dts == NO_TIMESTAMP).any()
    assert not index.pts_derived.any()


@pytest.mark.parametrize("name", ["no_times.avi", "no_times.h264"])
def test_derived_times_are_flagged_and_even(make_clip, recipe, name) -> None:
    index, _ = build_index(make_clip(recipe(name)))
    assert index.pts_derived.all()
    assert len(set(np.diff(index.pts).tolist())) == 1


def test_a_keyframe_that_is_none_is_struck_from_the_table(make_clip, recipe) -> None:
    _, table = build_index(make_clip(recipe("struck.mp4", gop=12, options={"x264-params": "scenecut=0:bframes=0"})))
    assert [table.key_before(place) for place in (0, 1, 12, 13, 60)] == [NOWHERE, 0, 0, 12, 48]
    without = table.without_key(12)
    assert without.governing[12:24].tolist() == [0] * 12
    assert without.governing[24] == 24
    assert table.is_key[12]


def test_pictures_are_spared_only_where_no_packet_can_be_missing(make_clip, recipe) -> None:
    _, table = build_index(make_clip(recipe("plain.mp4")))
    assert table.spare.any()
    assert not (table.spare & table.is_key).any()
    steps = [512 * number for number in range(61) if number != 30]
    _, holed = build_index(make_clip(recipe("holed.mp4", pts=steps)))
    assert holed.packets.unreferenced.any()
    assert not holed.spare.any()


def test_a_stream_without_packets_is_one_sentence(make_clip, recipe, tmp_path) -> None:
    whole = make_clip(recipe("cut_off.mkv", count=30)).read_bytes()
    path = tmp_path / "cut_off.mkv"
    path.write_bytes(whole[: whole.find(b"\x1f\x43\xb6\x75") + 12])  # up to the first cluster
    with pytest.raises(MediaError, match=r"^cut_off\.mkv "):
        build_index(path)


def test_the_pass_reads_every_packet_once(make_clip, recipe) -> None:
    packets, time_base = read_packets(make_clip(recipe("plain.mp4")))
    assert len(packets.pts) == 60
    assert time_base == Fraction(1, 12800)
    assert len(np.unique(packets.pos)) == 60
