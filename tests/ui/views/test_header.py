"""File and progress in the tool bar."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from PySide6.QtWidgets import QProgressBar, QToolButton
from pytestqt.qtbot import QtBot

from lav_gui.media.inspect import inspect_file
from lav_gui.media.reader import VideoReader
from lav_gui.records import Stage
from lav_gui.settings import ColorPolicy
from lav_gui.ui.viewmodels.analysis import AnalysisModel, AnalysisState
from lav_gui.ui.viewmodels.document import Video
from lav_gui.ui.views.header import HeaderView, file_words, progress_words


def words(state: AnalysisState, **facts: Any) -> str:
    given = {"stage": None, "done": 0, "planned": 0, "fraction": None, "seconds_left": None}
    return progress_words(cast(AnalysisModel, SimpleNamespace(state=state, **{**given, **facts})))


def test_progress_is_said_in_words() -> None:
    assert words(AnalysisState.IDLE) == ""
    assert words(AnalysisState.PREPARING) == "Preparing…"
    assert words(AnalysisState.PREPARING, stage=Stage("Hashing", 1, 2)) == "Hashing…"
    assert words(AnalysisState.CANCELLING) == "Stopping…"
    running = {"done": 3, "planned": 12, "fraction": 0.25}
    assert words(AnalysisState.RUNNING, **running) == "Frame 3 of 12 · 25 %"
    assert words(AnalysisState.RUNNING, **running, seconds_left=130) == "Frame 3 of 12 · 25 % · 2 min left"


def test_the_file_is_named_with_its_main_facts(demo_clip: Path) -> None:
    with VideoReader(demo_clip) as reader:
        video = Video(demo_clip, reader.info, reader.index, ColorPolicy.AUTO)
    name, facts = file_words(video, None)
    assert name == "swap_fake.mp4"
    assert facts == "960×540 · h264 · 56 frames · 0:04.7"
    evidence = inspect_file(demo_clip)
    assert file_words(video, evidence)[1].endswith(f"654.2 kB · SHA-256 {evidence.hashes.sha256[:12]}…")
    assert file_words(None, None) == ("", "")


def test_the_bar_shows_a_fraction_or_runs_to_and_fro(qtbot: QtBot) -> None:
    header = HeaderView()
    qtbot.addWidget(header)
    bar = header.findChild(QProgressBar)
    assert bar.isHidden()
    header.show_progress("x", 0.25, busy=True)
    assert not bar.isHidden()
    assert (bar.minimum(), bar.maximum(), bar.value()) == (0, 1000, 250)
    header.show_progress("x", None, busy=True)
    assert bar.maximum() == 0
    header.show_progress("", 0.0, busy=False)
    assert bar.isHidden()


def test_what_can_be_stopped_has_a_button_for_it(qtbot: QtBot) -> None:
    header = HeaderView()
    qtbot.addWidget(header)
    button = header.findChild(QToolButton)
    assert button is not None
    header.show_progress("x", 0.25, busy=True)
    assert button.isHidden()
    header.show_progress("x", 0.25, busy=True, stop="Stop saving")
    assert not button.isHidden()
    assert (button.accessibleName(), button.toolTip()) == ("Stop saving", "Stop saving")
    with qtbot.waitSignal(header.stop_asked, timeout=1000):
        button.click()
    header.show_progress("", 0.0, busy=False)
    assert button.isHidden()


def test_a_long_text_is_cut_and_told_whole_by_its_tip(qtbot: QtBot) -> None:
    header = HeaderView()
    qtbot.addWidget(header)
    header.show_file("clip.mp4", "a very long text " * 40)
    header.resize(600, 40)
    assert not header.grab().isNull()
    assert header.sizeHint().width() < 1000


def test_long_names_and_progress_never_ask_for_more_than_a_few_letters(qtbot: QtBot) -> None:
    header = HeaderView()
    qtbot.addWidget(header)
    header.show_file("a very long name of a video " * 10, "facts")
    header.show_progress("of another video: frame 3 of 12 " * 10, 0.5, busy=True)
    assert header.minimumSizeHint().width() < 400
    header.resize(500, 40)
    assert not header.grab().isNull()
