"""Long work is a generator; who has no use for its steps runs it to its end in one call."""

from collections.abc import Generator
from typing import Any, TypeVar

Result = TypeVar("Result")


def run_to_end(steps: Generator[Any, None, Result]) -> Result:
    """Walk a generator to its end and return what it returns."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: Result = end.value
            return result
