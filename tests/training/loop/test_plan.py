from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.errors import TrainingError
from lav_gui.training.loop.options import Ingredient
from lav_gui.training.loop.plan import PATTERN, Deck, UnitPlan, mixture_pattern, rng_of
from lav_gui.training.sets.index import FaceRow

Rows = Callable[..., FaceRow]


def _rows(make: Rows, reals: int, fakes: int, frames: int = 1) -> list[FaceRow]:
    return [make(f"r{i}", 0, "train", f) for i in range(reals) for f in range(frames)] + [
        make(f"r{i}", 1, "train", f) for i in range(fakes) for f in range(frames)
    ]


@given(count=st.integers(1, 30), turns=st.integers(1, 3))
def test_a_deck_deals_each_card_once_a_round(count: int, turns: int) -> None:
    deck = Deck(count, (1,))
    dealt = [deck.card(place) for place in range(count * turns)]
    assert Counter(dealt) == dict.fromkeys(range(count), turns)


def test_rounds_and_decks_are_shuffled_apart() -> None:
    one, other = Deck(20, (1,)), Deck(20, (2,))
    rounds = [[deck.card(20 * turn + i) for i in range(20)] for deck in (one, other) for turn in (0, 1)]
    assert len({tuple(dealt) for dealt in rounds}) == 4


@given(shares=st.lists(st.floats(0.05, 1), min_size=1, max_size=5))
def test_a_mixture_keeps_its_shares_at_every_place(shares: list[float]) -> None:
    pattern = mixture_pattern(shares)
    assert len(pattern) == PATTERN
    wanted = np.array(shares) / sum(shares)
    for end in range(1, PATTERN + 1):
        assert np.abs(np.bincount(pattern[:end], minlength=len(shares)) - wanted * end).max() <= len(shares)


def test_units_are_the_same_whoever_asks_and_in_whatever_order(make_rows: Rows) -> None:
    rows = _rows(make_rows, 5, 7, 3)
    plans = [UnitPlan([Ingredient(kind="labeled")], [rows], 9) for _ in range(2)]
    forward = [plans[0].unit(i) for i in range(50)]
    assert [plans[1].unit(i) for i in reversed(range(50))] == forward[::-1]
    assert [UnitPlan([Ingredient(kind="labeled")], [rows], 10).unit(i) for i in range(50)] != forward


def test_the_scarcer_class_repeats_until_both_are_equal(make_rows: Rows) -> None:
    plan = UnitPlan([Ingredient(kind="labeled")], [_rows(make_rows, 2, 8)], 0)
    assert plan.epoch_units == 8
    units = [plan.unit(i) for i in range(8)]
    assert Counter(unit.real.source for unit in units) == {"r0": 4, "r1": 4}
    assert len({unit.fake.patch for unit in units if unit.fake}) == 8


def test_balance_by_video_gives_a_short_video_as_often_as_a_long_one(make_rows: Rows) -> None:
    rows = [make_rows("long", 0, "train", f) for f in range(30)] + [make_rows("short", 0, "train", 0)]
    for balance, times in (("video", 31), ("frame", 60)):
        plan = UnitPlan([Ingredient(kind="self_blend", balance=balance)], [rows], 0)
        met = Counter(plan.unit(i).real.source for i in range(62))
        assert met["long"] == times


def test_a_pair_is_the_same_frame_of_the_original(make_rows: Rows) -> None:
    rows = [*_rows(make_rows, 3, 3, 4), make_rows("alone", 1, "train", 0)]
    plan = UnitPlan([Ingredient(kind="paired")], [rows], 0)
    for ordinal in range(30):
        unit = plan.unit(ordinal)
        assert unit.fake is not None
        assert (unit.real.source, unit.real.frame_index) == (unit.fake.source, unit.fake.frame_index)
        assert unit.real.label == 0


def test_of_two_faces_in_a_frame_the_original_is_the_one_of_the_same_track(make_rows: Rows) -> None:
    faces = [make_rows("v", 0, "train", 0, track_id=t, patch=f"r{t}.png") for t in (1, 2)]
    fake = make_rows("v", 1, "train", 0, track_id=2)
    assert UnitPlan([Ingredient(kind="paired")], [[*faces, fake]], 0).unit(0).real.track_id == 2


def test_a_donor_is_another_person_of_similar_pose(make_rows: Rows) -> None:
    upright = make_rows("a", 0, "train", 0)
    tilted = tuple((upright.points @ np.array([[0.8, 0.6], [-0.6, 0.8]])).ravel().tolist())
    rows = [upright, make_rows("b", 0, "train", 0), make_rows("c", 0, "train", 0, landmarks=tilted)]
    plan = UnitPlan([Ingredient(kind="self_blend", donors=1.0)], [rows], 0)
    units = [plan.unit(i) for i in range(60)]
    donors = Counter(unit.donor.source for unit in units if unit.donor and unit.real.source == "a")
    assert "a" not in donors
    assert donors["b"] > donors["c"]
    none = UnitPlan([Ingredient(kind="self_blend")], [rows], 0)
    assert all(none.unit(i).donor is None for i in range(20))


@pytest.mark.parametrize(
    ("kind", "reals", "fakes", "sentence"),
    [
        ("labeled", 0, 2, "no real face"),
        ("labeled", 2, 0, "no fake face in its split"),
        ("paired", 2, 0, "no fake face with its original"),
        ("self_blend", 0, 2, "no real face"),
    ],
)
def test_an_ingredient_that_lacks_a_class_is_refused(
    kind: str, reals: int, fakes: int, sentence: str, make_rows: Rows
) -> None:
    with pytest.raises(TrainingError, match=f"mine has {sentence}"):
        UnitPlan([Ingredient(prepared="mine", kind=kind)], [_rows(make_rows, reals, fakes)], 0)


def test_self_blending_needs_no_fake_and_a_training_needs_an_ingredient(make_rows: Rows) -> None:
    assert UnitPlan([Ingredient(kind="self_blend")], [_rows(make_rows, 2, 0)], 0).unit(3).fake is None
    with pytest.raises(TrainingError, match="no ingredients"):
        UnitPlan([], [], 0)


def test_methods_and_splits_are_kept_apart(make_rows: Rows) -> None:
    rows = [
        make_rows("a", 0, "train", 0),
        make_rows("a", 1, "train", 0),
        make_rows("a", 1, "train", 1, method="FaceSwap"),
        make_rows("b", 1, "val", 0, method="FaceSwap"),
    ]
    plan = UnitPlan([Ingredient(kind="labeled", methods=("FaceSwap",))], [rows], 0)
    assert {(u.fake.method, u.fake.split) for u in map(plan.unit, range(5)) if u.fake} == {("FaceSwap", "train")}


def test_groups_that_are_left_out_are_not_drawn(make_rows: Rows) -> None:
    rows = [make_rows(name, 0, "train", 0, group=name) for name in ("a", "b")]
    plan = UnitPlan([Ingredient(kind="self_blend", leave_out=("a",))], [rows], 0)
    assert {plan.unit(n).real.group for n in range(5)} == {"b"}
    with pytest.raises(TrainingError, match="no real face"):
        UnitPlan([Ingredient(kind="self_blend", leave_out=("a", "b"))], [rows], 0)


def test_each_purpose_has_its_own_random_numbers() -> None:
    drawn = {rng_of(1, ordinal, purpose).random() for ordinal in (0, 1) for purpose in ("frame", "make")}
    assert len(drawn) == 4
