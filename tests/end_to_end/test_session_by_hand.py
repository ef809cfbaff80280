"""A whole session on a screen of its own, with real mouse and keys: open, analyze, examine, close, reopen.

What was done is judged by the case file; the window is seen by its titles and by pictures of the screen.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import psutil
import pytest
from PIL import Image, ImageChops, ImageGrab, features

from lav_gui.errors import LavError
from lav_gui.session.case import Case
from lav_gui.session.history import REDO, UNDO
from lav_gui.session.notes import Note
from lav_gui.session.runs import RunState
from lav_gui.settings import AnalysisSettings, PictureSettings, Sampling, Settings, load_settings, save_settings
from model_zoo.registry import UNTRAINED, save_card
from model_zoo.storage import files_sha256
from model_zoo.untrained import untrained_state
from model_zoo.weights_record import Calibration, Envelope, OperatingPoint

ROOT = Path(__file__).resolve().parents[2]
SCREEN = (1280, 800)
SAMPLED = 8
SECOND_FACE, ITS_SEGMENT = 2, 16
"""The one frame of those analyzed in which the second face's curve is high, with the weights of `_make_weights`."""

PATIENCE, REPEAT = 60.0, 6.0
"""Seconds to wait for something, and after which a wish is uttered again that the window was not ready for."""

QUIT_SECONDS = 5.0
FIRST_TIMELINE, LAST_TIMELINE = 0.30, 0.45
"""Places between which the hand is dragged over the timeline, as shares of the window's width."""

NEEDED = ("Xvfb", "xdotool", "openbox")
MISSING = [name for name in NEEDED if shutil.which(name) is None]
Found = TypeVar("Found")

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the screen of its own is one of X11"),
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
    pytest.mark.skipif(not features.check("xcb"), reason="this Pillow cannot take pictures of an X11 screen"),
]


class Desktop:
    """A screen with a window manager, a keyboard and a mouse."""

    def __init__(self, display: str, picture: Path) -> None:
        self.environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"}
        self.environment.pop("WAYLAND_DISPLAY", None)
        self._display, self._picture = display, picture

    def do(self, *command: object) -> str:
        """Let xdotool do something."""
        told = subprocess.run(
            ["xdotool", *map(str, command)],
            env=self.environment, capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
        return told.stdout.strip()

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        self.do("key", "--delay", 40, *keys)

    def window(self, title: str) -> str:
        """Number of the visible window whose title holds a text; "" where there is none."""
        found = self.do("search", "--onlyvisible", "--name", title)
        return found.splitlines()[0] if found else ""

    def drag(self, window: str, begin: tuple[int, int], end: tuple[int, int]) -> None:
        """Move the mouse over a part of a window with its left button held."""
        self.do("mousemove", "--window", window, *begin, "mousedown", 1)
        for step in range(1, 6):
            x, y = (round(a + (b - a) * step / 5) for a, b in zip(begin, end, strict=True))
            self.do("mousemove", "--window", window, x, y, "sleep", 0.02)
        self.do("mouseup", 1)

    def shot(self) -> Image.Image:
        """What is on the screen."""
        return ImageGrab.grab(xdisplay=self._display).convert("RGB")

    def resting_shot(self) -> Image.Image:
        """What is on the screen once half a second changes it no more: what was done before has been painted."""
        one, other = self.shot(), None
        for _ in range(round(2 * PATIENCE)):
            time.sleep(0.5)
            one, other = self.shot(), one
            if not differs(one, other):
                break
        return one

    def wait(
        self, what: str, look: Callable[[], Found | None], wish: Callable[[], Any] | None = None,
        patience: float = PATIENCE,
    ) -> Found:  # fmt: skip
        """Wait until something is there and return it; a wish is uttered at once and again while it is not."""
        end, next_wish = time.monotonic() + patience, time.monotonic()
        while time.monotonic() < end:
            if found := look():
                return found
            if wish is not None and time.monotonic() >= next_wish:
                wish()
                next_wish = time.monotonic() + REPEAT
            time.sleep(0.1)
        self.shot().save(self._picture)
        pytest.fail(f"waited in vain for {what}; the screen is in {self._picture}")

    def answer_dialog(self, title: str, call: str, text: str) -> None:
        """Call a dialog that asks for a file, and give it one."""
        self.wait(f"the dialog {title!r}", lambda: self.window(title), lambda: self.press(call))

        def fill_in() -> None:
            self.press("ctrl+a")
            self.do("type", "--delay", 10, text)
            self.press("Return")

        self.wait(f"the end of {title!r}", lambda: not self.window(title), fill_in)


class Sitting:
    """The program in a window on a desktop."""

    def __init__(self, desktop: Desktop, arguments: list[str]) -> None:
        self.desktop = desktop
        command = [sys.executable, "-m", "lav_gui", "gui", *arguments]
        self.process = subprocess.Popen(command, cwd=ROOT, env=desktop.environment)
        self.title = "LAV$"
        self.number = desktop.wait("the window", lambda: desktop.window(self.title))

    def wait_for_title(self, title: str) -> None:
        """Wait until the window bears a title."""
        desktop = self.desktop
        desktop.wait(f"the title {title!r}", lambda: title in desktop.do("getwindowname", self.number))

    def wait_for_results(self) -> None:
        """Wait until the window shows results: only then the dialog of the report comes up. It is left at once."""
        title, desktop = "Export the report", self.desktop
        desktop.wait("results in the window", lambda: desktop.window(title), lambda: desktop.press("ctrl+e"))
        desktop.wait("the dialog's end", lambda: not desktop.window(title), lambda: desktop.press("Escape"))

    def scrub(self, begin: float, end: float) -> None:
        """Drag the mouse over the timeline between two shares of the window's width."""
        told = self.desktop.do("getwindowgeometry", "--shell", self.number)
        size = dict(line.split("=", 1) for line in told.splitlines())
        width, y = int(size["WIDTH"]), int(size["HEIGHT"]) - 80
        self.desktop.drag(self.number, (round(begin * width), y), (round(end * width), y))

    def quit(self) -> None:
        """Close the window by key; it has no torch, ends in time and leaves no process behind."""
        window = psutil.Process(self.process.pid)
        assert [each.path for each in window.memory_maps() if "libtorch" in each.path] == []
        children = window.children(recursive=True)
        self.desktop.press("ctrl+q")
        begun = time.monotonic()
        assert self.process.wait(PATIENCE) == 0
        assert time.monotonic() - begun < QUIT_SECONDS
        assert psutil.wait_procs(children, timeout=QUIT_SECONDS)[1] == []


@contextmanager
def started(command: list[str], **how: Any) -> Iterator["subprocess.Popen[str]"]:
    """A program that is ended again."""
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, text=True, **how)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    """An empty desktop."""
    with ExitStack() as stack:
        size = "x".join(map(str, (*SCREEN, 24)))
        command = ["Xvfb", "-displayfd", "1", "-screen", "0", size, "-nolisten", "tcp"]
        server = stack.enter_context(started(command, stdout=subprocess.PIPE))
        assert server.stdout is not None
        number = server.stdout.readline().strip()
        if not number:
            pytest.skip("Xvfb does not start here")
        made = Desktop(f":{number}", tmp_path / "screen.png")
        stack.enter_context(started(["openbox", "--sm-disable"], env=made.environment, stdout=subprocess.DEVNULL))
        yield made


