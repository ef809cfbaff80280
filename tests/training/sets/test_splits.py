from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.errors import TrainingError
from lav_gui.training.sets.index import SPLITS
from lav_gui.training.sets.sources import Source
from lav_gui.training.sets.splits import assign, connect

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


@given(st.integers(3, 40), st.integers(0, 5))
def test_few_groups_of_one_kind_still_reach_train_and_all_have_a_split(count: int, seed: int) -> None:
    dealt = assign(connect([_source(str(n), f"p{n}") for n in range(count)]), FRACTIONS, seed)
    assert {source.split for source in dealt} <= set(SPLITS)
    assert any(source.split == "train" for source in dealt)


@pytest.mark.parametrize("fractions", [(0.5, 0.2, 0.2), (1.2, -0.1, -0.1)])
def test_shares_that_do_not_sum_to_one_are_refused(fractions: tuple[float, float, float]) -> None:
    with pytest.raises(TrainingError, match="sum to 1"):
        assign([], fractions, 0)
