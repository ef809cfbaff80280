"""Which faces each training unit is made of: a pure function of the seed and the unit's ordinal.

A *unit* is a real picture and a fake one; so every batch is balanced, and no class is met more often than the other. As
nothing here remembers anything, a training goes on exactly where it stopped, on any number of processes: it asks for
the next ordinal.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lav_gui.errors import TrainingError
from lav_gui.faces.geometry import iou
from lav_gui.training.loop.options import Ingredient
from lav_gui.training.sets.index import FAKE, REAL, FaceRow

PATTERN = 100
"""Units after which the mixture repeats; shares are exact to a hundredth."""

DONORS_DRAWN = 8
"""Faces among which the donor of most similar pose is chosen."""

_STREAMS = {"real": 1, "fake": 2, "frame": 3, "make": 4}


@dataclass(frozen=True, slots=True)
class Unit:
    """What unit number `ordinal` is made of.

    `fake` is None for a self-blend, which is made from `real`; into it `donor` is blended, or, where that is None,
    `real` itself.
    """

    ordinal: int
    ingredient: int
    kind: str
    real: FaceRow
    fake: FaceRow | None
    donor: FaceRow | None = None


class Deck:
    """Endless shuffled rounds through a sequence; the place in it is enough to know the card.

    Parameters
    ----------
    count : int
        Cards, at least 1.
    key : tuple of int
        Decks of different keys are shuffled independently.
    """

    def __init__(self, count: int, key: tuple[int, ...]) -> None:
        self._count = count
        self._key = key

    def card(self, place: int) -> int:
        """Card at a place, in [0, count); each comes once in every round of `count` places."""
        turn, at = divmod(place, self._count)
        return int(_shuffled(self._count, (*self._key, turn))[at])


@lru_cache(maxsize=64)
def _shuffled(count: int, key: tuple[int, ...]) -> NDArray[np.int64]:
    return np.random.default_rng(key).permutation(count)


class UnitPlan:
    """The endless sequence of units of a training.

    Parameters
    ----------
    ingredients : sequence of Ingredient
    rows : sequence of sequences of FaceRow
        All rows of each ingredient's set.
    seed : int

    Raises
    ------
    TrainingError
        If an ingredient has no faces of a class that it needs, or no pairs; the sentence names its set.
    """

    def __init__(self, ingredients: Sequence[Ingredient], rows: Sequence[Sequence[FaceRow]], seed: int) -> None:
        if not ingredients:
            raise TrainingError("The training has no ingredients; name a prepared set under [[ingredients]].")
        self._seed = seed
        self._pools = [_Pool(i, chosen, (seed, n)) for n, (i, chosen) in enumerate(zip(ingredients, rows, strict=True))]
        self._pattern = mixture_pattern([ingredient.share for ingredient in ingredients])
        self._counts = np.bincount(self._pattern, minlength=len(ingredients))
        self._ranks = [int((self._pattern[:at] == n).sum()) for at, n in enumerate(self._pattern)]

    @property
    def epoch_units(self) -> int:
        """Units in which the largest ingredient has shown each item of its larger class once."""
        return max(
            -(-pool.size * PATTERN // int(count))
            for pool, count in zip(self._pools, self._counts, strict=True)
            if count
        )

    def unit(self, ordinal: int) -> Unit:
        """Give the unit of an ordinal from 0."""
        turn, at = divmod(ordinal, PATTERN)
        number = int(self._pattern[at])
        place = turn * int(self._counts[number]) + self._ranks[at]
        pool = self._pools[number]
        rng = rng_of(self._seed, ordinal, "frame")
        real, fake = pool.draw(place, rng)
        return Unit(ordinal, number, pool.kind, real, fake, pool.donor(real, rng) if fake is None else None)


def rng_of(seed: int, ordinal: int, purpose: str) -> np.random.Generator:
    """Random numbers of one unit for one purpose, the same whenever and wherever it is made."""
    return np.random.default_rng([seed, _STREAMS[purpose], ordinal])


def mixture_pattern(shares: Sequence[float]) -> NDArray[np.int64]:
    """Ingredient of each of `PATTERN` units: in proportion, and spread as evenly as it goes."""
    parts = np.asarray(shares, np.float64) / np.sum(shares)
    given = np.zeros(len(parts))
    pattern = []
    for at in range(1, PATTERN + 1):
        chosen = int(np.argmax(parts * at - given))
        given[chosen] += 1
        pattern.append(chosen)
    return np.array(pattern, np.int64)


class _Pool:
    """The faces of one ingredient, in decks."""

    def __init__(self, ingredient: Ingredient, rows: Sequence[FaceRow], key: tuple[int, ...]) -> None:
        self.kind = ingredient.kind
        self._donors = ingredient.donors
        rows = [row for row in rows if ingredient.takes(row.split, row.group)]
        methods = set(ingredient.methods)
        reals = [row for row in rows if row.label == REAL]
        fakes = [row for row in rows if row.label == FAKE and (not methods or row.method in methods)]
        if not reals:
            raise TrainingError(f"{ingredient.prepared} has no real face in its split {ingredient.split}.")
        self._partners: dict[str, FaceRow] = {}
        if self.kind == "paired":
            self._partners = _partners(fakes, reals)
            fakes = [row for row in fakes if row.patch in self._partners]
        if self.kind != "self_blend" and not fakes:
            what = "fake face with its original" if self.kind == "paired" else "fake face"
            raise TrainingError(f"{ingredient.prepared} has no {what} in its split {ingredient.split}.")
        self._reals, self._fakes = (_items(found, ingredient.balance) for found in (reals, fakes))
        self._real_deck = Deck(len(self._reals), (*key, _STREAMS["real"]))
        self._fake_deck = Deck(max(1, len(self._fakes)), (*key, _STREAMS["fake"]))
        sides = {"self_blend": [self._reals], "paired": [self._fakes], "labeled": [self._reals, self._fakes]}
        self.size = max(len(side) for side in sides[self.kind])

    def draw(self, place: int, rng: np.random.Generator) -> tuple[FaceRow, FaceRow | None]:
        """Real and fake row of a place in the decks."""
        real = _any(self._reals[self._real_deck.card(place)], rng)
        if self.kind == "self_blend":
            return real, None
        fake = _any(self._fakes[self._fake_deck.card(place)], rng)
        return (self._partners[fake.patch] if self.kind == "paired" else real), fake

    def donor(self, real: FaceRow, rng: np.random.Generator) -> FaceRow | None:
        """Another person whose face lies most alike, of a few drawn; None as often as the ingredient says."""
        if rng.random() >= self._donors:
            return None
        drawn = (self._reals[int(at)] for at in rng.integers(len(self._reals), size=DONORS_DRAWN))
        others = [row for row in (_any(item, rng) for item in drawn) if row.identity != real.identity]
        return min(others, key=lambda row: _pose_distance(row, real), default=None)


def _pose_distance(a: FaceRow, b: FaceRow) -> float:
    """Distance of two faces' landmarks once both have the same center and size."""
    shapes = [row.points - row.points.mean(axis=0) for row in (a, b)]
    first, second = (shape / np.linalg.norm(shape) for shape in shapes)
    return float(np.linalg.norm(first - second))


def _items(rows: Sequence[FaceRow], balance: str) -> list[list[FaceRow]]:
    """What a deck deals: videos with their rows, or single rows."""
    if balance == "frame":
        return [[row] for row in rows]
    videos = defaultdict(list)
    for row in rows:
        videos[row.video].append(row)
    return list(videos.values())


def _any(rows: Sequence[FaceRow], rng: np.random.Generator) -> FaceRow:
    return rows[int(rng.integers(len(rows)))]


def _partners(fakes: Sequence[FaceRow], reals: Sequence[FaceRow]) -> dict[str, FaceRow]:
    """The same face in the same frame of the original, by the fake's patch."""
    places = defaultdict(list)
    for row in reals:
        places[row.video, row.frame_index].append(row)
    found = {}
    for fake in fakes:
        candidates = places.get((fake.pair, fake.frame_index), []) if fake.pair else []
        best = max(
            candidates, key=lambda row: (row.track_id == fake.track_id, iou(row.box_xyxy, fake.box_xyxy)), default=None
        )
        if best is not None:
            found[fake.patch] = best
    return found