@pytest.fixture
def sit_down(desktop: Desktop) -> Iterator[Callable[..., Sitting]]:
    """Open the program; whatever of it is still there afterwards is ended."""
    made: list[Sitting] = []

    def sit(*arguments: str) -> Sitting:
        made.append(Sitting(desktop, list(arguments)))
        return made[-1]

    yield sit
    for sitting in made:
        if sitting.process.poll() is None:
            children = psutil.Process(sitting.process.pid).children(recursive=True)
            sitting.process.send_signal(signal.SIGKILL)
            sitting.process.wait()
            psutil.wait_procs(children, timeout=QUIT_SECONDS)


@pytest.fixture
def weights_file() -> Iterator[Path]:
    """Weights that pass for trained ones: they make a segment that begins in the middle of the demo."""
    from safetensors.torch import save_file

    folder = Path(os.environ["LAV_MODELS"])
    folder.mkdir(parents=True)
    file = folder / "lvnet.session.safetensors"
    save_file(untrained_state("lvnet"), file)
    weights = replace(
        UNTRAINED,
        name="lvnet.session",
        sha256=files_sha256([file]),
        trained=True,
        files=(file,),
        calibration=Calibration(60.0, -60.0 * 1.315, "made up"),
        operating_points=(OperatingPoint(0.5, 0.05, (0.02, 0.1), 0.9, (0.8, 0.95)),),
        envelope=Envelope((40, 800), (0, 1e6), (0, 50), ("h264",)),
    )
    save_card(weights, folder)
    yield file
    file.unlink()


@pytest.fixture
def settings_file(weights_file: Path) -> Path:
    """Settings for a quick analysis."""
    path = Path(os.environ["XDG_CONFIG_HOME"]) / "lav" / "settings.toml"
    analysis = AnalysisSettings(
        model=weights_file.stem,
        device="cpu",
        sampling=Sampling.parse(f"every:{SAMPLED}"),
        contributions_every=0,
        smoothing_seconds=0.0,
    )
    save_settings(Settings(analysis, language="en", theme="light"), path)
    return path


def read_case(look: Callable[[Case], Found]) -> Found | None:
    """Look into the one case there is, while the window may write it; None while there is none to be read."""
    for path in Path(os.environ["LAV_CASES"]).glob("*.lav"):
        try:
            with Case.open(path, read_only=True) as case:
                return look(case)
        except LavError:  # it is just being made
            return None
    return None


def by_frame(notes: tuple[Note, ...]) -> list[int]:
    """The frames of notes or markers."""
    return sorted(note.frame_index for note in notes if note.frame_index is not None)


