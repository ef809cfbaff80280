"""An evidence record says where the file lay, what it weighs, what it hashes to and what it is."""

from datetime import UTC

import pytest

from lav_gui.errors import MediaError
from lav_gui.media.hashing import hash_file
from lav_gui.media.inspect import inspect_file
from lav_gui.settings import ColorPolicy


def test_evidence_is_complete(make_clip, recipe) -> None:
    path = make_clip(recipe("evidence.mp4"))
    evidence = inspect_file(path, ColorPolicy.BT709)
    assert evidence.path == path.absolute()
    assert evidence.file_name == "evidence.mp4"
    assert evidence.bytes == path.stat().st_size
    assert evidence.modified.tzinfo is UTC
    assert evidence.modified.timestamp() == pytest.approx(path.stat().st_mtime)
    assert evidence.hashes == hash_file(path)
    assert evidence.media.frame_count_from_content == 60
    assert evidence.media.color.matrix_used == "bt709"


def test_what_is_no_video_is_no_evidence(tmp_path) -> None:
    path = tmp_path / "letter.mp4"
    path.write_text("a letter")
    with pytest.raises(MediaError, match=r"letter\.mp4"):
        inspect_file(path)


@pytest.mark.shared
def test_the_shared_demo_is_described(shared_dir) -> None:
    evidence = inspect_file(shared_dir / "data" / "swap_cc_by" / "swap_fake.mp4")
    assert evidence.hashes.sha256 == "8b0669c7aee63269a1a129cdbd5644e4db3e3818fbe64dd18d02d2871934458c"
    assert (evidence.media.width, evidence.media.height) == (960, 540)
    assert evidence.media.frame_count_from_content == 56
