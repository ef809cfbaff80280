"""The pace is kept, and a spoilt file does no harm."""

from pathlib import Path

from lav_gui.ui.pace import Pace, load_pace, pace_path, save_pace


def test_a_pace_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "pace.json"
    save_pace(path, Pace(0.25, "cpu"))
    assert load_pace(path) == Pace(0.25, "cpu")


def test_without_a_file_there_is_none(tmp_path: Path) -> None:
    assert load_pace(tmp_path / "none.json") is None


def test_a_spoilt_file_counts_as_none(tmp_path: Path) -> None:
    path = tmp_path / "pace.json"
    for text in ("{", "[]", '{"device": 1}', "null"):
        path.write_text(text)
        assert load_pace(path) is None


def test_a_place_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    save_pace(blocked / "pace.json", Pace(1, "cpu"))


def test_the_pace_lies_in_the_users_cache() -> None:
    assert pace_path().name == "pace.json"
