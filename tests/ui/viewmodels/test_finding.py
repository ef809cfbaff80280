"""Videos are found again where they are, or by their content."""

import os
from pathlib import Path

import pytest

from lav_gui.errors import SessionError
from lav_gui.media.inspect import inspect_file
from lav_gui.session.case import Case
from lav_gui.steps import run_to_end
from lav_gui.ui.viewmodels.finding import find_steps, relink_steps


def test_looking_into_a_large_file_can_be_stopped(clips: list[Path], tmp_path: Path) -> None:
    clips[0].write_bytes(clips[0].read_bytes() + bytes(30_000_000))
    with Case.open(tmp_path / "a.lav", create=True) as case:
        case.add_evidence(inspect_file(clips[0]))
        os.utime(clips[0], (1, 1))
        (row,) = case.evidences()
        assert len(list(find_steps(case, row))) > 3
        steps = find_steps(case, row)
        next(steps)
        next(steps)
        steps.close()
        assert run_to_end(find_steps(case, row)) == clips[0]


def test_a_video_is_found_and_noted_at_its_new_place(clips: list[Path], tmp_path: Path) -> None:
    with Case.open(tmp_path / "a.lav", create=True) as case:
        case.add_evidence(inspect_file(clips[0]))
        (row,) = case.evidences()
        assert run_to_end(find_steps(case, row)) == clips[0]
        moved = clips[0].rename(clips[0].parent / "moved.mp4")
        assert run_to_end(find_steps(case, row)) is None
        with pytest.raises(SessionError):
            run_to_end(relink_steps(case, row, clips[1]))
        assert run_to_end(relink_steps(case, row, moved)) == moved
        assert case.evidences()[0].evidence.path == moved
