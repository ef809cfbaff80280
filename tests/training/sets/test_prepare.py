import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from lav_gui.errors import TrainingError
from lav_gui.faces import geometry
from lav_gui.media.reader import VideoReader
from lav_gui.records import Notice, Stage
from lav_gui.training.sets.card import SetCard, read_card, sha256_of
from lav_gui.training.sets.prepare import prepare
from lav_gui.training.sets.settings import DataRoot, PrepareRequest, PrepareSettings
from lav_gui.training.sets.store import PreparedSet

SETTINGS = PrepareSettings(frames=2, min_face_px=30, fractions=(1.0, 0.0, 0.0))


def _face(number: int) -> tuple[int, int, int, int]:
    left = 60 + 7 * number
    return (left, 40, left + 40, 100)


def _run(request: PrepareRequest) -> tuple[SetCard, list[str], list[Stage]]:
    steps, notices, stages = prepare(request), [], []
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            return end.value, notices, stages
        if isinstance(step, Notice):
            notices.append(step.text)
        else:
            stages.append(step)


def _table(folder: Path, rows: Sequence[str], columns: str = "path,label,pair,mask,identity,split") -> Path:
    path = folder / "clips.csv"
    path.write_text("\n".join([columns, *rows]) + "\n")
    return path


@pytest.fixture
def table(tmp_path: Path, world) -> Path:
    """Two originals with one fake each; the masks of one lie beside it."""
    for number in range(2):
        face = _face(number)
        world.film(tmp_path / f"o{number}.mov", [world.paint(number, [face])] * 6)
        world.film(tmp_path / f"f{number}.mov", [world.paint(number, [], forged=[face])] * 6)
    mask = np.zeros(world.size, np.uint8)
    mask[40:100, 60:100] = 255
    world.picture(tmp_path / "m_0002.png", mask)
    rows = ["o0.mov,0,,,a,", "o1.mov,0,,,b,", "f0.mov,1,o0.mov,m_{frame:04d}.png,a,", "f1.mov,fake,o1.mov,,b,"]
    return _table(tmp_path, rows)


def test_a_table_becomes_a_set_with_index_card_and_patches(tmp_path: Path, table: Path) -> None:
    card, notices, stages = _run(PrepareRequest((DataRoot(table),), tmp_path / "set", SETTINGS))
    prepared = PreparedSet(tmp_path / "set")
    assert len(prepared.rows) == card.faces == 8
    assert not notices
    assert stages[-2:] == [Stage("Checking", 0, 1), Stage("Checking", 1, 1)]
    assert Stage("Cutting faces", 4, 4) in stages
    assert [(c.label, c.faces, c.masked, c.sources) for c in card.counts] == [(0, 4, 0, 2), (1, 4, 1, 2)]
    masked = next(row for row in prepared.rows if row.mask)
    patch = prepared.patch(masked)
    assert patch.mask is not None
    left, top, right, bottom = (int(edge) for edge in masked.box_xyxy)
    assert (patch.mask[top:bottom, left:right] == 255).all()
    assert int((patch.mask > 0).sum()) == 40 * 60
    assert {row.group for row in prepared.rows} == {"clips/a", "clips/b"}


def test_the_crop_of_a_stored_patch_is_that_of_the_video(tmp_path: Path, table: Path) -> None:
    _run(PrepareRequest((DataRoot(table),), tmp_path / "set", SETTINGS))
    prepared = PreparedSet(tmp_path / "set")
    row = next(row for row in prepared.rows if row.source == "f1")
    patch = prepared.patch(row)
    stored = geometry.cut_crop(patch.image, geometry.crop_affine(row.box_xyxy, 64, 1.35), 64)
    box = tuple(float(edge) for edge in _face(1))
    with VideoReader(tmp_path / "f1.mov") as reader:
        frame = reader.frame(row.frame_index).image
    np.testing.assert_allclose(stored, geometry.cut_crop(frame, geometry.crop_affine(box, 64, 1.35), 64), atol=1)


