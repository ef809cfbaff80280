import json
from dataclasses import replace
from pathlib import Path

import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.sets import place, records
from lav_gui.training.sets.card import Origin, SetCard, write_card
from lav_gui.training.sets.records import SourceRecord
from lav_gui.training.sets.sources import Source


def _card(out: Path, *roots: Path) -> None:
    origins = tuple(Origin("table", str(root), "") for root in roots)
    write_card(out / "card.json", SetCard("set", "now", origins, (), (), "", (), ()))


def _source(name: str) -> Source:
    return Source(Path(name), 0, "d", "real", "", name, name)


def test_a_set_may_be_gone_on_with_and_get_more_data_but_no_other(tmp_path: Path) -> None:
    a, b, out = tmp_path / "a", tmp_path / "b", tmp_path / "set"
    place.claim(out, [a])
    place.claim(out, [a])
    place.claim(out, [b, tmp_path / "x" / ".." / "a"])
    with pytest.raises(TrainingError, match=r"holds a set made from .*b; name that too, or choose another folder\."):
        place.claim(out, [a])


def test_of_a_complete_set_the_card_tells_the_data(tmp_path: Path) -> None:
    a, b, out = tmp_path / "a", tmp_path / "b", tmp_path / "set"
    place.claim(out, [a, b])
    _card(out, a)
    place.claim(out, [a])
    with pytest.raises(TrainingError, match="made from"):
        place.claim(out, [b])


def test_a_packed_set_and_a_folder_that_cannot_be_used_are_refused(tmp_path: Path) -> None:
    _card(tmp_path, tmp_path / "a")
    with pytest.raises(TrainingError, match="packed set"):
        place.claim(tmp_path, [tmp_path / "a"])
    (tmp_path / "file").touch()
    with pytest.raises(TrainingError, match="cannot be made"):
        place.claim(tmp_path / "file", [tmp_path / "a"])
    place.claim(tmp_path / "set", [tmp_path / "a"])
    (tmp_path / "set" / records.RECORDS / place.ROOTS_NAME).write_text("{")
    with pytest.raises(TrainingError, match=r"roots\.json cannot be read"):
        place.claim(tmp_path / "set", [tmp_path / "a"])


def test_what_no_source_of_the_set_owns_is_removed(tmp_path: Path) -> None:
    kept, failed, gone = _source("kept"), _source("failed"), _source("gone")
    place.claim(tmp_path, [tmp_path])
    for source in (kept, failed, gone):
        (tmp_path / records.folder_of(source)).mkdir(parents=True)
        (tmp_path / records.folder_of(source) / "f.png").touch()
    (tmp_path / (records.folder_of(kept) + ".partial")).mkdir()
    for source in (kept, gone):
        records.write_record(records.record_path(tmp_path, source), SourceRecord(source.key, "", (), ()))
    assert place.remove_unnamed(tmp_path, [kept, failed]) == 3
    assert [path.name for path in (tmp_path / "patches").glob("*/*/*")] == [Path(records.folder_of(kept)).name]
    assert {path.name for path in (tmp_path / records.RECORDS).iterdir()} == {
        place.ROOTS_NAME, records.record_path(tmp_path, kept).name,
    }  # fmt: skip
    assert place.remove_unnamed(tmp_path, [kept, replace(gone, name="other")]) == 0
    assert json.loads((tmp_path / records.RECORDS / place.ROOTS_NAME).read_text()) == [str(tmp_path.resolve())]
