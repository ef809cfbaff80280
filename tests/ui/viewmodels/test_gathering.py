"""Videos come into a case and leave it, and the list says how each of them is."""

import shutil
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from lav_gui.errors import SessionError
from lav_gui.session.case import Case
from lav_gui.session.runs import RunState
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.messages import MessageKind
from tests.ui.conftest import is_judged


def names(desk: Desk) -> list[str]:
    return [row.name for row in desk.videos.rows]


def filled(qtbot: QtBot, desk: Desk, count: int) -> None:
    qtbot.waitUntil(
        lambda: (
            len(desk.casefile.evidences()) == count
            and desk.gathering.adding is None
            and desk.document.evidence is not None
            and desk.playback.shown is not None
        ),
        timeout=20_000,
    )


def told(desk: Desk) -> str:
    return desk.messages.shown[-1].text if desk.messages.shown else ""


def analyzed(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.analysis.finished, timeout=15_000):
        desk.running.start()
    qtbot.waitUntil(
        lambda: is_judged(desk) and desk.jobs.count == 0,
        timeout=5000,
    )


def test_a_case_takes_several_videos_and_shows_the_first(gathered: Desk) -> None:
    assert names(gathered) == ["a.mp4", "b 电梯.mp4", "c.mp4"]
    assert [row.is_shown for row in gathered.videos.rows] == [True, False, False]
    assert gathered.document.video is not None
    assert gathered.document.video.path.name == "a.mp4"
    assert gathered.opening.shows_case


def test_a_video_without_a_case_brings_its_own_along(qtbot: QtBot, opened: Desk, clips: list[Path]) -> None:
    assert [(row.evidence_id, row.name, row.is_shown) for row in opened.videos.rows] == [(None, "swap_fake.mp4", True)]
    opened.playback.seek(9)
    opened.gathering.add(clips[:1])
    filled(qtbot, opened, 2)
    assert names(opened) == ["swap_fake.mp4", "a.mp4"]
    assert opened.videos.shown_row == 0
    assert opened.playback.position == 9
    assert opened.casefile.case is not None
    assert opened.casefile.case.path.name.startswith("swap_fake-")
    assert opened.opening.shows_case


def test_several_files_at_once_make_one_case(
    qtbot: QtBot, make_desk: Callable[..., Desk], analysis: Any, clips: list[Path]
) -> None:
    desk = make_desk(analysis)
    desk.open_all(clips)
    filled(qtbot, desk, 3)
    assert names(desk) == [path.name for path in clips]
    assert desk.videos.shown_row == 0


def test_a_video_opened_while_a_case_is_chosen_joins_it_and_is_shown(
    qtbot: QtBot, gathered: Desk, demo_clip: Path
) -> None:
    gathered.open(demo_clip)
    filled(qtbot, gathered, 4)
    qtbot.waitUntil(lambda: gathered.videos.shown_row == 3, timeout=5000)
    gathered.open(Path(gathered.casefile.evidences()[0].evidence.path))
    filled(qtbot, gathered, 4)
    assert gathered.videos.shown_row == 0


def test_while_one_is_analyzed_another_can_be_put_beside_it(
    qtbot: QtBot, opened: Desk, analysis: Any, clips: list[Path]
) -> None:
    analysis.pause = 0.02
    with qtbot.waitSignal(opened.casefile.shown, timeout=10_000):
        opened.running.start()
    opened.open(clips[0])
    (question,) = [each for each in opened.messages.shown if each.kind is MessageKind.QUESTION]
    assert [choice for choice, _ in question.choices] == ["stop", "add", "stay"]
    with qtbot.waitSignal(opened.analysis.finished, timeout=15_000):
        opened.messages.choose("stop", "add")
    filled(qtbot, opened, 2)
    assert [str(row.state) for row in opened.videos.rows] == ["done", "new"]
    assert opened.videos.shown_row == 1


def test_the_same_content_is_said_to_be_there_already(
    qtbot: QtBot, gathered: Desk, clips: list[Path], tmp_path: Path
) -> None:
    twin = shutil.copy(clips[1], tmp_path / "twin.mp4")
    gathered.gathering.add([Path(twin)])
    qtbot.waitUntil(lambda: "already" in told(gathered), timeout=10_000)
    assert "as b 电梯.mp4" in told(gathered)
    assert len(gathered.videos.rows) == 3