def test_the_card_on_disk_tells_the_same_and_fits_its_index(tmp_path: Path, table: Path) -> None:
    root = DataRoot(table, license_note="our own")
    card, _, _ = _run(PrepareRequest((root,), tmp_path / "set", SETTINGS))
    assert read_card(tmp_path / "set" / "card.json") == card
    assert card.index_sha256 == sha256_of(tmp_path / "set" / "index.csv")
    assert (card.origins[0].adapter, card.origins[0].license_note) == ("table", "our own")
    assert dict(card.settings)["detector_sha256"] == "0" * 64


def test_copies_of_the_videos_of_a_set_are_known_again_by_it(tmp_path: Path, table: Path) -> None:
    first, _, _ = _run(PrepareRequest((DataRoot(table),), tmp_path / "set", SETTINGS))
    request = PrepareRequest((DataRoot(table),), tmp_path / "copies", SETTINGS, copies_of=tmp_path / "set")
    copies, _, _ = _run(request)
    assert (copies.packed_from, copies.first_sha256) == (first.index_sha256, first.index_sha256)
    assert first.first_sha256 == first.index_sha256


def test_a_second_run_does_nothing_again_and_gives_the_same_index(tmp_path: Path, table: Path, world) -> None:
    request = PrepareRequest((DataRoot(table),), tmp_path / "set", SETTINGS)
    first, _, _ = _run(request)
    looked = world.detector.looked
    second, _, _ = _run(request)
    assert world.detector.looked == looked
    assert second.index_sha256 == first.index_sha256


def test_a_run_that_was_closed_goes_on_where_it_stopped(tmp_path: Path, table: Path, world) -> None:
    request = PrepareRequest((DataRoot(table),), tmp_path / "set", SETTINGS)
    steps = prepare(request)
    while next(steps) != Stage("Cutting faces", 2, 4):
        pass
    steps.close()
    assert not (tmp_path / "set" / "index.csv").exists()
    looked = world.detector.looked
    card, _, _ = _run(request)
    assert card.faces == 8
    assert world.detector.looked == looked + 2


def test_bad_rows_and_files_are_named_and_the_others_go_on(tmp_path: Path, table: Path) -> None:
    (tmp_path / "broken.mov").write_text("no video")
    with table.open("a") as file:
        file.write("gone.mov,1,,,c,\nbroken.mov,1,,,d,\nx.mov,7,,,e,\n")
    card, notices, _ = _run(PrepareRequest((DataRoot(table),), tmp_path / "set", SETTINGS))
    assert card.faces == 8
    told = "\n".join(map(str, card.problems))
    for name in ("gone.mov does not exist", "broken.mov", "line 8", "label '7'"):
        assert name in told
    assert len(notices) == len(card.problems) == 3


def test_people_in_two_splits_are_refused_before_the_work_unless_allowed(tmp_path: Path, table: Path, world) -> None:
    table.write_text(table.read_text().replace("o0.mov,0,,,a,", "o0.mov,0,,,a,test").replace("png,a,", "png,a,train"))
    request = PrepareRequest((DataRoot(table),), tmp_path / "set", SETTINGS)
    with pytest.raises(TrainingError, match="clips/a: this group is in the splits test and train"):
        _run(request)
    assert world.detector.looked == 0
    allowed = PrepareSettings(frames=2, min_face_px=30, allow_leaks=True)
    card, _, _ = _run(PrepareRequest((DataRoot(table),), tmp_path / "set", allowed))
    assert "clips/a" in [leak.where for leak in card.leaks]


def test_the_same_picture_in_two_splits_is_refused_and_nothing_is_done_again_when_allowed(
    tmp_path: Path, world
) -> None:
    world.film(tmp_path / "a.mov", [world.paint(1, [_face(1)])] * 3)
    shutil.copy(tmp_path / "a.mov", tmp_path / "b.mov")
    table = _table(tmp_path, ["a.mov,0,,,a,train", "b.mov,0,,,b,test"])
    with pytest.raises(TrainingError, match="nearly the same picture"):
        _run(PrepareRequest((DataRoot(table),), tmp_path / "set", SETTINGS))
    looked = world.detector.looked
    allowed = PrepareSettings(frames=2, min_face_px=30, allow_leaks=True)
    card, notices, _ = _run(PrepareRequest((DataRoot(table),), tmp_path / "set", allowed))
    assert world.detector.looked == looked
    assert "nearly the same picture" in card.leaks[0].what
    assert notices == [str(card.leaks[0])]


