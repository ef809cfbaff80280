"""Results are taken in, found again, and judged beside the window."""

import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from lav_gui.media.inspect import inspect_file
from lav_gui.media.reader import VideoReader
from lav_gui.records import FrameResult, Gap, Verdict, VerdictState
from lav_gui.settings import AnalysisSettings
from lav_gui.ui.jobs import Jobs
from lav_gui.ui.viewmodels import results as module
from lav_gui.ui.viewmodels.results import Judged, ResultsModel, RunFacts
from lav_gui.verdict.columns import series_from
from lav_gui.verdict.edits import EditKind, TrackEdit
from lav_gui.verdict.judge import judge_steps
from model_zoo.weights_record import Weights


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    pool = Jobs()
    yield pool
    assert pool.stop_all(3)


@pytest.fixture
def found(demo_clip: Path, make_result: Callable[..., FrameResult]) -> list[FrameResult]:
    with VideoReader(demo_clip) as reader:
        return [make_result(frame) for frame in reader.frames(range(0, 56, 2)) if not isinstance(frame, Gap)]


@pytest.fixture
def facts(demo_clip: Path, trained_weights: Weights) -> RunFacts:
    return RunFacts(1, trained_weights, AnalysisSettings(), inspect_file(demo_clip).media, np.arange(0, 56, 2))


def nothing(_: int) -> FrameResult | None:
    return None


def judged(qtbot: QtBot, model: ResultsModel, frames: int) -> Judged:
    qtbot.waitUntil(lambda: model.judged is not None and model.judged.frames_analyzed == frames, timeout=5000)
    assert model.judged is not None
    return model.judged


def test_results_become_a_verdict(qtbot: QtBot, jobs: Jobs, facts: RunFacts, found: list[FrameResult]) -> None:
    model = ResultsModel(jobs)
    model.begin(facts, nothing)
    model.append(found)
    made = judged(qtbot, model, 28)
    assert [track.track_id for track in made.verdict.tracks] == [1, 2]
    assert model.verdict is made.verdict


def test_many_results_are_judged_few_times(qtbot: QtBot, jobs: Jobs, facts: RunFacts, found: list[FrameResult]) -> None:
    model = ResultsModel(jobs)
    model.begin(facts, nothing)
    verdicts: list[object] = []
    model.judged_changed.connect(verdicts.append)
    for result in found:
        model.append([result])
    judged(qtbot, model, 28)
    assert len(verdicts) <= 3


def test_frames_are_found_before_after_and_at_a_place(jobs: Jobs, facts: RunFacts, found: list[FrameResult]) -> None:
    model = ResultsModel(jobs)
    model.begin(facts, nothing)
    model.append(reversed(found))
    assert list(model.analyzed) == list(range(0, 56, 2))
    assert model.find(4) is found[2]
    assert model.find(5) is None
    assert (model.analyzed_before(5), model.analyzed_after(5)) == (4, 6)
    assert (model.analyzed_before(4), model.analyzed_after(4)) == (4, 6)
    assert model.analyzed_before(-1) is None
    assert model.analyzed_after(54) is None
    model.clear()


