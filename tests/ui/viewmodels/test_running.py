"""Analyses: started, cancelled, killed, resumed; and what is said of them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lav_gui.errors import ModelError, WorkerError
from lav_gui.session.case import Case
from lav_gui.session.runs import RunState
from lav_gui.settings import Sampling
from lav_gui.ui.viewmodels.analysis import AnalysisState
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.messages import Message, MessageKind
from lav_gui.ui.viewmodels.queue import QueueItem


def message(desk: Desk, key: str) -> Message | None:
    return next((each for each in desk.messages.shown if each.key == key), None)


def judged(qtbot: QtBot, desk: Desk, frames: int) -> None:
    qtbot.waitUntil(
        lambda: desk.results.judged is not None and desk.results.judged.frames_analyzed == frames, timeout=5000
    )


def die_at(analysis: Any, frame: int) -> None:
    analysis.die_at = (frame, WorkerError("The background process ended unexpectedly (signal 9)."))


def test_results_come_while_it_runs_and_the_pace_is_learned(qtbot: QtBot, opened: Desk, analysis: Any) -> None:
    analysis.pause = 0.02
    with qtbot.waitSignal(opened.results.judged_changed, timeout=10_000, check_params_cb=lambda j: j is not None):
        opened.running.start()
    assert opened.analysis.state is AnalysisState.RUNNING
    assert "running" in opened.conditions
    with qtbot.waitSignal(opened.analysis.finished, timeout=10_000):
        pass
    judged(qtbot, opened, 28)
    estimate = opened.choices.estimate()
    assert estimate is not None
    assert estimate.measured_on == "synthetic"


def test_a_cancelled_analysis_keeps_what_is_done_and_goes_on_later(qtbot: QtBot, opened: Desk, analysis: Any) -> None:
    analysis.pause = 0.03
    with qtbot.waitSignal(opened.analysis.results, timeout=10_000):
        opened.running.start()
    with qtbot.waitSignal(opened.analysis.cancelled, timeout=3000):
        opened.analysis.cancel()
    run = opened.casefile.run
    assert run is not None
    assert run.state is RunState.CANCELLED
    done = len(opened.results.analyzed)
    assert 0 < done < 28
    assert "can_resume" in opened.conditions
    analysis.pause = 0
    with qtbot.waitSignal(opened.analysis.finished, timeout=10_000):
        opened.running.resume()
    judged(qtbot, opened, 28)
    assert len(opened.casefile.runs) == 1


def test_a_killed_child_is_told_and_the_analysis_goes_on_where_it_stopped(
    qtbot: QtBot, opened: Desk, analysis: Any
) -> None:
    die_at(analysis, 20)
    with qtbot.waitSignal(opened.analysis.died, timeout=10_000):
        opened.running.start()
    question = message(opened, "died")
    assert question is not None
    assert question.kind is MessageKind.QUESTION
    assert "unexpectedly" in question.text
    assert question.details
    judged(qtbot, opened, 10)
    analysis.die_at = None
    with qtbot.waitSignal(opened.analysis.finished, timeout=10_000):
        opened.messages.choose("died", "resume")
    judged(qtbot, opened, 28)
    assert len(opened.casefile.runs) == 1


def test_after_a_kill_reopening_asks_and_keeps_what_is_there(
    qtbot: QtBot, make_desk: Callable[..., Desk], opened: Desk, analysis: Any, demo_clip: Path
) -> None:
    die_at(analysis, 20)
    with qtbot.waitSignal(opened.analysis.died, timeout=10_000):
        opened.running.start()
    opened.opening.close()
    analysis.die_at = None
    again = make_desk(analysis)
    with qtbot.waitSignal(again.opening.ready, timeout=10_000):
        again.open(demo_clip, analyze=True)
    question = message(again, "unfinished")
    assert question is not None
    assert [choice for choice, _ in question.choices] == ["resume", "keep"]
    judged(qtbot, again, 10)
    again.messages.choose("unfinished", "keep")
    assert again.analysis.state is AnalysisState.IDLE
    assert len(again.results.analyzed) == 10


def test_after_a_kill_reopening_can_go_on(
    qtbot: QtBot, make_desk: Callable[..., Desk], opened: Desk, analysis: Any, demo_clip: Path
) -> None:
    die_at(analysis, 20)
    with qtbot.waitSignal(opened.analysis.died, timeout=10_000):
        opened.running.start()
    opened.opening.close()
    analysis.die_at = None
    again = make_desk(analysis)
    with qtbot.waitSignal(again.opening.ready, timeout=10_000):
        again.open(demo_clip)
    with qtbot.waitSignal(again.analysis.finished, timeout=10_000):
        again.messages.choose("unfinished", "resume")
    judged(qtbot, again, 28)
    assert again.results.judged is not None
    assert len(again.results.judged.measured[0]) == 28


def test_an_error_is_one_sentence_and_the_window_is_ready_again(qtbot: QtBot, opened: Desk, analysis: Any) -> None:
    analysis.die_at = (0, ModelError("There is no CUDA device; choose another."))
    with qtbot.waitSignal(opened.analysis.failed, timeout=10_000):
        opened.running.start()
    (error,) = [each for each in opened.messages.shown if each.kind is MessageKind.ERROR]
    assert error.text == "There is no CUDA device; choose another."
    qtbot.waitUntil(lambda: "can_analyze" in opened.conditions, timeout=5000)


def test_untrained_weights_are_said_in_a_banner_that_stays(
    qtbot: QtBot, make_desk: Callable[..., Desk], untrained_analysis: object, demo_clip: Path
) -> None:
    desk = make_desk(untrained_analysis)
    with qtbot.waitSignal(desk.analysis.finished, timeout=15_000):
        desk.open(demo_clip, analyze=True)
    banner = message(desk, "weights")
    assert banner is not None
    assert "UNTRAINED" in banner.text
    assert not banner.can_be_closed
    desk.opening.close()
    assert message(desk, "weights") is None


def test_other_settings_add_a_run_and_earlier_ones_stay(qtbot: QtBot, opened: Desk) -> None:
    for stride in ("every:4", "every:2"):
        opened.choices.change(sampling=type(opened.choices.automatic_sampling()).parse(stride))
        with qtbot.waitSignal(opened.analysis.finished, timeout=10_000):
            opened.running.start()
    assert [str(run.settings.sampling) for run in opened.casefile.runs] == ["every:4", "every:2"]
    opened.casefile.show_run(1)
    judged(qtbot, opened, 14)
    opened.casefile.show_run(2)
    judged(qtbot, opened, 28)


def test_a_run_of_another_living_process_is_only_shown(
    qtbot: QtBot,
    opened: Desk,
    make_desk: Callable[..., Desk],
    analysis: Any,
    demo_clip: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with qtbot.waitSignal(opened.analysis.finished, timeout=10_000):
        opened.running.start()
    case = opened.casefile.case
    assert case is not None
    path = case.path
    opened.opening.close()
    with Case.open(path) as other:
        first = other.runs()[0]
        settings = first.settings.from_dict({**first.settings.to_dict(), "sampling": "every:7"})
        other.start_run(first.evidence_id, settings, first.weights, first.software, first.planned)
        desk = make_desk(analysis)
        with qtbot.waitSignal(desk.opening.ready, timeout=10_000):
            desk.open(demo_clip)
        assert message(desk, "unfinished") is None
        assert "Another process" in desk.messages.shown[-1].text or "another process" in desk.messages.shown[-1].text
        desk.opening.close()


def test_repeating_a_finished_analysis_is_asked_about(
    qtbot: QtBot, make_desk: Callable[..., Desk], untrained_analysis: Any, demo_clip: Path
) -> None:
    desk = make_desk(untrained_analysis)
    with qtbot.waitSignal(desk.opening.ready, timeout=10_000):
        desk.open(demo_clip)
    desk.choices.change(sampling=Sampling.parse("every:8"), model="lvnet.untrained")
    with qtbot.waitSignal(desk.analysis.finished, timeout=10_000):
        desk.running.start()
    desk.running.start()
    assert desk.analysis.state is AnalysisState.IDLE
    assert message(desk, "again") is not None
    with qtbot.waitSignal(desk.casefile.shown, timeout=5000):
        desk.messages.choose("again", "1")
    desk.choices.change(false_positive_rate=0.01)
    desk.running.start()
    assert message(desk, "again") is not None, "another threshold needs no other results"
    desk.messages.choose("again", "1")
    assert desk.results.facts is not None
    assert desk.results.facts.rate == 0.01
    desk.running.start()
    with qtbot.waitSignal(desk.analysis.finished, timeout=10_000):
        desk.messages.choose("again", "again")
    assert len(desk.casefile.runs) == 2
    desk.choices.change(sampling=Sampling.parse("every:9"))
    with qtbot.waitSignal(desk.analysis.finished, timeout=10_000):
        desk.running.start()
    assert message(desk, "again") is None


def test_an_analysis_wanted_of_a_file_that_fails_is_not_started_for_the_next(
    qtbot: QtBot, make_desk: Callable[..., Desk], analysis: Any, demo_clip: Path, tmp_path: Path
) -> None:
    desk = make_desk(analysis)
    (tmp_path / "text.mp4").write_text("no video")
    with qtbot.waitSignal(desk.document.failed, timeout=10_000):
        desk.open(tmp_path / "text.mp4", analyze=True)
    with qtbot.waitSignal(desk.opening.ready, timeout=10_000):
        desk.open(demo_clip)
    qtbot.wait(50)
    assert analysis.calls == 0


def test_an_analysis_wanted_of_a_video_of_the_case_starts_when_it_is_open(
    qtbot: QtBot, gathered: Desk, clips: list[Path]
) -> None:
    with qtbot.waitSignal(gathered.analysis.finished, timeout=15_000):
        gathered.open(clips[1], analyze=True)
    judged(qtbot, gathered, 28)
    assert gathered.casefile.evidence_id == 2
    gathered.opening.select(3)
    qtbot.waitUntil(lambda: gathered.document.evidence is not None and gathered.jobs.count == 0, timeout=10_000)
    assert gathered.analysis.state is AnalysisState.IDLE


def test_faces_can_be_edited_in_a_case_that_an_analysis_made_after_one_for_reading(
    qtbot: QtBot, opened: Desk, gathered: Desk, make_desk: Callable[..., Desk], analysis: Any, demo_clip: Path
) -> None:
    assert gathered.casefile.case is not None
    reader = make_desk(analysis)
    reader.open(gathered.casefile.case.path)
    qtbot.waitUntil(lambda: reader.document.evidence is not None and reader.jobs.count == 0, timeout=10_000)
    assert not reader.casefile.can_write
    reader.opening.close()
    with qtbot.waitSignal(reader.analysis.finished, timeout=15_000):
        reader.open(demo_clip, analyze=True)
    judged(qtbot, reader, 28)
    assert reader.casefile.can_write
    assert reader.faces.flags(reader.faces.index(0, 0)) & Qt.ItemFlag.ItemIsUserCheckable


def test_whose_turn_it_is_costs_no_reading_while_a_file_is_missing(
    qtbot: QtBot, gathered: Desk, clips: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    clips[1].unlink()
    gathered.opening.select(2)
    qtbot.waitUntil(lambda: message(gathered, "missing") is not None, timeout=5000)
    first, second = (row.evidence.hashes.sha256 for row in gathered.casefile.evidences()[:2])
    settings = gathered.choices.settings
    gathered.queue.show((QueueItem(first, "a.mp4", settings), QueueItem(second, "b.mp4", settings)), paused=True)
    gathered.queue.begin(first)
    assert gathered.running.other_name == "a.mp4"
    monkeypatch.setattr(Case, "evidences", lambda _: pytest.fail("read again"))
    assert gathered.running.other_name == "a.mp4"
    monkeypatch.undo()
    gathered.queue.end()
    gathered.queue.begin(second)
    assert gathered.running.other_name == ""
    gathered.queue.end()


def test_going_on_concerns_the_run_that_was_asked_about(
    qtbot: QtBot, make_desk: Callable[..., Desk], opened: Desk, analysis: Any, demo_clip: Path
) -> None:
    with qtbot.waitSignal(opened.analysis.finished, timeout=15_000):
        opened.running.start()
    assert opened.casefile.case is not None
    path = opened.casefile.case.path
    opened.opening.close()
    with Case.open(path) as case:
        run = case.runs()[0]
        others = replace(run.settings, min_face_px=run.settings.min_face_px + 1)
        left = case.start_run(1, others, run.weights, run.software, run.planned)
        case.append(left.run_id, next(case.results(run.run_id)))
        case.finish_run(left.run_id, RunState.INTERRUPTED)
    again = make_desk(analysis)
    again.open(demo_clip)
    qtbot.waitUntil(lambda: message(again, "unfinished") is not None, timeout=10_000)
    again.casefile.show_run(1)
    with qtbot.waitSignal(again.analysis.started, timeout=10_000) as started:
        again.messages.choose("unfinished", "resume")
    assert started.args[0].run_id == left.run_id
    with qtbot.waitSignal(again.analysis.finished, timeout=15_000):
        pass
    judged(qtbot, again, 28)
    assert len(again.casefile.runs) == 2
