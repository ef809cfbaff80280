from collections.abc import Generator

import pytest

from lav_gui.steps import at_once, run_to_end


def _steps(log: list[int], fails: bool = False) -> Generator[int, None, str]:
    for n in range(3):
        log.append(n)
        yield n
    if fails:
        raise ValueError("no")
    return "all"


def test_every_step_is_taken_and_the_result_comes_back() -> None:
    log: list[int] = []
    assert run_to_end(_steps(log)) == "all"
    assert log == [0, 1, 2]


def test_an_error_comes_through() -> None:
    with pytest.raises(ValueError, match="no"):
        run_to_end(_steps([], fails=True))


def test_work_in_steps_is_done_in_one_call_with_the_same_arguments() -> None:
    log: list[int] = []
    assert at_once(_steps)(log) == "all"
    assert log == [0, 1, 2]
    with pytest.raises(ValueError, match="no"):
        at_once(_steps)([], fails=True)
