import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.sets import records
from lav_gui.training.sets.index import FaceRow
from lav_gui.training.sets.patches import write_png
from lav_gui.training.sets.records import Face, SourceRecord
from lav_gui.training.sets.settings import PrepareSettings
from lav_gui.training.sets.sources import MaskRule, Problem, Source

SOURCE = Source(Path("a.mp4"), 1, "FF++", "Deepfakes", "c40", "183_253", "183")


def test_a_record_comes_back_as_it_was(tmp_path: Path, make_row: Callable[..., FaceRow]) -> None:
    record = SourceRecord("k", "f", (Face(make_row(), (1, 2, 30, 40), "ff00"),), (Problem("a", "b"),), ("a note",))
    path = records.record_path(tmp_path, SOURCE)
    records.write_record(path, record)
    assert records.read_record(path) == record
    assert [p.suffix for p in path.parent.iterdir()] == [".json"]


@pytest.mark.parametrize("text", ["", "{", '{"key": "k"}', '{"key":1,"fingerprint":2,"faces":[{}],"problems":[]}'])
def test_half_a_record_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "r.json").write_text(text)
    assert records.read_record(tmp_path / "r.json") is None
    assert records.read_record(tmp_path / "gone.json") is None


def test_a_record_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(TrainingError, match="cannot be written"):
        records.write_record(tmp_path / "file" / "r.json", SourceRecord("k", "f", (), ()))


def test_each_source_has_a_folder_of_its_own_though_names_are_odd() -> None:
    names = ["a/b", "a_b", "ä:b", "x" * 300]
    folders = {records.folder_of(replace(SOURCE, name=name)) for name in names}
    assert len(folders) == len(names)
    assert all(len(Path(folder).name) < 80 for folder in folders)


def test_the_fingerprint_changes_with_all_that_shapes_the_faces(tmp_path: Path) -> None:
    source = replace(SOURCE, path=tmp_path / "a.mp4", mask=MaskRule.parse("m_{frame}.png", tmp_path))
    source.path.write_bytes(b"one")
    settings = PrepareSettings()
    before = records.fingerprint(source, settings, "x")
    assert records.fingerprint(replace(source, split="val", group="g"), replace(settings, workers=2), "x") == before
    changed = [
        records.fingerprint(source, replace(settings, frames=3), "x"),
        records.fingerprint(source, settings, "y"),
        records.fingerprint(replace(source, label=0), settings, "x"),
    ]
    (tmp_path / "m_3.png").touch()
    changed.append(records.fingerprint(source, settings, "x"))
    (tmp_path / "m_3.png").write_bytes(b"another mask")
    changed.append(records.fingerprint(source, settings, "x"))
    os.utime(tmp_path / "m_3.png", (7, 7))
    changed.append(records.fingerprint(source, settings, "x"))
    source.path.write_bytes(b"another")
    changed.append(records.fingerprint(source, settings, "x"))
    assert len({before, *changed}) == 8


def test_faces_of_an_original_come_back_in_frame_pixels(tmp_path: Path, make_row: Callable[..., FaceRow]) -> None:
    image = np.random.default_rng(0).integers(0, 256, (38, 29, 3), dtype=np.uint8)
    write_png(tmp_path / "a.png", image)
    record = SourceRecord("k", "f", (Face(make_row(), (100, 50, 129, 88), "0"),), ())
    (cut,) = records.cuts_of(tmp_path, record)
    assert cut.box_xyxy == (110, 58, 130, 84)
    assert cut.points[1].tolist() == [102, 53]
    np.testing.assert_array_equal(cut.image, image)


def test_a_patch_that_is_gone_is_named(tmp_path: Path, make_row: Callable[..., FaceRow]) -> None:
    record = SourceRecord("k", "f", (Face(make_row(), (0, 0, 9, 9), "0"),), ())
    with pytest.raises(TrainingError, match=r"a\.png is gone"):
        records.cuts_of(tmp_path, record)
