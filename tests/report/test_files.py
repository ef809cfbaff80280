from pathlib import Path
from typing import IO

import pytest

from lav_gui.errors import ReportError
from lav_gui.report.files import in_memory, write_whole


def test_a_file_is_written_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.txt", lambda stream: stream.write(b"new"))
    assert (tmp_path / "a.txt").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_an_older_file_stays_when_writing_fails(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")

    def fail(stream: IO[bytes]) -> None:
        stream.write(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(ReportError, match=r"a\.txt cannot be written: No space left on device"):
        write_whole(tmp_path / "a.txt", fail)
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_missing_folder_gives_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="choose another place"):
        write_whole(tmp_path / "nowhere" / "a.txt", lambda stream: stream.write(b"x"))


def test_in_memory_gives_what_would_be_written() -> None:
    assert in_memory(lambda stream: stream.write(b"abc")) == b"abc"
