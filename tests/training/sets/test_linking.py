from fractions import Fraction

import numpy as np

from lav_gui.records import Detection, Frame
from lav_gui.training.sets.linking import Linker

ANNA, BERT = (200, 160, 130), (60, 90, 200)


def _frame(index: int, *people: tuple[int, tuple[int, int, int]]) -> tuple[Frame, list[Detection]]:
    """A frame every 5 seconds with people of a color at a left edge."""
    image = np.full((200, 400, 3), 120, np.uint8)
    for left, color in people:
        image[40:160, max(left - 10, 0) : left + 60] = color
    detections = [Detection((left, 50.0, left + 50, 100.0), 0.99) for left, _ in people]
    return Frame(index, index * 5, Fraction(1), image), detections


def test_people_keep_their_numbers_over_many_seconds() -> None:
    linker = Linker(0.9)
    assert linker.see(*_frame(0, (50, ANNA), (250, BERT))) == [1, 2]
    assert linker.see(*_frame(1, (60, ANNA), (255, BERT))) == [1, 2]
    assert linker.see(*_frame(2, (255, BERT))) == [2]
    assert linker.see(*_frame(3, (58, ANNA), (250, BERT))) == [1, 2]


def test_another_person_in_the_same_place_gets_a_number_of_their_own() -> None:
    linker = Linker(0.9)
    assert linker.see(*_frame(0, (50, ANNA))) == [1]
    assert linker.see(*_frame(1, (50, BERT))) == [2]


def test_who_is_never_seen_surely_is_nobody() -> None:
    linker = Linker(0.999)
    linker.see(*_frame(0, (50, ANNA)))
    assert linker.persons(still=False) == set()


def test_in_a_still_picture_the_surest_face_counts_in_any_case() -> None:
    linker = Linker(0.999)
    frame, (first, second) = _frame(0, (50, ANNA), (250, BERT))
    linker.see(frame, [Detection(first.box_xyxy, 0.86), Detection(second.box_xyxy, 0.95)])
    assert linker.persons(still=True) == {2}
    assert Linker(0.9).persons(still=True) == set()
