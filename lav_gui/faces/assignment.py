"""Optimal assignment of rows to columns: Kuhn 1955, as the shortest augmenting paths of Jonker and Volgenant 1987."""

import numpy as np
from numpy.typing import NDArray


def assign(cost: NDArray[np.float64], alone: float) -> list[tuple[int, int]]:
    """Pairs of row and column with the lowest total cost; each row and column at most once.

    Parameters
    ----------
    cost : ndarray of shape (R, C), float64
        Costs of a pair; infinite where it is not allowed.
    alone : float
        Cost of leaving a row and a column alone instead of pairing them.

    Returns
    -------
    list of (row, column)
        By increasing row; every pair costs less than `alone`.
    """
    rows, columns = cost.shape
    if rows == 0 or columns == 0:
        return []
    if rows > columns:
        return sorted((row, column) for column, row in assign(cost.T, alone))
    row_of = _solve(np.minimum(cost, alone))
    pairs = [(int(row), column) for column, row in enumerate(row_of) if row >= 0]
    return sorted(pair for pair in pairs if cost[pair] < alone)


def _solve(cost: NDArray[np.float64]) -> NDArray[np.int64]:
    """Row of each column (-1: none) for a finite cost with no more rows than columns."""
    rows, columns = cost.shape
    price_row, price_column = np.zeros(rows), np.zeros(columns)
    row_of = np.full(columns, -1)
    for start in range(rows):
        shortest, before = np.full(columns, np.inf), np.full(columns, -1)
        done = np.zeros(columns, dtype=bool)
        row, last, low = start, -1, 0.0
        while row >= 0:
            reduced = low + cost[row] - price_row[row] - price_column
            better = ~done & (reduced < shortest)
            shortest[better], before[better] = reduced[better], last
            last = int(np.argmin(np.where(done, np.inf, shortest)))
            low = float(shortest[last])
            done[last] = True
            row = int(row_of[last])
        closed = done & (row_of >= 0)
        price_row[start] += low
        price_row[row_of[closed]] += low - shortest[closed]
        price_column[closed] -= low - shortest[closed]
        while last >= 0:
            row_of[last] = row_of[before[last]] if before[last] >= 0 else start
            last = int(before[last])
    return row_of
