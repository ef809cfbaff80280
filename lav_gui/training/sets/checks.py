"""What would make a training or its judgement worthless, found before it begins."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from lav_gui.errors import TrainingError
from lav_gui.training.sets.records import Face
from lav_gui.training.sets.sources import Problem, Source

NEAR_BITS = 3
"""Perceptual hashes of 64 bits that differ in no more than these are the same picture, coded or scaled otherwise."""
HASHES_PER_TRACK = 4
"""Faces of one person in one source that are compared; frames of a video look alike anyway."""
NAMED_MOST = 20
"""Near-duplicates named one by one; the rest is counted."""


def crossings(sources: Sequence[Source], partly_listed: Collection[str] = ()) -> tuple[Problem, ...]:
    """Groups whose sources, and people who are seen, lie in more than one split.

    A person after whom a group is named that crosses counts once.

    Parameters
    ----------
    sources : sequence of Source
        With groups and splits.
    partly_listed : collection of str
        Datasets that bring a list of tests (`splits.partly_listed`): there such a list is the cause.

    Returns
    -------
    tuple of Problem
        Without people of whom only the borrowed face crosses, by `borrowed`.
    """
    groups: dict[str, set[str]] = defaultdict(set)
    datasets: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        groups[source.group].add(source.split)
        datasets[source.group].add(source.dataset)
    found = [("group", name, splits, datasets[name]) for name, splits in groups.items()]
    for name, person in _people(sources).items():
        if len(groups.get(name, ())) <= 1 and (len(person.seen) > 1 or len(person.groups) == 1):
            found.append(("identity", name, person.splits, {person.dataset}))
    return tuple(
        Problem(name, f"this {kind} is in the splits {' and '.join(sorted(splits))}{_cause(there, partly_listed)}")
        for kind, name, splits, there in sorted(found, key=lambda crossing: crossing[:2])
        if len(splits) > 1
    )


def borrowed(sources: Sequence[Source]) -> tuple[str, ...]:
    """One note for each dataset in which people are seen in one split and lend their face to fakes of another.

    That is so where `splits.connect` divides a dataset by who is seen. It is common practice and no reason to refuse:
    no picture of such a person is in two splits, but what a network learned of a face may help it.
    """
    crossing: dict[str, list[str]] = defaultdict(list)
    for person in _people(sources).values():
        if len(person.splits) > 1 and len(person.seen) <= 1 and len(person.groups) > 1:
            crossing[person.dataset].append(person.name)
    return tuple(
        f"{dataset} is divided by who is seen, since borrowed faces tie its people together: {len(names)} of them, "
        f"as {sorted(names)[0]}, also lend their face to fakes of another split."
        for dataset, names in sorted(crossing.items())
    )


def near_duplicates(faces: Iterable[Face]) -> tuple[Problem, ...]:
    """Pairs of sources in different splits that show the same picture, by perceptual hash.

    Parameters
    ----------
    faces : iterable of Face
        With their final splits.

    Returns
    -------
    tuple of Problem
        One for each pair of sources, at most `NAMED_MOST`, and one that counts the rest.
    """
    chosen = _few_of_each_track(faces)
    pairs: dict[tuple[str, str], str] = {}
    for a, b in _close_pairs([int(face.phash, 16) for face in chosen]):
        first, second = sorted((chosen[a].row, chosen[b].row), key=lambda row: row.patch)
        if first.split != second.split:
            what = f"{first.patch} ({first.split}) and {second.patch} ({second.split}) are nearly the same picture"
            pairs.setdefault((first.video, second.video), what)
    named = [Problem(key[0], what) for key, what in sorted(pairs.items())[:NAMED_MOST]]
    if len(pairs) > NAMED_MOST:
        named.append(Problem("near-duplicates", f"{len(pairs) - NAMED_MOST} more pairs of sources cross splits"))
    return tuple(named)


def refuse_leaks(leaks: Sequence[Problem], *, allowed: bool) -> None:
    """Raise `TrainingError` for what crosses splits, unless it is allowed."""
    if leaks and not allowed:
        more = f" (and {len(leaks) - 1} more)" if len(leaks) > 1 else ""
        raise TrainingError(
            f"The splits leak: {leaks[0]}{more}; correct the groups, or allow leaks (--allow-leaks), "
            "and nothing has to be done again."
        )


@dataclass(slots=True)
class _Person:
    """In which splits and groups somebody is: seen, and in all."""

    dataset: str
    name: str
    seen: set[str] = field(default_factory=set)
    splits: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)


def _people(sources: Sequence[Source]) -> dict[str, _Person]:
    people: dict[str, _Person] = {}
    for source in sources:
        for name in filter(None, (source.identity, source.other_identity)):
            person = people.setdefault(f"{source.dataset}/{name}", _Person(source.dataset, name))
            person.splits.add(source.split)
            person.groups.add(source.group)
            if name == source.identity:
                person.seen.add(source.split)
    return people


def _cause(datasets: set[str], partly_listed: Collection[str]) -> str:
    listed = sorted(datasets & set(partly_listed))
    return f", since the test list of {listed[0]} shares people with its other videos by design" if listed else ""


def _few_of_each_track(faces: Iterable[Face]) -> list[Face]:
    tracks: dict[tuple[str, int], list[Face]] = defaultdict(list)
    for face in faces:
        tracks[face.row.video, face.row.track_id].append(face)
    return [face for members in tracks.values() for face in members[:: max(1, -(-len(members) // HASHES_PER_TRACK))]]


def _close_pairs(hashes: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Places of hashes within `NEAR_BITS`: of 4 parts of 16 bits one is then equal, so only those are compared."""
    seen: set[tuple[int, int]] = set()
    for at in range(NEAR_BITS + 1):
        buckets: dict[int, list[int]] = defaultdict(list)
        for place, value in enumerate(hashes):
            buckets[value >> 16 * at & 0xFFFF].append(place)
        for places in buckets.values():
            for i, a in enumerate(places):
                for b in places[i + 1 :]:
                    if (a, b) not in seen and (hashes[a] ^ hashes[b]).bit_count() <= NEAR_BITS:
                        seen.add((a, b))
    return sorted(seen)
