"""The tables behind the shipped weights: who is trained on is never who is judged."""

import csv
from pathlib import Path
from types import ModuleType

import pytest

from lav_gui.media.reader import VideoReader

FOLDER = Path(__file__).resolve().parents[2] / "packaging" / "weights"


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(FOLDER)
    import tables

    return tables


@pytest.mark.shared
def test_no_person_and_no_fake_video_is_trained_on_and_judged(tables: ModuleType, shared_dir: Path) -> None:
    rows = tables.clips(shared_dir / "data")
    people = {split: {p for r in rows if r["split"] == split for p in _people(r)} for split in ("train", "val")}
    assert people["train"]
    assert not people["train"] & people["val"]
    assert {row["split"] for row in rows if row["label"] == "1"} == {"val"}


@pytest.mark.shared
def test_the_demos_people_are_one_person_to_the_bootstrap(tables: ModuleType, shared_dir: Path) -> None:
    rows = [row for row in tables.clips(shared_dir / "data") if row.get("group") == tables.DEMO_PEOPLE]
    assert len(rows) == 5
    assert {row["identity"] for row in rows} == {tables.DEMO_PEOPLE}


def _people(row: dict[str, str]) -> set[tuple[str, str]]:
    shown = {row["identity"], row.get("other_identity", ""), row.get("group", "")} - {""}
    return {(row["dataset"], person) for person in shown}


@pytest.mark.shared
def test_every_file_and_original_that_a_table_names_is_there(tables: ModuleType, shared_dir: Path) -> None:
    rows = tables.clips(shared_dir / "data")
    paths = {row["path"] for row in rows}
    assert len(rows) == len(paths) == 84
    assert all(Path(path).is_file() for path in paths)
    assert {row["pair"] for row in rows if row.get("pair")} < paths
    faces = tables.faces(shared_dir / "data")
    assert 0.03 < sum(row["split"] == "val" for row in faces) / len(faces) < 0.07
    assert {row["label"] for row in faces} == {"0"}
    assert len(faces) == 3863


def test_a_table_is_written_with_all_columns(tables: ModuleType, tmp_path: Path) -> None:
    tables.write_table([{"path": "a.mp4", "label": "0"}], tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(newline="") as file:
        assert list(csv.DictReader(file)) == [dict.fromkeys(tables.COLUMNS, "") | {"path": "a.mp4", "label": "0"}]


def test_a_copy_has_the_treatment_of_its_original_and_is_made_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, demo_clip: Path
) -> None:
    monkeypatch.syspath_prepend(FOLDER)
    from reencode import TREATMENTS, reencode

    assert len({treatment.name for treatment in TREATMENTS}) == len(TREATMENTS) == 15
    treatment = next(t for t in TREATMENTS if t.name == "libvpx-vp9 48 x0.5")
    target = tmp_path / f"copy{treatment.suffix}"
    reencode(demo_clip, treatment, target)
    written = target.stat().st_mtime_ns
    reencode(demo_clip, treatment, target)
    assert target.stat().st_mtime_ns == written
    with VideoReader(target) as reader:
        assert (reader.info.codec, reader.info.width, reader.info.height) == ("vp9", 480, 270)