def differs(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures of the screen differ by more than a blinking cursor would."""
    changed = ImageChops.difference(one, other).convert("L").point(lambda value: 255 if value > 8 else 0)
    return changed.histogram()[255] > 10_000


def analyze(desktop: Desktop, sitting: Sitting, video: Path) -> None:
    """Open the video by the dialog and analyze it."""
    desktop.answer_dialog("Open a video or a case", "ctrl+o", str(video))
    sitting.wait_for_title(video.name)
    desktop.wait("a run", lambda: read_case(lambda case: case.runs()), lambda: desktop.press("ctrl+Return"))
    desktop.wait(
        "the end of the run", lambda: read_case(lambda case: case.runs()[0].state is RunState.FINISHED), patience=150
    )
    sitting.wait_for_results()


def scrub_and_mark(desktop: Desktop, sitting: Sitting) -> list[int]:
    """Drag over the timeline there and back, with a marker at either end; return the marked frames."""
    sitting.scrub(FIRST_TIMELINE, LAST_TIMELINE)
    desktop.press("shift+m")
    (high,) = desktop.wait("a marker", lambda: read_case(lambda case: by_frame(case.markers())))
    sitting.scrub(LAST_TIMELINE, FIRST_TIMELINE)
    desktop.press("shift+m")
    desktop.wait("two markers", lambda: read_case(lambda case: len(case.markers()) == 2))
    low, again = read_case(lambda case: by_frame(case.markers())) or (0, 0)
    assert 0 < low < again == high < 55, "the frame on screen follows the hand"
    return [low, high]


def note_on_segment(desktop: Desktop) -> None:
    """Select the second face, go to its segment and write a note there."""
    desktop.press("t", "t", "Prior", "Home", "Next", "n")
    desktop.wait("the sheet of the note", lambda: desktop.window("New note"))
    desktop.do("type", "--delay", 10, "the mouth is blurred")
    desktop.press("ctrl+Return")
    (note,) = desktop.wait("the note", lambda: read_case(lambda case: case.notes()))
    assert (note.text, note.frame_index, note.last_frame) == ("the mouth is blurred", ITS_SEGMENT, None)


def leave_out_and_undo(desktop: Desktop) -> None:
    """Leave the selected face out, take that back, take the note back too, and have it again."""
    desktop.press("Delete")
    (edit,) = desktop.wait("the face to be left out", lambda: read_case(lambda case: case.track_edits(1)))
    assert (edit.kind, edit.track_id) == ("exclude", SECOND_FACE)
    desktop.press("ctrl+z")
    desktop.wait("the face to be back", lambda: read_case(lambda case: not case.track_edits(1)))
    desktop.press("ctrl+z")
    desktop.wait("the note to be gone", lambda: read_case(lambda case: not case.notes()))
    desktop.press("ctrl+shift+z")
    desktop.wait("the note to be back", lambda: read_case(lambda case: case.notes()))


def test_a_session_is_there_again_when_its_case_is_reopened(
    desktop: Desktop, sit_down: Callable[..., Sitting], settings_file: Path, demo_clip: Path, tmp_path: Path
) -> None:
    video = tmp_path / "swap fake.mp4"
    shutil.copy(demo_clip, video)
    sitting = sit_down()
    analyze(desktop, sitting, video)
    marked = scrub_and_mark(desktop, sitting)
    note_on_segment(desktop)
    leave_out_and_undo(desktop)
    before = desktop.resting_shot()
    desktop.press("2")  # in any event: late paint of what was done before is a difference too
    desktop.wait("another view", lambda: differs(before, desktop.shot()), lambda: desktop.press("2"))
    sitting.quit()
    assert load_settings(settings_file).picture == PictureSettings(view="residual")

    (case_path,) = Path(os.environ["LAV_CASES"]).glob("*.lav")
    sitting = sit_down(str(case_path))
    sitting.wait_for_title(f"{video.name} – {case_path.name}")
    sitting.wait_for_results()
    places = sorted([*marked, ITS_SEGMENT])
    desktop.press("Home", *["ctrl+Next"] * len(places), "shift+m")
    desktop.wait("the new marker", lambda: read_case(lambda case: len(case.markers()) == 3))
    desktop.shot().save(tmp_path / "reopened.png")
    sitting.quit()

    with Case.open(case_path, read_only=True) as case:
        assert by_frame(case.markers()) == sorted([*marked, places[-1]]), "the window knows the notes it reopened"
        assert by_frame(case.notes()) == [ITS_SEGMENT]
        (run,) = case.runs()
        assert (run.state, case.done_indices(run.run_id).tolist()) == (RunState.FINISHED, list(range(0, 56, SAMPLED)))
        assert case.track_edits(run.run_id) == ()
        actions = [entry.action for entry in case.audit_log()]
        assert [actions.count(name) for name in (UNDO, REDO, "track_edit.add", "note.add")] == [2, 1, 1, 4]
        assert case.verify_log()
