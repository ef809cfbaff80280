"""Sizes and kinds of packets."""

from fractions import Fraction

import numpy as np
import pytest

from lav_gui.records import FrameIndex
from lav_gui.ui.viewmodels.lanes.packets import NO_PACKETS, is_reordered, packet_lines


@pytest.fixture
def index() -> FrameIndex:
    """Frames I B B P B B P, coded as I P B B P B B; one packet is empty."""
    order = np.array([0, 2, 3, 1, 5, 6, 4])
    n, flags = len(order), np.zeros(7, np.bool_)
    key = np.arange(n) == 0
    size = np.array([9000, 100, 0, 800, 90, 110, 700])
    return FrameIndex(Fraction(1, 25), np.arange(n), np.arange(n), np.ones(n, np.int64), key, size, order, flags)


def test_frames_coded_after_a_later_one_are_told(index: FrameIndex) -> None:
    assert is_reordered(index.decode_order).tolist() == [False, True, True, False, True, True, False]
    packets = packet_lines(index)
    assert [packets.key.holds(0), packets.forward.holds(3), packets.reordered.holds(2)] == [True] * 3
    assert packets.forward.first.tolist() == [3, 6]


def test_the_scale_leaves_out_empty_packets(index: FrameIndex) -> None:
    packets = packet_lines(index)
    assert (packets.smallest, packets.largest) == (90, 9000)


def test_without_a_video_there_is_nothing() -> None:
    assert packet_lines(None) is NO_PACKETS
