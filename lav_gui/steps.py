"""Long work is a generator; who has no use for its steps runs it to its end in one call."""

from collections.abc import Callable, Generator
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def run_to_end(steps: Generator[Any, None, Result]) -> Result:
    """Walk a generator to its end and return what it returns."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: Result = end.value
            return result


def at_once(steps: Callable[Parameters, Generator[Any, None, Result]]) -> Callable[Parameters, Result]:
    """Work in steps as a function that does it in one call."""

    @wraps(steps)
    def work(*args: Parameters.args, **options: Parameters.kwargs) -> Result:
        return run_to_end(steps(*args, **options))

    return work
