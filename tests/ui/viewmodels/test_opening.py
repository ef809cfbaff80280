"""A video brings its case, a case brings its video."""

import shutil
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from lav_gui.errors import SessionError
from lav_gui.session.case import Case
from lav_gui.ui.viewmodels.analysis import AnalysisState
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.messages import MessageKind
from tests.ui.conftest import is_judged


@pytest.fixture
def clip(demo_clip: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "evidence" / "Nguyễn 李.mp4"
    copy.parent.mkdir()
    shutil.copy(demo_clip, copy)
    return copy


@pytest.fixture
def case_path(qtbot: QtBot, make_desk: Callable[..., Desk], analysis: object, clip: Path) -> Path:
    desk = make_desk(analysis)
    with qtbot.waitSignals([desk.analysis.finished, desk.casefile.shown], timeout=15_000):
        desk.open(clip, analyze=True)
    assert desk.casefile.case is not None
    path = desk.casefile.case.path
    desk.opening.close()
    return path


def messages(desk: Desk, kind: MessageKind) -> list[str]:
    return [message.key for message in desk.messages.shown if message.kind is kind]


def judged(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: is_judged(desk), timeout=5000)


def test_looking_at_a_video_makes_no_case(
    qtbot: QtBot, make_desk: Callable[..., Desk], analysis: object, clip: Path
) -> None:
    desk = make_desk(analysis)
    with qtbot.waitSignal(desk.opening.ready, timeout=10_000):
        desk.open(clip)
    assert desk.casefile.case is None
    assert "can_analyze" in desk.conditions
    assert list(clip.parent.iterdir()) == [clip]


def test_a_video_brings_the_results_of_its_case(
    qtbot: QtBot, make_desk: Callable[..., Desk], analysis: object, clip: Path, case_path: Path
) -> None:
    desk = make_desk(analysis)
    with qtbot.waitSignal(desk.opening.ready, timeout=10_000):
        desk.open(clip)
    judged(qtbot, desk)
    assert desk.casefile.case is not None
    assert desk.casefile.case.path == case_path
    assert messages(desk, MessageKind.QUESTION) == []


def test_a_finished_run_is_not_analyzed_again_unasked(
    qtbot: QtBot, make_desk: Callable[..., Desk], analysis: object, clip: Path, case_path: Path
) -> None:
    desk = make_desk(analysis)
    with qtbot.waitSignal(desk.opening.ready, timeout=10_000):
        desk.open(clip, analyze=True)
    judged(qtbot, desk)
    assert desk.analysis.state is AnalysisState.IDLE


def test_a_case_brings_its_video(
    qtbot: QtBot, make_desk: Callable[..., Desk], analysis: object, case_path: Path
) -> None:
    desk = make_desk(analysis)
    with qtbot.waitSignals([desk.opening.ready, desk.document.identified], timeout=10_000):
        desk.open(case_path)
    judged(qtbot, desk)
    assert desk.document.video is not None
    assert desk.document.video.path.name == "Nguyễn 李.mp4"


def test_a_video_that_moved_is_asked_for_and_found_by_its_content(
    qtbot: QtBot, make_desk: Callable[..., Desk], analysis: object, clip: Path, case_path: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "elsewhere.mp4"
    clip.rename(moved)
    desk = make_desk(analysis)
    with qtbot.waitSignal(desk.casefile.shown, timeout=10_000):
        desk.open(case_path)
    qtbot.waitUntil(lambda: messages(desk, MessageKind.QUESTION) == ["missing"], timeout=5000)
    judged(qtbot, desk)
    with qtbot.waitSignal(desk.opening.missing, timeout=2000) as asked:
        desk.messages.choose("missing", "find")
    assert asked.args == ["Nguyễn 李.mp4"]
    with qtbot.waitSignal(desk.document.identified, timeout=10_000):
        desk.opening.relink(moved)
    assert desk.document.video is not None
    assert desk.document.video.path == moved


def test_another_file_is_not_taken_for_the_evidence(
    qtbot: QtBot, make_desk: Callable[..., Desk], analysis: object, clip: Path, case_path: Path, tmp_path: Path
) -> None:
    clip.unlink()
    other = tmp_path / "other.mp4"
    other.write_bytes(b"something else")
    desk = make_desk(analysis)
    with qtbot.waitSignal(desk.casefile.shown, timeout=10_000):
        desk.open(case_path)
    qtbot.waitUntil(lambda: messages(desk, MessageKind.QUESTION) == ["missing"], timeout=5000)
    desk.messages.choose("missing", "find")
    desk.opening.relink(other)
    qtbot.waitUntil(lambda: len(messages(desk, MessageKind.ERROR)) == 1, timeout=5000)
    assert messages(desk, MessageKind.QUESTION) == ["missing"]
    assert desk.document.video is None


def test_an_empty_case_says_what_to_do(
    qtbot: QtBot, make_desk: Callable[..., Desk], analysis: object, tmp_path: Path
) -> None:
    Case.open(tmp_path / "empty.lav", create=True).close()
    desk = make_desk(analysis)
    with qtbot.waitSignal(desk.casefile.opened, timeout=5000):
        desk.open(tmp_path / "empty.lav")
    assert "open a video" in desk.messages.shown[-1].text


def test_opening_another_file_while_an_analysis_runs_asks_first(
    qtbot: QtBot, opened: Desk, analysis: object, clip: Path
) -> None:
    analysis.pause = 0.05  # type: ignore[attr-defined]
    with qtbot.waitSignal(opened.analysis.results, timeout=10_000):
        opened.running.start()
    opened.open(clip)
    assert messages(opened, MessageKind.QUESTION) == ["stop"]
    assert opened.analysis.state is AnalysisState.RUNNING
    with qtbot.waitSignal(opened.document.opened, timeout=10_000) as told:
        opened.messages.choose("stop", "stop")
    assert told.args[0].path == clip


def test_a_file_that_is_no_video_is_one_message(
    qtbot: QtBot, make_desk: Callable[..., Desk], analysis: object, tmp_path: Path
) -> None:
    desk = make_desk(analysis)
    path = tmp_path / "text.mp4"
    path.write_text("no video")
    desk.open(path)
    qtbot.waitUntil(lambda: len(messages(desk, MessageKind.ERROR)) == 1, timeout=5000)
    assert "text.mp4" in desk.messages.shown[0].text


def test_closing_a_file_while_its_analysis_runs_asks_first(qtbot: QtBot, opened: Desk, analysis: object) -> None:
    analysis.pause = 0.05  # type: ignore[attr-defined]
    with qtbot.waitSignal(opened.analysis.results, timeout=10_000):
        opened.running.start()
    opened.opening.leave()
    opened.messages.choose("stop", "stay")
    assert opened.analysis.state is AnalysisState.RUNNING
    opened.opening.leave()
    with qtbot.waitSignal(opened.document.closed, timeout=5000):
        opened.messages.choose("stop", "stop")
    assert opened.document.video is None
    assert opened.casefile.case is None


def test_a_question_left_open_does_nothing_when_the_analysis_ends(qtbot: QtBot, opened: Desk, analysis: object) -> None:
    analysis.pause = 0.02  # type: ignore[attr-defined]
    with qtbot.waitSignal(opened.analysis.results, timeout=10_000):
        opened.running.start()
    opened.opening.leave()
    with qtbot.waitSignal(opened.analysis.finished, timeout=10_000):
        pass
    assert opened.document.video is not None
    opened.messages.choose("stop", "stop")
    assert opened.document.video is None


@pytest.mark.parametrize("name", ["still.png", "moving.gif"])
def test_pictures_are_opened_like_videos(
    qtbot: QtBot, make_desk: Callable[..., Desk], analysis: object, tmp_path: Path, name: str
) -> None:
    pictures = [Image.new("RGB", (64, 48), (40 * number, 90, 120)) for number in range(3)]
    pictures[0].save(tmp_path / name, save_all=name.endswith("gif"), append_images=pictures[1:], duration=100)
    desk = make_desk(analysis)
    with qtbot.waitSignals([desk.opening.ready, desk.playback.rested], timeout=10_000):
        desk.open(tmp_path / name)
    desk.playback.play()
    assert desk.playback.playing == name.endswith("gif")
    assert desk.document.video is not None
    assert desk.document.video.info.width == 64


def test_opening_the_open_case_again_changes_nothing(qtbot: QtBot, gathered: Desk) -> None:
    case = gathered.casefile.case
    assert case is not None
    gathered.playback.seek(9)
    gathered.open(case.path)
    assert gathered.casefile.case is case
    assert gathered.playback.position == 9


def test_going_through_the_videos_in_haste_ends_at_the_last(qtbot: QtBot, gathered: Desk) -> None:
    for evidence_id in (2, 3, 1, 2, 3, 2):
        gathered.opening.select(evidence_id)
    qtbot.waitUntil(lambda: gathered.document.evidence is not None and gathered.jobs.count == 0, timeout=10_000)
    assert gathered.document.video is not None
    assert gathered.document.video.path.name == "b 电梯.mp4"
    assert gathered.videos.shown_row == 1


def test_a_missing_video_is_asked_for_again_when_it_is_chosen_again(
    qtbot: QtBot, gathered: Desk, clips: list[Path]
) -> None:
    moved = clips[1].rename(clips[1].parent.parent / "moved.mp4")
    gathered.opening.select(2)
    qtbot.waitUntil(lambda: messages(gathered, MessageKind.QUESTION) == ["missing"], timeout=5000)
    gathered.messages.choose("missing", "leave")
    gathered.opening.select(2)
    qtbot.waitUntil(lambda: messages(gathered, MessageKind.QUESTION) == ["missing"], timeout=5000)
    gathered.opening.relink(moved)
    qtbot.waitUntil(lambda: gathered.document.video is not None, timeout=5000)
    assert gathered.document.video is not None
    assert gathered.document.video.path == moved
    gathered.opening.select(1)
    assert messages(gathered, MessageKind.QUESTION) == []


def test_a_question_that_went_with_its_file_opens_nothing_later(
    qtbot: QtBot, opened: Desk, analysis: Any, clip: Path, tmp_path: Path
) -> None:
    third = Path(shutil.copy(clip, tmp_path / "third.mp4"))
    with third.open("ab") as file:
        file.write(b"\0\0\0\x08free")
    analysis.pause = 0.01
    with qtbot.waitSignal(opened.analysis.results, timeout=10_000):
        opened.running.start()
    opened.open(clip)
    assert messages(opened, MessageKind.QUESTION) == ["stop"]
    qtbot.waitUntil(lambda: opened.queue.current is None, timeout=10_000)
    opened.opening.close()
    with qtbot.waitSignal(opened.opening.ready, timeout=10_000):
        opened.open(third)
    with qtbot.waitSignal(opened.analysis.finished, timeout=10_000):
        opened.running.start()
    judged(qtbot, opened)
    assert opened.document.video is not None
    assert opened.document.video.path == third


def test_a_search_that_fails_after_its_case_was_left_concerns_nobody(
    qtbot: QtBot, gathered: Desk, monkeypatch: pytest.MonkeyPatch, demo_clip: Path
) -> None:
    goes_on = threading.Event()

    def slow(*_: object) -> Generator[None, None, Path | None]:
        yield None
        goes_on.wait(10)
        raise SessionError("three.lav is closed; open it again.")

    for name in ("find_steps", "relink_steps"):
        monkeypatch.setattr(f"lav_gui.ui.viewmodels.opening.{name}", slow)
    gathered.opening.select(2)
    gathered.opening.relink(demo_clip)
    qtbot.wait(100)
    gathered.opening.close()
    goes_on.set()
    qtbot.waitUntil(lambda: gathered.jobs.count == 0, timeout=5000)
    assert gathered.messages.shown == ()