def test_what_is_no_longer_in_memory_is_looked_up(
    jobs: Jobs, facts: RunFacts, found: list[FrameResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT_RESULTS", 3)
    by_index = {result.index: result for result in found}
    asked: list[int] = []

    def lookup(index: int) -> FrameResult | None:
        asked.append(index)
        return by_index.get(index)

    model = ResultsModel(jobs)
    model.begin(facts, lookup)
    model.append(found)
    assert model.find(54) is found[-1]
    assert asked == []
    assert model.find(0) is found[0]
    assert asked == [0]
    assert model.find(1) is None
    assert asked == [0]
    model.clear()


def test_results_of_many_faces_count_for_more_in_memory(
    jobs: Jobs, facts: RunFacts, found: list[FrameResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT_RESULTS", 5)
    asked: list[int] = []
    model = ResultsModel(jobs)
    model.begin(facts, asked.append)
    model.append(found)
    model.append(found[-1:])
    for frame in (54, 52, 50):
        model.find(frame)
    assert asked == [50]
    model.clear()


def test_loaded_and_live_results_are_one(qtbot: QtBot, jobs: Jobs, facts: RunFacts, found: list[FrameResult]) -> None:
    model = ResultsModel(jobs)
    model.begin(facts, nothing)
    model.append(found[14:])
    model.adopt(series_from(found[:15]), [result.index for result in found[:15]], [Gap(99, 99, "broken")])
    assert list(model.analyzed) == list(range(0, 56, 2))
    assert model.gaps == (Gap(99, 99, "broken"),)
    made = judged(qtbot, model, 28)
    assert len(made.measured[0]) == 28
    assert made.analyzed.tolist() == list(range(0, 56, 2))


def test_a_result_that_comes_twice_counts_once(
    qtbot: QtBot, jobs: Jobs, facts: RunFacts, found: list[FrameResult]
) -> None:
    model = ResultsModel(jobs)
    model.begin(facts, nothing)
    model.append(found)
    model.append(found[10:])
    assert [len(track) for track in judged(qtbot, model, 28).measured] == [28, 28]


def test_faces_too_small_to_judge_are_told_whether_loaded_or_live(
    qtbot: QtBot, jobs: Jobs, facts: RunFacts, found: list[FrameResult]
) -> None:
    def counted(model: ResultsModel) -> list[str]:
        assert model.verdict is not None
        return [dict(r.values)["count"] for r in model.verdict.not_judged if r.code == "faces_too_small"]

    model = ResultsModel(jobs)
    model.begin(facts, nothing)
    model.append([replace(found[0], faces_too_small=2), *found[1:]])
    judged(qtbot, model, 28)
    assert counted(model) == ["1"]
    model.adopt(series_from(found), [result.index for result in found], (), [0, 2, 4])
    qtbot.waitUntil(lambda: counted(model) == ["3"], timeout=5000)
    assert model.judged is not None
    assert model.judged.small.tolist() == [0, 2, 4]


def test_edits_change_the_verdict_and_a_wrong_one_is_told(
    qtbot: QtBot, jobs: Jobs, facts: RunFacts, found: list[FrameResult]
) -> None:
    model = ResultsModel(jobs)
    model.begin(facts, nothing)
    model.append(found)
    judged(qtbot, model, 28)
    model.set_edits((TrackEdit(EditKind.EXCLUDE, 1),))
    qtbot.waitUntil(lambda: model.verdict is not None and len(model.verdict.tracks) == 1, timeout=5000)
    assert model.verdict is not None
    assert model.verdict.state is VerdictState.LIKELY_REAL
    with qtbot.waitSignal(model.failed, timeout=5000):
        model.set_edits((TrackEdit(EditKind.EXCLUDE, 77),))


def test_a_verdict_of_an_earlier_run_does_not_come_late(
    qtbot: QtBot, jobs: Jobs, facts: RunFacts, found: list[FrameResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow_judge(*args: Any, **options: Any) -> Generator[None, None, Verdict]:
        begun.set()
        go_on.wait(5)
        return (yield from judge_steps(*args, **options))

    monkeypatch.setattr(module, "judge_steps", slow_judge)
    model = ResultsModel(jobs)
    model.begin(facts, nothing)
    model.append(found)
    qtbot.waitUntil(begun.is_set, timeout=2000)
    model.clear()
    go_on.set()
    qtbot.waitUntil(lambda: jobs.count == 0, timeout=5000)
    assert model.judged is None


def test_a_judging_that_is_of_no_use_any_more_is_stopped(
    qtbot: QtBot, jobs: Jobs, facts: RunFacts, found: list[FrameResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []
    stopped = threading.Event()

    def endless(*args: Any, **options: Any) -> Generator[None, None, Verdict]:
        asked.append(args[2].false_positive_rate)
        if len(asked) > 1:
            return (yield from judge_steps(*args, **options))
        try:
            while True:
                yield None
        finally:
            stopped.set()

    monkeypatch.setattr(module, "judge_steps", endless)
    model = ResultsModel(jobs)
    model.begin(facts, nothing)
    model.append(found)
    qtbot.waitUntil(lambda: len(asked) == 1, timeout=5000)
    model.judge_at(0.01)
    assert stopped.wait(5)
    assert judged(qtbot, model, 28).facts.rate == 0.01
    assert asked == [facts.settings.false_positive_rate, 0.01]


def test_frames_of_the_plan_are_known(jobs: Jobs, facts: RunFacts) -> None:
    model = ResultsModel(jobs)
    assert not model.is_planned(4)
    model.begin(facts, nothing)
    assert model.is_planned(4)
    assert not model.is_planned(5)
    assert not model.is_planned(99)


def test_another_operating_point_judges_anew_and_changes_neither_results_nor_settings(
    qtbot: QtBot, jobs: Jobs, facts: RunFacts, found: list[FrameResult]
) -> None:
    model = ResultsModel(jobs)
    model.judge_at(0.01)  # without a run there is nothing to judge
    strict = replace(facts.weights.operating_points[0], threshold=0.95, asked_rate=0.01)
    weights = replace(facts.weights, operating_points=(*facts.weights.operating_points, strict))
    model.begin(replace(facts, weights=weights), nothing)
    model.append(found)
    first = judged(qtbot, model, 28)
    with qtbot.waitSignal(model.judged_changed, timeout=10_000):
        model.judge_at(0.01)
    assert model.judged is not None
    assert (first.verdict.threshold, model.judged.verdict.threshold) == (0.6, 0.95)
    assert model.judged.facts.settings == facts.settings
    with qtbot.waitSignal(model.judged_changed, timeout=10_000):
        model.judge_at(facts.settings.false_positive_rate)
    assert model.judged.facts.rate is None
