"""Splits that no person, scene or pair crosses: whole groups go to train, val or test, by a seed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from lav_gui.errors import TrainingError
from lav_gui.training.sets.index import SPLITS
from lav_gui.training.sets.sources import Source

Fractions = tuple[float, float, float]
"""Shares of train, val and test; they sum to 1."""


def connect(sources: Sequence[Source]) -> tuple[Source, ...]:
    """Fill each source's group: all that hang together by a person, a pair or a group that was given.

    A fake hangs together with both of its people. Identities are compared within a dataset, given groups everywhere;
    a given group ``dataset/identity`` is that person.

    Parameters
    ----------
    sources : sequence of Source

    Returns
    -------
    tuple of Source
        In the same order. A group is named after its first member in the order of names.
    """
    parent: dict[str, str] = {}
    for source in sources:
        names = _names(source)
        for name in names[1:]:
            _join(parent, names[0], name)
        _root(parent, names[0])
    identity_of = {source.key: _names(source)[0] for source in sources}
    for source in sources:
        if source.pair in identity_of:
            _join(parent, identity_of[source.key], identity_of[source.pair])
    return tuple(replace(source, group=_root(parent, _names(source)[0])) for source in sources)


def assign(sources: Sequence[Source], fractions: Fractions, seed: int) -> tuple[Source, ...]:
    """Fill each source's split.

    A split that the dataset gives stays, and the rest of its group follows it. The other groups are drawn in random
    order, apart for each dataset and kind of group (reals only, fakes only, both), each to the split that lacks most;
    none of them to the test split of a dataset that gives its own.

    Parameters
    ----------
    sources : sequence of Source
        With groups, from `connect`.
    fractions : tuple of 3 float
        Shares of train, val, test, counted in sources.
    seed : int
        The same seed gives the same splits, whatever the order of the sources.

    Returns
    -------
    tuple of Source
        In the same order.

    Raises
    ------
    TrainingError
        If the fractions are negative or do not sum to 1.
    """
    if min(fractions) < 0 or abs(sum(fractions) - 1) > 1e-6:
        raise TrainingError(f"The shares of train, val and test must sum to 1; they are {fractions}.")
    groups: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        groups[source.group].append(source)
    chosen: dict[str, str] = {}
    strata: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in sorted(groups):
        given = sorted({source.split for source in groups[name] if source.split}, key=SPLITS.index)
        if given:
            chosen[name] = given[0]
            continue
        labels = sorted({str(source.label) for source in groups[name]})
        strata[(*sorted({source.dataset for source in groups[name]}), *labels)].append(name)
    rng = np.random.default_rng(seed)
    for stratum in sorted(strata):
        names = strata[stratum]
        order = [names[i] for i in rng.permutation(len(names))]
        own_test = {source.dataset for source in sources if source.split == "test"} & set(stratum)
        shares = (fractions[0], fractions[1], 0.0) if own_test else fractions
        chosen |= _draw([(name, len(groups[name])) for name in order], shares)
    return tuple(source if source.split else replace(source, split=chosen[source.group]) for source in sources)


def _draw(groups: Iterable[tuple[str, int]], fractions: Fractions) -> dict[str, str]:
    """Largest groups first, each to the split that lacks most sources."""
    ordered = sorted(groups, key=lambda group: -group[1])
    total = sum(size for _, size in ordered) / max(sum(fractions), 1e-9)
    lacks = {split: share * total for split, share in zip(SPLITS, fractions, strict=True)}
    chosen = {}
    for name, size in ordered:
        split = max(SPLITS, key=lambda candidate: lacks[candidate])
        chosen[name] = split
        lacks[split] -= size
    return chosen


def _names(source: Source) -> list[str]:
    """Nodes that a source ties together."""
    people = [f"{source.dataset}/{name}" for name in (source.identity, source.other_identity) if name]
    return people + ([source.group] if source.group else [])


def _root(parent: dict[str, str], name: str) -> str:
    while parent.setdefault(name, name) != name:
        parent[name] = parent.setdefault(parent[name], parent[name])
        name = parent[name]
    return name


def _join(parent: dict[str, str], a: str, b: str) -> None:
    low, high = sorted((_root(parent, a), _root(parent, b)))
    parent[high] = low
