"""One generator, one thread, one end."""

import threading
import time
from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from lav_gui.errors import LavError, MediaError
from lav_gui.ui.jobs import HELD_ITEMS, Job, Jobs, UnforeseenError, details_of


class Ends:
    """Counts the ends of a job, in order."""

    def __init__(self, job: Job) -> None:
        self.seen: list[tuple[str, object]] = []
        self.items: list[object] = []
        job.progressed.connect(self.items.extend)
        job.succeeded.connect(lambda value: self.seen.append(("succeeded", value)))
        job.failed.connect(lambda error: self.seen.append(("failed", error)))
        job.cancelled.connect(lambda: self.seen.append(("cancelled", None)))


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    pool = Jobs()
    yield pool
    pool.stop_all(5)


def run(qtbot: QtBot, jobs: Jobs, steps: Callable[[], Generator[Any, None, Any]]) -> Ends:
    job = jobs.make(steps)
    ends = Ends(job)
    with qtbot.waitSignal(job.ended, timeout=5000):
        job.start()
    return ends


def test_a_job_hands_over_everything_in_order_and_then_succeeds(qtbot: QtBot, jobs: Jobs) -> None:
    def steps() -> Generator[int, None, str]:
        yield from range(1000)
        return "done"

    ends = run(qtbot, jobs, steps)
    assert ends.items == list(range(1000))
    assert ends.seen == [("succeeded", "done")]
    assert jobs.count == 0


def test_a_fast_generator_comes_in_few_batches(qtbot: QtBot, jobs: Jobs) -> None:
    job = jobs.make(lambda: (number for number in range(5000)))
    batches: list[int] = []
    job.progressed.connect(lambda items: batches.append(len(items)))
    with qtbot.waitSignal(job.ended, timeout=5000):
        job.start()
    assert sum(batches) == 5000
    assert len(batches) < 50


def test_an_error_of_ours_arrives_as_it_is(qtbot: QtBot, jobs: Jobs) -> None:
    error = MediaError("clip.mp4 is not a readable video.")

    def steps() -> Generator[int, None, None]:
        yield 1
        raise error

    ends = run(qtbot, jobs, steps)
    assert ends.items == [1]
    assert ends.seen == [("failed", error)]


def test_a_fault_of_the_program_becomes_one_sentence_with_its_cause(qtbot: QtBot, jobs: Jobs) -> None:
    def steps() -> Generator[int, None, None]:
        yield 1
        raise ZeroDivisionError("by accident")

    ((kind, error),) = run(qtbot, jobs, steps).seen
    assert kind == "failed"
    assert isinstance(error, UnforeseenError)
    assert isinstance(error, LavError)
    assert "by accident" in details_of(error)


def test_cancelling_closes_the_generator_and_ends_as_cancelled_only(qtbot: QtBot, jobs: Jobs) -> None:
    begun, closed = threading.Event(), threading.Event()

    def steps() -> Generator[int | None, None, None]:
        begun.set()
        try:
            while True:
                time.sleep(0.01)
                yield None
        finally:
            closed.set()

    job = jobs.make(steps)
    ends = Ends(job)
    job.start()
    assert begun.wait(3)
    with qtbot.waitSignal(job.ended, timeout=3000):
        job.cancel()
    assert job.is_cancelling
    assert closed.is_set()
    assert ends.seen == [("cancelled", None)]


def test_a_generator_waits_when_nobody_takes_its_items(qtbot: QtBot, jobs: Jobs) -> None:
    made = 0

    def steps() -> Generator[int, None, None]:
        nonlocal made
        while made < HELD_ITEMS + 500:
            made += 1
            yield made

    job = jobs.make(steps)
    job.start()
    deadline = time.monotonic() + 5
    while made < HELD_ITEMS and time.monotonic() < deadline:
        time.sleep(0.01)  # the event loop does not run, so nothing is taken
    time.sleep(0.05)
    assert made in (HELD_ITEMS, HELD_ITEMS + 1)
    with qtbot.waitSignal(job.ended, timeout=5000):
        pass
    assert made == HELD_ITEMS + 500


def test_stopping_all_ends_every_thread(qtbot: QtBot) -> None:
    def steps() -> Generator[None, None, None]:
        while True:
            time.sleep(0.01)
            yield None

    jobs = Jobs()
    made = [jobs.make(steps) for _ in range(3)]
    for job in made:
        job.start()
    assert jobs.stop_all(3)
    assert all(job.isFinished() for job in made)


def test_a_job_that_ended_does_not_take_the_end_of_another_with_it(
    qtbot: QtBot, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()

    def steps() -> Generator[None, None, str]:
        yield None
        gate.wait(5)
        return "done"

    waiting = jobs.make(steps)
    ends = Ends(waiting)
    waiting.start()
    with monkeypatch.context() as patch:
        patch.setattr(Job, "isFinished", lambda _: True)  # so it is between a thread's last step and its last signal
        run(qtbot, jobs, lambda: iter(()))  # type: ignore[arg-type,return-value]
        assert jobs.count == 1
    with qtbot.waitSignal(waiting.ended, timeout=5000):
        gate.set()
    assert ends.seen == [("succeeded", "done")]
    assert jobs.count == 0


def test_after_all_were_stopped_nothing_begins_and_nothing_is_told(qtbot: QtBot, jobs: Jobs) -> None:
    def steps() -> Generator[int, None, None]:
        while True:
            time.sleep(0.01)
            yield 1

    job = jobs.make(steps)
    ends = Ends(job)
    job.start()
    qtbot.waitUntil(lambda: bool(ends.items), timeout=5000)
    assert jobs.stop_all(3)
    seen = list(ends.items)
    late = jobs.make(steps)  # as the queue goes on with its next video
    late.start()
    qtbot.wait(120)  # nothing may happen, which no signal can tell
    assert not late.isRunning()
    assert (ends.items, ends.seen) == (seen, []), "whoever would hear of it may be gone"
    assert jobs.count == 0


def test_a_job_that_does_not_stop_is_not_destroyed_while_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    hanging, gate = threading.Event(), threading.Event()
    kept: list[QThread] = []
    monkeypatch.setattr("lav_gui.ui.jobs._kept", kept)

    def steps() -> Generator[None, None, None]:
        hanging.set()
        gate.wait(20)  # a disk that does not answer
        yield None

    jobs = Jobs()
    job = jobs.make(steps)
    job.start()
    assert hanging.wait(5)
    begun = time.monotonic()
    assert not jobs.stop_all(0.2)
    assert time.monotonic() - begun < 2
    shiboken6.delete(jobs)
    assert kept == [job]
    assert job.isRunning()
    gate.set()
    assert job.wait(5000)
