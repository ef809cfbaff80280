"""Two videos in one case, analyzed one after the other by the real child process, without a screen."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from lav_gui.session.case import Case
from lav_gui.session.runs import RunState
from lav_gui.settings import Sampling, Settings
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.messages import MessageKind

PATIENCE = 240_000
"""Milliseconds; a child that loads torch on a busy machine takes its time."""


@pytest.fixture
def clips(demo_clip: Path, tmp_path: Path) -> list[Path]:
    paths = [tmp_path / name for name in ("first.mp4", "second 第二.mp4")]
    for number, path in enumerate(paths, start=1):
        path.write_bytes(demo_clip.read_bytes() + b"\0\0\0\x08free" * number)
    return paths


@pytest.fixture
def desk(qtbot: QtBot, clips: list[Path], tmp_path: Path) -> Iterator[Desk]:
    """A case of both videos; two frames of each are to be analyzed."""
    made = Desk(Settings())
    made.case_files.new(tmp_path / "two.lav")
    made.gathering.add(clips)
    qtbot.waitUntil(lambda: len(made.casefile.evidences()) == 2 and made.document.evidence is not None, timeout=30_000)
    made.choices.change(sampling=Sampling.parse("every:28"), device="cpu", contributions_every=0)
    yield made
    assert made.close()


def children() -> list[psutil.Process]:
    """Processes of ours that compute; Python's own resource tracker stays."""
    found = psutil.Process().children(recursive=True)
    return [each for each in found if each.is_running() and "resource_tracker" not in " ".join(each.cmdline())]


def test_both_are_analyzed_while_the_other_is_looked_at(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    desk.queueing.add_all()
    desk.opening.select(2)
    with qtbot.waitSignal(desk.analysis.started, timeout=PATIENCE) as told:
        pass
    assert told.args[0].evidence.file_name == "first.mp4"
    qtbot.waitUntil(lambda: not desk.queue.items, timeout=PATIENCE)
    assert [str(row.state) for row in desk.videos.rows] == ["done", "done"]
    assert [each.text for each in desk.messages.shown if each.kind is MessageKind.ERROR] == []
    qtbot.waitUntil(lambda: desk.results.judged is not None and desk.jobs.count == 0, timeout=10_000)
    assert list(desk.results.analyzed) == [0, 28]
    with Case.open(tmp_path / "two.lav", read_only=True) as case:
        assert [(run.evidence_id, run.state) for run in case.runs()] == [
            (1, RunState.FINISHED),
            (2, RunState.FINISHED),
        ]
        assert [case.done_indices(run.run_id).tolist() for run in case.runs()] == [[0, 28]] * 2
        assert case.verify_log()
    assert children() == []


def test_closing_in_the_middle_leaves_no_process_and_loses_nothing(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    desk.choices.change(sampling=Sampling.parse("every:1"))
    desk.queueing.add_all()
    with qtbot.waitSignal(desk.analysis.results, timeout=PATIENCE):
        pass
    begun = time.monotonic()
    desk.close()
    assert time.monotonic() - begun < 4.5, "3 s to stop by itself, then it is killed"
    assert children() == []
    with Case.open(tmp_path / "two.lav", read_only=True) as case:
        (run,) = case.runs()
        assert run.state in (RunState.CANCELLED, RunState.INTERRUPTED)
        assert len(case.done_indices(run.run_id)) > 0
        assert [row.evidence_id for row in case.queue()] == [1, 2]