def test_masks_may_lie_where_a_pattern_says_and_methods_be_chosen(tmp_path: Path, world) -> None:
    for compression in ("c23", "c40"):
        for folder, name in (("original", "001"), ("Deepfakes", "001_002"), ("FaceSwap", "001_002")):
            forged = [_face(0)] if folder != "original" else []
            frames = [world.paint(0, [_face(0)], forged=forged)] * 4
            world.film(tmp_path / f"ff_{compression}" / folder / f"{name}.mov", frames)
    mask = np.zeros(world.size, np.uint8)
    mask[40:100, 60:100] = 255
    world.picture(tmp_path / "masks" / "c40_Deepfakes_001_002_f0001.png", mask)
    pattern = str(tmp_path / "masks" / "{compression}_{method}_{name}_f{frame:04d}.png")
    root = DataRoot(tmp_path, "auto", ("Deepfakes",), ("c40",), pattern)
    card, _, _ = _run(PrepareRequest((root,), tmp_path / "set", SETTINGS))
    assert [(c.method, c.compression, c.masked) for c in card.counts] == [("real", "c40", 0), ("Deepfakes", "c40", 1)]


def test_the_same_source_given_twice_is_taken_once(tmp_path: Path, table: Path) -> None:
    roots = (DataRoot(table), DataRoot(table))
    card, _, _ = _run(PrepareRequest(roots, tmp_path / "set", SETTINGS))
    assert card.faces == 8
    assert len(card.problems) == 4


def test_masks_that_lie_nowhere_are_told_for_each_fake_and_refused_for_all(tmp_path: Path, table: Path) -> None:
    table.write_text(table.read_text().replace("m_{frame:04d}.png", ""))
    (tmp_path / "m_f0_0002.png").write_bytes((tmp_path / "m_0002.png").read_bytes())
    root = DataRoot(table, masks=str(tmp_path / "m_{name}_{frame:04d}.png"))
    card, notices, _ = _run(PrepareRequest((root,), tmp_path / "set", SETTINGS))
    assert [(c.label, c.masked) for c in card.counts] == [(0, 0), (1, 1)]
    (problem,) = card.problems
    assert problem.where.endswith("f1.mov")
    assert "no mask fits" in problem.what
    assert notices == [str(problem)]
    nowhere = DataRoot(table, masks=str(tmp_path / "n_{name}_{frame:04d}.png"))
    with pytest.raises(TrainingError, match="for any of 2 fakes; correct the pattern"):
        _run(PrepareRequest((nowhere,), tmp_path / "other", SETTINGS))
    assert not (tmp_path / "other").exists()


def test_derived_masks_and_landmarks_are_told_in_the_card(tmp_path: Path, table: Path) -> None:
    settings = PrepareSettings(frames=2, min_face_px=30, fractions=(1.0, 0.0, 0.0), pair_masks=True)
    card, _, _ = _run(PrepareRequest((DataRoot(table),), tmp_path / "set", settings))
    (note,) = card.notes
    assert note.startswith("clips/fake//f1: 2 of 2 masks derived from its original are good; mean contrast ")
    assert dict(card.settings)["landmarker"] == "canonical-68-depth"
    again, _, _ = _run(PrepareRequest((DataRoot(table),), tmp_path / "set", settings))
    assert again.notes == card.notes


def test_other_data_is_refused_in_the_folder_of_a_set(tmp_path: Path, table: Path) -> None:
    request = PrepareRequest((DataRoot(table),), tmp_path / "set", SETTINGS)
    first, _, _ = _run(request)
    other = tmp_path / "more" / "clips.csv"
    other.parent.mkdir()
    other.write_text("path,label,identity\n../o1.mov,0,z\n")
    with pytest.raises(TrainingError, match="holds a set made from"):
        _run(PrepareRequest((DataRoot(other),), tmp_path / "set", SETTINGS))
    assert sha256_of(tmp_path / "set" / "index.csv") == first.index_sha256


