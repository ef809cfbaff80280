"""Masks that lie where the user says, for fakes of which the dataset tells no masks."""

from collections import Counter
from pathlib import Path

from lav_gui.errors import TrainingError
from lav_gui.training.sets.sources import NO_MASK, MaskKind, MaskRule, Problem, Source


class MaskPatterns:
    """Fills in patterns as ``masks/{method}_{name}_f{frame:04d}.png``; remembers for which fakes nothing lies there."""

    def __init__(self) -> None:
        self._asked: Counter[str] = Counter()
        self._missed: list[tuple[str, Source]] = []

    def mask_of(self, source: Source, pattern: str) -> MaskRule:
        """The rule of a fake by a pattern, as of `DataRoot.masks`; no mask where nothing lies there."""
        filled = pattern
        for field in ("dataset", "method", "compression", "name"):
            filled = filled.replace(f"{{{field}}}", str(getattr(source, field)))
        rule = MaskRule.parse(filled, Path())
        self._asked[pattern] += 1
        if rule.kind is MaskKind.PAIR or rule.frames() or Path(rule.place).is_file():
            return rule
        self._missed.append((pattern, source))
        return NO_MASK

    def misses(self) -> tuple[Problem, ...]:
        """One problem for each fake without a mask.

        Raises
        ------
        TrainingError
            If a pattern fits no fake at all.
        """
        missed = Counter(pattern for pattern, _ in self._missed)
        for pattern, count in missed.items():
            if count == self._asked[pattern]:
                raise TrainingError(f"No mask fits {pattern} for any of {count} fakes; correct the pattern.")
        return tuple(
            Problem(str(source.path), f"no mask fits {pattern}; it has none") for pattern, source in self._missed
        )
