"""What a verdict rests on, in words."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lav_gui.media.inspect import inspect_file
from lav_gui.media.reader import VideoReader
from lav_gui.records import FrameResult, Gap
from lav_gui.settings import AnalysisSettings
from lav_gui.ui.verdict_words import judged_by_words, state_words
from lav_gui.ui.viewmodels.results import Judged, RunFacts
from lav_gui.verdict.columns import series_from
from lav_gui.verdict.judge import judge
from model_zoo.registry import UNTRAINED
from model_zoo.weights_record import Weights


@pytest.fixture
def judge_with(demo_clip: Path, make_result: Callable[..., FrameResult]) -> Callable[[RunFacts], Judged]:
    with VideoReader(demo_clip) as reader:
        found = [make_result(frame) for frame in reader.frames(range(0, 12, 2)) if not isinstance(frame, Gap)]
    series = series_from(found)

    def make(facts: RunFacts) -> Judged:
        return Judged(judge(series, facts.weights, facts.judged_by, facts.media, 6), series, facts, 6)

    return make


@pytest.fixture
def facts(demo_clip: Path, trained_weights: Weights) -> RunFacts:
    return RunFacts(1, trained_weights, AnalysisSettings(), inspect_file(demo_clip).media, np.arange(0, 12, 2))


def test_a_running_analysis_makes_it_provisional(judge_with: Callable[[RunFacts], Judged], facts: RunFacts) -> None:
    judged = judge_with(facts)
    assert state_words(judged, running=True) == "Provisional: 6 frames analyzed so far"
    assert state_words(judged, running=False) == "6 frames analyzed"


def test_a_run_that_was_stopped_is_told(judge_with: Callable[[RunFacts], Judged], facts: RunFacts) -> None:
    judged = judge_with(replace(facts, planned=np.arange(40)))
    assert state_words(judged, running=False, unfinished=True) == "Not finished: 6 frames analyzed of 40 planned"
    assert state_words(judged, running=True, unfinished=True) == "Provisional: 6 frames analyzed so far"


def test_the_threshold_is_told_by_its_rate(judge_with: Callable[[RunFacts], Judged], facts: RunFacts) -> None:
    words = judged_by_words(judge_with(facts))
    assert words.startswith("Threshold set for 5 % false alarms; in testing ")
    assert words.endswith(" of real videos reached it (95 % interval up to 10 %).")


def test_another_rate_than_the_runs_is_told(judge_with: Callable[[RunFacts], Judged], facts: RunFacts) -> None:
    words = judged_by_words(judge_with(replace(facts, rate=0.01)))
    assert words.endswith("after the run, which was set to 5 %; a report says so, too.")


def test_weights_without_thresholds_have_none_to_tell(
    judge_with: Callable[[RunFacts], Judged], facts: RunFacts
) -> None:
    assert judged_by_words(judge_with(replace(facts, weights=UNTRAINED))) == ""