def test_faces_that_a_changed_request_leaves_out_are_removed_and_told(tmp_path: Path, table: Path) -> None:
    _run(PrepareRequest((DataRoot(table),), tmp_path / "set", SETTINGS))
    table.write_text("".join(line for line in table.read_text().splitlines(keepends=True) if "f1.mov" not in line))
    fewer = PrepareSettings(frames=1, min_face_px=30, fractions=(1.0, 0.0, 0.0))
    card, notices, _ = _run(PrepareRequest((DataRoot(table),), tmp_path / "set", fewer))
    assert notices == ["The faces of 1 sources that the set does not hold any more were removed."]
    assert card.faces == 3
    named = {row.patch for row in PreparedSet(tmp_path / "set").rows}
    pictures = (tmp_path / "set" / "patches").rglob("*.png")
    assert {p.relative_to(tmp_path / "set").as_posix() for p in pictures if ".mask." not in p.name} == named


def test_the_official_test_of_celebrities_is_kept_to_the_letter_when_its_leak_is_allowed(tmp_path: Path, world) -> None:
    root = tmp_path / "Celeb-DF-v2"
    for n in range(6):
        for folder, name in (("Celeb-real", f"id{n}_0000"), ("Celeb-synthesis", f"id{n}_id{(n + 1) % 6}_0000")):
            frames = [world.paint(10 * n, [_face(0)], forged=[_face(0)] if "synthesis" in folder else [])] * 2
            world.film(root / folder / f"{name}.mp4", frames)
    listed = root / "List_of_testing_videos.txt"
    listed.write_text("1 Celeb-real/id0_0000.mp4\n0 Celeb-synthesis/id1_id2_0000.mp4\n")
    settings = PrepareSettings(frames=1, min_face_px=30)
    with pytest.raises(
        TrainingError, match="the test list of Celeb-DF-v2 shares people with its other videos by design"
    ):
        _run(PrepareRequest((DataRoot(root),), tmp_path / "set", settings))
    allowed = PrepareSettings(frames=1, min_face_px=30, allow_leaks=True)
    card, _, _ = _run(PrepareRequest((DataRoot(root),), tmp_path / "set", allowed))
    rows = PreparedSet(tmp_path / "set").rows
    assert {row.source for row in rows if row.split == "test"} == {"id0_0000", "id1_id2_0000"}
    assert [(c.split, c.label) for c in card.counts] == [(s, y) for s in ("test", "train", "val") for y in (0, 1)]
    listed.unlink()
    card, _, _ = _run(PrepareRequest((DataRoot(root),), tmp_path / "set", settings))
    assert [(c.split, c.label) for c in card.counts] == [(s, y) for s in ("test", "train", "val") for y in (0, 1)]
    assert not card.leaks
    assert card.notes[0].startswith("Celeb-DF-v2 is divided by who is seen")


def test_a_set_without_any_face_is_refused(tmp_path: Path, world) -> None:
    world.film(tmp_path / "a.mov", [world.paint(1, [])] * 3)
    table = _table(tmp_path, ["a.mov,0,,,a,"])
    with pytest.raises(TrainingError, match="No face was found in 1 sources"):
        _run(PrepareRequest((DataRoot(table),), tmp_path / "set", SETTINGS))


def test_filters_that_leave_nothing_and_a_folder_in_the_way_are_refused(tmp_path: Path, table: Path) -> None:
    with pytest.raises(TrainingError, match="No source is left"):
        _run(PrepareRequest((DataRoot(table, compressions=("c99",)),), tmp_path / "set", SETTINGS))
    (tmp_path / "file").touch()
    with pytest.raises(TrainingError, match="cannot be made"):
        _run(PrepareRequest((DataRoot(table),), tmp_path / "file", SETTINGS))


def test_two_processes_make_the_set_that_one_makes(tmp_path: Path) -> None:
    """With the real detector on a real picture: worker processes know no fakes."""
    picture = Path(__file__).parents[2] / "data" / "two_faces.jpg"
    for name in ("a", "b"):
        shutil.copy(picture, tmp_path / f"{name}.jpg")
    table = _table(tmp_path, ["a.jpg,0,,,a,train", "b.jpg,1,,,b,train"])
    cards = [
        _run(PrepareRequest((DataRoot(table),), tmp_path / f"set{n}", PrepareSettings(workers=n)))[0] for n in (1, 2)
    ]
    assert cards[0].index_sha256 == cards[1].index_sha256
    assert cards[0].faces == 4
