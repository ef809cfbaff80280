from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.errors import TrainingError
from lav_gui.training.sets import checks
from lav_gui.training.sets.index import SPLITS
from lav_gui.training.sets.sources import Source
from lav_gui.training.sets.splits import assign, connect, partly_listed

FRACTIONS = (0.6, 0.2, 0.2)


def _source(name: str, identity: str, other: str = "", **more: str) -> Source:
    label = 1 if other else 0
    return Source(
        Path(name), label, more.pop("dataset", "d"), "m" if label else "real", "", name, identity, other, **more
    )


def test_people_who_meet_in_a_fake_are_one_group() -> None:
    sources = connect([_source("1", "183"), _source("2", "253"), _source("3", "183", "253"), _source("4", "469")])
    assert [source.group for source in sources] == ["d/183", "d/183", "d/183", "d/469"]


def test_the_same_name_in_two_datasets_is_two_people() -> None:
    a, b = connect([_source("1", "id1"), _source("2", "id1", dataset="e")])
    assert a.group != b.group


def test_a_given_group_ties_across_datasets_and_may_name_a_person() -> None:
    a, b, c = connect(
        [_source("1", "7", group="x"), _source("2", "8", dataset="e", group="x"), _source("3", "9", group="e/8")]
    )
    assert a.group == b.group == c.group


def test_a_pair_is_one_group() -> None:
    a, b = connect([_source("1", "7"), _source("2", "8", "9", pair="d/real//1")])
    assert a.group == b.group


def test_a_group_is_never_divided_and_the_shares_are_met() -> None:
    sources = connect([_source(f"{n}-{k}", f"p{n}") for n in range(50) for k in range(2)])
    dealt = assign(sources, FRACTIONS, 3)
    assert all(len({s.split for s in dealt if s.identity == f"p{n}"}) == 1 for n in range(50))
    assert [sum(s.split == split for s in dealt) for split in SPLITS] == [60, 20, 20]


def test_the_seed_decides_and_the_order_of_sources_does_not() -> None:
    sources = connect([_source(str(n), f"p{n}") for n in range(30)])
    first = {s.name: s.split for s in assign(sources, FRACTIONS, 1)}
    assert {s.name: s.split for s in assign(sources[::-1], FRACTIONS, 1)} == first
    assert {s.name: s.split for s in assign(sources, FRACTIONS, 2)} != first


def test_a_split_of_the_dataset_stays_and_its_group_follows() -> None:
    sources = connect([_source("1", "a", split="val"), _source("2", "a"), _source("3", "b", "a")])
    assert [source.split for source in assign(sources, FRACTIONS, 0)] == ["val"] * 3


def test_a_dataset_with_a_test_split_of_its_own_gets_no_other_tests() -> None:
    sources = connect([_source("t", "t", split="test"), *(_source(str(n), f"p{n}") for n in range(20))])
    dealt = assign(sources, FRACTIONS, 0)
    assert [source.name for source in dealt if source.split == "test"] == ["t"]
    assert sum(source.split == "val" for source in dealt) == 5


def _celebrities(count: int = 12) -> list[Source]:
    """Each with two originals, and a fake for each of three others whose face is borrowed; and strangers, real only."""
    people = [_source(f"id{n:02}_{k}", f"id{n:02}") for n in range(count) for k in range(2)]
    fakes = [
        _source(f"id{n:02}_id{(n + k) % count:02}", f"id{n:02}", f"id{(n + k) % count:02}", pair=f"d/real//id{n:02}_0")
        for n in range(count)
        for k in (1, 2, 3)
    ]
    return [*people, *fakes, *(_source(f"y{n}", f"y{n}") for n in range(8))]


def _classes(dealt: Sequence[Source]) -> set[tuple[str, int]]:
    return {(source.split, source.label) for source in dealt}


def test_people_who_all_hang_together_are_divided_by_who_is_seen() -> None:
    sources = connect(_celebrities())
    assert {source.group for source in sources if source.label} == {f"d/id{n:02}" for n in range(12)}
    dealt = assign(sources, FRACTIONS, 0)
    assert _classes(dealt) == {(split, label) for split in SPLITS for label in (0, 1)}
    assert not checks.crossings(dealt)
    (note,) = checks.borrowed(dealt)
    assert note.startswith("d is divided by who is seen")
    split_of = {source.key: source.split for source in dealt}
    assert all(split_of[source.pair] == source.split for source in dealt if source.pair)


