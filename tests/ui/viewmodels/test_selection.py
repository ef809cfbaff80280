"""The selected face and the marked part."""

from hypothesis import given
from hypothesis import strategies as st

from lav_gui.ui.viewmodels.selection import Marks, SelectionModel


def test_selecting_is_told_once() -> None:
    model = SelectionModel()
    told: list[object] = []
    model.track_changed.connect(told.append)
    model.select(2)
    model.select(2)
    model.select(None)
    assert told == [2, None]


def test_faces_are_gone_through_in_a_circle() -> None:
    model = SelectionModel()
    seen = []
    for _ in range(4):
        model.cycle((1, 4, 7), 1)
        seen.append(model.track)
    assert seen == [1, 4, 7, 1]
    model.cycle((1, 4, 7), -1)
    assert model.track == 7


def test_going_back_with_nothing_selected_takes_the_last_face() -> None:
    model = SelectionModel()
    model.cycle((1, 4, 7), -1)
    assert model.track == 4 or model.track == 7
    model.select(None)
    model.cycle((), 1)
    assert model.track is None


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 100)), max_size=20))
def test_the_marked_part_never_ends_before_it_begins(steps: list[tuple[bool, int]]) -> None:
    model = SelectionModel()
    for is_in, frame in steps:
        (model.mark_in if is_in else model.mark_out)(frame)
        marks = model.marks
        assert marks.set
        assert (marks.first if is_in else marks.last) == frame
        assert marks.first is None or marks.last is None or marks.first <= marks.last


def test_clearing_forgets_face_and_marks() -> None:
    model = SelectionModel()
    model.select(1)
    model.mark_in(3)
    model.clear()
    assert model.track is None
    assert model.marks == Marks()
