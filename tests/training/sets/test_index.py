import pickle
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.sets.index import FaceRow, read_index, write_index


def test_rows_come_back_in_their_order(tmp_path: Path, make_row: Callable[..., FaceRow]) -> None:
    rows = (
        make_row(patch="b,1.png", mask="b.mask.png", label=1, method="Face swap", source="x/y"),
        make_row(
            bits_per_pixel=float("nan"), sample_aspect_ratio="16/15", track_id=3, frame_index=77, pair="d/real//s"
        ),
    )
    write_index(tmp_path / "index.csv", rows)
    back = read_index(tmp_path / "index.csv")
    assert back[0] == rows[0]
    assert back[1].pixel_aspect == Fraction(16, 15)
    assert np.isnan(back[1].bits_per_pixel)
    assert (back[1].frame_index, back[1].track_id, back[1].pair) == (77, 3, "d/real//s")
    assert not list(tmp_path.glob("*.partial"))


def test_points_are_pairs_of_x_and_y(make_row: Callable[..., FaceRow]) -> None:
    assert make_row().points[1].tolist() == [2.0, 3.0]


def test_a_row_is_a_value_whatever_its_landmarks_were_given_as(make_row: Callable[..., FaceRow]) -> None:
    numbers = [n + 1 / 3 for n in range(136)]
    row, other = make_row(landmarks=tuple(numbers)), make_row(landmarks=numbers)
    assert row == other == pickle.loads(pickle.dumps(row)) == replace(other, patch=row.patch)
    assert len({row, other, make_row()}) == 2
    assert row.points.dtype == np.float64
    np.testing.assert_allclose(row.points.ravel(), numbers, rtol=1e-5)


def test_a_row_that_is_read_takes_less_than_one_and_a_half_kilobytes(
    tmp_path: Path, make_row: Callable[..., FaceRow]
) -> None:
    path, count = tmp_path / "index.csv", 300
    plain = make_row(landmarks=[n + 0.123 for n in range(136)])
    write_index(
        path,
        [replace(plain, patch=f"patches/{n:090}.png", source=f"{n:040}", identity=f"{n:040}") for n in range(count)],
    )
    read_index(path)
    tracemalloc.start()
    rows = read_index(path)
    used = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert used / len(rows) < 1500


def test_an_index_that_is_read_and_written_keeps_its_bytes(tmp_path: Path, make_row: Callable[..., FaceRow]) -> None:
    numbers = np.random.default_rng(0).uniform(-200, 2000, (20, 136))
    rows = [make_row(landmarks=tuple(row)) for row in numbers.tolist()]
    write_index(tmp_path / "a.csv", rows)
    write_index(tmp_path / "b.csv", read_index(tmp_path / "a.csv"))
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert " ".join(f"{number:.6g}" for number in numbers[7]) in (tmp_path / "a.csv").read_text()
    assert read_index(tmp_path / "a.csv") == tuple(rows)


def test_a_video_is_told_apart_by_dataset_method_and_compression(make_row: Callable[..., FaceRow]) -> None:
    assert make_row(compression="c23").video == "d/real/c23/s"


@pytest.mark.parametrize(
    ("field", "value", "what"),
    [
        ("label", 2, "label"), ("split", "dev", "split"), ("box_xyxy", (3.0, 0.0, 3.0, 4.0), "empty face box"),
        ("landmarks", (1.0,), "landmarks"), ("identity", "", "no identity"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_refused(
    make_row: Callable[..., FaceRow], field: str, value: object, what: str
) -> None:
    with pytest.raises(TrainingError, match=what):
        make_row(**{field: value})


def test_another_csv_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "index.csv").write_text("path,label\na,1\n")
    with pytest.raises(TrainingError, match="not the index"):
        read_index(tmp_path / "index.csv")


def test_a_line_that_is_not_understood_is_named(tmp_path: Path, make_row: Callable[..., FaceRow]) -> None:
    path = tmp_path / "index.csv"
    write_index(path, [make_row(), make_row()])
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines[:2], lines[2].replace("d,real", "d,real,more")]) + "\n")
    with pytest.raises(TrainingError, match="Line 3"):
        read_index(path)


def test_a_missing_index_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"index\.csv cannot be read"):
        read_index(tmp_path / "index.csv")


def test_an_index_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="cannot be written"):
        write_index(tmp_path / "gone" / "index.csv", [])
