#!/usr/bin/env python3
"""Set-up, run, test: the two commands of the README, with the standard library alone.

    python3 packaging/dev.py run [VIDEO] [--headless]   analyze the bundled demo (or VIDEO) in the window
    python3 packaging/dev.py test [PYTEST ARGUMENTS]    all checks and all tests
    python3 packaging/dev.py check                      the linters alone
    python3 packaging/dev.py benchmark                  frames per second, seek times, start-up, memory
    python3 packaging/dev.py screenshots                pictures of the window's main states, in out/screenshots
    python3 packaging/dev.py lock                       make the lock file anew from pyproject.toml
    python3 packaging/dev.py translations               bring the window's translations in step, list what is missing
    python3 packaging/dev.py weights DATA WORK          make the shipped weights anew from their data (hours)

Each makes `.venv` and installs the locked, hash-checked dependencies first; a second call starts in seconds.
"""

import argparse
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "packaging" / "requirements.lock"
STAMP = VENV / "lav-installed"
OUT = ROOT / "out"

# what must be on the system: (shared library or program, its Debian package)
WINDOW_LIBRARIES = [
    ("libEGL.so.1", "libegl1"),
    ("libGL.so.1", "libgl1"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-image.so.0", "libxcb-image0"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-randr.so.0", "libxcb-randr0"),
    ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libpulse.so.0", "libpulse0"),
]
TEST_PROGRAMS = [
    ("ffmpeg", "ffmpeg"),
    ("pdftotext", "poppler-utils"),
    ("Xvfb", "xvfb"),
    ("xdotool", "xdotool"),
    ("openbox", "openbox"),
]


def main() -> int:
    """Parse the command line and do the one thing that was asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="analyze the demo or a video")
    run.add_argument("video", nargs="?", type=Path)
    run.add_argument("--headless", action="store_true", help="on the command line, without a window")
    test = commands.add_parser("test", help="all checks and tests")
    test.add_argument("pytest_arguments", nargs="*", metavar="ARGUMENT")
    for name in ("check", "benchmark", "screenshots", "lock", "translations", "weights"):
        commands.add_parser(name)
    options, rest = parser.parse_known_args()
    if rest and options.command not in ("test", "weights", "screenshots"):
        parser.error(f"unknown argument: {rest[0]}")
    if options.command == "lock":
        return lock()
    install()
    if options.command == "run":
        return run_program(options.video, options.headless)
    if options.command == "check":
        return check()
    if options.command == "benchmark":
        return call(str(PYTHON), "-m", "tests.benchmarks.run")
    if options.command == "screenshots":
        return call(str(PYTHON), "-m", "tests.end_to_end.screenshots", *rest)
    if options.command == "translations":
        return call(str(PYTHON), str(ROOT / "packaging" / "translate.py"))
    if options.command == "weights":
        return call(str(PYTHON), str(ROOT / "packaging" / "weights" / "make.py"), *rest)
    want(TEST_PROGRAMS, have=lambda name: shutil.which(name) is not None, purpose="some tests")
    return check() or call(str(PYTHON), "-m", "pytest", *options.pytest_arguments, *rest)


def install() -> None:
    """Make the virtual environment match the lock file, unless it does already."""
    if sys.version_info < (3, 11):  # noqa: UP036  this very file is started by whatever Python is at hand
        sys.exit(f"LAV needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    if sys.platform == "linux":
        want(WINDOW_LIBRARIES, have=has_library, purpose="the window")
    wanted = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    print("Setting up .venv; the first time this takes a few minutes.", flush=True)
    try:
        venv.create(VENV, with_pip=True)
    except subprocess.CalledProcessError:
        sys.exit("Python cannot make virtual environments here; on Debian: apt-get install python3-venv")
    pip = (str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    done = call(*pip, "--require-hashes", "-r", str(LOCK)) or call(
        *pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)
    )
    if done != 0:
        sys.exit("The dependencies could not be installed; the lines above say why.")
    STAMP.write_text(wanted)


def run_program(video: Path | None, headless: bool) -> int:
    """Show the demo (or the video) in a window, or analyze it on the command line."""
    video = video or ROOT / "resources" / "demo" / "swap_fake.mp4"
    if not headless and has_display():
        return call(str(PYTHON), "-m", "lav_gui", "gui", str(video), "--analyze")
    OUT.mkdir(exist_ok=True)
    case, pdf, json = (OUT / f"{video.stem}{suffix}" for suffix in (".lav", ".pdf", ".json"))
    print(f"No window: analyzing {video.name} on the command line.", flush=True)
    result = call(
        *(str(PYTHON), "-m", "lav_gui", "analyze", str(video)),
        *("--case", str(case), "--pdf", str(pdf), "--json", str(json)),
    )
    if result == 0:
        print(f"Case:   {case}\nReport: {pdf}\nJSON:   {json}")
    return result


def check() -> int:
    """Run the linters; the first that complains ends it."""
    sources = ["lav_gui", "model_zoo", "packaging", "tests"]
    return (
        call(str(BIN / "ruff"), "format", "--check", "--quiet", *sources)
        or call(str(BIN / "ruff"), "check", "--quiet", *sources)
        or call(str(PYTHON), "-m", "mypy")
        or call(str(BIN / "lint-imports"))
    )


def lock() -> int:
    """Resolve pyproject.toml for all platforms into the lock file, with hashes."""
    if shutil.which("uv") is None:
        sys.exit("The lock file is made by uv; install it first (pip install uv).")
    return call(
        *("uv", "pip", "compile", "pyproject.toml", "--group", "dev", "--universal", "--generate-hashes"),
        *("--python-version", "3.11", "--no-emit-index-url", "--quiet", "--output-file", str(LOCK)),
        *("--custom-compile-command", "python3 packaging/dev.py lock"),
    )


def want(needs: list[tuple[str, str]], have: Callable[[str], bool], purpose: str) -> None:
    """Tell which system packages are missing, and install them where that is allowed (Debian, as root)."""
    missing = sorted({package for name, package in needs if not have(name)})
    if not missing:
        return
    print(f"Missing on this system for {purpose}: {' '.join(missing)}", flush=True)
    install_command = ("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *missing)
    if shutil.which("apt-get") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        print(f"On Debian or Ubuntu: sudo {' '.join(install_command)}")
        return
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    subprocess.run(["apt-get", "update", "--quiet"], check=False, stdout=subprocess.DEVNULL)
    if subprocess.run(install_command, check=False, stdout=subprocess.DEVNULL).returncode != 0:
        print(f"They could not be installed; {purpose} may not work.")


def has_library(name: str) -> bool:
    """Whether the loader finds a shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_display() -> bool:
    """Whether a window can be shown."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def call(*command: str) -> int:
    """Run a program in the repository's root and return its exit code."""
    return subprocess.run(command, check=False, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