def test_the_test_of_such_a_dataset_is_what_its_list_names_and_the_leak_is_told() -> None:
    listed = {"id00_0", "id03_id04", "id05_id06", "y1"}
    people = [replace(source, split="test") if source.name in listed else source for source in _celebrities()]
    sources = connect(people)
    dealt = assign(sources, FRACTIONS, 0)
    assert {source.name for source in dealt if source.split == "test"} == listed
    assert _classes(dealt) == {(split, label) for split in SPLITS for label in (0, 1)}
    assert partly_listed(sources) == {"d"}
    crossing = checks.crossings(dealt, partly_listed(sources))
    assert [problem.where for problem in crossing] == ["d/id00", "d/id03", "d/id05"]
    with pytest.raises(TrainingError, match=r"by design \(and 2 more\); .*--allow-leaks") as refused:
        checks.refuse_leaks(crossing, allowed=False)
    assert "the test list of d shares people with its other videos by design" in str(refused.value)


def test_two_people_who_lend_each_other_their_face_stay_together() -> None:
    sources = connect([_source("1", "a"), _source("2", "b"), _source("3", "a", "b"), _source("4", "b", "a")])
    assert len({source.group for source in sources}) == 1


def test_a_dataset_of_many_small_groups_keeps_them_whole() -> None:
    pairs = [_source(f"{a}_{b}", a, b) for n in range(4) for a, b in ((f"{n}x", f"{n}y"), (f"{n}y", f"{n}x"))]
    assert len({source.group for source in connect(pairs)}) == 4


def test_actors_of_one_dataset_do_not_divide_the_pairs_of_another() -> None:
    """DeeperForensics beside FaceForensics++: its actors meet all targets, the pairs of the other stay whole."""
    pairs = [_source(f"{n}_{n ^ 1}", str(n), str(n ^ 1), dataset="ff") for n in range(12)]
    acted = [_source(f"{n}_W{k}", str(n), f"W{k}", group=f"ff/{n}") for n in range(12) for k in (n % 3, (n + 1) % 3)]
    sources = connect([*pairs, *acted])
    assert len({source.group for source in sources}) == 6


def test_a_dataset_that_lists_no_test_follows_the_one_it_is_tied_to() -> None:
    """FaceForensics++ without its lists beside DeeperForensics with them: reals go with their fakes."""
    fake = _source("1_W1", "1", "W1", dataset="deeper", group="ff/1", split="test")
    dealt = assign(connect([fake, _source("1", "1", dataset="ff")]), FRACTIONS, 0)
    assert [source.split for source in dealt] == ["test", "test"]


def test_few_groups_leave_no_split_empty_that_could_have_one() -> None:
    for count, splits in ((1, {"train"}), (2, {"train", "val"}), (3, set(SPLITS))):
        dealt = assign(connect([_source(str(n), f"p{n}") for n in range(count)]), (0.72, 0.14, 0.14), 0)
        assert {source.split for source in dealt} == splits
    no_test = assign(connect([_source(str(n), f"p{n}") for n in range(3)]), (0.5, 0.5, 0.0), 0)
    assert {source.split for source in no_test} == {"train", "val"}


@given(st.integers(3, 40), st.integers(0, 5))
def test_few_groups_of_one_kind_still_reach_train_and_all_have_a_split(count: int, seed: int) -> None:
    dealt = assign(connect([_source(str(n), f"p{n}") for n in range(count)]), FRACTIONS, seed)
    assert {source.split for source in dealt} <= set(SPLITS)
    assert any(source.split == "train" for source in dealt)


@pytest.mark.parametrize("fractions", [(0.5, 0.2, 0.2), (1.2, -0.1, -0.1)])
def test_shares_that_do_not_sum_to_one_are_refused(fractions: tuple[float, float, float]) -> None:
    with pytest.raises(TrainingError, match="sum to 1"):
        assign([], fractions, 0)
