import multiprocessing
import os
import signal
import time
from fractions import Fraction
from typing import Any

import numpy as np
import psutil
import pytest

from lav_gui import isolation
from lav_gui.errors import MediaError, WorkerError
from lav_gui.records import Frame

HERE = "lav_gui.testing_entries:"


def _values(steps: Any) -> tuple[list[Any], Any]:
    values = []
    while True:
        try:
            value = next(steps)
        except StopIteration as end:
            return values, end.value
        if value is not None:
            values.append(value)


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A module of the package, for the child alone, with generators that behave well and badly."""
    folder = tmp_path_factory.mktemp("entries")
    (folder / "sitecustomize.py").write_text(
        "import importlib.machinery, importlib.util, sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'lav_gui.testing_entries':\n"
        f"            return importlib.util.spec_from_file_location(name, {str(folder / 'entries.py')!r})\n"
        "sys.meta_path.insert(0, Finder())\n"
    )
    (folder / "entries.py").write_text(
        "import os, signal, time\n"
        "from fractions import Fraction\n"
        "import numpy as np\n"
        "from lav_gui.errors import MediaError\n"
        "from lav_gui.records import Frame\n"
        "def frames(count):\n"
        "    for i in range(count):\n"
        "        yield Frame(i, i, Fraction(1, 25), np.full((2, 2, 3), i, np.uint8))\n"
        "    return 'all'\n"
        "def refuses(name):\n"
        "    yield 1\n"
        "    raise MediaError(f'{name} is not a readable video.')\n"
        "def breaks():\n"
        "    yield 1\n"
        "    raise KeyError('surprise')\n"
        "def dies():\n"
        "    yield 1\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "def hangs():\n"
        "    yield os.getpid()\n"
        "    while True:\n"
        "        time.sleep(60)\n"
        "def notes_its_end(path):\n"
        "    try:\n"
        "        while True:\n"
        "            yield 1\n"
        "            time.sleep(0.05)\n"
        "    finally:\n"
        "        open(path, 'w').write('closed')\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(folder))
    return HERE


def test_values_and_the_result_come_home_with_read_only_arrays(entries: str) -> None:
    values, result = _values(isolation.run(entries + "frames", 3))
    assert [frame.index for frame in values] == [0, 1, 2]
    assert isinstance(values[0], Frame)
    assert values[0].time_base == Fraction(1, 25)
    assert not values[2].image.flags.writeable
    assert np.all(values[2].image == 2)
    assert result == "all"
    assert not multiprocessing.active_children()


def test_our_error_comes_home_as_itself_with_the_traceback_as_a_note(entries: str) -> None:
    with pytest.raises(MediaError, match="is not a readable video") as caught:
        _values(isolation.run(entries + "refuses", "a.mp4"))
    assert str(caught.value) == "a.mp4 is not a readable video."
    assert "refuses" in "".join(caught.value.__notes__)


def test_an_unforeseen_error_becomes_a_worker_error(entries: str) -> None:
    with pytest.raises(WorkerError, match="KeyError"):
        _values(isolation.run(entries + "breaks"))


def test_a_killed_child_is_reported_with_its_signal(entries: str) -> None:
    with pytest.raises(WorkerError, match=f"signal {int(signal.SIGKILL)}"):
        _values(isolation.run(entries + "dies"))


def test_closing_ends_a_child_that_does_not_listen(entries: str) -> None:
    steps = isolation.run(entries + "hangs")
    pid = next(value for value in steps if value is not None)
    begun = time.monotonic()
    steps.close()
    assert not psutil.pid_exists(pid)
    assert time.monotonic() - begun < isolation.STOP_SECONDS + 2


def test_closing_lets_a_child_that_listens_clean_up(entries: str, tmp_path: Any) -> None:
    path = tmp_path / "end"
    steps = isolation.run(entries + "notes_its_end", str(path))
    next(value for value in steps if value is not None)
    steps.close()
    assert path.read_text() == "closed"


def test_a_silent_child_still_gives_places_to_stop(entries: str) -> None:
    steps = isolation.run(entries + "hangs")
    assert isinstance(next(value for value in steps if value is not None), int)
    assert next(steps) is None
    steps.close()


def test_foreign_functions_are_refused() -> None:
    with pytest.raises(WorkerError, match="not one of this program's functions"):
        _values(isolation.run("os:walk", "/"))


def test_the_child_runs_below_normal_priority(entries: str) -> None:
    steps = isolation.run(entries + "hangs")
    pid = next(value for value in steps if value is not None)
    assert psutil.Process(pid).nice() > os.getpriority(os.PRIO_PROCESS, 0) or psutil.Process(pid).nice() >= 10
    steps.close()
