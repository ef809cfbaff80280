"""What would make a training or its judgement worthless, found before it begins."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from lav_gui.errors import TrainingError
from lav_gui.training.sets.index import FAKE, REAL, FaceRow
from lav_gui.training.sets.records import Face
from lav_gui.training.sets.sources import Problem, Source

NEAR_BITS = 3
"""Perceptual hashes of 64 bits that differ in no more than these are the same picture, coded or scaled otherwise."""
HASHES_PER_TRACK = 4
"""Faces of one person in one source that are compared; frames of a video look alike anyway."""
NAMED_MOST = 20
"""Near-duplicates named one by one; the rest is counted."""


def check_classes(rows: Iterable[FaceRow], *, supervised: bool) -> None:
    """Refuse rows a recipe cannot learn from.

    Parameters
    ----------
    rows : iterable of FaceRow
        Of one split.
    supervised : bool
        Whether the recipe needs labeled fakes; if not, reals suffice.

    Raises
    ------
    TrainingError
        If there is no face, no real, or (supervised) no fake.
    """
    labels = {row.label for row in rows}
    if not labels:
        raise TrainingError("There is no face in this split; prepare more data or change the shares of the splits.")
    if REAL not in labels:
        raise TrainingError("All faces are fake; add reals, without which no recipe can learn.")
    if supervised and FAKE not in labels:
        raise TrainingError("All faces are real; add fakes, or choose the recipe self_blend, which needs none.")


def crossings(sources: Sequence[Source]) -> tuple[Problem, ...]:
    """People and groups whose sources lie in more than one split."""
    splits: dict[tuple[str, str], set[str]] = defaultdict(set)
    for source in sources:
        splits["group", source.group].add(source.split)
        for identity in (source.identity, source.other_identity):
            if identity:
                splits["identity", f"{source.dataset}/{identity}"].add(source.split)
    return tuple(
        Problem(name, f"this {kind} is in the splits {' and '.join(sorted(found))}")
        for (kind, name), found in sorted(splits.items())
        if len(found) > 1
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
        more = f" and {len(leaks) - 1} more" if len(leaks) > 1 else ""
        raise TrainingError(
            f"The splits leak: {leaks[0]}{more}. Correct the groups, or allow leaks; nothing has to be done again."
        )


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
