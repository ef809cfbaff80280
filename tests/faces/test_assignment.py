"""The best pairs, judged by trying all of them."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.faces.assignment import assign

costs = st.floats(0, 2) | st.just(np.inf)
matrices = st.integers(0, 4).flatmap(
    lambda r: st.integers(0, 4).flatmap(
        lambda c: st.lists(costs, min_size=r * c, max_size=r * c).map(lambda v: np.array(v, float).reshape(r, c))
    )
)


def total(cost, pairs, alone):
    return sum(cost[pair] for pair in pairs) - alone * len(pairs)


def best_of_all(cost, alone):
    rows, columns = cost.shape
    best = 0.0
    for count in range(1, min(rows, columns) + 1):
        for chosen in itertools.combinations(range(rows), count):
            for order in itertools.permutations(range(columns), count):
                best = min(best, total(cost, list(zip(chosen, order, strict=True)), alone))
    return best


@given(matrices)
def test_no_other_pairs_cost_less(cost) -> None:
    pairs = assign(cost, 1.0)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert all(cost[pair] < 1.0 for pair in pairs)
    assert abs(total(cost, pairs, 1.0) - best_of_all(cost, 1.0)) < 1e-9


def test_no_other_pairs_cost_less_among_five_by_five() -> None:
    rng = np.random.default_rng(0)
    for _ in range(150):
        cost = 1.5 * rng.random((5, 5))
        assert abs(total(cost, assign(cost, 1.2), 1.2) - best_of_all(cost, 1.2)) < 1e-9


def test_the_nearest_is_not_taken_when_that_costs_more_elsewhere() -> None:
    assert assign(np.array([[0.1, 0.2], [0.2, 0.9]]), 1.0) == [(0, 1), (1, 0)]


def test_nobody_is_paired_at_any_price() -> None:
    assert assign(np.array([[0.1, 0.9], [0.9, np.inf]]), 0.5) == [(0, 0)]
    assert assign(np.full((3, 2), np.inf), 1.0) == []
    assert assign(np.zeros((0, 3)), 1.0) == []
