"""A process is known by computer, id and start time."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from lav_gui.session import identity
from lav_gui.session.identity import ProcessMark, actor, own_mark


def test_this_process_is_alive_and_its_mark_comes_back_from_text() -> None:
    mark = own_mark()
    assert mark.pid == os.getpid()
    assert mark.is_alive() is True
    assert ProcessMark.from_text(mark.to_text()) == mark


def test_a_process_that_ended_is_dead() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    mark = replace(own_mark(), pid=child.pid)
    child.wait()
    assert mark.is_alive() is False


@pytest.mark.skipif(not hasattr(os, "waitid"), reason="this system cannot wait for a process and leave it there")
def test_a_process_that_was_killed_and_not_yet_collected_is_dead() -> None:
    child = subprocess.Popen([sys.executable, "-c", "print(flush=True); input()"], stdin=-1, stdout=-1)
    child.stdout.readline()
    started = identity.psutil.Process(child.pid).create_time()
    mark = replace(own_mark(), pid=child.pid, started=started)
    assert mark.is_alive() is True
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert mark.is_alive() is False
    child.communicate()


def test_another_process_that_got_the_same_id_later_does_not_count() -> None:
    assert replace(own_mark(), started=own_mark().started - 60).is_alive() is False


def test_a_process_of_another_computer_cannot_be_asked() -> None:
    assert replace(own_mark(), host="another computer").is_alive() is None


def test_the_actor_is_named_even_where_the_system_knows_no_user(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise OSError("No username set in the environment")

    monkeypatch.setattr(identity.getpass, "getuser", lambda: "李")
    assert actor().startswith("李@")
    monkeypatch.setattr(identity.getpass, "getuser", nobody)
    assert actor().startswith("unknown@")
