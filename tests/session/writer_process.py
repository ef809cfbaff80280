"""Runs in a child process of the tests: opens a case as told and works on it, a line on stdout after each step.

Usage: writer_process.py CASE MODE, with MODE one of
    append, append-without-wal   go on with the first run, a frame every 5 ms, until killed
    log                          make or open the case, log a line, close; five times
    window                       open as a window, say whether it is read-only and why, wait for a line on stdin, close
"""

import sys
import time
from fractions import Fraction
from pathlib import Path

import numpy as np

from lav_gui.records import FaceResult, FrameResult
from lav_gui.session import Case, database


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def append(case: Case) -> None:
    first = case.runs()[0]
    run = case.start_run(first.evidence_id, first.settings, first.weights, first.software, first.planned)
    done = set(case.done_indices(run.run_id).tolist())
    heatmap = np.full((19, 19), 0.5, dtype=np.float16)
    for index in run.planned.tolist():
        if index in done:
            continue
        face = FaceResult(1, (0.0, 0.0, 9.0, 9.0), None, np.eye(2, 3), 9.0, 1.0, index / 3, 0.5, heatmap, None)
        case.append(run.run_id, FrameResult(index, index, Fraction(1, 30), "P", "00" * 32, (face,)))
        say(f"{index} {time.monotonic()}")
        time.sleep(0.005)


def main(path: Path, mode: str) -> None:
    if mode == "append-without-wal":
        database.is_network_path = lambda _: True
    if mode == "log":
        for _ in range(5):
            with Case.open(path, create=True) as case:
                case.log("child.step")
        return
    with Case.open(path, window=mode == "window") as case:
        if mode == "window":
            say(f"{case.read_only} {case.read_only_reason}")
            sys.stdin.readline()
        else:
            append(case)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
