"""Numbers of a row in four bytes each: an index of a million faces has 136 million of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Self, overload

import numpy as np
from numpy.typing import DTypeLike, NDArray

TEXT = ".6g"
"""How the index writes a number. Single precision keeps six digits, so what was read is written again the same."""


class PackedNumbers(Sequence[float]):
    """Numbers as the index keeps them: six digits, in single precision; never changed, equal by value.

    Parameters
    ----------
    numbers : iterable of float
        Rounded to the six digits of the index, so that a row is the same before it was written and after.
    """

    __slots__ = ("_bytes",)

    def __init__(self, numbers: Iterable[float]) -> None:
        self._bytes = np.array([float(format(number, TEXT)) for number in numbers], np.float32).tobytes()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str` gave.

        Raises
        ------
        ValueError
            If a part is no number.
        """
        packed = cls(())
        packed._bytes = np.array([float(part) for part in text.split()], np.float32).tobytes()
        return packed

    def __str__(self) -> str:
        return " ".join(format(number, TEXT) for number in self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({list(self)})"

    def __len__(self) -> int:
        return len(self._bytes) // 4

    @overload
    def __getitem__(self, index: int) -> float: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[float]: ...
    def __getitem__(self, index: int | slice) -> float | Sequence[float]:
        return self._numbers()[index]

    def __iter__(self) -> Iterator[float]:
        return iter(self._numbers())

    def __array__(self, dtype: DTypeLike | None = None, copy: bool | None = None) -> NDArray[Any]:
        return np.frombuffer(self._bytes, np.float32).astype(dtype or np.float64)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PackedNumbers) and self._bytes == other._bytes

    def __hash__(self) -> int:
        return hash(self._bytes)

    def _numbers(self) -> tuple[float, ...]:
        return tuple(np.frombuffer(self._bytes, np.float32).tolist())
