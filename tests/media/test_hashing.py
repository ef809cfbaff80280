"""The digests of a file are those of its bytes, and reading leaves no trace."""

import hashlib

import pytest

from lav_gui.errors import MediaError
from lav_gui.media.hashing import hash_file, hash_steps


def test_digests_are_those_of_the_bytes(tmp_path) -> None:
    content = bytes(range(256)) * 300
    path = tmp_path / "evidence.bin"
    path.write_bytes(content)
    hashes = hash_file(path)
    assert hashes.sha256 == hashlib.sha256(content).hexdigest()
    assert hashes.md5 == hashlib.md5(content).hexdigest()


def test_steps_tell_how_many_bytes_were_read(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("lav_gui.media.hashing._CHUNK_BYTES", 1000)
    path = tmp_path / "evidence.bin"
    path.write_bytes(bytes(2500))
    assert list(hash_steps(path)) == [1000, 2000, 2500]


def test_hashing_changes_nothing(tmp_path) -> None:
    path = tmp_path / "evidence.bin"
    path.write_bytes(b"untouched")
    path.chmod(0o444)
    before = path.stat()
    hash_file(path)
    after = path.stat()
    assert path.read_bytes() == b"untouched"
    assert (before.st_mtime_ns, before.st_mode, before.st_size) == (after.st_mtime_ns, after.st_mode, after.st_size)


def test_a_file_that_grows_meanwhile_is_refused(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("lav_gui.media.hashing._CHUNK_BYTES", 1000)
    path = tmp_path / "growing.mp4"
    path.write_bytes(bytes(2500))
    steps = hash_steps(path)
    next(steps)
    with path.open("ab") as file:
        file.write(b"more")
    with pytest.raises(MediaError, match=r"growing\.mp4 changed while it was read"):
        list(steps)


def test_a_missing_file_is_one_sentence(tmp_path) -> None:
    with pytest.raises(MediaError, match=r"gone\.mp4 does not exist"):
        hash_file(tmp_path / "gone.mp4")
