"""Runs one of our generators, named "module:function", in a child process and yields what it yields.

The child is a fresh interpreter (*spawn*): it may load torch and CUDA, run out of memory or crash; the caller lives on.
Closing the generator ends the child: it is asked to stop at its next yield, and killed after `STOP_SECONDS`.
If the caller dies, the child sees its pipe close and ends too.
"""

import importlib
import logging
import multiprocessing
import os
import sys
import threading
import traceback
from collections.abc import Generator
from dataclasses import fields, is_dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

import numpy as np
import psutil

from lav_gui.errors import LavError, WorkerError

STOP_SECONDS = 2.0
"""How long a child may take to stop by itself before it is killed; a window that closes is gone within 3 s."""

HEARTBEAT_SECONDS = 0.25
"""How often the generator yields None while the child is silent: a place to stop."""

_log = logging.getLogger(__name__)


def run(entry: str, *args: object) -> Generator[Any, None, Any]:
    """Run a generator function of ours in a child process.

    Parameters
    ----------
    entry : str
        ``package.module:function``; must lie in `lav_gui`.
    *args : object
        Records, paths and plain values; they are pickled.

    Yields
    ------
    object or None
        What the function yields, with its arrays read-only again; None each `HEARTBEAT_SECONDS` in which it is silent.

    Returns
    -------
    object
        What the function returns.

    Raises
    ------
    LavError
        The child's own, with its traceback as a note.
    WorkerError
        If the child failed in an unforeseen way, or died.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_serve, args=(theirs, entry, args), name=f"lav {entry}", daemon=True)
    child.start()
    theirs.close()
    try:
        return (yield from _receive(ours, child))
    finally:
        _end(ours, child)


def _receive(ours: Connection, child: SpawnProcess) -> Generator[Any, None, Any]:
    while True:
        try:
            if not ours.poll(HEARTBEAT_SECONDS):
                yield None
                continue
            kind, value = ours.recv()
        except (EOFError, ConnectionResetError) as error:
            child.join(STOP_SECONDS)
            raise WorkerError(_death_sentence(child.exitcode)) from error
        if kind == "error":
            raise value
        _freeze(value)
        if kind == "return":
            return value
        yield value


def _death_sentence(exit_code: int | None) -> str:
    how = f"signal {-exit_code}" if exit_code is not None and exit_code < 0 else f"exit code {exit_code}"
    return f"The background process ended unexpectedly ({how}); what it had finished is kept, start it again to go on."


def _end(ours: Connection, child: SpawnProcess) -> None:
    """Ask the child to stop, wait, kill; afterwards it is gone in every case."""
    try:
        ours.send("stop")
    except OSError:  # it has gone already
        _log.debug("child %s had closed its pipe", child.pid)
    ours.close()
    child.join(STOP_SECONDS)
    if child.is_alive():
        _log.warning("child %s did not stop within %s s and is killed", child.pid, STOP_SECONDS)
        child.kill()
        child.join()
    child.close()


def _freeze(value: object) -> None:
    """Set the arrays in a record read-only again: pickling loses the flag."""
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
    elif isinstance(value, tuple):
        for item in value:
            _freeze(item)
    elif is_dataclass(value):
        for each in fields(value):
            _freeze(getattr(value, each.name))


def _serve(pipe: Connection, entry: str, args: tuple[object, ...]) -> None:
    """Run the generator and send home what happens; the child's main function."""
    _lower_priority()
    stop = threading.Event()
    threading.Thread(target=_listen, args=(pipe, stop), daemon=True).start()
    try:
        _send_all(pipe, _resolve(entry, args), stop)
    except LavError as error:
        error.add_note(traceback.format_exc())
        _send(pipe, ("error", error))
    except Exception as error:  # noqa: BLE001  the child's entry is one of the three places that catch all
        home = WorkerError(
            f"The background process met an error that it did not expect; report it: {type(error).__name__}: {error}"
        )
        home.add_note(traceback.format_exc())
        _send(pipe, ("error", home))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # libraries with their own threads (CUDA, OpenMP) may hang or crash in a regular exit


def _send_all(pipe: Connection, steps: Generator[Any, None, Any], stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            value = next(steps)
        except StopIteration as end:
            _send(pipe, ("return", end.value))
            return
        _send(pipe, ("yield", value))
    steps.close()


def _send(pipe: Connection, message: tuple[str, object]) -> None:
    try:
        pipe.send(message)
    except OSError:  # the caller has gone; `_listen` ends us
        _log.debug("nobody listens any more")


def _listen(pipe: Connection, stop: threading.Event) -> None:
    """Wait for the word to stop, or for the caller's death; then give the generator a moment and end."""
    try:
        pipe.recv()
    except (EOFError, OSError):
        _log.debug("the caller has gone")
    stop.set()
    threading.Event().wait(STOP_SECONDS)
    os._exit(1)


def _resolve(entry: str, args: tuple[object, ...]) -> Generator[Any, None, Any]:
    module, _, function = entry.partition(":")
    if not module.startswith("lav_gui."):
        raise WorkerError(f"{entry} is not one of this program's functions; install LAV again.")
    steps: Generator[Any, None, Any] = getattr(importlib.import_module(module), function)(*args)
    return steps


def _lower_priority() -> None:
    """The window goes first: run below normal priority."""
    psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else 10)
