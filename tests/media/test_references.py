"""Which H.264 pictures no other picture needs, read from the bytes."""

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.media.index import read_packets
from lav_gui.media.references import is_unreferenced, length_size


def _units(headers: list[int], prefix: int) -> bytes:
    body = b"\x88\x84"
    return b"".join((len(body) + 1).to_bytes(prefix, "big") + bytes([header]) + body for header in headers)


@pytest.mark.parametrize("prefix", [1, 2, 4])
@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([0x01], True),  # a slice, nal_ref_idc 0
        ([0x41], False),  # a slice, nal_ref_idc 2
        ([0x09, 0x06, 0x01, 0x01], True),  # delimiter, SEI, two slices
        ([0x01, 0x41], False),  # one field is a reference
        ([0x67, 0x68, 0x65], False),  # parameter sets and an IDR slice
        ([0x06], False),  # no slice at all
        ([], False),
    ],
)
def test_only_slices_that_are_no_reference_can_be_spared(headers, expected, prefix) -> None:
    assert is_unreferenced(_units(headers, prefix), prefix) is expected


def test_units_parted_by_start_codes_or_cut_short_are_left_in_doubt() -> None:
    assert not is_unreferenced(b"\x00\x00\x00\x01\x01\x88\x84", 0)
    assert not is_unreferenced(_units([0x01, 0x01], 4)[:-1], 4)


@given(st.binary(max_size=60), st.sampled_from([0, 1, 2, 3, 4]))
def test_any_bytes_are_survived(data, prefix) -> None:
    assert is_unreferenced(data, prefix) in (True, False)


def test_the_length_field_is_read_from_the_header() -> None:
    assert length_size(bytes([1, 100, 0, 31, 0xFF, 0xE1])) == 4
    assert length_size(bytes([1, 100, 0, 31, 0xFD, 0xE1])) == 2
    assert length_size(b"\x00\x00\x00\x01\x67") == 0
    assert length_size(None) == 0


@pytest.mark.parametrize("name", ["plain.mp4", "plain.mkv"])
def test_every_other_picture_is_the_same_without_them(make_clip, recipe, name) -> None:
    path = make_clip(recipe(name, options={"x264-params": "bframes=3:b-pyramid=normal"}))
    packets, _ = read_packets(path)
    assert 10 < packets.unreferenced.sum() < 50
    whole, spared = _pictures(path, None), _pictures(path, packets.unreferenced)
    assert len(whole) == 60
    assert len(spared) == 60 - packets.unreferenced.sum()
    assert all(whole[place] == planes for place, planes in spared.items())


def _pictures(path, left_out) -> dict[int, bytes]:
    planes: dict[int, bytes] = {}
    with av.open(str(path)) as container:
        place = -1
        for packet in container.demux(video=0):
            if packet.size:
                place += 1
                packet.pts, packet.dts = place, None
                if left_out is not None and left_out[place]:
                    continue
            for picture in packet.decode():
                planes[picture.pts] = picture.to_ndarray().tobytes()
    return planes
