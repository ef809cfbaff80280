from pathlib import Path

import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.sets.adapters import table
from lav_gui.training.sets.sources import MaskKind, MaskRule


def _write(folder: Path, text: str) -> Path:
    for name in ("a.mp4", "b.mp4", "c.jpg", "c.mp4"):
        (folder / name).touch()
    (folder / "t.csv").write_text(text)
    return folder / "t.csv"


def test_path_and_label_suffice(tmp_path: Path) -> None:
    found = table.find(_write(tmp_path, "path,label\na.mp4,0\nb.mp4,FAKE\n"))
    real, fake = found.sources
    assert (real.path, real.label, real.method, real.dataset, real.identity) == (
        tmp_path / "a.mp4",
        0,
        "real",
        "t",
        "a",
    )
    assert (fake.label, fake.method) == (1, "fake")
    assert not found.problems


def test_all_columns_are_read_and_the_pair_is_found_by_its_path(tmp_path: Path) -> None:
    text = (
        "path,label,mask,identity,other_identity,group,pair,dataset,method,compression,split\n"
        "b.mp4,1,m_{frame:04d}.png,p,q,g,a.mp4,D,swap,c23,val\n"
        "a.mp4,0,,p,,,,D,,c23,\n"
    )
    fake, real = table.find(_write(tmp_path, text)).sources
    assert fake.mask == MaskRule(MaskKind.PATTERN, str(tmp_path / "m_{frame:04d}.png"))
    assert (fake.identity, fake.other_identity, fake.group, fake.split) == ("p", "q", "g", "val")
    assert fake.pair == real.key == "D/real/c23/a"


def test_bad_rows_are_named_with_their_line(tmp_path: Path) -> None:
    text = "path,label,split\na.mp4,2,\n,0,\ngone.mp4,0,\nt.csv,0,\nb.mp4,0,dev\nc.mp4,1,\nc.mp4,1,\n"
    found = table.find(_write(tmp_path, text))
    assert [source.path.name for source in found.sources] == ["c.mp4"]
    assert [(problem.where, problem.what.split(" ", 1)[1][:14]) for problem in found.problems] == [
        ("t.csv line 2", "has the label "), ("t.csv line 3", "path is empty"), ("t.csv line 4", "does not exist"),
        ("t.csv line 5", "is neither a v"), ("t.csv line 6", "has the split "), ("t.csv line 8", "is listed twic"),
    ]  # fmt: skip


def test_a_pair_that_is_not_listed_is_a_problem(tmp_path: Path) -> None:
    found = table.find(_write(tmp_path, "path,label,pair\na.mp4,1,x.mp4\n"))
    assert found.sources[0].pair == ""
    assert "x.mp4 is not in t.csv" in found.problems[0].what


def test_a_picture_and_a_video_of_one_name_are_two_sources(tmp_path: Path) -> None:
    found = table.find(_write(tmp_path, "path,label\nc.jpg,0\nc.mp4,0\n"))
    assert [source.name for source in found.sources] == ["c.jpg", "c.mp4"]


def test_a_mask_of_a_real_is_not_used(tmp_path: Path) -> None:
    found = table.find(_write(tmp_path, "path,label,mask\na.mp4,0,m.png\n"))
    assert found.sources[0].mask.kind is MaskKind.NONE


@pytest.mark.parametrize("text", ["label\n0\n", "path,label,lable\na.mp4,0,1\n", ""])
def test_a_table_of_other_columns_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(TrainingError, match="must have the columns path and label"):
        table.find(_write(tmp_path, text))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"path,label\n\xff\xfe\n")
    with pytest.raises(TrainingError, match="cannot be read"):
        table.find(tmp_path / "t.csv")


def test_only_a_csv_file_is_a_table(tmp_path: Path) -> None:
    assert table.detect(_write(tmp_path, ""))
    assert not table.detect(tmp_path)
    assert not table.detect(tmp_path / "a.mp4")
