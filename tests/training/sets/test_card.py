from collections.abc import Callable
from pathlib import Path

import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.sets.card import Count, Origin, SetCard, count_rows, read_card, sha256_of, write_card
from lav_gui.training.sets.index import FaceRow
from lav_gui.training.sets.sources import Problem

CARD = SetCard(
    name="set",
    created="2026-01-01T00:00:00+00:00",
    origins=(Origin("ffpp", "/data/ffpp", "no redistribution"),),
    settings=(("frames", "32"),),
    counts=(Count("train", 1, "FF++", "Deepfakes", "c40", 10, 6, 2), Count("val", 0, "FF++", "real", "c40", 5, 0, 1)),
    index_sha256="0" * 64,
    problems=(Problem("a.mp4", "it is broken"),),
    leaks=(),
    notes=("a note",),
)


def test_a_card_comes_back_as_it_was(tmp_path: Path) -> None:
    write_card(tmp_path / "card.json", CARD)
    assert read_card(tmp_path / "card.json") == CARD
    assert CARD.faces == 15


@pytest.mark.parametrize("text", ["", "[]", '{"schema": "other"}', '{"schema": "lav.prepared/1", "name": "x"}'])
def test_another_file_is_no_card(tmp_path: Path, text: str) -> None:
    (tmp_path / "card.json").write_text(text)
    with pytest.raises(TrainingError, match="card of a prepared set"):
        read_card(tmp_path / "card.json")


def test_a_card_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="cannot be written"):
        write_card(tmp_path / "gone" / "card.json", CARD)


def test_faces_masks_and_sources_are_counted_per_kind(make_row: Callable[..., FaceRow]) -> None:
    fake = {"label": 1, "method": "m"}
    rows = [make_row(**fake, mask="x"), make_row(**fake), make_row(**fake, source="t"), make_row(split="val")]
    assert count_rows(rows) == (
        Count("train", 1, "d", "m", "", 3, 1, 2),
        Count("val", 0, "d", "real", "", 1, 0, 1),
    )


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert sha256_of(tmp_path / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