def test_a_file_that_is_no_video_is_told_and_the_next_is_added(
    qtbot: QtBot, gathered: Desk, demo_clip: Path, tmp_path: Path
) -> None:
    (tmp_path / "text.mp4").write_text("no video")
    gathered.gathering.add([tmp_path / "text.mp4", demo_clip])
    filled(qtbot, gathered, 4)
    errors = [each.text for each in gathered.messages.shown if each.kind is MessageKind.ERROR]
    assert len(errors) == 1
    assert "text.mp4" in errors[0]


def test_adding_can_be_stopped(qtbot: QtBot, gathered: Desk, demo_clip: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.mp4"
    large.write_bytes(demo_clip.read_bytes() + bytes(300_000_000))
    gathered.gathering.add([large, demo_clip])
    qtbot.waitUntil(lambda: any(row.fraction for row in gathered.videos.rows), timeout=10_000)
    assert "adding" in gathered.conditions
    gathered.gathering.stop_adding()
    qtbot.waitUntil(lambda: gathered.gathering.adding is None and gathered.jobs.count == 0, timeout=5000)
    assert names(gathered) == ["a.mp4", "b 电梯.mp4", "c.mp4"]
    assert "adding" not in gathered.conditions


def test_a_video_without_results_leaves_and_its_neighbor_is_shown(qtbot: QtBot, gathered: Desk) -> None:
    gathered.gathering.remove(1)
    filled(qtbot, gathered, 2)
    assert names(gathered) == ["b 电梯.mp4", "c.mp4"]
    assert gathered.videos.shown_row == 0
    gathered.gathering.remove(3)
    gathered.gathering.remove(2)
    assert names(gathered) == []
    assert gathered.document.video is None


def test_a_video_with_results_stays_and_this_is_said(qtbot: QtBot, gathered: Desk) -> None:
    analyzed(qtbot, gathered)
    gathered.gathering.remove(1)
    assert "a.mp4 has results in this case, so it stays" in told(gathered)
    assert len(gathered.videos.rows) == 3


def test_a_video_comes_back_as_it_was_left(qtbot: QtBot, gathered: Desk) -> None:
    analyzed(qtbot, gathered)
    gathered.playback.seek(20)
    gathered.selection.select(2)
    gathered.selection.mark_in(4)
    gathered.gathering.step(1)
    filled(qtbot, gathered, 3)
    assert gathered.casefile.evidence_id == 2
    assert (gathered.playback.position, gathered.selection.track, gathered.selection.marks.set) == (0, None, False)
    gathered.gathering.step(-1)
    filled(qtbot, gathered, 3)
    assert (gathered.playback.position, gathered.selection.track) == (20, 2)
    assert gathered.selection.marks.first == 4
    assert gathered.choices.settings.from_seconds is not None


def test_runs_that_are_not_on_screen_are_summed_up(
    qtbot: QtBot, make_desk: Callable[..., Desk], gathered: Desk, analysis: Any
) -> None:
    analyzed(qtbot, gathered)
    assert gathered.casefile.case is not None
    path, verdict = gathered.casefile.case.path, gathered.videos.rows[0].verdict
    gathered.opening.close()
    with Case.open(path) as case:
        run = case.runs()[0]
        other = case.start_run(2, run.settings, run.weights, run.software, run.planned)
        case.append(other.run_id, next(case.results(run.run_id)))
        case.finish_run(other.run_id, RunState.INTERRUPTED)
        case.start_run(3, run.settings, run.weights, run.software, run.planned)
    again = make_desk(analysis)
    again.open(path)
    filled(qtbot, again, 3)
    qtbot.waitUntil(lambda: [row.faces for row in again.videos.rows[:2]] == [2, 2], timeout=10_000)
    states = ["done", "partial", "new"]
    qtbot.waitUntil(lambda: [str(row.state) for row in again.videos.rows] == states, timeout=10_000)
    assert again.videos.rows[1].fraction == 1 / 28
    assert again.videos.rows[0].verdict == verdict
    qtbot.waitUntil(lambda: again.results.judged is not None, timeout=5000)
    again.casefile.include(1, False)
    qtbot.waitUntil(lambda: again.videos.rows[0].faces == 1, timeout=5000)


def test_in_another_window_s_case_nothing_is_added(
    qtbot: QtBot, make_desk: Callable[..., Desk], gathered: Desk, analysis: Any, demo_clip: Path
) -> None:
    assert gathered.casefile.case is not None
    other = make_desk(analysis)
    other.open(gathered.casefile.case.path)
    filled(qtbot, other, 3)
    assert not other.casefile.can_write
    assert "can_add" not in other.conditions
    other.gathering.add([demo_clip])
    assert "read-only here" in told(other)
    assert len(other.casefile.evidences()) == 3


def test_a_video_that_was_to_be_shown_and_fails_leaves_that_to_no_other(
    qtbot: QtBot, gathered: Desk, demo_clip: Path, tmp_path: Path
) -> None:
    (tmp_path / "text.mp4").write_text("no video")
    gathered.gathering.add([tmp_path / "text.mp4"], show=True)
    qtbot.waitUntil(lambda: "text.mp4" in told(gathered) and gathered.gathering.adding is None, timeout=5000)
    gathered.gathering.add([demo_clip])
    filled(qtbot, gathered, 4)
    assert gathered.videos.shown_row == 0


def test_a_video_that_was_to_be_shown_in_a_case_that_was_left_shows_no_other_in_the_next(
    qtbot: QtBot, gathered: Desk, demo_clip: Path, tmp_path: Path
) -> None:
    assert gathered.casefile.case is not None
    path = gathered.casefile.case.path
    large = tmp_path / "large.mp4"
    large.write_bytes(demo_clip.read_bytes() + bytes(300_000_000))
    gathered.gathering.add([large], show=True)
    gathered.opening.close()
    gathered.open(path)
    filled(qtbot, gathered, 3)
    gathered.gathering.add([demo_clip])
    filled(qtbot, gathered, 4)
    assert gathered.videos.shown_row == 0
    assert gathered.messages.shown == ()


def test_videos_added_one_right_after_the_other_share_the_case_that_is_made(
    qtbot: QtBot, opened: Desk, clips: list[Path]
) -> None:
    for clip in clips[:2]:
        opened.gathering.add([clip])
    filled(qtbot, opened, 3)
    assert opened.casefile.can_write
    assert opened.messages.shown == ()


def test_a_failure_in_a_case_that_was_left_concerns_nobody(
    qtbot: QtBot, gathered: Desk, monkeypatch: pytest.MonkeyPatch, demo_clip: Path
) -> None:
    goes_on = threading.Event()

    def slow(*_: object) -> Generator[None, None, int]:
        yield None
        goes_on.wait(10)
        raise SessionError("three.lav is closed; open it again.")

    monkeypatch.setattr("lav_gui.ui.viewmodels.gathering.add_steps", slow)
    gathered.gathering.add([demo_clip])
    qtbot.waitUntil(lambda: gathered.gathering.adding is not None, timeout=5000)
    qtbot.wait(50)
    gathered.opening.close()
    goes_on.set()
    qtbot.waitUntil(lambda: gathered.jobs.count == 0, timeout=5000)
    assert gathered.messages.shown == ()


def test_progress_makes_only_the_row_anew_that_is_analyzed(qtbot: QtBot, gathered: Desk, analysis: Any) -> None:
    changed: set[int] = set()
    gathered.videos.dataChanged.connect(lambda first, last, _: changed.update(range(first.row(), last.row() + 1)))
    analysis.pause = 0.02
    gathered.queueing.add_all()
    qtbot.waitUntil(lambda: str(gathered.videos.rows[0].state) == "running", timeout=10_000)
    changed.clear()
    qtbot.waitUntil(lambda: (gathered.videos.rows[0].fraction or 0) > 0.5, timeout=10_000)
    assert changed == {0}
    gathered.queueing.pause_now()
    qtbot.waitUntil(lambda: gathered.queue.current is None and gathered.jobs.count == 0, timeout=10_000)


def test_a_video_that_comes_into_an_emptied_case_is_shown(qtbot: QtBot, gathered: Desk, demo_clip: Path) -> None:
    for evidence_id in (1, 2, 3):
        gathered.gathering.remove(evidence_id)
    assert gathered.casefile.evidence_id is None
    assert gathered.casefile.runs == ()
    assert "can_remove" not in gathered.conditions
    gathered.gathering.add([demo_clip])
    filled(qtbot, gathered, 1)
    assert gathered.videos.shown_row == 0


def test_of_several_files_the_first_that_is_a_video_makes_the_case(
    qtbot: QtBot, make_desk: Callable[..., Desk], analysis: Any, clips: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "text.mp4").write_text("no video")
    desk = make_desk(analysis)
    desk.open_all([tmp_path / "text.mp4", *clips[:2]])
    filled(qtbot, desk, 2)
    assert names(desk) == ["a.mp4", "b 电梯.mp4"]
    assert desk.videos.shown_row == 0
    assert "text.mp4" in told(desk)
