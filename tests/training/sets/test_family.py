from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.sets import family as family_module
from lav_gui.training.sets import records
from lav_gui.training.sets.family import Family, families, work
from lav_gui.training.sets.settings import PrepareSettings
from lav_gui.training.sets.sources import MaskRule, Source

FACE = (100, 40, 140, 100)
SETTINGS = PrepareSettings(frames=2, min_face_px=30)


def _source(path: Path, name: str, pair: str = "") -> Source:
    label = 1 if pair else 0
    return Source(path, label, "d", "swap" if label else "real", "", name, name, pair=pair)


@pytest.fixture
def pair(tmp_path: Path, world) -> Family:
    original = world.film(tmp_path / "o.mkv", [world.paint(1, [FACE])] * 6)
    fake = world.film(tmp_path / "f.mkv", [world.paint(1, [], forged=[FACE])] * 6)
    return Family((_source(original, "o"), _source(fake, "f", "d/real//o")))


def _record(out: Path, source: Source) -> records.SourceRecord:
    record = records.read_record(records.record_path(out, source))
    assert record is not None
    return record


def test_an_original_comes_before_its_fakes_and_a_fake_without_one_is_alone(tmp_path: Path) -> None:
    fake, other = _source(tmp_path, "f", "d/real//o"), _source(tmp_path, "x", "d/real//gone")
    original = _source(tmp_path, "o")
    assert families([fake, other, original]) == (Family((original, fake)), Family((other,)))


def test_a_family_shares_the_frames_that_have_masks(tmp_path: Path) -> None:
    for number in (7, 3):
        (tmp_path / f"m_{number}.png").touch()
    fake = replace(_source(tmp_path, "f", "d/real//o"), mask=MaskRule.parse("m_{frame}.png", tmp_path))
    assert Family((_source(tmp_path, "o"), fake)).masked == [3, 7]


def test_rows_of_a_pair_share_boxes_and_name_the_original(tmp_path: Path, pair: Family) -> None:
    done = list(work(pair, tmp_path / "out", SETTINGS))
    assert [(one.faces, one.done_before) for one in done] == [(2, False), (2, False)]
    real, fake = (_record(tmp_path / "out", source).faces for source in pair.sources)
    assert [face.row.box_xyxy for face in real] == [face.row.box_xyxy for face in fake]
    assert [face.row.pair for face in fake] == ["d/real//o"] * 2
    assert [face.row.pair for face in real] == ["", ""]
    assert real[0].row.video == fake[0].row.pair
    assert all((tmp_path / "out" / face.row.patch).is_file() for face in (*real, *fake))


def test_what_is_done_is_not_done_again(tmp_path: Path, pair: Family, world) -> None:
    list(work(pair, tmp_path / "out", SETTINGS))
    looked = world.detector.looked
    assert [one.done_before for one in work(pair, tmp_path / "out", SETTINGS)] == [True, True]
    assert world.detector.looked == looked


def test_a_fake_that_comes_later_gets_the_boxes_of_the_finished_original(tmp_path: Path, pair: Family, world) -> None:
    list(work(pair, tmp_path / "out", SETTINGS))
    first = _record(tmp_path / "out", pair.sources[1])
    records.record_path(tmp_path / "out", pair.sources[1]).unlink()
    looked = world.detector.looked
    assert [one.done_before for one in work(pair, tmp_path / "out", SETTINGS)] == [True, False]
    assert world.detector.looked == looked
    assert _record(tmp_path / "out", pair.sources[1]) == first


def test_other_settings_do_all_again(tmp_path: Path, pair: Family) -> None:
    list(work(pair, tmp_path / "out", SETTINGS))
    again = list(work(pair, tmp_path / "out", replace(SETTINGS, frames=3)))
    assert [(one.faces, one.done_before) for one in again] == [(3, False), (3, False)]
    folder = tmp_path / "out" / records.folder_of(pair.sources[0])
    assert len(list(folder.iterdir())) == 3


def test_a_source_killed_in_the_middle_leaves_nothing_that_counts(
    tmp_path: Path, pair: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    real_write = family_module.write_png

    def die(path: Path, image: np.ndarray) -> None:
        if "000004" in path.name:
            raise KeyboardInterrupt
        real_write(path, image)

    with monkeypatch.context() as patched:
        patched.setattr(family_module, "write_png", die)
        with pytest.raises(KeyboardInterrupt):
            list(work(pair, out, SETTINGS))
    assert not list(out.glob("records/*.json"))
    assert not (out / records.folder_of(pair.sources[0])).exists()
    assert [one.faces for one in work(pair, out, SETTINGS)] == [2, 2]
    assert not list(out.rglob("*.partial"))


def test_a_broken_original_is_named_and_its_fake_stands_alone(tmp_path: Path, pair: Family) -> None:
    pair.sources[0].path.write_text("broken")
    done = list(work(pair, tmp_path / "out", SETTINGS))
    assert [one.faces for one in done] == [0, 2]
    assert "o.mkv" in str(done[0].problems[0])
    assert _record(tmp_path / "out", pair.sources[1]).faces[0].row.pair == ""


def test_a_folder_that_cannot_be_written_stops_the_work(tmp_path: Path, pair: Family) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "patches").write_text("in the way")
    with pytest.raises(TrainingError, match="cannot be written"):
        list(work(pair, tmp_path / "out", SETTINGS))
