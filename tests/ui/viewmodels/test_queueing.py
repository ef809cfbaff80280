"""Videos of a case are analyzed one after the other, while any of them is examined."""

import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from lav_gui.errors import ModelError, SessionError, WorkerError
from lav_gui.session import database
from lav_gui.session.case import Case
from lav_gui.session.runs import RunState
from lav_gui.settings import Sampling
from lav_gui.ui.viewmodels.analysis import AnalysisState
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.messages import MessageKind

PAUSE = 0.02


def queue(desk: Desk) -> list[str]:
    return [item.name for item in desk.queue.items]


def states(desk: Desk) -> list[str]:
    return [str(row.state) for row in desk.videos.rows]


def question(desk: Desk) -> list[str]:
    return [message.key for message in desk.messages.shown if message.kind is MessageKind.QUESTION]


def at_rest(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(
        lambda: desk.queue.current is None and desk.analysis.state is AnalysisState.IDLE and desk.jobs.count == 0,
        timeout=20_000,
    )


def running(qtbot: QtBot, desk: Desk, name: str, done: int = 2) -> None:
    """Some frames of a video are done."""
    qtbot.waitUntil(
        lambda: desk.queue.current is not None and desk.queue.current.name == name and desk.analysis.done >= done,
        timeout=15_000,
    )


def shown(qtbot: QtBot, desk: Desk, evidence_id: int) -> None:
    desk.opening.select(evidence_id)
    qtbot.waitUntil(lambda: desk.document.evidence is not None and desk.playback.shown is not None, timeout=10_000)
    assert desk.casefile.evidence_id == evidence_id


def judged(qtbot: QtBot, desk: Desk, frames: int = 28) -> None:
    qtbot.waitUntil(
        lambda: desk.results.judged is not None and desk.results.judged.frames_analyzed == frames, timeout=10_000
    )


def frames_of(desk: Desk, evidence_id: int) -> list[int]:
    case = desk.casefile.case
    assert case is not None
    return [len(case.done_indices(run.run_id)) for run in case.runs(evidence_id)]


def test_another_video_is_examined_while_one_is_analyzed(qtbot: QtBot, gathered: Desk, analysis: Any) -> None:
    analysis.pause = PAUSE
    gathered.running.start()
    running(qtbot, gathered, "a.mp4")
    shown(qtbot, gathered, 2)
    assert gathered.analysis.state is AnalysisState.RUNNING
    assert (gathered.results.facts, list(gathered.results.analyzed), gathered.casefile.runs) == (None, [], ())
    assert gathered.running.other_name == "a.mp4"
    gathered.playback.seek(12)
    at_rest(qtbot, gathered)
    assert (gathered.results.facts, gathered.casefile.evidence_id) == (None, 2)
    assert frames_of(gathered, 1) == [28]
    shown(qtbot, gathered, 1)
    judged(qtbot, gathered)
    shown(qtbot, gathered, 2)
    assert gathered.playback.position == 12


@pytest.mark.parametrize("on_network", [False, True], ids=["with WAL", "without"])
def test_coming_back_to_the_video_that_is_analyzed_shows_all_of_it_once(
    qtbot: QtBot, gathered: Desk, analysis: Any, monkeypatch: pytest.MonkeyPatch, on_network: bool
) -> None:
    monkeypatch.setattr(database, "is_network_path", lambda _: on_network)
    case = gathered.casefile.case
    assert case is not None
    with qtbot.waitSignals([gathered.casefile.opened, gathered.document.identified], timeout=10_000):
        gathered.opening.open_case(case.path)
    analysis.pause = 0.05
    gathered.running.start()
    running(qtbot, gathered, "a.mp4", 3)
    shown(qtbot, gathered, 2)
    running(qtbot, gathered, "a.mp4", 8)
    shown(qtbot, gathered, 1)
    qtbot.waitUntil(lambda: len(gathered.results.analyzed) >= 8, timeout=5000)
    assert gathered.analysis.state is AnalysisState.RUNNING
    at_rest(qtbot, gathered)
    judged(qtbot, gathered)
    assert gathered.results.judged is not None
    assert [len(track) for track in gathered.results.judged.measured] == [28, 28]
    assert frames_of(gathered, 1) == [28]


def test_an_older_run_looked_at_meanwhile_takes_in_nothing(qtbot: QtBot, gathered: Desk, analysis: Any) -> None:
    gathered.choices.change(sampling=Sampling.parse("every:14"))
    gathered.running.start()
    at_rest(qtbot, gathered)
    judged(qtbot, gathered, 4)
    analysis.pause = PAUSE
    gathered.choices.change(sampling=Sampling.parse("every:2"))
    gathered.running.start()
    running(qtbot, gathered, "a.mp4")
    gathered.casefile.show_run(1)
    at_rest(qtbot, gathered)
    judged(qtbot, gathered, 4)
    gathered.casefile.show_run(2)
    judged(qtbot, gathered)


def test_all_are_analyzed_in_their_order_and_the_end_is_told(qtbot: QtBot, gathered: Desk, analysis: Any) -> None:
    analysis.pause = 0.005
    seen: list[str] = []
    gathered.analysis.started.connect(lambda started: seen.append(started.evidence.file_name))
    gathered.queueing.add_all()
    assert queue(gathered) == ["a.mp4", "b 电梯.mp4", "c.mp4"]
    gathered.queue.move(gathered.queue.items[2].sha256, -1)
    at_rest(qtbot, gathered)
    assert seen == ["a.mp4", "c.mp4", "b 电梯.mp4"]
    assert states(gathered) == ["done"] * 3
    assert [row.faces for row in gathered.videos.rows] == [2, 2, 2]
    assert all(row.verdict is not None for row in gathered.videos.rows)
    assert "3 analyzed, 0 failed" in gathered.messages.shown[-1].text
    gathered.queueing.add_all()
    assert queue(gathered) == []
    assert "already" in gathered.messages.shown[-1].text


def test_a_failed_video_says_why_and_the_next_one_begins(qtbot: QtBot, gathered: Desk, analysis: Any) -> None:
    analysis.die_at = (4, ModelError("There is no CUDA device; choose another."))
    gathered.analysis.failed.connect(lambda _: setattr(analysis, "die_at", None))
    shown(qtbot, gathered, 3)
    seen: set[tuple[str, bool]] = set()
    gathered.analysis.results.connect(
        lambda _: seen.add((str(gathered.queue.current and gathered.queue.current.name), bool(gathered.results.facts)))
    )
    gathered.queueing.add_all()
    at_rest(qtbot, gathered)
    assert seen == {("a.mp4", False), ("b 电梯.mp4", False), ("c.mp4", True)}
    assert states(gathered) == ["failed", "done", "done"]
    assert [item.reason for item in gathered.queue.items] == ["There is no CUDA device; choose another."]
    (error,) = [each for each in gathered.messages.shown if each.kind is MessageKind.ERROR]
    assert error.text == "a.mp4: There is no CUDA device; choose another."
    gathered.queueing.retry(gathered.queue.items[0].sha256)
    at_rest(qtbot, gathered)
    assert states(gathered) == ["done"] * 3


def test_a_killed_child_is_gone_on_with_though_another_video_is_on_screen(
    qtbot: QtBot, gathered: Desk, analysis: Any
) -> None:
    analysis.die_at = (20, WorkerError("The background process ended unexpectedly (signal 9)."))
    analysis.pause = PAUSE
    gathered.running.start()
    running(qtbot, gathered, "a.mp4")
    shown(qtbot, gathered, 2)
    qtbot.waitUntil(lambda: "died" in question(gathered), timeout=10_000)
    (asked,) = [each for each in gathered.messages.shown if each.key == "died"]
    assert asked.text.startswith("a.mp4: ")
    analysis.die_at = None
    gathered.messages.choose("died", "resume")
    at_rest(qtbot, gathered)
    assert frames_of(gathered, 1) == [28]
    assert gathered.casefile.evidence_id == 2
    assert gathered.casefile.runs == ()


def test_pausing_now_keeps_what_is_done_and_goes_on_in_the_same_run(
    qtbot: QtBot, gathered: Desk, analysis: Any
) -> None:
    analysis.pause = PAUSE
    gathered.queueing.add_all()
    running(qtbot, gathered, "a.mp4")
    assert "queue_goes_on" in gathered.conditions
    gathered.queueing.pause_now()
    at_rest(qtbot, gathered)
    assert queue(gathered) == ["a.mp4", "b 电梯.mp4", "c.mp4"]
    assert gathered.queue.paused
    assert "queue_rests" in gathered.conditions
    (done,) = frames_of(gathered, 1)
    assert 0 < done < 28
    analysis.pause = 0
    gathered.queueing.resume()
    at_rest(qtbot, gathered)
    assert [frames_of(gathered, number) for number in (1, 2, 3)] == [[28]] * 3


def test_pausing_after_the_present_one_begins_no_other(qtbot: QtBot, gathered: Desk, analysis: Any) -> None:
    analysis.pause = 0.005
    gathered.queueing.add_all()
    gathered.queueing.pause_after()
    at_rest(qtbot, gathered)
    assert queue(gathered) == ["b 电梯.mp4", "c.mp4"]
    assert states(gathered) == ["done", "waiting", "waiting"]


def test_cancelling_one_goes_on_with_the_next(qtbot: QtBot, gathered: Desk, analysis: Any) -> None:
    analysis.pause = PAUSE
    gathered.queueing.add_all()
    running(qtbot, gathered, "a.mp4")
    keys = [item.sha256 for item in gathered.queue.items]
    gathered.queueing.cancel(keys[2])
    gathered.queueing.cancel(keys[0])
    running(qtbot, gathered, "b 电梯.mp4")
    assert queue(gathered) == ["b 电梯.mp4"]
    analysis.pause = 0
    at_rest(qtbot, gathered)
    assert states(gathered) == ["partial", "done", "new"]


def test_a_further_video_waits_with_the_settings_of_its_own(qtbot: QtBot, gathered: Desk, analysis: Any) -> None:
    analysis.pause = PAUSE
    gathered.running.start()
    running(qtbot, gathered, "a.mp4")
    assert "can_analyze" not in gathered.conditions
    shown(qtbot, gathered, 2)
    assert "can_analyze" in gathered.conditions
    gathered.choices.change(sampling=Sampling.parse("every:14"))
    gathered.running.start()
    assert "queued" in gathered.conditions
    gathered.choices.change(sampling=Sampling.parse("every:2"))
    at_rest(qtbot, gathered)
    assert [frames_of(gathered, number) for number in (1, 2)] == [[28], [4]]


def test_what_the_last_window_left_is_offered_and_gone_on_with(
    qtbot: QtBot, make_desk: Callable[..., Desk], gathered: Desk, analysis: Any
) -> None:
    analysis.pause = PAUSE
    gathered.queueing.add_all()
    gathered.queue.move(gathered.queue.items[2].sha256, -1)
    running(qtbot, gathered, "a.mp4")
    case = gathered.casefile.case
    assert case is not None
    begun = time.monotonic()
    assert gathered.close()
    assert time.monotonic() - begun < 3
    calls = analysis.calls
    with Case.open(case.path, read_only=True) as kept:
        assert [row.evidence_id for row in kept.queue()] == [1, 3, 2]
    again = make_desk(analysis)
    with qtbot.waitSignals([again.opening.ready, again.document.identified], timeout=10_000):
        again.open(case.path)
    assert question(again) == ["queue"]
    assert (again.queue.paused, analysis.calls) == (True, calls)
    analysis.pause = 0
    again.messages.choose("queue", "go on")
    at_rest(qtbot, again)
    assert [frames_of(again, number) for number in (1, 2, 3)] == [[28]] * 3
    judged(qtbot, again)


def test_later_is_an_answer_too_and_the_queue_stays(
    qtbot: QtBot, make_desk: Callable[..., Desk], gathered: Desk, analysis: Any
) -> None:
    analysis.pause = PAUSE
    gathered.queueing.add_all()
    running(qtbot, gathered, "a.mp4")
    assert gathered.casefile.case is not None
    path = gathered.casefile.case.path
    gathered.close()
    again = make_desk(analysis)
    with qtbot.waitSignals([again.opening.ready, again.document.identified], timeout=10_000):
        again.open(path)
    again.messages.choose("queue", "later")
    shown(qtbot, again, 2)
    assert question(again) == []
    assert queue(again) == ["a.mp4", "b 电梯.mp4", "c.mp4"]
    assert again.analysis.state is AnalysisState.IDLE


def test_a_video_that_is_gone_fails_with_its_place(
    qtbot: QtBot, gathered: Desk, analysis: Any, clips: list[Path]
) -> None:
    clips[1].unlink()
    gathered.queueing.add_all()
    at_rest(qtbot, gathered)
    assert states(gathered) == ["done", "failed", "done"]
    assert str(clips[1].parent) in gathered.queue.items[0].reason


def test_opening_another_case_asks_and_pauses(qtbot: QtBot, gathered: Desk, analysis: Any, tmp_path: Path) -> None:
    analysis.pause = PAUSE
    assert gathered.casefile.case is not None
    path = gathered.casefile.case.path
    gathered.queueing.add_all()
    running(qtbot, gathered, "a.mp4")
    gathered.case_files.new(tmp_path / "other.lav")
    assert question(gathered) == ["stop"]
    with qtbot.waitSignal(gathered.casefile.opened, timeout=10_000):
        gathered.messages.choose("stop", "stop")
    assert queue(gathered) == []
    with Case.open(path, read_only=True) as kept:
        assert [row.evidence_id for row in kept.queue()] == [1, 2, 3]
        assert [run.state for run in kept.runs()] == [RunState.CANCELLED]


@pytest.mark.parametrize("moment", ["at once", "while it runs", "as it ends"])
def test_closing_in_any_state_begins_nothing_and_leaves_nothing(
    qtbot: QtBot, gathered: Desk, analysis: Any, moment: str
) -> None:
    analysis.pause = PAUSE
    if moment == "as it ends":
        gathered.analysis.finished.connect(gathered.close)
    gathered.queueing.add_all()
    if moment == "while it runs":
        running(qtbot, gathered, "a.mp4")
    if moment == "as it ends":
        with qtbot.waitSignal(gathered.analysis.finished, timeout=15_000):
            pass
    begun = time.monotonic()
    assert gathered.close()
    assert time.monotonic() - begun < 3
    calls = analysis.calls
    qtbot.waitUntil(lambda: gathered.jobs.count == 0, timeout=3000)
    assert analysis.calls == calls
    assert gathered.queue.current is None


def test_a_file_that_was_replaced_since_it_was_opened_is_not_analyzed(
    qtbot: QtBot, make_desk: Callable[..., Desk], analysis: Any, demo_clip: Path, tmp_path: Path
) -> None:
    clip, other = tmp_path / "clip.mp4", tmp_path / "other.mp4"
    clip.write_bytes(demo_clip.read_bytes())
    other.write_bytes(demo_clip.read_bytes() + b"\0\0\0\x08free")
    desk = make_desk(analysis)
    with qtbot.waitSignal(desk.opening.ready, timeout=10_000):
        desk.open(clip)
    other.replace(clip)
    desk.running.start()
    (message,) = desk.messages.shown
    assert "clip.mp4 was replaced or changed" in message.text
    assert analysis.calls == 0
    assert "can_analyze" in desk.conditions
    with qtbot.waitSignal(desk.opening.ready, timeout=10_000):
        desk.open(clip)
    desk.running.start()
    qtbot.waitUntil(lambda: desk.results.judged is not None, timeout=10_000)
    at_rest(qtbot, desk)


def test_a_search_in_a_case_that_was_left_ends_no_turn_in_the_next(
    qtbot: QtBot, gathered: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, begun = threading.Event(), threading.Event()

    def slow(*_: object) -> Generator[None, None, Path | None]:
        yield None
        begun.set()
        goes_on.wait(10)
        raise SessionError("three.lav is closed; open it again.")

    assert gathered.casefile.case is not None
    path = gathered.casefile.case.path
    with monkeypatch.context() as patch:
        patch.setattr("lav_gui.ui.viewmodels.queueing.find_steps", slow)
        shown(qtbot, gathered, 2)
        first = gathered.casefile.evidences()[0].evidence
        gathered.queueing.analyze(first, gathered.choices.settings)
        qtbot.waitUntil(begun.is_set, timeout=5000)
        gathered.opening.close()
        gathered.open(path)
        qtbot.waitUntil(lambda: gathered.casefile.case is not None and gathered.queue.items != (), timeout=5000)
        gathered.queue.begin(first.hashes.sha256)
        goes_on.set()
        qtbot.waitUntil(lambda: gathered.document.evidence is not None and gathered.jobs.count == 0, timeout=10_000)
    assert gathered.queue.current is not None
    assert gathered.queue.current.reason == ""
    gathered.queue.end()
