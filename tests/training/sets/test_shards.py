import json
import tarfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lav_gui.errors import TrainingError
from lav_gui.steps import run_to_end
from lav_gui.training.sets.card import SetCard, sha256_of, write_card
from lav_gui.training.sets.index import write_index
from lav_gui.training.sets.patches import write_png
from lav_gui.training.sets.shards import pack
from lav_gui.training.sets.store import PreparedSet

COUNT = 5


@pytest.fixture
def prepared(tmp_path: Path, make_row) -> PreparedSet:
    folder = tmp_path / "set"
    folder.mkdir()
    rng, rows = np.random.default_rng(0), []
    for number in range(COUNT):
        write_png(folder / f"{number}.png", rng.integers(0, 256, (40, 40, 3), dtype=np.uint8))
        write_png(folder / f"{number}.mask.png", np.full((40, 40), 255, np.uint8))
        fake = number % 2
        rows.append(make_row(patch=f"{number}.png", mask=f"{number}.mask.png" if fake else "", label=fake))
    write_index(folder / "index.csv", rows)
    write_card(folder / "card.json", SetCard("set", "now", (), (), (), "0", (), ()))
    return PreparedSet(folder)


def test_the_same_faces_are_read_from_shards(prepared: PreparedSet, tmp_path: Path) -> None:
    card = run_to_end(pack(prepared, tmp_path / "shards", shard_bytes=12_000))
    packed = PreparedSet(tmp_path / "shards")
    assert len(packed.rows) == COUNT
    for before, after in zip(prepared.rows, packed.rows, strict=True):
        old, new = prepared.patch(before), packed.patch(after)
        np.testing.assert_array_equal(old.image, new.image)
        assert old.mask is not None
        np.testing.assert_array_equal(old.mask, new.mask)
    assert card.name == "shards"
    assert card.index_sha256 == sha256_of(tmp_path / "shards" / "index.csv")
    assert len(list((tmp_path / "shards").glob("*.tar"))) > 1
    assert not list((tmp_path / "shards").glob("*.partial"))


def test_a_shard_is_one_of_webdataset(prepared: PreparedSet, tmp_path: Path) -> None:
    run_to_end(pack(prepared, tmp_path / "shards"))
    with tarfile.open(tmp_path / "shards" / "faces-000000.tar") as tar:
        names = tar.getnames()
        about = json.load(tar.extractfile("faces-000000-000001.json"))
    keys = [name.split(".", maxsplit=1)[0] for name in names]
    assert keys == sorted(keys)
    assert names[2:5] == [f"faces-000000-000001.{part}" for part in ("png", "mask.png", "json")]
    assert about["label"] == 1
    assert about["mask"] == "faces-000000-000001.mask.png"


def test_a_shard_tells_a_row_in_strict_json(prepared: PreparedSet, tmp_path: Path) -> None:
    rows = [replace(row, bits_per_pixel=float("nan")) for row in prepared.rows]
    write_index(prepared.folder / "index.csv", rows)
    run_to_end(pack(PreparedSet(prepared.folder), tmp_path / "shards"))
    with tarfile.open(tmp_path / "shards" / "faces-000000.tar") as tar:
        text = tar.extractfile("faces-000000-000001.json").read().decode()
    assert "NaN" not in text
    about = json.loads(text)
    assert about["bits_per_pixel"] is None
    assert about["landmarks"] == [float(n) for n in range(136)]


def test_shards_can_be_packed_again(prepared: PreparedSet, tmp_path: Path) -> None:
    run_to_end(pack(prepared, tmp_path / "shards"))
    run_to_end(pack(PreparedSet(tmp_path / "shards"), tmp_path / "again"))
    again = PreparedSet(tmp_path / "again")
    np.testing.assert_array_equal(again.patch(again.rows[3]).image, prepared.patch(prepared.rows[3]).image)


def test_a_set_is_not_packed_into_itself_nor_where_nothing_can_be_written(
    prepared: PreparedSet, tmp_path: Path
) -> None:
    with pytest.raises(TrainingError, match="choose another"):
        run_to_end(pack(prepared, prepared.folder))
    (tmp_path / "file").touch()
    with pytest.raises(TrainingError, match="cannot be written"):
        run_to_end(pack(prepared, tmp_path / "file"))
