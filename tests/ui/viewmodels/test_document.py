"""A video is on screen at once and identified meanwhile."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import av
import pytest
from pytestqt.qtbot import QtBot

from lav_gui.errors import MediaError
from lav_gui.media.inspect import inspect_file
from lav_gui.settings import ColorPolicy
from lav_gui.ui.frames import FrameServer
from lav_gui.ui.jobs import Jobs
from lav_gui.ui.viewmodels.document import DocumentModel, missing_words


@pytest.fixture
def document() -> Iterator[DocumentModel]:
    frames, jobs = FrameServer(50_000_000), Jobs()
    frames.start()
    yield DocumentModel(frames, jobs)
    assert jobs.stop_all(3)
    assert frames.stop(3)


def test_dialogs_begin_beside_the_video(qtbot: QtBot, document: DocumentModel, demo_clip: Path, tmp_path: Path) -> None:
    assert document.folder(tmp_path) == tmp_path
    with qtbot.waitSignal(document.identified, timeout=10_000):
        document.open(demo_clip, ColorPolicy.AUTO)
    assert document.folder(tmp_path) == demo_clip.parent


def test_a_video_is_opened_and_then_identified(qtbot: QtBot, document: DocumentModel, demo_clip: Path) -> None:
    fractions: list[float] = []
    document.hashed.connect(fractions.append)
    with qtbot.waitSignals([document.opened, document.identified], timeout=10_000, order="strict"):
        document.open(demo_clip, ColorPolicy.AUTO)
        assert document.is_opening
    assert document.video is not None
    assert document.evidence is not None
    assert document.evidence.hashes == inspect_file(demo_clip).hashes
    assert not document.is_hashing
    assert fractions[-1] == 1.0


def test_known_evidence_is_not_hashed_again(qtbot: QtBot, document: DocumentModel, demo_clip: Path) -> None:
    known = inspect_file(demo_clip)
    with qtbot.assertNotEmitted(document.hashed), qtbot.waitSignal(document.identified, timeout=10_000):
        document.open(demo_clip, ColorPolicy.AUTO, known)
    assert document.evidence is known


def test_a_file_that_is_no_video_fails_and_leaves_nothing_open(
    qtbot: QtBot, document: DocumentModel, tmp_path: Path
) -> None:
    path = tmp_path / "text.mp4"
    path.write_text("no video")
    with qtbot.waitSignal(document.failed, timeout=5000) as told:
        document.open(path, ColorPolicy.AUTO)
    assert isinstance(told.args[0], MediaError)
    assert document.video is None
    assert not document.is_opening


def test_another_color_rule_opens_the_same_file_again(qtbot: QtBot, document: DocumentModel, demo_clip: Path) -> None:
    with qtbot.waitSignal(document.identified, timeout=10_000):
        document.open(demo_clip, ColorPolicy.AUTO)
    with qtbot.waitSignal(document.opened, timeout=5000) as told:
        document.set_color(ColorPolicy.BT601)
    assert told.args[0].color is ColorPolicy.BT601
    with qtbot.assertNotEmitted(document.opened, wait=100):
        document.set_color(ColorPolicy.BT601)


def test_closing_while_it_is_hashed_gives_no_late_answer(
    qtbot: QtBot, document: DocumentModel, demo_clip: Path
) -> None:
    with qtbot.waitSignal(document.opened, timeout=5000):
        document.open(demo_clip, ColorPolicy.AUTO)
    with qtbot.assertNotEmitted(document.identified, wait=200), qtbot.waitSignal(document.closed):
        document.close()
    assert document.video is None


def test_a_file_that_opens_late_is_not_taken_for_the_one_wanted_since(
    qtbot: QtBot, document: DocumentModel, demo_clip: Path, tmp_path: Path
) -> None:
    following = Path(shutil.copy(demo_clip, tmp_path / "following.mp4"))
    with qtbot.waitSignal(document.opened, timeout=10_000):
        document.open(demo_clip, ColorPolicy.AUTO)
    assert document.video is not None
    info, index = document.video.info, document.video.index
    document.open(following, ColorPolicy.AUTO)
    document._frames.opened.emit(info, index, (demo_clip, ColorPolicy.AUTO))
    assert document.video is None
    qtbot.waitUntil(lambda: document.evidence is not None, timeout=10_000)
    assert document.video.path == following
    assert document.video.index is not index


@pytest.fixture
def clip(demo_clip: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo_clip, tmp_path / "clip.mp4"))


def replace_file(path: Path) -> None:
    """Put another file in its place, as an editor or a synchronized folder does."""
    other = path.with_name("other.mp4")
    other.write_bytes(path.read_bytes() + b"\0\0\0\x08free")
    other.replace(path)


def test_a_file_that_was_replaced_is_told_and_one_that_is_gone_is_not(
    qtbot: QtBot, document: DocumentModel, clip: Path
) -> None:
    assert document.trouble() is None
    with qtbot.waitSignal(document.identified, timeout=10_000):
        document.open(clip, ColorPolicy.AUTO)
    assert document.trouble() is None
    replace_file(clip)
    assert "clip.mp4 was replaced or changed" in str(document.trouble())
    clip.unlink()
    assert document.trouble() is None, "whoever reads it tells"


def test_what_was_hashed_must_be_what_is_on_screen(qtbot: QtBot, document: DocumentModel, clip: Path) -> None:
    document.opened.connect(lambda _: replace_file(clip))
    with qtbot.assertNotEmitted(document.identified), qtbot.waitSignal(document.failed, timeout=10_000) as told:
        document.open(clip, ColorPolicy.AUTO)
    assert "was replaced or changed" in str(told.args[0])
    assert document.evidence is None


def test_a_replaced_file_is_not_shown_under_another_color_rule_as_the_one_that_was_hashed(
    qtbot: QtBot, document: DocumentModel, clip: Path
) -> None:
    with qtbot.waitSignal(document.identified, timeout=10_000):
        document.open(clip, ColorPolicy.AUTO)
    replace_file(clip)
    with qtbot.assertNotEmitted(document.opened), qtbot.waitSignal(document.failed, timeout=5000):
        document.set_color(ColorPolicy.BT601)
    assert document.video is not None
    assert document.video.color is ColorPolicy.AUTO


def test_a_file_that_was_cut_off_says_how_many_frames_it_lacks(
    qtbot: QtBot, document: DocumentModel, clip: Path, tmp_path: Path
) -> None:
    whole = tmp_path / "whole.mp4"  # its index comes first
    with av.open(str(clip)) as source, av.open(str(whole), "w", options={"movflags": "faststart"}) as target:
        (of, stream) = source.streams.video[0], target.add_stream("mpeg4", rate=25)
        stream.width, stream.height, stream.pix_fmt = of.width, of.height, "yuv420p"
        for frame in source.decode(of):
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    for path, words in ((whole, ""), (tmp_path / "cut.mp4", "cut.mp4 lists 56 frames, but ")):
        if words:
            path.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
        with qtbot.waitSignal(document.opened, timeout=10_000) as told:
            document.open(path, ColorPolicy.AUTO)
        assert missing_words(told.args[0])[: len(words) or None] == words
