"""Splits that no person, scene or pair crosses: whole groups go to train, val or test, by a seed.

Where few people lend each other their faces (Celeb-DF, DFD, the preview of DFDC), all of them hang together, and kept
whole they would be one split. Such a dataset is dealt out by who is seen: each person is seen in one split only, with
the originals of the fakes; the face that a fake borrows may be seen in another. `checks.borrowed` tells who does.

A list of tests that a dataset brings is kept to the letter: the videos it names are test, and no others.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import numpy as np

from lav_gui.errors import TrainingError
from lav_gui.training.sets.index import SPLITS
from lav_gui.training.sets.sources import Source

Fractions = tuple[float, float, float]
"""Shares of train, val and test; they sum to 1."""

LARGEST_GROUP = 0.5
"""Part of a dataset's sources beyond which a group that borrowed faces tie together is divided by who is seen."""
FEWEST_SEEN = 3
"""People seen in such a group; fewer make no three splits, and stay together."""


def connect(sources: Sequence[Source]) -> tuple[Source, ...]:
    """Fill each source's group: all that hang together by a person, a pair or a group that was given.

    A fake hangs together with both of its people, unless that ties more than `LARGEST_GROUP` of its dataset together:
    then, in this dataset, with the one who is seen. Identities are compared within a dataset, given groups everywhere;
    a given group ``dataset/identity`` is that person.

    Parameters
    ----------
    sources : sequence of Source

    Returns
    -------
    tuple of Source
        In the same order. A group is named after its first member in the order of names.
    """
    by_who_is_seen: set[str] = set()
    while True:
        grouped = _grouped(sources, by_who_is_seen)
        too_large = _too_large(grouped)
        for dataset in by_who_is_seen:
            too_large.pop(dataset, None)
        if not too_large:
            return grouped
        alone = {d: _own_share(sources, d) for d in too_large}  # the dataset whose own faces tie it most comes first
        by_who_is_seen.add(max(sorted(alone), key=lambda dataset: alone[dataset]))


def partly_listed(sources: Iterable[Source]) -> frozenset[str]:
    """Datasets that say of some sources that they are test, and nothing of others; before `assign`."""
    said: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        said[source.dataset].add(source.split)
    return frozenset(dataset for dataset, splits in said.items() if {"test", ""} <= splits)


def assign(sources: Sequence[Source], fractions: Fractions, seed: int) -> tuple[Source, ...]:
    """Fill each source's split.

    A split that the dataset gives stays, and the rest of its group follows it; but not into test where the dataset
    names its own test, since then that is all of it. Other groups are drawn in random order, apart for each dataset and
    kind of group (reals only, fakes only, both), each to the split that lacks most, and none is left empty where there
    are enough groups: so each split gets both classes.

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
    dealt = _followed(sources)
    own_test = {source.dataset for source in sources if source.split == "test"}
    groups: dict[str, list[Source]] = defaultdict(list)
    for source in dealt:
        if not source.split:
            groups[source.group].append(source)
    strata: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in sorted(groups):
        labels = sorted({str(source.label) for source in groups[name]})
        strata[(*sorted({source.dataset for source in groups[name]}), *labels)].append(name)
    rng = np.random.default_rng(seed)
    chosen: dict[str, str] = {}
    for stratum in sorted(strata):
        names = strata[stratum]
        order = [names[i] for i in rng.permutation(len(names))]
        shares = (fractions[0], fractions[1], 0.0) if own_test & set(stratum) else fractions
        chosen |= _draw([(name, len(groups[name])) for name in order], shares)
    return tuple(source if source.split else replace(source, split=chosen[source.group]) for source in dealt)


def _followed(sources: Sequence[Source]) -> list[Source]:
    """Sources that follow a split given to their group have it; one whose dataset lists its own test not that."""
    own_test = {source.dataset for source in sources if source.split == "test"}
    given: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        given[source.group].add(source.split)
    dealt = []
    for source in sources:
        allowed = SPLITS[:2] if source.dataset in own_test else SPLITS
        followed = next((split for split in allowed if split in given[source.group]), "")
        dealt.append(source if source.split else replace(source, split=followed))
    return dealt


def _draw(groups: Iterable[tuple[str, int]], fractions: Fractions) -> dict[str, str]:
    """Largest groups first, each to the split that lacks most sources; the last ones to splits that have none."""
    ordered = sorted(groups, key=lambda group: -group[1])
    total = sum(size for _, size in ordered) / max(sum(fractions), 1e-9)
    lacks = {split: share * total for split, share in zip(SPLITS, fractions, strict=True) if share > 0} or {"train": 0}
    empty = set(lacks)
    chosen = {}
    for place, (name, size) in enumerate(ordered):
        candidates = empty if 0 < len(ordered) - place <= len(empty) else set(lacks)
        split = max((s for s in SPLITS if s in candidates), key=lambda candidate: lacks[candidate])
        chosen[name] = split
        lacks[split] -= size
        empty.discard(split)
    return chosen


def _grouped(sources: Sequence[Source], by_who_is_seen: Collection[str]) -> tuple[Source, ...]:
    """Sources with their groups; in some datasets the face that a fake borrows ties nothing."""
    parent: dict[str, str] = {}
    names_of = [_names(source, borrowed=source.dataset not in by_who_is_seen) for source in sources]
    for names in names_of:
        for name in names[1:]:
            _join(parent, names[0], name)
        _root(parent, names[0])
    first_of = {source.key: names[0] for source, names in zip(sources, names_of, strict=True)}
    for source in sources:
        if source.pair in first_of:
            _join(parent, first_of[source.key], first_of[source.pair])
    return tuple(replace(s, group=_root(parent, names[0])) for s, names in zip(sources, names_of, strict=True))


def _too_large(grouped: Iterable[Source]) -> dict[str, float]:
    """Datasets of which one group holds too large a part, people enough and borrowed faces; with that part."""
    sizes: Counter[str] = Counter()
    members: dict[tuple[str, str], list[Source]] = defaultdict(list)
    for source in grouped:
        sizes[source.dataset] += 1
        members[source.dataset, source.group].append(source)
    return {
        dataset: len(group) / sizes[dataset]
        for (dataset, _), group in members.items()
        if len(group) > LARGEST_GROUP * sizes[dataset]
        and len({source.identity for source in group}) >= FEWEST_SEEN
        and any(source.other_identity for source in group)
    }


def _own_share(sources: Sequence[Source], dataset: str) -> float:
    """The part of a dataset that its own people tie together too largely; 0 where only other datasets do."""
    own = [replace(source, group="") for source in sources if source.dataset == dataset]
    return _too_large(_grouped(own, ())).get(dataset, 0.0)


def _names(source: Source, *, borrowed: bool) -> list[str]:
    """Nodes that a source ties together."""
    identities = (source.identity, source.other_identity) if borrowed else (source.identity,)
    people = [f"{source.dataset}/{name}" for name in identities if name]
    return people + ([source.group] if source.group else [])


def _root(parent: dict[str, str], name: str) -> str:
    while parent.setdefault(name, name) != name:
        parent[name] = parent.setdefault(parent[name], parent[name])
        name = parent[name]
    return name


def _join(parent: dict[str, str], a: str, b: str) -> None:
    low, high = sorted((_root(parent, a), _root(parent, b)))
    parent[high] = low
