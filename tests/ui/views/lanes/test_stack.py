"""Order, folds and heights of the lanes."""

from typing import Any

import pytest

from lav_gui.ui.views.lanes.base import FOLDED
from lav_gui.ui.views.lanes.stack import LANES, LaneStack, shared_heights


@pytest.fixture
def stack(qapp: Any) -> LaneStack:
    return LaneStack()


def names(stack: LaneStack) -> list[str]:
    return [lane.name for lane in stack.lanes]


def test_each_lane_has_a_name_of_its_own(stack: LaneStack) -> None:
    assert len(set(names(stack))) == len(LANES)
    assert all(lane.title and lane.hint for lane in stack.lanes)


def test_order_and_folds_come_back(stack: LaneStack, qapp: Any) -> None:
    stack.move(stack.lanes[0], 3)
    stack.lanes[1].folded = True
    other = LaneStack()
    other.restore(stack.layout())
    assert names(other) == names(stack)
    assert other.unfolded == stack.unfolded
    other.reset()
    assert names(other) == [kind.name for kind in LANES]
    assert "sound" not in other.unfolded
    assert "score" in other.unfolded


@pytest.mark.parametrize("layout", ["", "nonsense", "[]", '{"order": 3}', '{"order": ["x"]}', "null"])
def test_a_spoilt_layout_is_ignored(stack: LaneStack, layout: str) -> None:
    stack.restore(layout)
    assert names(stack) == [kind.name for kind in LANES]


def test_a_lane_that_is_new_since_then_comes_last_and_as_at_first(stack: LaneStack) -> None:
    stack.restore('{"order": ["faces", "score"], "folded": ["score", "gone"]}')
    assert names(stack)[:2] == ["faces", "score"]
    assert "score" not in stack.unfolded
    assert "streams" in stack.unfolded
    assert "sound" not in stack.unfolded


def test_a_move_beyond_the_ends_stops_there(stack: LaneStack) -> None:
    first = stack.lanes[0]
    stack.move(first, 99)
    assert stack.lanes[-1] is first
    stack.move(first, -5)
    assert stack.lanes[0] is first


def test_what_is_left_over_goes_to_those_that_stretch(stack: LaneStack) -> None:
    least = shared_heights(stack.lanes, 0)
    assert least == [lane.wanted() for lane in stack.lanes]
    roomy = dict(zip(names(stack), shared_heights(stack.lanes, sum(least) + 300), strict=True))
    assert roomy["score"] - least[0] > roomy["streams"] - least[names(stack).index("streams")] > 0
    assert roomy["types"] == least[names(stack).index("types")]
    gained = {name: roomy[name] - height for name, height in zip(names(stack), least, strict=True)}
    assert gained["score"] > 0.5 * sum(gained.values())
    for lane in stack.lanes:
        lane.folded = True
    assert shared_heights(stack.lanes, 900) == [FOLDED] * len(LANES)


def test_without_room_for_all_those_at_the_top_fill_it_and_none_is_cut(stack: LaneStack) -> None:
    least = [lane.wanted() for lane in stack.lanes]
    for room, fitting in ((sum(least[:4]) + 1, 4), (180, 5), (211, 5), (212, 6)):
        heights = shared_heights(stack.lanes, room)
        assert room - fitting <= sum(heights[:fitting]) <= room
        assert heights[fitting:] == least[fitting:]
    assert shared_heights(stack.lanes, 180)[0] >= 52 + 0.75 * (180 - sum(least[:5]))
    assert shared_heights(stack.lanes, sum(least[:3])) == least
